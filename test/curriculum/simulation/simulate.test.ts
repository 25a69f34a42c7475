import { describe, expect, test } from 'vitest'
import { policies } from '../../../src/curriculum/policies/index.js'
import { uniform } from '../../../src/curriculum/policies/uniform.js'
import { balancedShare, compareHarvests } from '../../../src/curriculum/simulation/harvest.js'
import { type Harvest, ORACLE, play } from '../../../src/curriculum/simulation/simulate.js'
import { SimulatedSolver } from '../../../src/curriculum/simulation/simulated-solver.js'
import { simulating, summarize } from '../../../src/curriculum/simulation/simulation.js'
import { coreWorlds, worlds } from '../../../src/curriculum/simulation/worlds.js'
import type { CurriculumInit, CurriculumResult } from '../../../src/schemas/curriculum.js'
import { defects } from '../../../src/schemas/parse.js'
import type { CurriculumPolicy } from '../../../src/schemas/ports.js'
import { simulationSchema, type World, worldSchema } from '../../../src/schemas/simulation.js'

const small = (world: World): World => ({ ...world, budget: Math.min(world.budget, 2_000) })

/** Always the same arm; keeps what it is told. */
function stubborn(attempts?: number) {
  const seen: { init?: CurriculumInit; reports: (readonly CurriculumResult[])[] } = { reports: [] }
  let count = 0
  const policy: CurriculumPolicy = {
    id: 'stubborn',
    create: (init) => {
      seen.init = init
      return {
        next: (n) =>
          Array.from({ length: n }, () => ({ id: String(count++), topic: init.topics[0]!, level: 1, attempts })),
        report: (results) => void seen.reports.push(results),
        estimates: () => [],
        levelOf: () => 1,
      }
    },
  }
  return { policy, seen }
}

describe.each(Object.entries<World>(worlds))('the world %s', (_name, world) => {
  test('plays the same twice with a seed, another way with another one, and the oracle harvests', () => {
    const once = play({ world: small(world), seed: 5, policy: ORACLE })
    expect(play({ world: small(world), seed: 5, policy: ORACLE })).toEqual(once)
    expect(once.useful).toBeGreaterThan(0)
    const drawn = (seed: number) => play({ world: small(world), seed, policy: uniform }).byTopic
    expect(drawn(5)).not.toEqual(drawn(6))
  })

  test('uniform draws stay below the oracle and spend the budget', () => {
    const oracle = play({ world: small(world), seed: 8, policy: ORACLE })
    const harvest = play({ world: small(world), seed: 8, policy: uniform })
    const { share, halfwayRatio } = compareHarvests(harvest, oracle)
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThan(0.9)
    expect(halfwayRatio).toBeGreaterThan(1)
    if (world.tokenBudget === undefined) expect(harvest.attempts).toBeGreaterThanOrEqual(small(world).budget)
    expect(harvest.attempts - small(world).budget).toBeLessThan(world.k)
  })
})

test('the eight worlds by which policies are compared are among all', () => {
  expect(Object.keys(coreWorlds)).toEqual(['fixed', 'learn', 'swap', 'silent', 'tangled', 'noisy', 'cold', 'drift'])
  for (const [name, world] of Object.entries(coreWorlds)) expect(Object.entries(worlds)).toContainEqual([name, world])
})

test('a pick with fewer attempts costs fewer, and more than k are not given', () => {
  const few = stubborn(1)
  const harvest = play({ world: { ...worlds.fixed, budget: 40 }, seed: 1, policy: few.policy })
  expect(harvest.draws).toHaveLength(40)
  expect(few.seen.reports.flat().every(({ attempts }) => attempts === 1)).toBe(true)
  const many = stubborn(99)
  expect(play({ world: { ...worlds.fixed, budget: 40 }, seed: 1, policy: many.policy }).draws).toHaveLength(10)
})

test.each([0, 1, 2])('with a lag of %i batches a report comes that much later', (lag) => {
  const { policy, seen } = stubborn()
  play({ world: { ...worlds.fixed, budget: 64 * 6, lag }, seed: 1, policy })
  expect(seen.reports.map((results) => results.length)).toEqual([...Array(lag).fill(0), ...Array(6 - lag).fill(16)])
})

