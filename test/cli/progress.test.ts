import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Io } from '../../src/cli/io.js'
import { createProgress } from '../../src/cli/progress.js'
import { createTally } from '../../src/cli/tally.js'
import { eventMaker } from './events.js'

const START = Date.parse('2030-01-01T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ now: START })
})
afterEach(() => {
  vi.useRealTimers()
})

function fakeIo(isTTY: boolean, env: Io['env'] = {}) {
  let text = ''
  const stream = () => {
    const pass = Object.assign(new PassThrough(), { isTTY, columns: 80 })
    pass.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    return pass
  }
  const stderr = stream()
  const io: Io = {
    stdin: new PassThrough(),
    stdout: Object.assign(new PassThrough(), { isTTY }),
    stderr,
    env,
    cwd: '/',
    interrupt: new AbortController().signal,
  }
  return { io, text: () => text }
}

const clock = { now: () => Date.now() }

test('off a terminal a plain line is written every ten seconds, and only when something changed', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(false)
  const progress = createProgress({ io, problems: 10, target: 4, clock })
  progress.event(make.drawn(START, 0, 's/a', 'lists', 2))
  progress.event(make.replied(START, 'c1', 's/a'))
  progress.event(make.verified(START, 'c1', 'accepted', 'x'))
  progress.event(make.replied(START, 'c2', 's/a'))
  progress.event(make.verified(START, 'c2', 'wrong_answer'))
  expect(text()).toBe('')
  vi.advanceTimersByTime(10_000)
  expect(text()).toBe(
    '10 s · 1/10 problems · 2 checked · 1 verified · 1/4 distinct · yield 50 % · 6.0/min verified · 240 tokens · $0.00 · about 30 s left · levels: lists 2\n',
  )
  vi.advanceTimersByTime(20_000)
  expect(text().trimEnd().split('\n')).toHaveLength(1)
  progress.stop()
  progress.stop()
  expect(text().trimEnd().split('\n')).toHaveLength(2)
  expect(text()).not.toContain('\x1b')
})

test('what an earlier start did counts in the totals and not in the pace', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(false)
  const progress = createProgress({ io, problems: 10, target: 10, clock })
  for (let i = 0; i < 5; i++) {
    progress.event(make.replied(START - 60_000, `old${i}`, 's/a'))
    progress.event(make.verified(START - 60_000, `old${i}`, 'accepted', `h${i}`))
  }
  progress.event(make.drawn(START, 1, 's/b', 'sums', 1))
  progress.event(make.replied(START, 'new', 's/b'))
  progress.event(make.verified(START, 'new', 'accepted', 'n'))
  vi.advanceTimersByTime(60_000)
  progress.stop()
  expect(text()).toContain('6 verified · 6/10 distinct')
  expect(text()).toContain('1.0/min verified')
})

test('an unknown cost is never shown as zero', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(false)
  const progress = createProgress({ io, problems: 1, clock })
  progress.event(make.drawn(START, 0, 's/a', 't', 0))
  progress.event(make.replied(START, 'c', 's/a', null))
  progress.stop()
  expect(text()).toContain('cost unknown')
})

test('--json shows nothing but notes, which say what isolation is used', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  const progress = createProgress({ io, json: true, problems: 1, clock })
  progress.event(make.drawn(START, 0, 's/a', 't', 0))
  progress.note('hello')
  vi.advanceTimersByTime(60_000)
  progress.stop()
  expect(text()).toBe('hello\n')
})

