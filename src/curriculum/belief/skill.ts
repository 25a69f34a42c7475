/**
 * What is believed about one skill: the logits of its levels, under each shape that they may have, given the solver's
 * shared ability and slope z. Under a shape the logits are a + G·z plus a normal deviation with covariance V.
 */

import type { Noise } from './check-noise.js'
import { type Normal, nodes, relativeLikelihood, sigmoid, weights } from './logit.js'
import { type Shape, shapes } from './shapes.js'

/** The solver's shared ability and slope: mean, and covariance as [aa, ab, bb]. */
export interface Shared {
  readonly mean: readonly [number, number]
  readonly covariance: readonly [number, number, number]
}

/** The belief under one shape. */
class View {
  readonly shape: Shape
  readonly #levels: number
  /** Mean of the part that does not depend on z. */
  readonly #own: Float64Array
  /** How far z moves each level: along - what its deviation already explains. */
  readonly #ability: Float64Array
  readonly #slope: Float64Array
  readonly #covariance: Float64Array
  logWeight = 0

  constructor(shape: Shape, levels: number) {
    this.shape = shape
    this.#levels = levels
    this.#own = new Float64Array(levels)
    this.#ability = Float64Array.from({ length: levels }, (_, level) => shape.along(level, levels)[0])
    this.#slope = Float64Array.from({ length: levels }, (_, level) => shape.along(level, levels)[1])
    this.#covariance = Float64Array.from({ length: levels * levels }, (_, i) =>
      shape.covariance(Math.floor(i / levels), i % levels, levels),
    )
  }

  arm(level: number, { mean: [x, y], covariance: [aa, ab, bb] }: Shared): Normal {
    const g = this.#ability[level] as number
    const h = this.#slope[level] as number
    const own = this.#covariance[level * this.#levels + level] as number
    return {
      mean: (this.#own[level] as number) + g * x + h * y,
      variance: own + g * g * aa + 2 * g * h * ab + h * h * bb,
    }
  }

  /** z after the logit of a level was seen to be `value`, give or take `variance`; then this view, given z. */
  observe(level: number, shared: Shared, seen: Normal): Shared {
    const levels = this.#levels
    const g = this.#ability[level] as number
    const h = this.#slope[level] as number
    const [x, y] = shared.mean
    const [aa, ab, bb] = shared.covariance
    const own = (this.#covariance[level * levels + level] as number) + seen.variance
    const ga = g * aa + h * ab
    const gb = g * ab + h * bb
    const total = own + g * ga + h * gb
    const off = seen.mean - (this.#own[level] as number) - g * x - h * y
    const away = seen.mean - (this.#own[level] as number)
    const gains = Float64Array.from(
      { length: levels },
      (_, l) => (this.#covariance[l * levels + level] as number) / own,
    )
    for (let l = 0; l < levels; l++) {
      const k = gains[l] as number
      this.#own[l] = (this.#own[l] as number) + k * away
      this.#ability[l] = (this.#ability[l] as number) - k * g
      this.#slope[l] = (this.#slope[l] as number) - k * h
    }
    for (let l = 0; l < levels; l++)
      for (let m = 0; m < levels; m++)
        this.#covariance[l * levels + m] =
          (this.#covariance[l * levels + m] as number) - (gains[l] as number) * (gains[m] as number) * own
    return {
      mean: [x + (ga * off) / total, y + (gb * off) / total],
      covariance: [aa - (ga * ga) / total, ab - (ga * gb) / total, bb - (gb * gb) / total],
    }
  }

  /** The skill itself moved: all levels together. */
  drift(variance: number): void {
    for (let i = 0; i < this.#covariance.length; i++) this.#covariance[i] = (this.#covariance[i] as number) + variance
  }

  /** The shared ability moved by a step of this variance: what was known through its old value is less certain now. */
  sharedDrift(shared: Shared, step: number): void {
    const [aa, ab, bb] = shared.covariance
    const [x, y] = shared.mean
    // E[old z | new z] = mean + G (new z - mean), G = C (C + Q)^-1, with Q = diag(step, 0).
    const det = (aa + step) * bb - ab * ab
    if (!(det > 0)) return
    const g00 = (aa * bb - ab * ab) / det
    const g01 = (-aa * ab + ab * (aa + step)) / det
    const g10 = 0
    const g11 = (-ab * ab + bb * (aa + step)) / det
    // What is left of the covariance of the old z: C - G C.
    const c00 = aa - (g00 * aa + g01 * ab)
    const c01 = ab - (g00 * ab + g01 * bb)
    const c11 = bb - (g10 * ab + g11 * bb)
    const levels = this.#levels
    const known = Array.from({ length: levels }, (_, l) => {
      const [a, b] = this.shape.along(l, levels)
      return [(this.#ability[l] as number) - a, (this.#slope[l] as number) - b, a, b] as const
    })
    for (let l = 0; l < levels; l++) {
      const [p, q, a, b] = known[l] as readonly [number, number, number, number]
      const np = p * g00 + q * g10
      const nq = p * g01 + q * g11
      this.#own[l] = (this.#own[l] as number) + (p - np) * x + (q - nq) * y
      this.#ability[l] = a + np
      this.#slope[l] = b + nq
      for (let m = 0; m < levels; m++) {
        const [r, s] = known[m] as readonly [number, number, number, number]
        this.#covariance[l * levels + m] =
          (this.#covariance[l * levels + m] as number) + p * (c00 * r + c01 * s) + q * (c01 * r + c11 * s)
      }
    }
  }
}

/** What one result says about a problem's logit under a normal prior: how likely it was, and the logit's mean and variance then. */
function tilted(prior: Normal, noise: Noise, attempts: number, passes: number) {
  const sd = Math.sqrt(prior.variance)
  const gain = 1 - noise.luck - noise.loss
  let [total, first, second] = [0, 0, 0]
  for (let i = 0; i < nodes.length; i++) {
    const u = nodes[i] as number
    const p = noise.luck + gain * sigmoid(prior.mean + sd * u)
    const w = (weights[i] as number) * relativeLikelihood(p, attempts, passes)
    total += w
    first += w * u
    second += w * u * u
  }
  if (!(total > 1e-300)) return { evidence: 1e-300, mean: prior.mean, variance: prior.variance }
  const mean = first / total
  return {
    evidence: total,
    mean: prior.mean + sd * mean,
    variance: prior.variance * Math.max(1e-6, second / total - mean * mean),
  }
}

export interface Weighted {
  readonly weight: number
  readonly belief: Normal
}

export class Skill {
  readonly views: readonly View[]
  /** Probability of each shape. */
  #weights: readonly number[] = shapes.map(({ prior }) => prior)

  constructor(levels: number) {
    this.views = shapes.map((shape) => new View(shape, levels))
  }

  get shapeWeights(): readonly number[] {
    return this.#weights
  }

  /** Weighs the shapes anew; priors: how common each is among the solver's skills. */
  weigh(priors: readonly number[]): void {
    const logs = this.views.map(({ logWeight }, i) => logWeight + Math.log(priors[i] as number))
    const most = Math.max(...logs)
    const raw = logs.map((one) => Math.exp(one - most))
    const sum = raw.reduce((total, one) => total + one, 0)
    this.#weights = raw.map((one) => one / sum)
  }

  /** The logit of a level: a mixture over the shapes. */
  arm(level: number, shared: Shared): Weighted[] {
    return this.views.map((view, i) => ({ weight: this.#weights[i] as number, belief: view.arm(level, shared) }))
  }

  /** Takes a result in. Returns z after it, and the surprise in standard deviations. */
  observe(level: number, shared: Shared, noise: Noise, attempts: number, passes: number) {
    const before = this.#weights
    const after: Shared[] = []
    const evidences: number[] = []
    let surprise = 0
    for (const [i, view] of this.views.entries()) {
      const arm = view.arm(level, shared)
      const prior = { mean: arm.mean, variance: arm.variance + noise.variance }
      const found = tilted(prior, noise, attempts, passes)
      evidences.push(found.evidence)
      // The result as one noisy look at the problem's logit.
      const precision = Math.max(1e-6, 1 / found.variance - 1 / prior.variance)
      const value = (found.mean / found.variance - prior.mean / prior.variance) / precision
      after.push(view.observe(level, shared, { mean: value, variance: 1 / precision + noise.variance }))
      const shrunk = Math.max(1e-6, prior.variance - found.variance)
      surprise += (before[i] as number) * ((found.mean - prior.mean) / Math.sqrt(shrunk))
    }
    const raw = evidences.map((evidence, i) => evidence * (before[i] as number))
    const sum = raw.reduce((total, one) => total + one, 0)
    for (const [i, view] of this.views.entries()) {
      view.logWeight = Math.max(-12, view.logWeight + Math.log((evidences[i] as number) / sum))
    }
    return {
      shared: merged(
        after,
        raw.map((one) => one / sum),
      ),
      surprise,
    }
  }

  drift(variance: number): void {
    for (const view of this.views) view.drift(variance)
  }

  sharedDrift(shared: Shared, step: number): void {
    for (const view of this.views) view.sharedDrift(shared, step)
  }
}

/** One normal distribution with the mean and covariance of a mixture. */
function merged(parts: readonly Shared[], by: readonly number[]): Shared {
  let [x, y, aa, ab, bb] = [0, 0, 0, 0, 0]
  for (const [i, part] of parts.entries()) {
    x += (by[i] as number) * part.mean[0]
    y += (by[i] as number) * part.mean[1]
  }
  for (const [i, part] of parts.entries()) {
    const [dx, dy] = [part.mean[0] - x, part.mean[1] - y]
    aa += (by[i] as number) * (part.covariance[0] + dx * dx)
    ab += (by[i] as number) * (part.covariance[1] + dx * dy)
    bb += (by[i] as number) * (part.covariance[2] + dy * dy)
  }
  return { mean: [x, y], covariance: [aa, ab, bb] }
}
