import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policies } from '../../src/curriculum/policies/index.js'
import {
  armEstimateSchema,
  type CurriculumInit,
  type CurriculumResult,
  type Pick,
} from '../../src/schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy } from '../../src/schemas/ports.js'
import { stocked } from '../curriculum/stocked.js'

const init: CurriculumInit = {
  seed: 7,
  topics: ['lists', 'strings', 'sums'],
  levels: 4,
  k: 4,
  band: [0.2, 0.8],
  batch: 4,
}

/** What a caller does: draw some, and report those of the batch before last (reports lag). */
type Step = { readonly draw: number; readonly passes: readonly number[] }
const steps = fc.array(
  fc.record({
    draw: fc.integer({ min: 0, max: 6 }),
    passes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 25 },
)

interface Line {
  readonly next?: number
  readonly report?: CurriculumResult[]
}

/** Runs the steps; returns the calls that were made and the picks of each. */
function drive(curriculum: Curriculum, script: readonly Step[]): { lines: Line[]; picks: Pick[] } {
  const lines: Line[] = []
  const picks: Pick[] = []
  let held: CurriculumResult[] = []
  for (const { draw, passes } of script) {
    lines.push({ next: draw }, { report: held })
    const drawn = curriculum.next(draw)
    picks.push(...drawn)
    curriculum.report(held)
    held = drawn.map(({ id, topic, level }, i) => ({
      id,
      topic,
      level,
      attempts: 4,
      passes: passes[i]!,
      tokens: 900,
      model: 'm',
    }))
  }
  return { lines, picks }
}

const replay = (curriculum: Curriculum, lines: readonly Line[]): Pick[] =>
  lines.flatMap(({ next, report }) => {
    if (report) curriculum.report(report)
    return next === undefined ? [] : curriculum.next(next)
  })

describe.each(Object.entries<CurriculumPolicy>(policies))('the policy %s', (id, policy) => {
  test('is registered under its id', () => {
    expect(policy.id).toBe(id)
  })

  test('gives exactly n picks with ids that never repeat, of topics and levels that there are', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { picks } = drive(policy.create(init), script)
        expect(picks).toHaveLength(script.reduce((sum, { draw }) => sum + draw, 0))
        expect(new Set(picks.map((pick) => pick.id)).size).toBe(picks.length)
        for (const { topic, level } of picks) {
          expect(init.topics).toContain(topic)
          expect(level).toBeGreaterThanOrEqual(0)
          expect(level).toBeLessThan(init.levels)
        }
      }),
      { seed: 1, numRuns: 40 },
    )
  })

  test('gives the same picks for the same calls, and a fresh one that is told the same lines goes on the same', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const first = policy.create(init)
        const { lines, picks } = drive(first, before)
        const second = policy.create(init)
        expect(replay(second, lines)).toEqual(picks)
        expect(drive(second, after).picks).toEqual(drive(first, after).picks)
        expect(second.estimates()).toEqual(first.estimates())
      }),
      { seed: 2, numRuns: 40 },
    )
  })

  test('asking for estimates and levels changes nothing', () => {
    const quiet = policy.create(init)
    const asked = policy.create(init)
    const script = Array.from({ length: 12 }, () => ({ draw: 3, passes: [4, 0, 2, 1, 3, 2] }))
    const seen = script.map((step) => {
      asked.estimates()
      asked.levelOf('sums')
      return [drive(quiet, [step]).picks, drive(asked, [step]).picks]
    })
    for (const [one, other] of seen) expect(other).toEqual(one)
  })

  test('another seed gives other picks', () => {
    const script = Array.from({ length: 10 }, () => ({ draw: 6, passes: [1, 2, 3, 4, 0, 1] }))
    const arms = (seed: number) =>
      drive(policy.create({ ...init, seed }), script).picks.map(({ topic, level }) => topic + level)
    expect(arms(1)).not.toEqual(arms(2))
  })

  test('draws only where something is left, goes on until nothing is, then gives fewer', () => {
    const stock = new Map<string, number>()
    for (const topic of init.topics)
      for (let level = 0; level < 4; level++) stock.set(`${topic} ${level}`, level === 1 ? 0 : 3)
    const total = [...stock.values()].reduce((sum, count) => sum + count, 0)
    const curriculum = policy.create(init)
    const available = (topic: string, level: number) => stock.get(`${topic} ${level}`)! > 0
    for (let i = 0; i < total; i++) {
      const picks = curriculum.next(1, stocked(available))
      expect(picks).toHaveLength(1)
      const { id, topic, level } = picks[0]!
      const key = `${topic} ${level}`
      expect(stock.get(key), `drawn from ${key}`).toBeGreaterThan(0)
      stock.set(key, stock.get(key)! - 1)
      curriculum.report([{ id, topic, level, attempts: 4, passes: i % 5, tokens: 1, model: 'm' }])
    }
    expect(curriculum.next(5, stocked(available))).toEqual([])
    for (const topic of init.topics) expect(curriculum.levelOf(topic)).not.toBe(1)
  })

  test('covers every topic', () => {
    const script = Array.from({ length: 20 }, () => ({ draw: 3, passes: [2, 2, 2, 2, 2, 2] }))
    const topics = new Set(drive(policy.create(init), script).picks.map(({ topic }) => topic))
    expect([...topics].sort()).toEqual([...init.topics].sort())
  })

  test('estimates what was tried, valid by schema, sorted by topic and level, with true counts', () => {
    const curriculum = policy.create(init)
    curriculum.report([
      { id: 'a', topic: 'sums', level: 2, attempts: 4, passes: 1, tokens: 1, model: 'm' },
      { id: 'b', topic: 'lists', level: 3, attempts: 4, passes: 0, tokens: 1, model: 'm' },
      { id: 'c', topic: 'sums', level: 2, attempts: 2, passes: 2, tokens: 1, model: 'm' },
      { id: 'd', topic: 'lists', level: 0, attempts: 4, passes: 4, tokens: 1, model: 'm' },
    ])
    const estimates = curriculum.estimates()
    for (const estimate of estimates) armEstimateSchema.parse(estimate)
    expect(estimates.map(({ topic, level, attempts, passes }) => [topic, level, attempts, passes])).toEqual([
      ['lists', 0, 4, 4],
      ['lists', 3, 4, 0],
      ['sums', 2, 6, 3],
    ])
    expect(estimates[0]!.passRate).toBeGreaterThan(estimates[1]!.passRate)
  })

  test('an arm that was picked is in the estimates', () => {
    const curriculum = policy.create(init)
    const [pick] = curriculum.next(1)
    expect(curriculum.estimates()).toContainEqual(expect.objectContaining({ topic: pick!.topic, level: pick!.level }))
  })

  test.each([
    ['an unknown topic', { topic: 'list' }, "unknown topic 'list'"],
    ['a level that is not there', { level: 4 }, 'is not below 4'],
    ['more passes than attempts', { passes: 5 }, '5 passes of 4 attempts'],
  ])('%s in a report is refused', (_name, change, message) => {
    const result = { id: '0', topic: 'lists', level: 0, attempts: 4, passes: 1, tokens: 1, model: 'm', ...change }
    expect(() => policy.create(init).report([result])).toThrow(message)
  })

  test.each([
    ['one topic', { topics: ['only'] }],
    ['one level', { levels: 1 }],
    ['a band at the edges', { band: [0, 1] as [number, number] }],
    ['a topic named twice', { topics: ['a', 'a', 'b'] }],
  ])('works with %s', (_name, change) => {
    const curriculum = policy.create({ ...init, ...change })
    expect(
      drive(curriculum, [
        { draw: 6, passes: [4, 4, 0, 0, 2, 2] },
        { draw: 6, passes: [0, 0, 0, 0, 0, 0] },
      ]).picks,
    ).toHaveLength(12)
    for (const { passRate } of curriculum.estimates()) expect(passRate).toBeGreaterThanOrEqual(0)
  })
})
