/** Draws that ask fewer candidates than `samples`: because the curriculum says so, or because the first ones said enough. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { EventOf } from '../../src/schemas/event.js'
import type { CurriculumPolicy } from '../../src/schemas/ports.js'
import { newDir, problems, type Started, start } from './scripted.js'

const probe = vi.hoisted(() => ({ attempts: 1 }))

vi.mock('../../src/curriculum/policies/index.js', async (original) => {
  const { policies } = await original<typeof import('../../src/curriculum/policies/index.js')>()
  /** As elo, but the hardest level is only looked at, and a pick asks for more than there may be. */
  const probing: CurriculumPolicy = {
    id: 'probing',
    create: (init) => {
      const inner = policies.elo.create(init)
      const attempts = (level: number) => ({ 0: init.k + 9, 2: probe.attempts })[level]
      return {
        next: (n, available) =>
          inner.next(n, available).map((pick) => {
            const asked = attempts(pick.level)
            return asked === undefined ? pick : { ...pick, attempts: asked }
          }),
        report: (results) => inner.report(results),
        estimates: (topic) => inner.estimates(topic),
        levelOf: (topic) => inner.levelOf(topic),
      }
    },
  }
  return { policies: { ...policies, probing } }
})

const K = 5
const ofKind = <K extends 'problem.drawn' | 'candidate.replied' | 'candidate.verified'>(
  { events }: Started,
  kind: K,
): EventOf<K>[] => events.filter((event): event is EventOf<K> => event.kind === kind)

/** Outcomes of each draw by sample number, as the ledger has them. */
function outcomesOf(started: Started): Map<number, boolean[]> {
  const places = new Map(
    ofKind(started, 'candidate.replied').map(({ candidate: { id, draw, sample } }) => [id, { draw, sample }]),
  )
  const found = new Map<number, boolean[]>()
  for (const { candidateId, verdict } of ofKind(started, 'candidate.verified')) {
    const { draw, sample } = places.get(candidateId)!
    const own = found.get(draw) ?? []
    own[sample] = verdict.status === 'accepted'
    found.set(draw, own)
  }
  return found
}

const facts = (started: Started) =>
  ofKind(started, 'problem.drawn').map(({ draw, problemId, attempts, wave, target, expected }) => ({
    draw,
    problemId,
    attempts,
    wave,
    target,
    expected,
  }))

/** A copy of a run whose ledger ends after some lines, as `kill -9` leaves it. */
function cut(dir: string, lines: number): string {
  const copy = newDir()
  mkdirSync(path.dirname(copy), { recursive: true })
  cpSync(dir, copy, { recursive: true })
  const [segment] = readdirSync(path.join(copy, 'ledger'))
  const file = path.join(copy, 'ledger', segment!)
  const kept = readFileSync(file, 'utf8').split('\n').slice(0, lines)
  writeFileSync(file, kept.map((line) => `${line}\n`).join(''))
  writeFileSync(path.join(copy, 'verified.jsonl'), '')
  return copy
}

const linesOf = (dir: string) =>
  readFileSync(path.join(dir, 'ledger', readdirSync(path.join(dir, 'ledger'))[0]!), 'utf8')
    .trim()
    .split('\n')
const verified = (dir: string) => readFileSync(path.join(dir, 'verified.jsonl'), 'utf8')

const adaptive = { samples: K, target: 10_000, rounds: 2, curriculum: { policy: 'probing', window: 4 } }
const stopping = { samples: K, curriculum: { earlyStop: true, window: 4 } }

