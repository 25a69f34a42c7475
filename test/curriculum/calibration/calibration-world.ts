/** Results of made-up models on problems whose difficulty is known. */
import { rng } from '../../../src/base/rng.js'
import type { ProblemResult } from '../../../src/curriculum/calibration/calibration.js'

export interface Shape {
  readonly skills: number
  readonly levels: number
  /** Problems of each level of each skill. */
  readonly perLevel: number
  readonly models: number
  readonly attempts: number
  /** Share of problems whose label is at least four levels off. */
  readonly mislabelled?: number
}

export interface KnownResult extends ProblemResult {
  /** Difficulty for the mean of the models in the skill. */
  readonly truth: number
  readonly trueLevel: number
}

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

export function knownWorld(seed: number, shape: Shape): KnownResult[] {
  const { skills, levels, perLevel, models, attempts, mislabelled = 0 } = shape
  const stream = rng(seed, 'calibration-world')
  const gauss = () => Math.sqrt(-2 * Math.log(1 - stream.next())) * Math.cos(2 * Math.PI * stream.next())
  const overall = Array.from({ length: models }, () => 0.8 * gauss())
  const known: KnownResult[] = []
  for (let s = 0; s < skills; s++) {
    const abilities = overall.map((ability) => ability + 0.4 * gauss())
    const mean = abilities.reduce((sum, one) => sum + one, 0) / models
    const [first, step] = [gauss() - 2, 0.5 + 0.4 * stream.next()]
    const difficulties = Array.from({ length: levels }, (_, level) => first + step * level + 0.15 * gauss())
    for (let i = 0; i < levels * perLevel; i++) {
      const level = i % levels
      const far = [...difficulties.keys()].filter((one) => Math.abs(one - level) >= 4)
      const trueLevel = far.length > 0 && stream.next() < mislabelled ? stream.pick(far) : level
      const difficulty = difficulties[trueLevel]! + 0.6 * gauss()
      const byModel = abilities.map((ability, m) => {
        const passes = Array.from({ length: attempts }, () => stream.next() < sigmoid(ability - difficulty))
        return { model: `model-${m}`, attempts, passes: passes.filter(Boolean).length }
      })
      const id = `made/${s}-${i}`
      known.push({ id, hash: id, skill: `skill-${s}`, level, trueLevel, truth: difficulty - mean, byModel })
    }
  }
  return known
}

const ranks = (values: readonly number[]) => {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const result = values.map(() => 0)
  for (const [rank, i] of order.entries()) result[i] = rank
  return result
}

/** Spearman's. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (a.length - 1) / 2
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0)
  const across = sum((i) => (x[i]! - middle) * (y[i]! - middle))
  return across / Math.sqrt(sum((i) => (x[i]! - middle) ** 2) * sum((i) => (y[i]! - middle) ** 2))
}
