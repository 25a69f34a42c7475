/**
 * What is believed about a solver, on one logit scale (Rasch, updated as Elo and Glicko do): the pass rate of a problem is
 * sigmoid(common ability + ability in the topic - rise of the level - deviation of the arm - noise of the problem).
 * Each part is a Gaussian of its own, so one result moves every level of its topic and, a little, every topic.
 */

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
export const logit = (p: number) => Math.log(p / (1 - p))

interface Gaussian {
  mean: number
  variance: number
}

/** How much a part counts in an arm's logit. */
interface Part {
  readonly belief: Gaussian
  readonly weight: number
}

/** Chosen on simulated solvers (worlds.ts), seeds 11-13; logits, variances in squared logits. */
const prior = {
  common: { mean: 1, variance: 0.7 },
  topic: { mean: 0, variance: 2.5 },
  rise: { mean: 0.7, variance: 0.03 },
  arm: { mean: 0, variance: 0.4 },
}
/** Spread of problems within one arm. */
const PROBLEM_VARIANCE = 0.36
/** Abilities move while a run goes on (a trained solver, a drifting service): variance added per report. */
const DRIFT = { common: 0.0005, topic: 0.006 }
const MODEL_CHANGE = { common: 1.5, topic: 0.5 }
/** Two-sided CUSUM of standardised surprises: slack, alarm level, and the variance that an alarm adds. */
const CUSUM = { slack: 0.5, alarm: 5, variance: 0.8 }

export interface ArmBelief {
  /** Expected logit of the pass rate. */
  readonly mean: number
  /** Of the expected logit, without the spread of the problems. */
  readonly variance: number
}

interface TopicState {
  readonly ability: Gaussian
  readonly rise: Gaussian
  readonly arms: Gaussian[]
  up: number
  down: number
}

/** Most likely logit of a problem with `passes` of `attempts`, given a Gaussian prior, and its variance. Newton's method. */
function solveLogit({ mean, variance }: ArmBelief, attempts: number, passes: number): Gaussian {
  let x = mean
  for (let step = 0; step < 12; step++) {
    const p = sigmoid(x)
    const slope = passes - attempts * p - (x - mean) / variance
    const move = slope / (attempts * p * (1 - p) + 1 / variance)
    x += Math.max(-2, Math.min(2, move))
    if (Math.abs(move) < 1e-9) break
  }
  const p = sigmoid(x)
  return { mean: x, variance: 1 / (1 / variance + attempts * p * (1 - p)) }
}

/** The belief about one solver over topics × levels. Owns its state; the same calls give the same state. */
export class Rasch {
  readonly #common: Gaussian = { ...prior.common }
  readonly #topics: TopicState[]

  constructor(topics: number, levels: number) {
    this.#topics = Array.from({ length: topics }, () => ({
      ability: { ...prior.topic },
      rise: { ...prior.rise },
      arms: Array.from({ length: levels }, () => ({ ...prior.arm })),
      up: 0,
      down: 0,
    }))
  }

  arm(topic: number, level: number): ArmBelief {
    const parts = this.#parts(topic, level)
    return {
      mean: parts.reduce((sum, { belief, weight }) => sum + weight * belief.mean, 0),
      variance: parts.reduce((sum, { belief, weight }) => sum + weight ** 2 * belief.variance, 0),
    }
  }

  /** Expected pass rate of a new problem of the arm. */
  passRate(topic: number, level: number): number {
    const { mean, variance } = this.arm(topic, level)
    // The mean of a sigmoid under a Gaussian, by the usual probit scaling.
    return sigmoid(mean / Math.sqrt(1 + (Math.PI / 8) * (variance + PROBLEM_VARIANCE)))
  }

  /** Chance that the logit of a new problem of the arm lies between two edges. */
  chanceBetween(topic: number, level: number, [low, high]: readonly [number, number]): number {
    const { mean, variance } = this.arm(topic, level)
    const spread = Math.sqrt(variance + PROBLEM_VARIANCE)
    // The normal distribution by a sigmoid: off by less than 0.01 everywhere.
    const below = (edge: number) => sigmoid((1.702 * (edge - mean)) / spread)
    return below(high) - below(low)
  }

  observe(topic: number, level: number, attempts: number, passes: number): void {
    if (attempts === 0) return
    const before = this.arm(topic, level)
    const spread = before.variance + PROBLEM_VARIANCE
    const found = solveLogit({ mean: before.mean, variance: spread }, attempts, passes)
    const shift = (found.mean - before.mean) / spread
    const gain = (spread - found.variance) / spread ** 2
    for (const { belief, weight } of this.#parts(topic, level)) {
      const pull = weight * belief.variance
      belief.mean += pull * shift
      belief.variance -= pull ** 2 * gain
    }
    this.#watch(topic, shift / Math.sqrt(gain))
    this.#common.variance = Math.min(prior.common.variance, this.#common.variance + DRIFT.common)
    const state = this.#topics[topic] as TopicState
    state.ability.variance = Math.min(prior.topic.variance, state.ability.variance + DRIFT.topic)
  }

  /** Another model answers from now on: what was known of abilities is in doubt, the order of the levels is not. */
  modelChanged(): void {
    this.#common.variance += MODEL_CHANGE.common
    for (const { ability } of this.#topics) ability.variance += MODEL_CHANGE.topic
  }

  /** Surprises in one direction that add up mean that the solver changed unannounced: let the topic move fast again. */
  #watch(topic: number, surprise: number): void {
    const state = this.#topics[topic] as TopicState
    state.up = Math.max(0, state.up + surprise - CUSUM.slack)
    state.down = Math.max(0, state.down - surprise - CUSUM.slack)
    if (Math.max(state.up, state.down) < CUSUM.alarm) return
    state.ability.variance += CUSUM.variance
    state.up = 0
    state.down = 0
  }

  #parts(topic: number, level: number): Part[] {
    const { ability, rise, arms } = this.#topics[topic] as TopicState
    return [
      { belief: this.#common, weight: 1 },
      { belief: ability, weight: 1 },
      { belief: rise, weight: -level },
      { belief: arms[level] as Gaussian, weight: -1 },
    ]
  }
}
