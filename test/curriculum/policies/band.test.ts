import { describe, expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { sigmoid } from '../../../src/curriculum/belief/logit.js'
import { band } from '../../../src/curriculum/policies/band.js'
import type { CurriculumInit, Pick } from '../../../src/schemas/curriculum.js'
import type { Curriculum, Stock } from '../../../src/schemas/ports.js'

const init: CurriculumInit = { seed: 3, topics: ['lists', 'sums'], levels: 10, k: 4, band: [0.2, 0.8], batch: 1 }

/** A solver with a logit for every arm. */
interface Hidden {
  readonly logit: (topic: string, level: number) => number
  readonly model?: string
}

/** Lets the curriculum draw and tells it how that went; returns the picks. */
function drive(curriculum: Curriculum, draws: number, { logit, model = 'm' }: Hidden): Pick[] {
  const random = rng(draws, 'solver', model)
  return Array.from({ length: draws }, () => {
    const pick = curriculum.next(1)[0] as Pick
    const attempts = pick.attempts ?? 4
    const rate = sigmoid(logit(pick.topic, pick.level))
    let passes = 0
    for (let n = 0; n < attempts; n++) if (random.next() < rate) passes++
    curriculum.report([{ ...pick, attempts, passes, tokens: 100 * attempts, model }])
    return pick
  })
}
const falling = (first: number) => (_: string, level: number) => first - 0.8 * level
const levels = (picks: readonly Pick[]) => picks.map(({ level }) => level)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const lastLevels = (picks: readonly Pick[], count = 60) => mean(levels(picks.slice(-count)))

describe('band', () => {
  test('draws where about six in ten attempts pass', () => {
    const picks = drive(band.create(init), 200, { logit: falling(4.4) })
    expect(lastLevels(picks)).toBeGreaterThan(4.4)
    expect(lastLevels(picks)).toBeLessThan(5.6)
  })

  test('goes down again after a drop that nobody announced', () => {
    const curriculum = band.create(init)
    drive(curriculum, 200, { logit: falling(6) })
    expect(lastLevels(drive(curriculum, 120, { logit: falling(3) }))).toBeLessThan(4.5)
  })

  test('is sooner where it belongs when the change of the solver is announced', () => {
    const awayAfter = (model: string) => {
      const curriculum = band.create(init)
      drive(curriculum, 300, { logit: falling(2) })
      return 7 - lastLevels(drive(curriculum, 16, { logit: falling(6), model }), 8)
    }
    expect(awayAfter('other')).toBeLessThan(awayAfter('m'))
  })

  test('a skill that nobody can solve gets few draws, of one attempt each', () => {
    const topics = ['a', 'b', 'c', 'hopeless']
    const curriculum = band.create({ ...init, topics })
    const logit = (topic: string, level: number) => (topic === 'hopeless' ? -9 : 3 - 0.8 * level)
    const picks = drive(curriculum, 400, { logit }).slice(40)
    const hopeless = picks.filter(({ topic }) => topic === 'hopeless')
    expect(hopeless.length).toBeGreaterThan(0)
    expect(hopeless.length / picks.length).toBeLessThan(0.06)
    expect(hopeless.every(({ attempts }) => attempts === 1)).toBe(true)
    const reachable = picks.filter(({ topic }) => topic !== 'hopeless')
    expect(reachable.every(({ attempts }) => attempts === undefined)).toBe(true)
  })

  test('a skill that became solvable is found by its probes', () => {
    const topics = ['a', 'b', 'late']
    const curriculum = band.create({ ...init, topics })
    const late = (first: number) => (topic: string, level: number) => (topic === 'late' ? first : 3) - 0.8 * level
    drive(curriculum, 200, { logit: late(-9) })
    const picks = drive(curriculum, 600, { logit: late(3) })
    expect(picks.slice(-100).filter(({ topic }) => topic === 'late').length).toBeGreaterThan(20)
  })

  test('levels in the wrong order are learned as they are', () => {
    const curriculum = band.create({ ...init, topics: ['reversed', 'a', 'b'] })
    const logit = (topic: string, level: number) => (topic === 'reversed' ? -4 + 0.8 * level : 4 - 0.8 * level)
    const picks = drive(curriculum, 300, { logit }).filter(({ topic }) => topic === 'reversed')
    const rates = picks.slice(-40).map(({ topic, level }) => sigmoid(logit(topic, level)))
    expect(rates.filter((rate) => rate >= 0.2 && rate <= 0.8).length).toBeGreaterThan(30)
  })

  test('where higher levels cost more tokens it draws lower ones', () => {
    const cost = Array.from({ length: init.levels }, (_, level) => 100 * 2 ** level)
    const logit = (_: string, level: number) => 3 - 0.5 * level
    const even = lastLevels(drive(band.create(init), 200, { logit }))
    const dear = lastLevels(drive(band.create({ ...init, tokenCost: cost }), 200, { logit }))
    expect(dear).toBeLessThan(even - 0.5)
  })

  test('what it expects of an arm is what is seen there', () => {
    const curriculum = band.create(init)
    drive(curriculum, 400, { logit: falling(4.4) })
    for (const { level, attempts, passRate } of curriculum.estimates()) {
      if (attempts >= 100) expect(Math.abs(passRate - sigmoid(falling(4.4)('', level)))).toBeLessThan(0.12)
    }
  })

  test.each([1, 2, 100])('a set of %s levels and one topic is enough', (count) => {
    const picks = drive(band.create({ ...init, topics: ['only'], levels: count }), 60, { logit: falling(1) })
    expect(levels(picks).every((level) => level >= 0 && level < count)).toBe(true)
  })

  test('a band at one edge draws what is hardest, at the other what is easiest', () => {
    const logit = (_: string, level: number) => 9 - 2 * level
    const stands = (edges: [number, number]) => lastLevels(drive(band.create({ ...init, band: edges }), 200, { logit }))
    expect(stands([0, 0.001])).toBeGreaterThan(6.5)
    expect(stands([0, 0.001])).toBeGreaterThan(stands([0.4, 0.6]) + 2)
    expect(stands([0.9995, 1])).toBeLessThan(stands([0.4, 0.6]) - 2)
  })

  test('models that take turns cost nothing but the first doubt', () => {
    const curriculum = band.create(init)
    for (const model of Array.from({ length: 60 }, (_, n) => (n % 2 ? 'a' : 'b')))
      drive(curriculum, 3, { logit: falling(4.4), model })
    const picks = drive(curriculum, 60, { logit: falling(4.4), model: 'a' })
    expect(lastLevels(picks)).toBeGreaterThan(4.2)
    expect(lastLevels(picks)).toBeLessThan(5.8)
  })

  test('a band of the whole range or of a sliver is taken', () => {
    for (const edges of [
      [0, 1],
      [0.49, 0.51],
    ] as [number, number][]) {
      expect(drive(band.create({ ...init, band: edges }), 40, { logit: falling(3) })).toHaveLength(40)
    }
  })
})

describe('band among problems that were tried before', () => {
  const one: CurriculumInit = { ...init, topics: ['sums'], levels: 1, k: 4 }
  const of = (...records: [passes: number, attempts: number][]): Stock => {
    return () => records.map(([passes, attempts]) => ({ passes, attempts }))
  }
  /** A curriculum that has seen problems of one level differ: some always pass, some never. */
  const experienced = (levels: number) => {
    const curriculum = band.create({ ...one, levels })
    const seen = [4, 2, 0, 3, 4, 1, 0, 4, 2, 0, 4, 1]
    for (let i = 0; i < 60; i++) {
      const [pick] = curriculum.next(1)
      const { id, topic, level } = pick as Pick
      const passes = Math.max(0, (seen[i % seen.length] as number) - level)
      curriculum.report([{ id, topic, level, attempts: 4, passes, tokens: 1, model: 'm' }])
    }
    return curriculum
  }
  const drawn = (stock: Stock) => experienced(1).next(1, stock)[0]?.tried

  test('passes over one that always passes, or never', () => {
    expect(drawn(of([8, 8], [0, 8], [5, 8]))).toEqual({ passes: 5, attempts: 8 })
    expect(drawn(of([12, 12], [0, 0]))).toEqual({ passes: 0, attempts: 0 })
  })

  test('takes those that promise about alike in turn', () => {
    expect(drawn(of([5, 8], [6, 8]))).toEqual({ passes: 5, attempts: 8 })
    expect(drawn(of([6, 8], [5, 8]))).toEqual({ passes: 6, attempts: 8 })
  })

  test('goes to another level when all problems of the best one are known to be of no use', () => {
    const curriculum = experienced(4)
    const fresh = { attempts: 0, passes: 0 }
    const stock: Stock = (_, level) => [level === 0 ? { attempts: 12, passes: 12 } : fresh]
    expect(levels(curriculum.next(5, stock))).toEqual([1, 1, 1, 1, 1])
    expect(levels(curriculum.next(5, () => [fresh]))).toContain(0)
  })
})
