/** Figures that are made of a run's draws: its path, its skills, its arms (topic × level), how much of the stock it saw. Pure. */
import type { Figures } from '../schemas/figures.js'

/** What is kept of a draw. */
export interface DrawTally {
  /** Place of the problem among the run's problems. */
  readonly problem: number
  readonly topic: string
  readonly level: number
  readonly target: number
  readonly expected: number
  /** Candidates asked for first, and at most; undefined where all are asked for at once. */
  readonly wave: number | undefined
  readonly most: number
  replies: number
  /** Candidates whose blame is the candidate. */
  attempts: number
  passes: number
}

/** Where something stands in the stock. */
interface Stocked {
  readonly topic: string
  readonly level: number
}

/** Draws of a topic that its present level is averaged over. */
const LAST_DRAWS = 5
const COVERAGE_STEPS = 100

export const rateOf = (passes: number, attempts: number) => (attempts === 0 ? null : passes / attempts)

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const byTopicAndLevel = (a: Stocked, b: Stocked) => compare(a.topic, b.topic) || a.level - b.level

export const share = (rate: number) => Math.min(1, Math.max(0, rate))

export const armKey = ({ topic, level }: Stocked) => `${topic}\n${level}`

/** draws: with holes where the event of a draw is missing; they are stepped over. */
export function pathFigures(draws: readonly DrawTally[]): Figures['path'] {
  return draws.flatMap(({ topic, level, target, expected, attempts, passes }, draw) => ({
    draw,
    topic,
    level,
    target,
    expected: share(expected),
    attempts,
    passRate: rateOf(passes, attempts),
  }))
}

/** targets: the level that each topic stands at. */
export function topicFigures(draws: readonly DrawTally[], targets: ReadonlyMap<string, number>): Figures['topics'] {
  const byTopic = new Map<string, { candidates: number; passes: number; lastLevels: number[] }>()
  for (const { topic, level, attempts, passes } of draws) {
    const own = byTopic.get(topic) ?? { candidates: 0, passes: 0, lastLevels: [] }
    own.candidates += attempts
    own.passes += passes
    own.lastLevels = [...own.lastLevels, level].slice(-LAST_DRAWS)
    byTopic.set(topic, own)
  }
  return [...byTopic]
    .map(([topic, { candidates, passes, lastLevels }]) => {
      const level = lastLevels.reduce((sum, one) => sum + one, 0) / lastLevels.length
      return { topic, candidates, passes, level, target: targets.get(topic) ?? Math.round(level) }
    })
    .sort((a, b) => compare(a.topic, b.topic))
}

/** Candidates that were not asked for because the first of their draw all passed or all failed. */
export function skippedBy(draws: readonly DrawTally[]): number {
  return draws.reduce((sum, { wave, most, replies, attempts, passes }) => {
    const clear = replies === wave && attempts === wave && (passes === 0 || passes === attempts)
    return clear ? sum + most - attempts : sum
  }, 0)
}

/** Every arm that has problems or was drawn. expected: what was last expected, by `armKey`. */
export function armFigures({
  draws,
  stock,
  expected,
}: {
  draws: readonly DrawTally[]
  stock: readonly Stocked[]
  expected: ReadonlyMap<string, number>
}): Figures['arms'] {
  const arms = new Map<string, Omit<Figures['arms'][number], 'drawn' | 'expected'> & { seen: Set<number> }>()
  const armOf = ({ topic, level }: Stocked) => {
    const key = armKey({ topic, level })
    const known = arms.get(key) ?? { topic, level, problems: 0, draws: 0, attempts: 0, passes: 0, seen: new Set() }
    arms.set(key, known)
    return known
  }
  for (const place of stock) armOf(place).problems++
  for (const draw of draws) {
    const arm = armOf(draw)
    arm.draws++
    arm.attempts += draw.attempts
    arm.passes += draw.passes
    arm.seen.add(draw.problem)
  }
  return [...arms.values()]
    .sort(byTopicAndLevel)
    .map(({ seen, ...arm }) => ({ ...arm, drawn: seen.size, expected: expected.get(armKey(arm)) ?? null }))
}

/** How much of the stock was drawn at least once, now and over the draws. */
export function coverageOf({
  draws,
  stock,
}: {
  draws: readonly DrawTally[]
  stock: readonly Stocked[]
}): Figures['coverage'] {
  const allArms = new Set([...stock, ...draws].map(armKey)).size
  if (stock.length === 0) return { problems: null, arms: null, path: [] }
  const problems = new Set<number>()
  const arms = new Set<string>()
  const every = Math.ceil(draws.length / COVERAGE_STEPS)
  const path: { draws: number; problems: number; arms: number }[] = []
  for (const [i, draw] of draws.entries()) {
    problems.add(draw.problem)
    arms.add(armKey(draw))
    const count = i + 1
    if (count % every === 0 || count === draws.length)
      path.push({ draws: count, problems: problems.size / stock.length, arms: arms.size / allArms })
  }
  return { problems: problems.size / stock.length, arms: arms.size / allArms, path }
}
