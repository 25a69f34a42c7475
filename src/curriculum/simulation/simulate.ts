/** Lets a policy spend a world's budget on its simulated solver, and the oracle too: pure, the same seed gives the same play. */
import { AppError } from '../../base/errors.js'
import { rng } from '../../base/rng.js'
import type { CurriculumInit, CurriculumResult, Pick } from '../../schemas/curriculum.js'
import type { CurriculumPolicy } from '../../schemas/ports.js'
import type { World } from '../../schemas/simulation.js'
import { SimulatedSolver } from './simulated-solver.js'

/** Knows all that is hidden: the least harvested topic first, at the level with the greatest value. Greedy. */
export const ORACLE = 'oracle'

/** A topic is out of the oracle's reach below this many useful passes of an attempt. */
const WORTH_WHILE = 0.05

/** One problem. */
export interface Draw {
  /** Attempts of the whole play after it. */
  readonly attempts: number
  readonly topic: number
  readonly level: number
  readonly useful: number
  /** The hidden best level then; only for the topic that is watched. */
  readonly best?: number
}

export interface Harvest {
  /** Useful traces by topic: passes of problems whose true pass rate is in the band. */
  readonly byTopic: readonly number[]
  readonly useful: number
  readonly attempts: number
  readonly tokens: number
  readonly draws: readonly Draw[]
}

export interface PlayOptions {
  readonly world: World
  readonly seed: number
  readonly policy: CurriculumPolicy | typeof ORACLE
  /** Index of a topic whose best level is noted at each of its draws. */
  readonly watch?: number
}

type Chosen = Pick & { readonly index: number }

/** The whole play at once. */
export function play(options: PlayOptions): Harvest {
  const steps = playing(options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The play batch by batch, so that others get their turn; it yields the attempts so far. */
export function* playing(options: PlayOptions): Generator<number, Harvest> {
  const { world, seed, policy, watch } = options
  const solver = new SimulatedSolver(world, seed)
  const topics = topicNames(world)
  const byTopic = topics.map(() => 0)
  const draws: Draw[] = []
  let [attempts, tokens, turn, model] = [0, 0, 0, 0]
  const changes = [...world.changes].sort((a, b) => a.at - b.at)
  const player =
    policy === ORACLE
      ? oracle(solver, byTopic)
      : new PolicyPlayer(
          policy,
          initOf(options, topics, (level) => solver.tokensAt(level)),
          world,
          seed,
        )
  const spent = () => Math.max(attempts / world.budget, tokens / (world.tokenBudget ?? Number.POSITIVE_INFINITY))
  while (spent() < 1) {
    const left = Math.ceil((world.budget - attempts) / world.k)
    const results = player.next(Math.min(world.batch, left)).map(({ index, id, topic, level, attempts: wanted }) => {
      const tries = Math.max(1, Math.min(world.k, wanted ?? world.k))
      const best = index === watch ? solver.best(index).level : undefined
      const solved = solver.solve(index, level, tries)
      attempts += tries
      tokens += solved.tokens
      byTopic[index] = (byTopic[index] as number) + solved.useful
      draws.push({ attempts, topic: index, level, useful: solved.useful, best })
      return { id, topic, level, attempts: tries, passes: solved.passes, tokens: solved.tokens, model: `m${model}` }
    })
    player.report(results, turn++)
    for (let next = changes[0]; next && spent() >= next.at; next = changes[0]) {
      changes.shift()
      solver.change(next)
      if (next.announced) model++
    }
    yield attempts
  }
  return { byTopic, useful: byTopic.reduce((sum, one) => sum + one, 0), attempts, tokens, draws }
}

const topicNames = ({ topics }: World): string[] =>
  Array.from({ length: topics }, (_, i) => `topic-${String(i).padStart(2, '0')}`)

function initOf({ world, seed }: PlayOptions, topics: string[], tokensAt: (level: number) => number): CurriculumInit {
  const tokenCost = Array.from({ length: world.levels }, (_, level) => tokensAt(level))
  const { levels, k, budget, band, batch } = world
  return {
    seed,
    topics,
    levels,
    k,
    band,
    batch,
    // Attempts are not what runs out where tokens are.
    ...(world.tokenBudget === undefined ? { budget } : {}),
    // Costs are told where they differ.
    ...(world.tokenGrowth === 1 ? {} : { tokenCost }),
  }
}

/** A policy with reports that come late, and in no order where the world has it. */
class PolicyPlayer {
  readonly #curriculum: ReturnType<CurriculumPolicy['create']>
  readonly #policyId: string
  readonly #topics: ReadonlyMap<string, number>
  readonly #world: World
  readonly #seed: number
  #waiting: { readonly due: number; readonly result: CurriculumResult }[] = []

  constructor(policy: CurriculumPolicy, init: CurriculumInit, world: World, seed: number) {
    this.#curriculum = policy.create(init)
    this.#policyId = policy.id
    this.#topics = new Map(init.topics.map((topic, index) => [topic, index]))
    this.#world = world
    this.#seed = seed
  }

  next(n: number): Chosen[] {
    const picks = this.#curriculum.next(n)
    if (picks.length === n) return picks.map((pick) => ({ ...pick, index: this.#indexOf(pick) }))
    throw new AppError('internal/bug', { message: `the policy ${this.#policyId} gave ${picks.length} of ${n} picks` })
  }

  report(results: readonly CurriculumResult[], turn: number): void {
    const { lag, disorder } = this.#world
    const random = disorder > 0 ? rng(this.#seed, 'disorder', turn) : undefined
    this.#waiting.push(...results.map((result) => ({ due: turn + lag + (random?.int(0, disorder) ?? 0), result })))
    const due = this.#waiting.filter((one) => one.due <= turn).map(({ result }) => result)
    this.#waiting = this.#waiting.filter((one) => one.due > turn)
    this.#curriculum.report(random ? random.shuffle(due) : due)
  }

  #indexOf({ topic, level }: Pick): number {
    const index = this.#topics.get(topic)
    if (index !== undefined && Number.isInteger(level) && level >= 0 && level < this.#world.levels) return index
    throw new AppError('internal/bug', { message: `the policy ${this.#policyId} picked level ${level} of '${topic}'` })
  }
}

function oracle(solver: SimulatedSolver, byTopic: readonly number[]) {
  return {
    // It looks again after every problem.
    next: (): Chosen[] => {
      const best = byTopic.map((_, index) => ({ index, ...solver.best(index) }))
      const worthWhile = best.filter(({ value }) => value > WORTH_WHILE)
      const least = (worthWhile.length > 0 ? worthWhile : best).reduce((a, b) =>
        (byTopic[b.index] as number) < (byTopic[a.index] as number) ? b : a,
      )
      return [{ id: '', topic: '', level: least.level, index: least.index }]
    },
    report: () => {},
  }
}
