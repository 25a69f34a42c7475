/** Several policies in several worlds with several seeds, and what came of it. */
import { AppError } from '../../base/errors.js'
import type { CurriculumPolicy } from '../../schemas/ports.js'
import type { Play, Simulation, Spread, World } from '../../schemas/simulation.js'
import { compareHarvests } from './harvest.js'
import { type Harvest, ORACLE, playing } from './simulate.js'

export interface SimulationPlan {
  readonly worlds: Readonly<Record<string, World>>
  readonly policies: readonly CurriculumPolicy[]
  readonly seeds: readonly number[]
}

/** A play that was finished, with all that happened in it. */
export interface Played extends Play {
  readonly harvest: Harvest
}

/**
 * Plays everything, the oracle first in each world and seed; all worlds with the first seed come before those with the
 * second. It yields undefined after every batch, so that others get their turn, and each play when it is finished.
 * In every play the first topic that the oracle harvests is watched.
 */
export function* simulating({ worlds, policies, seeds }: SimulationPlan): Generator<Played | undefined> {
  for (const seed of seeds) {
    for (const [name, world] of Object.entries(worlds)) {
      // Topic 0 can be one that nobody harvests; which one can is known only when the oracle has played.
      const first = yield* waitedFor(playing({ world, seed, policy: ORACLE, watch: 0 }))
      const watch = first.byTopic.findIndex((harvest) => harvest > 0)
      if (watch === -1) throw nothingToHarvest(name, seed)
      const oracle = watch === 0 ? first : yield* waitedFor(playing({ world, seed, policy: ORACLE, watch }))
      yield { world: name, seed, policy: ORACLE, figures: compareHarvests(oracle, oracle), harvest: oracle }
      for (const policy of policies) {
        const harvest = yield* waitedFor(playing({ world, seed, policy, watch }))
        yield { world: name, seed, policy: policy.id, figures: compareHarvests(harvest, oracle), harvest }
      }
    }
  }
}

function nothingToHarvest(name: string, seed: number): AppError {
  return new AppError('input/malformed', {
    message: `world ${name}, seed ${seed}: not even the oracle harvests anything, so there is nothing to compare with`,
    hint: 'raise the budget, change headStart or slope, lower impossible and trivial, or widen the band',
  })
}

function* waitedFor(steps: Generator<number, Harvest>): Generator<undefined, Harvest> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield undefined
  }
}

/** What a plot needs of a play. */
export interface PlaySketch {
  readonly world: string
  readonly policy: string
  /** Useful traces after so many attempts, at some places. */
  readonly curve: readonly { readonly attempts: number; readonly useful: number }[]
  /** Draws of the topic that is watched, with its hidden best level. */
  readonly path: readonly { readonly at: number; readonly level: number; readonly best: number }[]
  /** Index of that topic. */
  readonly topic: number
}

export function sketch({ world, policy, harvest }: Played, places = 80): PlaySketch {
  const { draws } = harvest
  const every = Math.max(1, Math.floor(draws.length / places))
  let useful = 0
  const curve = [{ attempts: 0, useful: 0 }]
  for (const [i, draw] of draws.entries()) {
    useful += draw.useful
    if ((i + 1) % every === 0 || i === draws.length - 1) curve.push({ attempts: draw.attempts, useful })
  }
  const path = draws.flatMap(({ attempts, level, best }) => (best === undefined ? [] : [{ at: attempts, level, best }]))
  const topic = draws.find(({ best }) => best !== undefined)?.topic ?? 0
  return { world, policy, curve, path, topic }
}

/** The plays as tables: a cell for each policy and world, and the mean of each policy over the worlds. */
export function summarize(plan: SimulationPlan, plays: readonly Play[], complete: boolean): Simulation {
  const ids = [...plan.policies.map(({ id }) => id), ORACLE]
  const names = Object.keys(plan.worlds)
  const of = (world: string, policy: string) => plays.filter((one) => one.world === world && one.policy === policy)
  const cells = names.flatMap((world) =>
    ids.flatMap((policy) => {
      const own = of(world, policy).map(({ figures }) => figures)
      if (own.length === 0) return []
      const [share, rootShare] = [own.map((one) => one.share), own.map((one) => one.rootShare)]
      return { world, policy, seeds: own.length, share: spreadOf(share), rootShare: spreadOf(rootShare) }
    }),
  )
  const means = ids.flatMap((policy) => {
    const byWorld = names.map((world) => of(world, policy)).filter((own) => own.length > 0)
    if (byWorld.length === 0) return []
    const overWorlds = (read: (figures: Play['figures']) => number) =>
      mean(byWorld.map((own) => mean(own.map(({ figures }) => read(figures)))))
    return {
      policy,
      worlds: byWorld.length,
      share: overWorlds(({ share }) => share),
      worstShare: Math.min(...byWorld.flat().map(({ figures }) => figures.share)),
      rootShare: overWorlds(({ rootShare }) => rootShare),
      usefulPer1000Attempts: overWorlds(({ usefulPer1000Attempts }) => usefulPer1000Attempts),
      usefulPerMtok: overWorlds(({ usefulPerMtok }) => usefulPerMtok),
      halfwayRatio: overWorlds(({ halfwayRatio }) => halfwayRatio),
      entropyRatio: overWorlds(({ entropyRatio }) => entropyRatio),
    }
  })
  return {
    v: 1,
    complete,
    seeds: [...plan.seeds],
    worlds: Object.entries(plan.worlds).map(([name, world]) => ({ name, world })),
    policies: ids,
    plays: plays.map(({ world, seed, policy, figures }) => ({ world, seed, policy, figures })),
    cells,
    means,
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

function spreadOf(values: readonly number[]): Spread {
  const middle = mean(values)
  const squares = values.reduce((sum, one) => sum + (one - middle) ** 2, 0)
  return {
    mean: middle,
    sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    worst: Math.min(...values),
  }
}