test('with disorder every report comes at most once, and not in the order of the picks', () => {
  const { policy, seen } = stubborn()
  play({ world: { ...worlds.disorder, budget: 4_000 }, seed: 1, policy })
  const ids = seen.reports.flat().map(({ id }) => Number(id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(900)
  expect(ids).not.toEqual([...ids].sort((a, b) => a - b))
})

test('a change that is announced names another model, a silent one does not', () => {
  const models = (world: World) => {
    const { policy, seen } = stubborn()
    play({ world: small(world), seed: 1, policy })
    return new Set(seen.reports.flat().map(({ model }) => model)).size
  }
  expect(models(worlds.swap)).toBe(3)
  expect(models(worlds.silent)).toBe(1)
})

test('costs are told where they differ, and end the play where tokens are what runs out', () => {
  const { policy, seen } = stubborn()
  const { tokens, attempts } = play({ world: { ...worlds.costly, tokenBudget: 400_000 }, seed: 1, policy })
  expect(seen.init?.tokenCost).toHaveLength(10)
  expect(seen.init?.budget).toBeUndefined()
  expect(tokens).toBeGreaterThanOrEqual(400_000)
  expect(attempts).toBeLessThan(worlds.costly.budget)
  const plain = stubborn()
  play({ world: small(worlds.fixed), seed: 1, policy: plain.policy })
  expect(plain.seen.init).toMatchObject({ budget: 2_000, k: 4, batch: 16, band: [0.2, 0.8] })
  expect(plain.seen.init?.tokenCost).toBeUndefined()
})

test('a solver learns what it harvests, and forgets what is not replayed down to a floor', () => {
  const solver = new SimulatedSolver({ ...worlds.forgetful, learning: 0.02, levels: 30 }, 3)
  const bests = () => [0, 1].map((topic) => solver.best(topic).level)
  const before = bests()
  const draw = (times: number) => {
    for (let i = 0; i < times; i++) solver.solve(0, solver.best(0).level, 4)
    return bests()
  }
  const after = draw(200)
  expect(after[0]!).toBeGreaterThan(before[0]! + 5)
  expect(draw(4_000)[1]!).toBeLessThan(before[1]!)
  expect(draw(100)[1]).toBe(draw(4_000)[1])
})

describe('figures', () => {
  const harvest = (byTopic: number[], draws: Harvest['draws'] = []): Harvest => ({
    byTopic,
    useful: byTopic.reduce((sum, one) => sum + one, 0),
    attempts: 100,
    tokens: 50_000,
    draws,
  })

  test('the balanced share counts each topic that the oracle harvests once, and no surplus', () => {
    expect(balancedShare([10, 5, 3], [10, 10, 0])).toBe(0.75)
    expect(balancedShare([99, 5, 0], [10, 10, 0])).toBe(0.75)
    expect(balancedShare([0, 0, 7], [10, 10, 0])).toBe(0)
  })

  test('root share, rates, entropy and the way to half of the harvest', () => {
    const at = (attempts: number, useful: number) => ({ attempts, useful, topic: 0, level: 0 })
    const own = harvest([16, 0], [at(40, 4), at(80, 12)])
    const oracle = harvest([16, 16], [at(20, 16), at(100, 16)])
    expect(compareHarvests(own, oracle)).toEqual({
      share: 0.5,
      rootShare: 0.25,
      useful: 16,
      attempts: 100,
      tokens: 50_000,
      usefulPer1000Attempts: 160,
      usefulPerMtok: 320,
      halfwayAttempts: 80,
      halfwayRatio: 4,
      entropyRatio: 0,
    })
    expect(compareHarvests(harvest([1, 0]), oracle)).toMatchObject({ halfwayAttempts: 150, halfwayRatio: 7.5 })
    expect(compareHarvests(harvest([3]), harvest([4]))).toMatchObject({ entropyRatio: 1 })
  })

  test('a simulation sums up by schema, with a cell for each world and policy', () => {
    const plan = {
      worlds: { brief: worlds.brief, lone: small(worlds.lone) },
      policies: [policies.elo, uniform],
      seeds: [1, 2],
    }
    const plays = [...simulating(plan)].filter((played) => played !== undefined)
    expect(plays.map(({ world, seed, policy }) => [seed, world, policy].join(' ')).slice(0, 4)).toEqual([
      '1 brief oracle',
      '1 brief elo',
      '1 brief uniform',
      '1 lone oracle',
    ])
    const simulation = simulationSchema.parse(summarize(plan, plays, true))
    expect(simulation.cells).toHaveLength(6)
    for (const cell of simulation.cells.filter(({ policy }) => policy === ORACLE)) {
      expect(cell).toMatchObject({ seeds: 2, share: { mean: 1, sd: 0, worst: 1 } })
    }
    const elo = plays.filter(({ policy, world }) => policy === 'elo' && world === 'brief')
    const mean = (elo[0]!.figures.share + elo[1]!.figures.share) / 2
    expect(simulation.cells.find(({ policy, world }) => policy === 'elo' && world === 'brief')?.share.mean).toBeCloseTo(
      mean,
    )
  })

  test('a world in which nothing can be harvested is named', () => {
    const hopeless = worldSchema.parse({ topics: 2, budget: 200, impossible: 1 })
    expect(() => [...simulating({ worlds: { hopeless }, policies: [], seeds: [4] })]).toThrow('world hopeless, seed 4')
  })
})

test.each([
  [{ topic: 3 }, 'topic', `did you mean 'topics'?`],
  [{ levels: 0 }, 'levels', undefined],
  [{ slope: [2, 1] }, 'slope', undefined],
  [{ shuffled: 0.6, flat: 0.6 }, 'shuffled', undefined],
  [{ changes: [{ at: 0.5, bye: 1 }] }, 'changes.0.by', undefined],
])('a world like %j names the key that is wrong', (world, path, hint) => {
  const result = worldSchema.safeParse(world)
  const found = defects(result.error!, worldSchema)
  expect(found).toContainEqual(expect.objectContaining({ path, ...(hint ? { hint } : {}) }))
})
