import { describe, expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { drawBeta } from '../../../src/curriculum/policies/beta.js'
import { thompson } from '../../../src/curriculum/policies/thompson.js'
import type { Curriculum } from '../../../src/schemas/ports.js'

const init = { seed: 3, topics: ['lists', 'sums'], levels: 5, k: 4, band: [0.2, 0.8] as [number, number], batch: 1 }

function tell(curriculum: Curriculum, passes: readonly number[], times = 1, topic = 'lists'): void {
  for (let i = 0; i < times; i++)
    for (const [level, one] of passes.entries())
      curriculum.report([{ id: 'x', topic, level, attempts: 4, passes: one, tokens: 1, model: 'm' }])
}
const passRate = (curriculum: Curriculum, topic: string, level: number) =>
  curriculum.estimates().find((arm) => arm.topic === topic && arm.level === level)!.passRate

describe('thompson', () => {
  test('draws mostly where about half is passed, once it has seen every level', () => {
    const curriculum = thompson.create(init)
    tell(curriculum, [4, 4, 4, 2, 0], 8)
    const levels = curriculum.next(200).flatMap(({ topic, level }) => (topic === 'lists' ? [level] : []))
    expect(levels).toHaveLength(100)
    expect(levels.filter((level) => level === 3).length).toBeGreaterThan(90)
    expect(curriculum.levelOf('lists')).toBe(3)
  })

  test('draws every level of a topic that it knows nothing of', () => {
    const levels = thompson
      .create(init)
      .next(200)
      .map(({ level }) => level)
    for (let level = 0; level < 5; level++) expect(levels.filter((one) => one === level).length).toBeGreaterThan(20)
  })

  test('believes what Beta(1 + passes, 1 + failures) has as its mean', () => {
    const curriculum = thompson.create(init)
    tell(curriculum, [3])
    expect(passRate(curriculum, 'lists', 0)).toBeCloseTo(4 / 6)
  })

  test('results fade with each later one of their topic, and with none of another topic', () => {
    const curriculum = thompson.create(init)
    tell(curriculum, [4], 10)
    const before = passRate(curriculum, 'lists', 0)
    tell(curriculum, [0, 0, 0, 0, 0], 100, 'sums')
    expect(passRate(curriculum, 'lists', 0)).toBe(before)
    for (let i = 0; i < 600; i++)
      curriculum.report([{ id: 'x', topic: 'lists', level: 4, attempts: 4, passes: 2, tokens: 1, model: 'm' }])
    // 40 passes of then count .995^600 = .049 each: (1 + 1.9) / (2 + 1.9).
    expect(before).toBeGreaterThan(0.95)
    expect(passRate(curriculum, 'lists', 0)).toBeCloseTo(0.75, 1)
  })
})

describe('drawBeta', () => {
  test.each([
    [1, 1],
    [3, 1],
    [1.5, 6],
    [80, 20],
  ])('values of Beta(%d, %d) lie in 0..1 and have its mean and variance', (a, b) => {
    const random = rng(1, 'beta', a, b)
    const values = Array.from({ length: 20_000 }, () => drawBeta(random, a, b))
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
    const expected = { mean: a / (a + b), variance: (a * b) / ((a + b) ** 2 * (a + b + 1)) }
    for (const x of values) if (!(x >= 0 && x <= 1)) expect(x).toBe('within 0..1')
    expect(Math.abs(mean - expected.mean)).toBeLessThan(4 * Math.sqrt(expected.variance / values.length))
    expect(variance / expected.variance).toBeCloseTo(1, 1)
  })
})
