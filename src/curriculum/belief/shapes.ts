/**
 * What the levels of a skill may be like, before anything is known: each shape is a normal prior over the logits of its
 * levels, given the solver's shared ability and slope. Which one holds is learned, so labels that mislead are found.
 */

export interface Shape {
  readonly id: string
  /** Probability before anything was seen. */
  readonly prior: number
  /** How ability and slope enter the logit of a level. */
  readonly along: (level: number, levels: number) => readonly [ability: number, slope: number]
  readonly covariance: (a: number, b: number, levels: number) => number
}

const same = (a: number, b: number) => (a === b ? 1 : 0)
const near = (a: number, b: number) => Math.exp(-((a - b) ** 2) / 4.5)
const line = (level: number) => [1, -level] as const
const backwards = (level: number, levels: number) => [1, level + 1 - levels] as const
const middle = (_: number, levels: number) => [1, -(levels - 1) / 2] as const

const steps = (a: number, b: number) => 0.1 * a * b + 0.1 * near(a, b) + 0.1 * same(a, b)
const ordered = (a: number, b: number) => 0.9 + steps(a, b)

/** Variances in squared logits. */
export const shapes: readonly Shape[] = [
  {
    id: 'ordered',
    prior: 0.72,
    along: line,
    covariance: ordered,
  },
  {
    id: 'shuffled',
    prior: 0.1,
    along: middle,
    covariance: (a, b, levels) => 0.9 + 0.04 * levels ** 2 * same(a, b),
  },
  {
    id: 'reversed',
    prior: 0.03,
    along: backwards,
    covariance: (a, b, levels) => ordered(levels - 1 - a, levels - 1 - b),
  },
  { id: 'flat', prior: 0.05, along: () => [1, 0], covariance: (a, b) => 0.9 + 0.3 * same(a, b) },
  {
    id: 'far',
    prior: 0.1,
    along: line,
    covariance: (a, b) => 40 + steps(a, b),
  },
]
