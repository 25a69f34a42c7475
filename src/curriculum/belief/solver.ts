/**
 * What is believed about a solver over skills × levels: its shared ability and slope, each skill's levels, how reliable the
 * checks are, and that all of it moves while a run goes on. Owns its state; the same calls give the same state.
 */
import { CheckNoise, type Noise } from './check-noise.js'
import type { Normal } from './logit.js'
import { shapes } from './shapes.js'
import { type Shared, Skill, type Weighted } from './skill.js'

/** Logits of level 0 and the fall from level to level, of a solver that nothing is known about. */
const unknown: Shared = { mean: [1, 0.75], covariance: [3, 0, 0.1] }
/** Abilities move (a trained solver, a drifting service): variance added per attempt, the shared one for so many reports at a time. */
const DRIFT = { own: 0.0015, shared: 0.0001, reports: 16 }
/** What another model adds to the doubt. */
const MODEL_CHANGE = { own: 0.4, shared: 1.5 }
/** Two-sided CUSUM of surprises in standard deviations: slack, alarm, and the variance that an alarm adds. */
const CUSUM = { slack: 0.5, alarm: 5, own: 0.8, shared: 0.8 }
/** More attempts at one problem tell nothing more of its arm: by then the problem's own difference is all that is in doubt. */
const MOST_ATTEMPTS = 64
/** How many skills the first guess about shapes counts as. */
const SHAPE_PRIOR = 6

class Watch {
  #up = 0
  #down = 0

  /** True when surprises in one direction have added up. */
  alarmed(surprise: number): boolean {
    this.#up = Math.max(0, this.#up + surprise - CUSUM.slack)
    this.#down = Math.max(0, this.#down - surprise - CUSUM.slack)
    if (Math.max(this.#up, this.#down) < CUSUM.alarm) return false
    this.#up = 0
    this.#down = 0
    return true
  }
}

export class Solver {
  readonly #skills: readonly Skill[]
  readonly #watches: readonly Watch[]
  readonly #watch = new Watch()
  readonly #noise = new CheckNoise()
  #shared = unknown
  #priors = shapes.map(({ prior }) => prior)
  #reports = 0
  /** Since the shared drift was last added. */
  #attempts = 0

  constructor(skills: number, levels: number) {
    this.#skills = Array.from({ length: skills }, () => new Skill(levels))
    this.#watches = Array.from({ length: skills }, () => new Watch())
  }

  get noise(): Noise {
    return this.#noise.now
  }

  get shared(): Shared {
    return this.#shared
  }

  arm(skill: number, level: number): Weighted[] {
    return this.#skill(skill).arm(level, this.#shared)
  }

  observe(skill: number, level: number, made: number, passed: number): void {
    if (made === 0) return
    const attempts = Math.min(made, MOST_ATTEMPTS)
    const passes = (passed * attempts) / made
    const one = this.#skill(skill)
    this.#noise.observe(moments(this.arm(skill, level)), attempts, passes)
    const { shared, surprise } = one.observe(level, this.#shared, this.noise, attempts, passes)
    this.#shared = shared
    one.weigh(this.#priors)
    one.drift(attempts * DRIFT.own)
    this.#attempts += attempts
    if (++this.#reports % DRIFT.reports === 0) {
      this.#learnShapes()
      this.#sharedDrift(this.#attempts * DRIFT.shared)
      this.#attempts = 0
    }
    if (this.#watches[skill]?.alarmed(surprise)) one.drift(CUSUM.own)
    if (this.#watch.alarmed(surprise)) this.#sharedDrift(CUSUM.shared)
  }

  /** Another model answers from now on: abilities are in doubt, what the levels are like is not. */
  modelChanged(): void {
    for (const skill of this.#skills) skill.drift(MODEL_CHANGE.own)
    this.#sharedDrift(MODEL_CHANGE.shared)
  }

  #skill(index: number): Skill {
    return this.#skills[index] as Skill
  }

  #sharedDrift(variance: number): void {
    for (const skill of this.#skills) skill.sharedDrift(this.#shared, variance)
    const [aa, ab, bb] = this.#shared.covariance
    this.#shared = { mean: this.#shared.mean, covariance: [aa + variance, ab, bb] }
  }

  /** What shape skills of this solver have in general, from all of them. */
  #learnShapes(): void {
    const counts = shapes.map(({ prior }) => SHAPE_PRIOR * prior)
    for (const skill of this.#skills)
      for (const [i, weight] of skill.shapeWeights.entries()) counts[i] = (counts[i] as number) + weight
    const total = counts.reduce((sum, one) => sum + one, 0)
    this.#priors = counts.map((one) => one / total)
    for (const skill of this.#skills) skill.weigh(this.#priors)
  }
}

/** One normal distribution with the mean and variance of a mixture. */
export function moments(mixture: readonly Weighted[]): Normal {
  let mean = 0
  for (const { weight, belief } of mixture) mean += weight * belief.mean
  let variance = 0
  for (const { weight, belief } of mixture) variance += weight * (belief.variance + (belief.mean - mean) ** 2)
  return { mean, variance }
}
