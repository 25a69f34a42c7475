import { readFileSync, writeFileSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { rng } from '../../src/base/rng.js'
import { main } from '../../src/cli/main.js'
import { policies } from '../../src/curriculum/policies/index.js'

interface Answer {
  readonly id?: unknown
  readonly ok?: true
  readonly picks?: { id: string; topic: string; level: number; attempts?: number }[]
  readonly error?: { code: string; message: string; hint: string }
}

function desk(args: readonly string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const interrupt = new AbortController()
  const io = { stdin, stdout, stderr, env: {}, cwd: '.', interrupt: interrupt.signal }
  return { stdin, stdout, stderr, interrupt, ended: main(['curriculum', '--stdio', ...args], io) }
}

/** The whole input at once; the lines of stdout. */
async function talk(lines: readonly (object | string)[], args: readonly string[] = ['--policy', 'uniform']) {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  const { stdout, stderr, ...io } = desk(args)
  const out: string[] = []
  stdout.on('data', (chunk) => out.push(String(chunk)))
  io.stdin.end(text)
  const code = await io.ended
  await new Promise(setImmediate)
  const raw = out.join('')
  const answers = raw.split('\n').slice(0, -1)
  return { code, raw, err: String(stderr.read() ?? ''), answers: answers.map((line) => JSON.parse(line) as Answer) }
}

const init = {
  op: 'init',
  seed: 7.5,
  topics: ['lists', 'strings', 'sums'],
  levels: 6,
  k: 4,
  budget: 1000,
  band: [0.2, 0.8],
  batch: 4,
}
const result = {
  id: '0',
  topic: 'lists',
  level: 1,
  attempts: 4,
  passes: 2,
  tokens: 900,
  model: 'm',
}
const report = (...results: object[]) => ({ op: 'report', results })

test('a session reads as in the golden transcript', async () => {
  const file = 'test/golden/curriculum-stdio.txt'
  const lines = [
    '{"op":"next","n":1}',
    JSON.stringify(init),
    '{"op":"next","n":3}',
    JSON.stringify({ id: 'r1', ...report(result, { ...result, id: '1', passes: 4, extra: true }) }),
    '{"op":"next","n":2,"id":{"step":2},"comment":"unknown keys are ignored"}',
    JSON.stringify(report()),
    '{"op":"nxet","n":2}',
    '{"n":2,"id":null}',
    'no JSON',
    '[1,2]',
    '{"op":"next","n":0,"id":9}',
    '{"op":"next","n":1.5}',
    JSON.stringify(report({ ...result, topic: 'list' })),
    JSON.stringify(report(result, { ...result, level: 6 })),
    JSON.stringify(report({ ...result, passes: 5 })),
    JSON.stringify({ op: 'report', results: { ...result } }),
    JSON.stringify(report({ ...result, model: undefined })),
    '{"op":"init","seed":1e999,"topics":["a"],"levels":2,"k":1,"band":[0.2,0.8]}',
    '{"op":"init","seed":1,"topics":["a"],"levels":2,"k":1,"band":[0.8,0.2]}',
    '{"op":"init","seed":1,"topics":["a"],"levels":2,"k":1,"band":[0.2,0.8],"tokenCost":[5]}',
    '{"op":"next","n":1}',
    '{"op":"init","seed":1,"topics":["a"],"levels":2,"k":1,"band":[0.2,0.8],"budget":null,"batch":1}',
    '{"op":"next","n":1}',
  ]
  const { code, raw, err } = await talk(lines)
  expect([code, err]).toEqual([0, ''])
  const answers = raw.trimEnd().split('\n')
  expect(answers).toHaveLength(lines.length)
  // What is wrong with the JSON is told by the engine, in words of its own.
  const told = answers.map((answer) => answer.replace(/(not JSON: )(?:[^"\\]|\\.)*/, '$1…'))
  const transcript = lines.map((line, i) => `> ${line}\n< ${told[i]}\n`).join('')
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, transcript)
  expect(transcript).toBe(readFileSync(file, 'utf8'))
})

test('blank lines have no answer, and the last line needs no newline', async () => {
  const { stdin, stdout, ended } = desk(['--policy', 'uniform'])
  stdin.end(`\n  \n${JSON.stringify(init)}\r\n\n{"op":"next","n":1}`)
  expect(await ended).toBe(0)
  expect(String(stdout.read()).trim().split('\n')).toHaveLength(2)
})

test('an empty input ends with 0 and no output', async () => {
  expect(await talk([])).toMatchObject({ code: 0, raw: '', err: '' })
})

test('each answer comes before the next line is sent', async () => {
  const { stdin, stdout, ended } = desk([])
  const ask = async (line: object) => {
    stdin.write(`${JSON.stringify(line)}\n`)
    const [chunk] = await new Promise<[Buffer]>((resolve) => stdout.once('data', (data) => resolve([data])))
    return JSON.parse(String(chunk)) as Answer
  }
  expect(await ask(init)).toEqual({ ok: true })
  for (let step = 0; step < 5; step++) {
    const { picks = [] } = await ask({ op: 'next', n: 4 })
    expect(picks).toHaveLength(4)
    const results = picks.map(({ id, topic, level }) => ({ ...result, id, topic, level }))
    expect(await ask({ ...report(...results), id: step })).toEqual({ id: step, ok: true })
  }
  stdin.end()
  expect(await ended).toBe(0)
})

test('a report with one bad result changes nothing', async () => {
  const good = Array.from({ length: 30 }, () => ({ ...result, passes: 4 }))
  const after = async (...between: object[]) =>
    (await talk([init, ...between, { op: 'next', n: 20 }], ['--policy', 'elo'])).answers.at(-1)?.picks
  expect(await after(report(...good, { ...result, level: 99 }))).toEqual(await after())
  expect(await after(report(...good))).not.toEqual(await after())
})

test('a second init starts anew, as a fresh process would', async () => {
  const own = [init, { op: 'next', n: 5 }, report(result), { op: 'next', n: 5 }]
  const { answers } = await talk([...own, ...own], [])
  expect(answers.slice(4)).toEqual(answers.slice(0, 4))
})

test.each([
  [
    'more topics times levels than fit in memory',
    { ...init, topics: Array.from({ length: 2100 }, String), levels: 100 },
  ],
  ['no topic', { ...init, topics: [] }],
  ['an id nested without end', `{"id":${'['.repeat(20_000)}${']'.repeat(20_000)},"op":"next","n":1}`],
  ['more picks than fit into a line', { op: 'next', n: 1e9 }],
])('%s is refused in one line, and the stream goes on', async (_name, line) => {
  const { code, answers } = await talk([init, line, { op: 'next', n: 1 }])
  expect(code).toBe(0)
  expect(answers).toHaveLength(3)
  expect(answers[2]?.picks).toHaveLength(1)
})

test('an unknown policy is refused before a line is read, with the nearest name', async () => {
  const { code, err, raw } = await talk([init], ['--policy', 'unifrom'])
  expect([code, raw]).toEqual([2, ''])
  expect(err).toContain(`did you mean 'uniform'?`)
})

test.each([
  [['curriculum']],
  [['curriculum', '--policy', 'elo']],
  [['curriculum', '--stdio', 'simulate']],
  [['curriculum', '--policy', 'elo', 'simulate']],
])('%j is refused with the way out', async (args) => {
  const { stderr, ...io } = desk([])
  io.stdin.end()
  await io.ended
  const code = await main(args, {
    ...io,
    stderr,
    stdin: Readable.from([]),
    env: {},
    cwd: '.',
    interrupt: io.interrupt.signal,
  })
  expect(code).toBe(2)
  expect(String(stderr.read())).toMatch(/^usage\/bad-option: .*\n {2}hint: .*simulate/)
})

test('an interrupt ends the stream with 130, though stdin stays open', async () => {
  const { interrupt, ended } = desk([])
  interrupt.abort()
  expect(await ended).toBe(130)
})

describe.each(Object.keys(policies))('with the policy %s', (id) => {
  const args = ['--policy', id]

  /** A trainer: draws batches and reports each one a batch later, now and then out of order and from another model. */
  async function lines(batches: number): Promise<object[]> {
    const said: object[] = [{ ...init, tokenCost: [100, 110, 120, 130, 140, 150] }]
    let held: object[] = []
    for (let batch = 0; batch < batches; batch++) {
      said.push({ op: 'next', n: 4 })
      const picks = (await talk(said, args)).answers.at(-1)?.picks ?? []
      expect(picks).toHaveLength(4)
      said.push(report(...held))
      held = rng(batch)
        .shuffle(picks)
        .map(({ id: pick, topic, level, attempts = 4 }, i) => ({
          ...result,
          id: pick,
          topic,
          level,
          attempts,
          passes: level > 2 ? 0 : (i + batch) % (attempts + 1),
          model: batch < 6 ? 'm' : 'n',
        }))
    }
    return said
  }

  test('the same lines give the same bytes, and a fresh process that is told the first lines goes on the same', async () => {
    const said = await lines(10)
    const { raw, answers } = await talk(said, args)
    expect((await talk(said, args)).raw).toBe(raw)
    for (const stopped of [1, 2, 7, said.length - 1]) {
      const before = (await talk(said.slice(0, stopped), args)).raw
      expect(raw.startsWith(before)).toBe(true)
    }
    const ids = answers.flatMap(({ picks = [] }) => picks.map((pick) => pick.id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
