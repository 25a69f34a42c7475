/** Labels that the results speak against: problems that behave like another level, and levels out of order. */
import type { Calibration } from '../../schemas/calibration.js'

/**
 * A label is doubted from this probability on that it is wrong. It holds for a list of any length: each entry is wrong
 * with probability .05 at most, so at most one entry in twenty is expected to be a false alarm.
 */
export const SURE = 0.95

type LevelDoubt = Calibration['mislabelled']['levels'][number]

export interface LevelBelief {
  readonly level: number
  readonly difficulty: number
}

/** P(Z < z) of the standard normal. Source: Abramowitz and Stegun 26.2.17, off by less than 1e-7. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))) *
    Math.exp((-z * z) / 2) *
    0.3989422804014327
  return z > 0 ? 1 - tail : tail
}

/**
 * Levels that are not where their number says, the most contradicted first; each is taken out before the next is looked
 * for, so that one level in a wrong place is one entry. levels: ascending by number; covariance: of their difficulties, row by row.
 */
export function levelsOutOfOrder(
  skill: string,
  levels: readonly LevelBelief[],
  covariance: Float64Array,
): LevelDoubt[] {
  const swapped = (a: number, b: number): number => {
    const n = levels.length
    const at = (i: number, j: number) => covariance[i * n + j] as number
    const variance = Math.max(1e-12, at(a, a) + at(b, b) - 2 * at(a, b))
    const rise = (levels[b] as LevelBelief).difficulty - (levels[a] as LevelBelief).difficulty
    return normalBelow(-(a < b ? rise : -rise) / Math.sqrt(variance))
  }
  const left = new Set(levels.keys())
  const found: LevelDoubt[] = []
  for (;;) {
    const doubts = [...left].map((one) => {
      const against = [...left].filter((other) => other !== one && swapped(one, other) >= SURE)
      return { one, against, sum: against.reduce((total, other) => total + swapped(one, other), 0) }
    })
    const worst = doubts.reduce(
      (a, b) =>
        b.against.length > a.against.length || (b.against.length === a.against.length && b.sum >= a.sum) ? b : a,
      { one: -1, against: [] as number[], sum: 0 },
    )
    if (worst.against.length === 0) return found
    left.delete(worst.one)
    const own = levels[worst.one] as LevelBelief
    const nearest = [...left]
      .map((i) => levels[i] as LevelBelief)
      .reduce((a, b) => (Math.abs(b.difficulty - own.difficulty) < Math.abs(a.difficulty - own.difficulty) ? b : a))
    found.push({
      skill,
      level: own.level,
      suggestedLevel: nearest.level,
      probability: Math.max(...worst.against.map((other) => swapped(worst.one, other))),
      outOfOrderWith: worst.against.map((i) => (levels[i] as LevelBelief).level).sort((a, b) => a - b),
    })
  }
}

/**
 * Difficulties that are nearer to a level than to any other of its skill; open at the ends.
 */
export function bandOf(level: number, levels: readonly LevelBelief[]): readonly [number, number] {
  const order = [...levels].sort((a, b) => a.difficulty - b.difficulty)
  const at = order.findIndex((one) => one.level === level)
  const middle = (a: LevelBelief | undefined, b: LevelBelief | undefined) => a && b && (a.difficulty + b.difficulty) / 2
  return [
    middle(order[at - 1], order[at]) ?? Number.NEGATIVE_INFINITY,
    middle(order[at], order[at + 1]) ?? Number.POSITIVE_INFINITY,
  ]
}