test('on a terminal the block is drawn over itself and a note goes above it', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  const progress = createProgress({ io, problems: 10, target: 4, clock })
  for (let i = 0; i < 30; i++) progress.event(make.drawn(START, i, `s/${i}`, `topic-number-${i}`, i % 6))
  vi.advanceTimersByTime(250)
  progress.note('the image is being built')
  progress.stop()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is looked for
  const frames = text().split(/\x1b\[\d+A\x1b\[0J/)
  expect(frames).toHaveLength(3)
  expect(frames[1]?.startsWith('the image is being built\n')).toBe(true)
  const lines = stripVTControlCharacters(frames[2]!).trimEnd().split('\n')
  expect(lines.length).toBe(3 + 2 + 12 + 1)
  expect(lines.at(-1)).toBe('and 18 skills drawn longer ago')
  for (const line of lines) expect(line.length).toBeLessThan(80)
})

const screenOf = (text: string) => stripVTControlCharacters(text.split('\x1b[0J').at(-1)!).trimEnd().split('\n')

test('a map shows what is expected of each skill at each level, and where the skill stands', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  const stock = ['lists', 'sums'].flatMap((topic) => [0, 1, 2].map((level) => ({ topic, level })))
  const progress = createProgress({ io, problems: 10, stock: stock.slice(0, 5), clock })
  progress.event(make.drawn(START, 0, 's/a', 'lists', 0, { target: 1, expected: 0.934 }))
  progress.event(make.drawn(START, 1, 's/b', 'lists', 1, { target: 1, expected: 0.5 }))
  progress.event(make.drawn(START, 2, 's/c', 'sums', 0, { target: 0, expected: 1 }))
  progress.event(make.moved(START, 'sums', 0, 1, [{ topic: 'sums', level: 0, passRate: 0.04, attempts: 4, passes: 0 }]))
  progress.stop()
  expect(
    screenOf(text())
      .slice(3)
      .map((line) => line.trimEnd()),
  ).toEqual([
    'expected pass rate, %; [ ] stands here; · not drawn',
    'level         0   1   2',
    'lists        93 [50]  ·',
    'sums          4  [·]',
  ])
})

test.each([
  [{}, true],
  [{ NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
])('with %j in the environment colours are used: %s', (env, colours) => {
  const make = eventMaker()
  const { io, text } = fakeIo(true, env)
  const progress = createProgress({ io, problems: 10, clock })
  progress.event(make.drawn(START, 0, 's/a', 'lists', 0))
  progress.stop()
  expect(text().includes('\x1b[32m')).toBe(colours)
  expect(text()).toContain('[50]')
})

test.each([
  [80, 24],
  [60, 12],
  [40, 24],
  [24, 24],
  [120, 8],
  [80, 5],
])('with 40 skills and 12 levels the block fits a terminal of %i × %i', (columns, rows) => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  Object.assign(io.stderr, { columns, rows })
  const progress = createProgress({ io, problems: 10, total: 100, clock })
  for (let i = 0; i < 480; i++) {
    const topic = `skill-${i % 40}-with-quite-a-long-name`
    progress.event(make.drawn(START, i, `s/${i}`, topic, Math.floor(i / 40), { target: i % 12, expected: i / 480 }))
  }
  progress.stop()
  const lines = screenOf(text())
  expect(lines.length).toBeLessThan(rows)
  for (const line of lines) expect(line.length).toBeLessThan(columns)
})

test('a skill cannot steer the terminal by its name', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  const progress = createProgress({ io, problems: 10, clock })
  progress.event(make.drawn(START, 0, 's/a', 'a\x1b[2J\nb', 0))
  progress.stop()
  expect(text()).not.toContain('\x1b[2J')
  expect(screenOf(text())).toHaveLength(6)
})

test('what early stop left out is not waited for', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true)
  const progress = createProgress({ io, problems: 2, total: 8, clock })
  for (const [draw, statuses] of [
    ['accepted', 'accepted'],
    ['accepted', 'wrong_answer'],
  ].entries()) {
    progress.event(make.drawn(START, draw, `s/${draw}`, 'lists', 0, { attempts: 4, wave: 2 }))
    for (const [sample, status] of statuses.entries()) {
      const id = `${draw}-${sample}`
      progress.event(make.replied(START, id, `s/${draw}`, 0, { draw, sample }))
      progress.event(make.verified(START, id, status as 'accepted'))
    }
  }
  progress.stop()
  expect(text()).toContain('4 of 6 checked')
})

test('CI gets lines even on a terminal', () => {
  const make = eventMaker()
  const { io, text } = fakeIo(true, { CI: '1' })
  const progress = createProgress({ io, problems: 10, clock })
  progress.event(make.drawn(START, 0, 's/a', 't', 0))
  progress.stop()
  expect(text()).not.toContain('\x1b[')
})

test('the same solution of one problem counts once, of two problems twice', () => {
  const make = eventMaker()
  const tally = createTally()
  for (const [id, problem] of [
    ['1', 'a'],
    ['2', 'a'],
    ['3', 'b'],
  ] as const) {
    tally.add(make.replied(0, id, `s/${problem}`))
    tally.add(make.verified(0, id, 'accepted', 'same'))
  }
  tally.add(make.moved(0, 'lists', 1, 2))
  expect({ verified: tally.verified, distinct: tally.distinct, level: tally.skills.get('lists')?.target }).toEqual({
    verified: 3,
    distinct: 2,
    level: 2,
  })
})
