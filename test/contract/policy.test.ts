/** What any policy must bear and reach; that it answers rightly as a port is in curriculum.test.ts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policies } from '../../src/curriculum/policies/index.js'
import { uniform } from '../../src/curriculum/policies/uniform.js'
import { balancedShare } from '../../src/curriculum/simulation/harvest.js'
import { ORACLE, play } from '../../src/curriculum/simulation/simulate.js'
import { worlds } from '../../src/curriculum/simulation/worlds.js'
import type { CurriculumInit, CurriculumResult, Pick } from '../../src/schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy } from '../../src/schemas/ports.js'
import { stocked } from '../curriculum/stocked.js'

const init: CurriculumInit = {
  seed: 11,
  topics: ['lists', 'strings', 'sums'],
  levels: 4,
  k: 4,
  band: [0.2, 0.8],
  batch: 4,
}
const arms = init.topics.length * init.levels
const fullStock = 2 ** arms - 1

/** Blind to results by design: they reach no more than uniform does. */
const blind = new Set(['stages', 'uniform'])

const result = (pick: Pick, passes: number, attempts = pick.attempts ?? init.k): CurriculumResult => ({
  id: pick.id,
  topic: pick.topic,
  level: pick.level,
  attempts,
  passes: Math.min(passes, attempts),
  tokens: 100,
  model: 'm',
})

/** stock: a bit for each topic and level. */
type Call = { readonly next: number; readonly stock: number } | { readonly report: readonly CurriculumResult[] }

const inStock = (stock: number) => (topic: string, level: number) =>
  ((stock >> (init.topics.indexOf(topic) * init.levels + level)) & 1) === 1

function answer(curriculum: Curriculum, call: Call): Pick[] {
  if ('next' in call) return curriculum.next(call.next, stocked(inStock(call.stock)))
  curriculum.report(call.report)
  return []
}

