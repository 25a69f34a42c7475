/**
 * Which problem is drawn next. Pure and seeded: the same outcomes, observed in the same order, give the same draws.
 * It does not know about requests, time or the ledger.
 */
import type { RunConfig } from '../schemas/config.js'
import type { ArmEstimate } from '../schemas/curriculum.js'
import type { CurriculumPolicy } from '../schemas/ports.js'
import { type Problem, topicOf } from '../schemas/problem.js'
import { Shelves } from './shelves.js'

export interface Draw {
  readonly number: number
  readonly problem: Problem
  readonly topic: string
  readonly level: number
  /** Level that the topic stood at. */
  readonly target: number
  /** Pass rate that the curriculum expected of it. */
  readonly expected: number
  /** Candidates that it asks for at most. */
  readonly attempts: number
  /** So many are asked for first, and the rest only when their outcomes differ; undefined: all at once. */
  readonly wave: number | undefined
}

export interface Outcome {
  readonly draw: Draw
  /** Candidates that count: their verdict blames the candidate. */
  readonly attempts: number
  readonly passes: number
  readonly tokens: number
  readonly model: string
}

export interface Move {
  readonly topic: string
  readonly from: number
  readonly to: number
  readonly estimates: ArmEstimate[]
}

export interface Scheduler {
  /** The next draw, or undefined when nothing is left to draw. */
  next(): Draw | undefined
  /** Takes the outcome of a draw, in draw order; says whether its topic moved to another level. */
  observe(outcome: Outcome): Move | undefined
  /** Of every arm that was tried. */
  estimates(): ArmEstimate[]
}

/** From so many candidates on, a draw may be stopped after the first half. */
const LEAST_STOPPED = 4

/** May the curriculum ask fewer than `samples` candidates of a draw? Where nothing but `samples` says how many, never. */
export const isAdaptive = ({ target, budget, curriculum }: RunConfig): boolean =>
  curriculum.adaptive && Boolean(target || budget)

const waveOf = ({ curriculum }: RunConfig, attempts: number): number | undefined =>
  curriculum.earlyStop && attempts >= LEAST_STOPPED ? Math.ceil(attempts / 2) : undefined

/** rounds: how often one problem may be drawn. Throws when there is no problem. */
export function createScheduler({
  config,
  problems,
  policy,
  rounds,
}: {
  config: RunConfig
  problems: readonly Problem[]
  policy: CurriculumPolicy
  rounds: number
}): Scheduler {
  if (problems.length === 0) throw new Error('a scheduler needs at least one problem')
  const shelves = new Shelves(problems, { seed: config.seed, rounds })
  const topics = [...new Set(problems.map(topicOf))].sort()
  const levels = Math.max(...problems.map((problem) => problem.level)) + 1
  const curriculum = policy.create({
    seed: config.seed,
    topics,
    levels,
    k: config.samples,
    budget: rounds === 1 ? problems.length * config.samples : undefined,
    band: config.curriculum.band,
    batch: config.curriculum.window,
  })
  /** Level of a topic as last told. A topic stands where it does only once the stock was looked at, at its first draw. */
  const rank = new Map<string, number>()
  const adaptive = isAdaptive(config)
  let count = 0

  const stock = (topic: string, level: number) => shelves.records(topic, level)

  return {
    next: () => {
      const [pick] = curriculum.next(1, stock)
      if (!pick) return undefined
      const { topic, level } = pick
      const target = curriculum.levelOf(topic)
      if (!rank.has(topic)) rank.set(topic, target)
      const problem = shelves.take(topic, level, pick.tried)
      const estimate = curriculum.estimates(topic).find((arm) => arm.level === level)
      const attempts = adaptive ? Math.min(config.samples, pick.attempts ?? config.samples) : config.samples
      const wave = waveOf(config, attempts)
      return { number: count++, problem, topic, level, target, expected: estimate?.passRate ?? 0.5, attempts, wave }
    },
    observe: ({ draw, attempts, passes, tokens, model }) => {
      const { topic, level } = draw
      shelves.settled(draw.problem, { attempts, passes })
      curriculum.report([{ id: String(draw.number), topic, level, attempts, passes, tokens, model }])
      const from = rank.get(topic) ?? level
      const to = curriculum.levelOf(topic)
      if (from === to) return undefined
      rank.set(topic, to)
      return { topic, from, to, estimates: curriculum.estimates(topic) }
    },
    estimates: () => curriculum.estimates(),
  }
}