describe('a curriculum that asks for fewer candidates', () => {
  test('gets as many as it asked for, never more than samples, and the ledger says so', async () => {
    const started = await start({ dir: newDir(), config: adaptive })
    expect(started.reason).toBe('exhausted')
    const outcomes = outcomesOf(started)
    for (const { draw, level, attempts } of ofKind(started, 'problem.drawn')) {
      expect(attempts).toBe(level === 2 ? 1 : undefined)
      expect(outcomes.get(draw)).toHaveLength(level === 2 ? 1 : K)
    }
    const probes = problems.filter(({ level }) => level === 2).length
    expect(started.script.asked).toHaveLength(2 * ((problems.length - probes) * K + probes))
  })

  test.each([
    ['nothing but samples says how many', { ...adaptive, target: undefined }, 1],
    ['it is switched off', { ...adaptive, curriculum: { ...adaptive.curriculum, adaptive: false } }, 2],
  ])('gets exactly samples where %s', async (_when, config, rounds) => {
    const { script, events } = await start({ dir: newDir(), config })
    expect(script.asked).toHaveLength(problems.length * K * rounds)
    expect(events.some((event) => event.kind === 'problem.drawn' && event.attempts !== undefined)).toBe(false)
  })

  test('is charged for what was asked: tokens never pass the budget and are used up', async () => {
    const config = { ...adaptive, target: undefined, budget: '6ktok', sampling: { maxTokens: 100 } }
    const { reason, script } = await start({ dir: newDir(), config })
    expect(reason).toBe('budget')
    expect(script.asked.length * 60).toBeLessThanOrEqual(6_000)
    expect(script.asked.length * 60).toBeGreaterThan(4_500)
  })

  test('a run that began without is refused, with the way to continue it', async () => {
    const dir = newDir()
    const config = { samples: K, curriculum: { policy: 'probing' } }
    await start({ dir, config })
    await expect(start({ dir, config: { ...config, budget: '1h' } })).rejects.toMatchObject({
      code: 'config/changed',
      message: expect.stringContaining('curriculum.adaptive: unset -> true'),
      hint: expect.stringContaining('--rounds 1 --no-adaptive'),
    })
    const off = { ...config, budget: '1h', rounds: 1, curriculum: { policy: 'probing', adaptive: false } }
    expect((await start({ dir, config: off })).reason).toBe('complete')
  })

  test('a draw that the ledger knows with other attempts is named, not asked otherwise', async () => {
    const dir = newDir()
    await start({ dir, config: adaptive })
    const copy = cut(dir, linesOf(dir).length - 1)
    probe.attempts = 2
    try {
      await expect(start({ dir: copy, config: adaptive })).rejects.toMatchObject({
        code: 'store/corrupt',
        message: expect.stringMatching(/with 1 candidate in the ledger .* with 2 candidates now/),
      })
    } finally {
      probe.attempts = 1
    }
  })
})

describe('a draw with early stop', () => {
  test('asks the first half, and the rest only when the outcomes differ', async () => {
    const started = await start({ dir: newDir(), config: stopping })
    const found = [...outcomesOf(started).values()]
    expect(found).toHaveLength(problems.length)
    for (const own of found) {
      const first = own.slice(0, 3)
      expect(own).toHaveLength(first.every(Boolean) || !first.some(Boolean) ? 3 : K)
    }
    expect(new Set(found.map((own) => own.length))).toEqual(new Set([3, K]))
    expect(ofKind(started, 'problem.drawn').every(({ wave }) => wave === 3)).toBe(true)
  })

  test('asks for all of three at once: half of so few says little', async () => {
    const { script, events } = await start({ dir: newDir(), config: { ...stopping, samples: 3 } })
    expect(script.asked).toHaveLength(problems.length * 3)
    expect(events.some((event) => event.kind === 'problem.drawn' && event.wave !== undefined)).toBe(false)
  })
})

describe.each([
  ['attempts by the curriculum', adaptive],
  ['early stop', stopping],
  ['the policy band', { ...adaptive, curriculum: { policy: 'band', window: 4 } }],
  ['both', { ...adaptive, curriculum: { ...adaptive.curriculum, earlyStop: true } }],
])('with %s', (_what, config) => {
  test('draws, attempts and rows do not depend on concurrency or arrival order', async () => {
    const results = await Promise.all(
      [1, 7].map(async (requests) => {
        const dir = newDir()
        const operational = { requests }
        const started = await start({ dir, config: { ...config, operational }, script: { latency: requests > 1 } })
        return { facts: facts(started), rows: verified(dir) }
      }),
    )
    expect(results[1]).toEqual(results[0])
  })

  test('a run cut after any event ends like an unbroken one and asks nothing twice', async () => {
    const whole = newDir()
    const unbroken = await start({ dir: whole, config })
    const lines = linesOf(whole)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: lines.length - 1 }), async (kept) => {
        const dir = cut(whole, kept)
        const replied = lines.slice(0, kept).filter((line) => line.includes('"candidate.replied"')).length
        const again = await start({ dir, config, script: { latency: true } })
        expect(facts(again)).toEqual(facts(unbroken))
        expect(verified(dir)).toBe(verified(whole))
        expect(again.script.asked.length + replied).toBe(unbroken.script.asked.length)
      }),
      { numRuns: 6, seed: 3 },
    )
  })
})

test('the end of a run holds what the curriculum expects of every arm it tried', async () => {
  const { events } = await start({ dir: newDir() })
  const stopped = events.findLast((event): event is EventOf<'run.stopped'> => event.kind === 'run.stopped')
  expect(stopped?.estimates?.map(({ topic, level }) => `${topic} ${level}`)).toEqual(
    ['code/lists', 'code/strings'].flatMap((topic) => [0, 1, 2].map((level) => `${topic} ${level}`)),
  )
})
