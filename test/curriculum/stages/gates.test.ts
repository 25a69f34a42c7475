import { describe, expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { clusteredRate, quantileOf } from '../../../src/curriculum/calibration/clustered-rate.js'
import { createGates, type Gates } from '../../../src/curriculum/stages/gates.js'
import type { CurriculumResult } from '../../../src/schemas/curriculum.js'

const stages = [
  { id: 'first', skills: [{ skill: 'sums', levels: [0, 1] }] },
  {
    id: 'second',
    skills: [
      { skill: 'sums', levels: [2] },
      { skill: 'lists', levels: [0] },
    ],
  },
  { id: 'third', skills: [{ skill: 'lists', levels: [1, 2] }] },
]
const armOf = { first: ['sums', 1], second: ['lists', 0], third: ['lists', 2] } as const

/** Draws of four attempts at the stage that the gates are in; rates: pass rate of each stage, which may change with the draw. */
function results(seed: number, gates: Gates, draws: number, rates: (stage: string, draw: number) => number) {
  const stream = rng(seed)
  const seen: CurriculumResult[] = []
  for (let draw = 0; draw < draws; draw++) {
    const { id } = gates.stage().stage
    const [topic, level] = armOf[id as keyof typeof armOf]
    const passes = Array.from({ length: 4 }, () => stream.next() < rates(id, draw)).filter(Boolean).length
    const result = { id: String(draw), topic, level, attempts: 4, passes, tokens: 10, model: 'm' }
    seen.push(result)
    gates.observe(result)
  }
  return seen
}
const path = ({ history }: Gates) => history.map(({ from, to }) => `${from} > ${to}`)

describe('a stage is left', () => {
  test('upwards once its pass rate is surely above the band', () => {
    const gates = createGates({ stages })
    results(1, gates, 200, (stage) => (stage === 'first' ? 0.97 : 0.5))
    expect(path(gates)).toEqual(['first > second'])
    const [move] = gates.history
    expect(move!.interval[0]).toBeGreaterThan(0.8)
    expect(move!.attempts).toBeGreaterThanOrEqual(32)
    expect(move!.direction).toBe('up')
  })

  test('downwards once its pass rate is surely below the band, and not before the minimum of attempts', () => {
    const gates = createGates({ stages, minAttempts: 40 })
    results(2, gates, 60, (stage) => (stage === 'first' ? 1 : 0))
    expect(path(gates).slice(0, 2)).toEqual(['first > second', 'second > first'])
    for (const { attempts } of gates.history) expect(attempts).toBeGreaterThanOrEqual(40)
  })

  test('never while its pass rate lies inside the band', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const gates = createGates({ stages })
      results(seed, gates, 400, () => 0.5)
      expect(path(gates)).toEqual([])
    }
  })

  test('by the gates of its own band where it has one', () => {
    const own = stages.map((stage) => ({ ...stage, band: [0.05, 0.4] as [number, number] }))
    const gates = createGates({ stages: own })
    results(3, gates, 100, (stage) => (stage === 'third' ? 0.3 : 0.7))
    expect(path(gates)).toEqual(['first > second', 'second > third'])
  })
})

test('a solver whose ability drops is demoted, and comes up again with it', () => {
  const gates = createGates({ stages })
  const ability = (draw: number) => (draw < 60 || draw > 140 ? 1 : 0)
  results(4, gates, 300, (stage, draw) => {
    if (ability(draw)) return stage === 'third' ? 0.5 : 0.98
    return stage === 'first' ? 0.5 : 0.02
  })
  expect(path(gates)).toEqual([
    'first > second',
    'second > third',
    'third > second',
    'second > first',
    'first > second',
    'second > third',
  ])
})

test('between a stage that is too easy and one that is too hard the moves become rare', () => {
  const gates = createGates({ stages })
  results(5, gates, 600, (stage) => (stage === 'first' ? 1 : 0))
  const ups = gates.history.filter(({ direction }) => direction === 'up').map(({ attempts }) => attempts)
  expect(ups.slice(0, 4)).toEqual([32, 64, 128, 256])
})

test('results outside the stage change nothing', () => {
  const gates = createGates({ stages })
  const before = gates.stage()
  for (const level of [2, 7])
    gates.observe({ id: 'x', topic: 'sums', level, attempts: 400, passes: 400, tokens: 1, model: 'm' })
  expect(gates.stage()).toEqual(before)
})

test('another model is judged by its own results', () => {
  const gates = createGates({ stages })
  const at = (model: string, passes: number) =>
    gates.observe({ id: 'x', topic: 'sums', level: 0, attempts: 30, passes, tokens: 1, model })
  at('old', 30)
  at('new', 15)
  expect(gates.stage()).toMatchObject({ attempts: 30, passRate: 0.5 })
})

test('after the last stage the solver is through, until its rate falls again', () => {
  const gates = createGates({ stages: stages.slice(0, 1) })
  const give = (passes: number) => {
    for (let i = 0; i < 80; i++)
      gates.observe({ id: String(i), topic: 'sums', level: 0, attempts: 4, passes, tokens: 1, model: 'm' })
  }
  give(4)
  expect(gates.stage().complete).toBe(true)
  expect(path(gates)).toEqual([])
  give(0)
  expect(gates.stage().complete).toBe(false)
})

test('the state is a fold: the same results give the same stage and history', () => {
  const gates = createGates({ stages })
  const seen = results(6, gates, 300, (stage) => (stage === 'first' ? 0.95 : 0.1))
  const again = createGates({ stages })
  for (const result of seen) again.observe(result)
  expect(again.stage()).toEqual(gates.stage())
  expect(again.history).toEqual(gates.history)
})

test.each([
  ['no stage', { stages: [] }, /stages/],
  [
    'a level in two stages',
    { stages: [stages[0]!, { ...stages[1]!, skills: stages[0]!.skills }] },
    /belongs to the stages first and second/,
  ],
  ['a band upside down', { stages, band: [0.8, 0.2] as [number, number] }, /lower end/],
  ['a misspelt key', { stages, minAttempt: 3 } as never, /minAttempts/],
])('a config with %s is refused', (_name, config, message) => {
  expect(() => createGates(config)).toThrow(message)
})

describe('a rate from attempts in groups', () => {
  test('is as sure as its groups are different', () => {
    const alike = clusteredRate(
      Array.from({ length: 20 }, () => ({ attempts: 4, passes: 2 })),
      1.96,
    )
    const apart = clusteredRate(
      Array.from({ length: 20 }, (_, i) => ({ attempts: 4, passes: i % 2 ? 4 : 0 })),
      1.96,
    )
    expect(alike.passRate).toBe(apart.passRate)
    const width = ({ interval: [low, high] }: { interval: readonly [number, number] }) => high - low
    expect(width(apart) / width(alike)).toBeGreaterThan(1.8)
  })

  test('of nothing is unknown', () => {
    expect(clusteredRate([], 2)).toMatchObject({ attempts: 0, interval: [0, 1] })
  })

  test.each([
    [0.9, 1.644854],
    [0.95, 1.959964],
    [0.99, 2.575829],
  ])('uses the normal quantile: %d', (confidence, z) => {
    expect(quantileOf(confidence)).toBeCloseTo(z, 5)
  })
})
