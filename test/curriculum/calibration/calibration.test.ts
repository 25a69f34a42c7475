import { describe, expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { calibrate, type ProblemResult } from '../../../src/curriculum/calibration/calibration.js'
import { abilityFrom, predict } from '../../../src/curriculum/calibration/predict.js'
import { type Calibration, calibrationSchema } from '../../../src/schemas/calibration.js'
import { type KnownResult, knownWorld, rankCorrelation, sigmoid } from './calibration-world.js'

const asFile = (results: readonly ProblemResult[]): Calibration =>
  calibrationSchema.parse({ v: 1, set: null, runs: [], ...calibrate(results) })

const medium = { skills: 6, levels: 6, perLevel: 8, models: 3, attempts: 4 }
const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

const withEstimates = (world: readonly KnownResult[]) => {
  const byId = new Map(calibrate(world).problems.map((problem) => [problem.id, problem]))
  return world.map((result) => ({ ...result, ...byId.get(result.id)!, truth: result.truth }))
}

describe('difficulties that are known', () => {
  test.each([
    ['three models with four attempts each', medium, 0.85],
    ['one model with four attempts', { ...medium, models: 1 }, 0.75],
    ['two models on a handful of problems', { skills: 2, levels: 3, perLevel: 4, models: 2, attempts: 8 }, 0.7],
  ])('are found by %s, and the 95 % intervals hold them', (_name, shape, least) => {
    const all = seeds.map((seed) => withEstimates(knownWorld(seed, shape)))
    const correlations = all.map((one) =>
      rankCorrelation(
        one.map(({ truth }) => truth),
        one.map((p) => p.difficulty),
      ),
    )
    expect(correlations.reduce((sum, one) => sum + one, 0) / correlations.length).toBeGreaterThan(least)
    const held = all.flat().filter(({ truth, interval: [low, high] }) => truth >= low && truth <= high).length
    const coverage = held / all.flat().length
    expect(coverage).toBeGreaterThan(0.9)
    expect(coverage).toBeLessThan(0.99)
  })

  test('are finite where everything or nothing passed, and more attempts push them further out', () => {
    const of = (id: string, attempts: number, passes: number): ProblemResult => {
      return { id, hash: id, skill: 'sums', level: 0, byModel: [{ model: 'm', attempts, passes }] }
    }
    const found = new Map(
      calibrate([of('a/all', 4, 4), of('a/none', 4, 0), of('a/half', 4, 2), of('a/never', 400, 0)]).problems.map(
        ({ id, difficulty }) => [id, difficulty],
      ),
    )
    for (const difficulty of found.values()) expect(Math.abs(difficulty)).toBeLessThan(10)
    expect(found.get('a/all')!).toBeLessThan(found.get('a/half')!)
    expect(found.get('a/half')!).toBeLessThan(found.get('a/none')!)
    expect(found.get('a/none')!).toBeLessThan(found.get('a/never')!)
  })

  test('do not depend on the order of the results', () => {
    const world = knownWorld(3, medium)
    const shuffled = rng(5)
      .shuffle(world)
      .map((one) => ({ ...one, byModel: rng(6, one.id).shuffle(one.byModel) }))
    expect(calibrate(shuffled)).toEqual(calibrate(world))
  })

  test('borrow from their level where little was tried', () => {
    const world = knownWorld(4, medium)
    const few = { ...world[0]!, id: 'made/new', byModel: [{ model: 'model-0', attempts: 1, passes: 0 }] }
    const calibration = calibrate([...world, few])
    const level = calibration.levels.find((one) => one.skill === few.skill && one.level === few.level)!
    const problem = calibration.problems.find(({ id }) => id === 'made/new')!
    expect(Math.abs(problem.difficulty - level.difficulty)).toBeLessThan(0.6)
    expect(problem.interval[1] - problem.interval[0]).toBeGreaterThan(2 * (level.interval[1] - level.interval[0]))
  })

  test('of ten thousand problems and three models are there in seconds', () => {
    const world = knownWorld(1, { skills: 40, levels: 10, perLevel: 25, models: 3, attempts: 4 })
    const before = process.cpuUsage()
    expect(calibrate(world).counts).toMatchObject({ problems: 10_000, attempts: 120_000 })
    // CPU time, since other tests may run beside it; about 4 s on the machine that it was written on.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20)
  })
})

describe('labels', () => {
  test('that are right are not doubted', () => {
    const doubts = seeds.map((seed) => calibrate(knownWorld(seed + 100, medium)).mislabelled)
    expect(doubts.flatMap(({ problems }) => problems)).toEqual([])
    expect(doubts.flatMap(({ levels }) => levels).length).toBeLessThanOrEqual(1)
  })

  test('of problems that are four levels off are found, and hardly any other', () => {
    const shape = { skills: 6, levels: 8, perLevel: 10, models: 3, attempts: 12, mislabelled: 0.03 }
    let [planted, found, wrong, near] = [0, 0, 0, 0]
    for (const seed of seeds) {
      const world = knownWorld(seed + 200, shape)
      const byId = new Map(world.map((one) => [one.id, one]))
      planted += world.filter(({ level, trueLevel }) => level !== trueLevel).length
      for (const { id, suggestedLevel } of calibrate(world).mislabelled.problems) {
        const { level, trueLevel } = byId.get(id)!
        if (level === trueLevel) wrong++
        else found++
        if (level !== trueLevel && Math.abs(suggestedLevel - trueLevel) <= 2) near++
      }
    }
    expect(found / planted).toBeGreaterThan(0.3)
    expect(wrong / (found + wrong)).toBeLessThanOrEqual(0.05)
    expect(near / found).toBeGreaterThan(0.8)
  })

  test('of a level that is out of order are found by name', () => {
    // The hardest of six levels is called 0, and the others move up.
    const world = knownWorld(11, { ...medium, perLevel: 12 }).map((one) =>
      one.skill === 'skill-2' ? { ...one, level: (one.level + 1) % 6 } : one,
    )
    const { levels } = calibrate(world).mislabelled
    expect(levels).toHaveLength(1)
    expect(levels[0]).toMatchObject({ skill: 'skill-2', level: 0 })
    expect(levels[0]!.suggestedLevel).toBeGreaterThanOrEqual(4)
    expect(levels[0]!.probability).toBeGreaterThanOrEqual(0.95)
    expect(levels[0]!.outOfOrderWith.length).toBeGreaterThanOrEqual(3)
  })
})

describe('a calibration carries over', () => {
  // The third model is kept out of the calibration; forty of its results say how able it is.
  const world = knownWorld(21, { skills: 4, levels: 6, perLevel: 15, models: 3, attempts: 8 })
  const split = world.map(({ byModel, ...one }) => ({ ...one, byModel: byModel.slice(0, 2), other: byModel[2]! }))
  const calibration = asFile(split)
  const sample = rng(9).shuffle(split)
  const { ability, interval } = abilityFrom(
    calibration,
    sample.slice(0, 40).map(({ id, other }) => ({ id, ...other })),
  )

  test('to a solver that it was not made with: its ability from a few results gives its pass rates', () => {
    expect(interval[0]).toBeLessThan(ability)
    expect(interval[1] - interval[0]).toBeLessThan(1.2)
    const rest = sample.slice(40).map(({ id, other }) => ({
      passRate: predict(calibration, { ability }, { id }).passRate,
      seen: other.passes / other.attempts,
    }))
    for (const [low, high] of [
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 1],
    ] as const) {
      const bin = rest.filter(({ passRate }) => passRate >= low && passRate < high)
      const mean = (of: (one: (typeof rest)[number]) => number) =>
        bin.reduce((sum, one) => sum + of(one), 0) / bin.length
      expect(bin.length).toBeGreaterThan(10)
      expect(Math.abs(mean(({ passRate }) => passRate) - mean(({ seen }) => seen))).toBeLessThan(0.12)
    }
  })

  test('to a problem that nobody tried, by its level; the interval is of what is not known', () => {
    const { passRate, interval: rates } = predict(calibration, { model: 'model-0' }, { skill: 'skill-1', level: 2 })
    expect(rates[0]).toBeLessThan(passRate)
    expect(rates[1]).toBeGreaterThan(passRate)
    const level = calibration.levels.find((one) => one.skill === 'skill-1' && one.level === 2)!
    expect(predict(calibration, { ability: level.difficulty }, level).passRate).toBeCloseTo(0.5, 3)
    const even = predict(calibration, { ability: level.difficulty + 1 }, { skill: 'skill-1', level: 2 }).passRate
    expect(even).toBeLessThan(sigmoid(1))
  })

  test.each([
    ['a model', { model: 'model-9' }, { id: world[0]!.id }, /no model 'model-9'.*/],
    ['a problem', { ability: 0 }, { id: 'made/none' }, /no problem 'made\/none'/],
    ['a level', { ability: 0 }, { skill: 'skill-0', level: 77 }, /no level 'skill-0 77'/],
  ])('but not to %s that it does not hold', (_name, solver, target, message) => {
    expect(() => predict(calibration, solver, target)).toThrow(message)
  })
})

test.each([
  ['nothing', []],
  ['problems without an attempt', [{ id: 'a/b', hash: 'h', skill: 's', level: 0, byModel: [] }]],
])('a calibration of %s is refused', (_name, results) => {
  expect(() => calibrate(results)).toThrow(/nothing to calibrate/)
})

test('passes above attempts are refused by the problem’s name', () => {
  const bad = { id: 'a/b', hash: 'h', skill: 's', level: 0, byModel: [{ model: 'm', attempts: 2, passes: 3 }] }
  expect(() => calibrate([bad])).toThrow('a/b: 3 passes of 2 attempts by m')
})