const step = fc.record({
  draw: fc.integer({ min: 0, max: 5 }),
  stock: fc.oneof(fc.constant(fullStock), fc.integer({ min: 0, max: fullStock })),
  /** How many of the picks that wait are reported, and from which on: late, and in no order. */
  reports: fc.integer({ min: 0, max: 6 }),
  from: fc.nat(),
  attempts: fc.integer({ min: 0, max: 4 }),
  passes: fc.integer({ min: 0, max: 4 }),
  /** Sometimes a result of what was never picked, or of a pick that was reported before. */
  stranger: fc.option(fc.record({ id: fc.nat(40), topic: fc.nat(2), level: fc.nat(3) }), { freq: 4 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Lets a policy go through the steps; returns its calls and what each was answered with. */
function drive(curriculum: Curriculum, steps: readonly Step[]): { calls: Call[]; answers: Pick[][] } {
  const calls: Call[] = []
  const answers: Pick[][] = []
  const waiting: Pick[] = []
  for (const { draw, stock, reports, from, attempts, passes, stranger } of steps) {
    const due = Array.from({ length: Math.min(reports, waiting.length) }, (_, i) => {
      const [pick] = waiting.splice((from + i) % waiting.length, 1)
      return result(pick!, passes, attempts)
    })
    if (stranger) {
      const { id, topic, level } = stranger
      due.push(result({ id: String(id), topic: init.topics[topic]!, level }, passes, attempts))
    }
    const both: Call[] = [{ next: draw, stock }, { report: due }]
    calls.push(...both)
    for (const call of both) answers.push(answer(curriculum, call))
    waiting.push(...answers.at(-2)!)
  }
  return { calls, answers }
}

/** Passes everything below a level, half at it and nothing above; reports come a batch late. Returns the levels drawn. */
function drawLevels(policy: CurriculumPolicy, seed: number, draws: number): number[] {
  const curriculum = policy.create({ ...init, seed, levels: 8, budget: 1_000 })
  const levels: number[] = []
  let late: CurriculumResult[] = []
  while (levels.length < draws) {
    const picks = curriculum.next(5)
    levels.push(...picks.map(({ level }) => level))
    curriculum.report(late)
    late = picks.map((pick) => {
      const attempts = pick.attempts ?? init.k
      const share = pick.level < 4 ? 1 : pick.level === 4 ? 0.5 : 0
      // A single attempt at the level itself passes every other time.
      return result(pick, share === 0.5 && attempts === 1 ? levels.length % 2 : Math.round(share * attempts))
    })
  }
  return levels
}

describe.each(Object.entries<CurriculumPolicy>(policies))('the policy %s', (_id, policy) => {
  test('goes on the same after a restart at any call, whatever the stock and however late the reports', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), (steps, somewhere) => {
        const first = policy.create(init)
        const { calls, answers } = drive(first, steps)
        const cut = somewhere % calls.length
        const again = policy.create(init)
        expect(calls.slice(0, cut).map((call) => answer(again, call))).toEqual(answers.slice(0, cut))
        expect(calls.slice(cut).map((call) => answer(again, call))).toEqual(answers.slice(cut))
        expect(again.estimates()).toEqual(first.estimates())
        for (const topic of init.topics) expect(again.levelOf(topic)).toBe(first.levelOf(topic))
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  test('picks as many as asked for, with ids of their own, and only what is in stock: nothing when nothing is', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const { calls, answers } = drive(policy.create(init), steps)
        for (const [i, call] of calls.entries()) {
          if (!('next' in call)) continue
          expect(answers[i]).toHaveLength(call.stock === 0 ? 0 : call.next)
          for (const { topic, level } of answers[i]!) expect(inStock(call.stock)(topic, level)).toBe(true)
        }
        const ids = answers.flat().map((pick) => pick.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { seed: 4, numRuns: 60 },
    )
  })

  test('results of no attempts change nothing that it believes or picks', () => {
    const [told, untold] = [policy.create(init), policy.create(init)]
    for (let i = 0; i < 12; i++) {
      const picks = told.next(5)
      expect(untold.next(5)).toEqual(picks)
      for (const one of [told, untold]) one.report(picks.map((pick) => result(pick, (i + pick.level) % 5)))
      const nothing = picks.map((pick) => result({ ...pick, id: `${pick.id} again` }, 0, 0))
      told.report(nothing)
    }
    expect(told.estimates()).toEqual(untold.estimates())
    expect(told.next(30)).toEqual(untold.next(30))
  })

  test('takes reports of picks of long ago, and of what was never picked', () => {
    const curriculum = policy.create(init)
    const old = curriculum.next(1)[0]!
    for (let i = 0; i < 200; i++) curriculum.report(curriculum.next(2).map((pick) => result(pick, i % 5)))
    const counts = () => curriculum.estimates().reduce((sum, { attempts }) => sum + attempts, 0)
    const before = counts()
    curriculum.report([result(old, 2, 4)])
    curriculum.report([{ ...result(old, 1, 4), id: 'never picked', topic: 'sums', level: 3 }])
    expect(counts()).toBe(before + 8)
    expect(curriculum.next(6)).toHaveLength(6)
  })

  test.each([
    ['an unknown topic', { topic: 'string' }, ["'string'"]],
    ['a level beyond the last', { level: 4 }, ['level 4', "'lists'"]],
    ['a level below the first', { level: -1 }, ['level', '-1', "'lists'"]],
    ['more passes than attempts', { passes: 5 }, ['5 passes of 4', 'level 0', "'lists'"]],
    ['half a pass', { passes: 0.5 }, ['passes', '0.5', "'lists'"]],
  ])('%s in a report is refused by name, with a way out', (_name, change, parts) => {
    const curriculum = policy.create(init)
    const bad = { ...result({ id: '0', topic: 'lists', level: 0 }, 1), ...change }
    expect(() => curriculum.report([bad])).toThrow(
      expect.objectContaining({ code: 'input/malformed', hint: expect.stringMatching(/./) }),
    )
    for (const part of parts) expect(() => curriculum.report([bad])).toThrow(part)
  })

  test('picks fast enough for forty topics of twelve levels', () => {
    const topics = Array.from({ length: 40 }, (_, i) => `topic ${i}`)
    const curriculum = policy.create({ ...init, topics, levels: 12, budget: 6_000 })
    const start = process.cpuUsage()
    let late: CurriculumResult[] = []
    for (let i = 0; i < 50; i++) {
      const picks = curriculum.next(10)
      curriculum.report(late)
      late = picks.map((pick) => result(pick, (pick.level * 7 + i) % 5))
    }
    const { user, system } = process.cpuUsage(start)
    // About a tenth of this is meant; the bound also has to hold where nothing is compiled yet.
    expect((user + system) / 1000).toBeLessThan(1_500)
  })
})

const adaptive = Object.entries<CurriculumPolicy>(policies).filter(([id]) => !blind.has(id))

describe.each(adaptive)('the adaptive policy %s', (_id, policy) => {
  test('comes nearer to the level at which a solver breaks off than uniform does', () => {
    const distance = (one: CurriculumPolicy): number => {
      const late = [1, 2, 3].flatMap((seed) => drawLevels(one, seed, 300).slice(150))
      return late.reduce((sum, level) => sum + Math.abs(level - 4), 0) / late.length
    }
    expect(distance(policy)).toBeLessThan(0.9 * distance(uniform))
  })

  test('harvests more than uniform from a solver that does not change', () => {
    const world = { ...worlds.fixed, budget: 6_000 }
    const harvest = (one: CurriculumPolicy | typeof ORACLE) => play({ world, seed: 5, policy: one }).byTopic
    const oracle = harvest(ORACLE)
    expect(balancedShare(harvest(policy), oracle)).toBeGreaterThan(balancedShare(harvest(uniform), oracle))
  })
})
