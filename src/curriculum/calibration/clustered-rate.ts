/** A pass rate from attempts that come in groups: those at one problem are alike, so they say less than as many apart. */

export interface Cluster {
  readonly attempts: number
  readonly passes: number
}

export interface ClusteredRate {
  readonly attempts: number
  readonly passes: number
  readonly passRate: number
  readonly interval: readonly [number, number]
}

/**
 * Wilson's interval with the number of attempts that the groups are worth (Kish's effective sample size: attempts
 * divided by the design effect, which is 1 at least). z: normal quantile. Without attempts: rate .5 in [0, 1].
 */
export function clusteredRate(clusters: readonly Cluster[], z: number): ClusteredRate {
  let attempts = 0
  let passes = 0
  for (const cluster of clusters) {
    attempts += cluster.attempts
    passes += cluster.passes
  }
  if (attempts === 0) return { attempts, passes, passRate: 0.5, interval: [0, 1] }
  const passRate = passes / attempts
  const binomial = attempts * passRate * (1 - passRate)
  const tried = clusters.filter((cluster) => cluster.attempts > 0)
  const scale = tried.length > 1 ? tried.length / (tried.length - 1) : 1
  const squares = tried.reduce((sum, one) => sum + (one.passes - passRate * one.attempts) ** 2, 0)
  const effect = binomial > 0 ? Math.max(1, (scale * squares) / binomial) : 1
  return { attempts, passes, passRate, interval: wilson(passRate, attempts / effect, z) }
}

/** Source: Wilson 1927. */
function wilson(rate: number, trials: number, z: number): [number, number] {
  const share = z ** 2 / trials
  const middle = (rate + share / 2) / (1 + share)
  const half = (z * Math.sqrt((rate * (1 - rate)) / trials + share / (4 * trials))) / (1 + share)
  return [rate === 0 ? 0 : Math.max(0, middle - half), rate === 1 ? 1 : Math.min(1, middle + half)]
}

/** The z with P(|Z| < z) = confidence, by bisection on the error function. confidence in (0, 1). */
export function quantileOf(confidence: number): number {
  let [low, high] = [0, 10]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (within(middle) < confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(|Z| < z) by the series of the error function; beyond 6 it is 1 to nine digits, and the series loses its own. */
function within(z: number): number {
  if (z > 6) return 1
  let term = z
  let sum = z
  for (let n = 1; n < 200 && Math.abs(term) > 1e-16; n++) {
    term *= (-z * z) / (2 * n)
    sum += term / (2 * n + 1)
  }
  return sum * Math.sqrt(2 / Math.PI)
}
