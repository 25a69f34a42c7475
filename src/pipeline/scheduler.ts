/**
 * Which problem is drawn next. Pure and seeded: the same outcomes, observed in the same order, give the same draws.
 * It does not know about requests, time or the ledger.
 */
import { rng } from '../base/rng.js'
import type { RunConfig } from '../schemas/config.js'
import type { ArmEstimate } from '../schemas/curriculum.js'
import type { CurriculumPolicy } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'

export interface Draw {
  readonly number: number
  readonly problem: Problem
  readonly topic: string
  readonly level: number
  /** Pass rate that the curriculum expected of it. */
  readonly expected: number
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
}

/** The curriculum topic of a problem: its kind and its first skill. */
export const topicOf = (problem: Problem): string => `${problem.kind}/${problem.skills[0]}`

interface Shelf {
  /** Problems in the order in which they are drawn; each goes to the end when it was drawn. */
  readonly queue: Problem[]
  readonly drawn: Map<string, number>
}

function stock(problems: readonly Problem[], seed: number): Map<string, Shelf> {
  const shelves = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = `${topicOf(problem)}\n${problem.level}`
    const shelf = shelves.get(key)
    if (shelf) shelf.push(problem)
    else shelves.set(key, [problem])
  }
  return new Map(
    [...shelves].map(([key, list]) => [key, { queue: rng(seed, 'shelf', key).shuffle(list), drawn: new Map() }]),
  )
}

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
  const shelves = stock(problems, config.seed)
  const topics = [...new Set(problems.map(topicOf))].sort()
  const levels = Math.max(...problems.map((problem) => problem.level)) + 1
  const curriculum = policy.create({
    seed: config.seed,
    topics,
    levels,
    k: config.samples,
    band: config.curriculum.band,
    batch: config.curriculum.window,
  })
  /** Level of a topic as last told. A topic stands where it does only once the stock was looked at, at its first draw. */
  const rank = new Map<string, number>()
  let count = 0

  const available = (topic: string, level: number): boolean => {
    const shelf = shelves.get(`${topic}\n${level}`)
    const head = shelf?.queue[0]
    return shelf !== undefined && head !== undefined && (shelf.drawn.get(head.id) ?? 0) < rounds
  }
  const take = (topic: string, level: number): Problem => {
    const shelf = shelves.get(`${topic}\n${level}`)
    const problem = shelf?.queue.shift()
    if (!shelf || !problem) throw new Error(`the curriculum picked an empty shelf: ${topic} level ${level}`)
    shelf.queue.push(problem)
    shelf.drawn.set(problem.id, (shelf.drawn.get(problem.id) ?? 0) + 1)
    return problem
  }

  return {
    next: () => {
      const [pick] = curriculum.next(1, available)
      if (!pick) return undefined
      if (!rank.has(pick.topic)) rank.set(pick.topic, curriculum.levelOf(pick.topic))
      const problem = take(pick.topic, pick.level)
      const estimate = curriculum.estimates().find((arm) => arm.topic === pick.topic && arm.level === pick.level)
      return { number: count++, problem, topic: pick.topic, level: pick.level, expected: estimate?.passRate ?? 0.5 }
    },
    observe: ({ draw, attempts, passes, tokens, model }) => {
      const { topic, level } = draw
      curriculum.report([{ id: String(draw.number), topic, level, attempts, passes, tokens, model }])
      const from = rank.get(topic) ?? level
      const to = curriculum.levelOf(topic)
      if (from === to) return undefined
      rank.set(topic, to)
      return { topic, from, to, estimates: curriculum.estimates() }
    },
  }
}
