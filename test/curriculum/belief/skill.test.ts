import { describe, expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { CheckNoise } from '../../../src/curriculum/belief/check-noise.js'
import { expectWithin, sigmoid } from '../../../src/curriculum/belief/logit.js'
import { shapes } from '../../../src/curriculum/belief/shapes.js'
import { type Shared, Skill } from '../../../src/curriculum/belief/skill.js'
import { moments, Solver } from '../../../src/curriculum/belief/solver.js'

const LEVELS = 10
const quiet = { luck: 0, loss: 0, variance: 0.1 }

/** Passes of four attempts at a logit, seeded. */
function answers(seed: number) {
  const random = rng(seed, 'answers')
  return (logit: number, attempts = 4, luck = 0, loss = 0) => {
    let passes = 0
    for (let n = 0; n < attempts; n++) {
      const rate = luck + (1 - luck - loss) * sigmoid(logit)
      if (random.next() < rate) passes++
    }
    return passes
  }
}

/** A skill that was shown many results of levels whose logits are known, of a solver whose other skills are in order. */
function taught(logits: readonly number[], results: number): Skill {
  const skill = new Skill(LEVELS)
  const answer = answers(4)
  let shared: Shared = { mean: [1.5, 0.75], covariance: [0.5, 0, 0.005] }
  const priors = shapes.map(({ prior }) => prior)
  for (let n = 0; n < results; n++) {
    const level = (n * 7) % LEVELS
    shared = skill.observe(level, shared, quiet, 4, answer(logits[level] as number)).shared
    skill.weigh(priors)
  }
  return skill
}

const likeliest = (skill: Skill) => shapes[skill.shapeWeights.indexOf(Math.max(...skill.shapeWeights))]?.id

describe('the shape of a skill is found', () => {
  test.each([
    ['levels in order', [3, 2.3, 1.5, 0.8, 0, -0.7, -1.5, -2.2, -3, -3.7], 'ordered'],
    ['levels whose labels say nothing about them', [-2, 2.5, -3, 0, 2, -1.5, 3, -0.5, 1, -2.5], 'shuffled'],
  ])('%s', (_, logits, shape) => {
    expect(likeliest(taught(logits, 120))).toBe(shape)
  })

  test('levels that are all the same are believed to be so', () => {
    const skill = taught(
      Array.from({ length: LEVELS }, () => 1),
      120,
    )
    const shared: Shared = { mean: [1.5, 0.75], covariance: [0.5, 0, 0.005] }
    const [low, high] = [0, LEVELS - 1].map((level) => moments(skill.arm(level, shared)).mean) as [number, number]
    expect(Math.abs(low - high)).toBeLessThan(1.5)
    const fresh = new Skill(LEVELS)
    const fall = moments(fresh.arm(0, shared)).mean - moments(fresh.arm(LEVELS - 1, shared)).mean
    expect(fall).toBeGreaterThan(3)
  })

  test('a skill that nobody passes at all', () => {
    const solver = new Solver(3, LEVELS)
    for (let n = 0; n < 8; n++) {
      solver.observe(0, 2, 4, 2)
      solver.observe(1, 2, 4, 2)
      solver.observe(2, 0, 4, 0)
    }
    expect(moments(solver.arm(2, 0)).mean).toBeLessThan(-3)
    expect(moments(solver.arm(1, 2)).mean).toBeGreaterThan(-1)
  })
})

describe('a solver', () => {
  test('what is believed of every arm holds the truth as often as it says', () => {
    let [within, arms] = [0, 0]
    for (const seed of [1, 2, 3]) {
      const random = rng(seed, 'truth')
      const truth = Array.from({ length: 8 }, () => {
        const [first, fall] = [1 + 2 * random.next(), 0.5 + 0.4 * random.next()]
        return Array.from({ length: LEVELS }, (_, level) => first - fall * level)
      })
      const answer = answers(seed)
      const solver = new Solver(8, LEVELS)
      for (let n = 0; n < 800; n++) {
        const [skill, level] = [n % 8, Math.floor(random.next() * LEVELS)]
        solver.observe(skill, level, 4, answer((truth[skill] as number[])[level] as number))
      }
      for (const [skill, levels] of truth.entries())
        for (const [level, logit] of levels.entries()) {
          const { mean, variance } = moments(solver.arm(skill, level))
          arms++
          if (Math.abs(logit - mean) < 2 * Math.sqrt(variance)) within++
        }
    }
    expect(within / arms).toBeGreaterThan(0.9)
  })

  test('what is learned of some skills is expected of a new one', () => {
    const solver = new Solver(5, LEVELS)
    const before = moments(solver.arm(4, 3))
    for (let n = 0; n < 60; n++) solver.observe(n % 4, 3, 4, 4)
    const after = moments(solver.arm(4, 3))
    expect(after.mean).toBeGreaterThan(before.mean + 0.5)
    expect(after.variance).toBeGreaterThan(moments(solver.arm(0, 3)).variance)
  })

  test('another model puts abilities in doubt and keeps the order of the levels', () => {
    const solver = new Solver(2, LEVELS)
    for (let n = 0; n < 80; n++) solver.observe(n % 2, n % LEVELS, 4, n % LEVELS < 5 ? 4 : 0)
    const before = [2, 7].map((level) => moments(solver.arm(0, level)))
    solver.modelChanged()
    const after = [2, 7].map((level) => moments(solver.arm(0, level)))
    expect(after[0]?.variance).toBeGreaterThan(1 + (before[0]?.variance ?? 0))
    expect(after[0]?.mean).toBeCloseTo(before[0]?.mean ?? 0, 6)
    expect((after[0]?.mean ?? 0) - (after[1]?.mean ?? 0)).toBeGreaterThan(2)
  })

  test.each([40, 4_000, 400_000])('a report of %s attempts counts as what it says', (attempts) => {
    const solver = new Solver(1, 3)
    for (let n = 0; n < 50; n++) solver.observe(0, 0, attempts, 0.6 * attempts)
    const { mean, variance } = moments(solver.arm(0, 0))
    expect(mean).toBeGreaterThan(0.1)
    expect(mean).toBeLessThan(0.7)
    expect(variance).toBeLessThan(0.2)
  })

  test('results that are all alike leave beliefs finite', () => {
    const solver = new Solver(1, LEVELS)
    for (let n = 0; n < 3_000; n++) solver.observe(0, 0, 16, n < 1_500 ? 16 : 0)
    for (let level = 0; level < LEVELS; level++) {
      const { mean, variance } = moments(solver.arm(0, level))
      expect(Number.isFinite(mean)).toBe(true)
      expect(variance).toBeGreaterThan(0)
    }
  })
})

describe('the noise of checks', () => {
  test.each([
    [0, 0],
    [0, 0.12],
    [0.1, 0],
  ])('lucky passes %s and lost ones %s are told apart where answers are certain', (luck, loss) => {
    const noise = new CheckNoise()
    const answer = answers(9)
    for (let n = 0; n < 200; n++) {
      const logit = n % 2 ? 5 : -5
      noise.observe({ mean: logit, variance: 0.2 }, 4, answer(logit, 4, luck, loss))
    }
    expect(noise.now.luck).toBeCloseTo(luck, 1)
    expect(noise.now.loss).toBeCloseTo(loss, 1)
    expect(Math.abs(noise.now.luck - luck) + Math.abs(noise.now.loss - loss)).toBeLessThan(0.05)
  })

  test('problems of one arm that differ are seen to', () => {
    const random = rng(5, 'problems')
    const answer = answers(6)
    const [alike, unlike] = [new CheckNoise(), new CheckNoise()]
    for (let n = 0; n < 300; n++) {
      alike.observe({ mean: 0, variance: 0.01 }, 4, answer(0))
      unlike.observe({ mean: 0, variance: 0.01 }, 4, answer(random.next() < 0.5 ? 1.3 : -1.3))
    }
    expect(alike.now.variance).toBeLessThan(0.3)
    expect(unlike.now.variance).toBeGreaterThan(1)
  })
})

test.each([
  [0, 1, -1, 1, 0.682689],
  [5, 0.04, -1.4, 1.4, 0],
  [0, 0.0001, -1.4, 1.4, 1],
  [0, 100, -1.4, 1.4, 0.11134],
])('the chance that a logit N(%s, %s) lies between %s and %s is %s', (mean, variance, low, high, chance) => {
  expect(Math.abs(expectWithin({ mean, variance }, [low, high], () => 1) - chance)).toBeLessThan(0.001)
})
