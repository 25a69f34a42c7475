/**
 * What results say about the difficulty of one problem, when it is one of a normal population: η = ability − difficulty
 * is the logit of a pass. The integral over the difficulty is taken on a grid around the mode, so that problems which
 * all or none of the attempts passed are treated as exactly as the others.
 */

/** Attempts and passes of one problem, by model. */
export interface Tries {
  readonly attempts: readonly number[]
  readonly passes: readonly number[]
}

export interface Posterior {
  /** Of the difficulty minus the population's mean. */
  readonly mean: number
  readonly variance: number
  /** Mean and variance of its square. */
  readonly square: number
  readonly squareVariance: number
  /** By model: expected passes above those predicted, and the expected information about the ability. */
  readonly residual: Float64Array
  readonly information: Float64Array
  /** Covariance of (difficulty, residual of each model), row by row. */
  readonly covariance: Float64Array
}

/** Equal steps in standard deviations (of the curvature at the mode), eleven each way. */
const STEP = 0.6
const GRID = Array.from({ length: 23 }, (_, i) => (i - 11) * STEP)
const LARGEST_MOVE = 3
const MODE_STEPS = 30

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** The most likely deviation from the mean, and its standard deviation by the curvature there. */
function modeOf(tries: Tries, mean: number, variance: number, abilities: readonly number[]) {
  let at = 0
  let curvature = 1 / variance
  for (let step = 0; step < MODE_STEPS; step++) {
    let slope = -at / variance
    curvature = 1 / variance
    for (let m = 0; m < abilities.length; m++) {
      const n = tries.attempts[m] as number
      if (n === 0) continue
      const p = sigmoid((abilities[m] as number) - mean - at)
      slope -= (tries.passes[m] as number) - n * p
      curvature += n * p * (1 - p)
    }
    const move = Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, slope / curvature))
    at += move
    if (Math.abs(move) < 1e-3) break
  }
  return { mode: at, deviation: 1 / Math.sqrt(curvature) }
}

interface Grid {
  readonly models: number
  readonly logEvidence: number
  readonly weights: Float64Array
  /** Sum of the weights. */
  readonly total: number
  /** values[node][deviation, then residual by model], row by row. */
  readonly values: Float64Array
  /** rates[node][model]: information about the ability. */
  readonly rates: Float64Array
}

function gridOf(tries: Tries, mean: number, variance: number, abilities: readonly number[]): Grid {
  const models = abilities.length
  const { mode, deviation } = modeOf(tries, mean, variance, abilities)
  const width = models + 1
  const weights = new Float64Array(GRID.length)
  const values = new Float64Array(GRID.length * width)
  const rates = new Float64Array(GRID.length * models)
  let most = Number.NEGATIVE_INFINITY
  for (let q = 0; q < GRID.length; q++) {
    const e = mode + deviation * (GRID[q] as number)
    values[q * width] = e
    let log = (-e * e) / (2 * variance)
    for (let m = 0; m < models; m++) {
      const n = tries.attempts[m] as number
      if (n === 0) continue
      const y = tries.passes[m] as number
      const eta = (abilities[m] as number) - mean - e
      // log(1 + e^η) and the rate from one exponential that cannot overflow.
      const small = Math.exp(-Math.abs(eta))
      const p = eta > 0 ? 1 / (1 + small) : small / (1 + small)
      log += y * eta - n * (Math.max(0, eta) + Math.log1p(small))
      values[q * width + 1 + m] = y - n * p
      rates[q * models + m] = n * p * (1 - p)
    }
    weights[q] = log
    if (log > most) most = log
  }
  let total = 0
  for (let q = 0; q < weights.length; q++) {
    const w = Math.exp((weights[q] as number) - most)
    weights[q] = w
    total += w
  }
  const logEvidence = most + Math.log((total * deviation * STEP) / Math.sqrt(2 * Math.PI * variance))
  return { models, logEvidence, weights, total, values, rates }
}

/** Log of the results' probability, up to a constant of the results; arguments as those of `posteriorOf`. */
export function logEvidenceOf(tries: Tries, mean: number, variance: number, abilities: readonly number[]): number {
  return gridOf(tries, mean, variance, abilities).logEvidence
}

/**
 * abilities: logits by model. mean, variance: of the population of difficulties, before the results.
 * Deterministic; never diverges, since the population's prior is proper.
 */
export function posteriorOf(tries: Tries, mean: number, variance: number, abilities: readonly number[]): Posterior {
  return momentsOf(gridOf(tries, mean, variance, abilities))
}

function momentsOf({ weights, total, values, rates, models }: Grid): Posterior {
  const width = models + 1
  const means = new Float64Array(width)
  const information = new Float64Array(models)
  let square = 0
  let fourth = 0
  for (let q = 0; q < weights.length; q++) {
    const w = (weights[q] as number) / total
    for (let i = 0; i < width; i++) means[i] = (means[i] as number) + w * (values[q * width + i] as number)
    for (let m = 0; m < models; m++) information[m] = (information[m] as number) + w * (rates[q * models + m] as number)
    const e2 = (values[q * width] as number) ** 2
    square += w * e2
    fourth += w * e2 * e2
  }
  const covariance = new Float64Array(width * width)
  for (let q = 0; q < weights.length; q++) {
    const w = (weights[q] as number) / total
    for (let i = 0; i < width; i++) {
      const left = w * ((values[q * width + i] as number) - (means[i] as number))
      for (let j = 0; j <= i; j++)
        covariance[i * width + j] =
          (covariance[i * width + j] as number) + left * ((values[q * width + j] as number) - (means[j] as number))
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) covariance[i * width + j] = covariance[j * width + i] as number
  return {
    mean: means[0] as number,
    variance: covariance[0] as number,
    square,
    squareVariance: fourth - square * square,
    residual: means.slice(1),
    information,
    covariance,
  }
}
