/** The logit scale and expectations under a normal distribution on it. */

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
export const logit = (p: number) => Math.log(p / (1 - p))

/** How likely `passes` of `attempts` are at a pass rate, beside the rate at which they are likeliest: 0..1, however many. */
export function relativeLikelihood(rate: number, attempts: number, passes: number): number {
  const seen = passes / attempts
  const fails = attempts - passes
  const passing = passes > 0 ? passes * Math.log(rate / seen) : 0
  const failing = fails > 0 ? fails * Math.log((1 - rate) / (1 - seen)) : 0
  return Math.exp(passing + failing)
}

/** A normal distribution of logits. */
export interface Normal {
  readonly mean: number
  readonly variance: number
}

/** Equal steps over four standard deviations each way: off by less than 1e-4 for integrands as smooth as ours. */
export const nodes = Array.from({ length: 33 }, (_, i) => (i - 16) / 4)
export const weights = ((raw: number[]) => {
  const sum = raw.reduce((total, one) => total + one, 0)
  return raw.map((one) => one / sum)
})(nodes.map((u) => Math.exp((-u * u) / 2)))

/** E[f(x)] for x ~ Normal. */
export function expect({ mean, variance }: Normal, f: (x: number) => number): number {
  const sd = Math.sqrt(variance)
  let sum = 0
  for (let i = 0; i < nodes.length; i++) sum += (weights[i] as number) * f(mean + sd * (nodes[i] as number))
  return sum
}

/** Gauss-Legendre over [-1, 1], seven points. Source: Abramowitz and Stegun, table 25.4. */
const within = [
  [0, 0.417959183673469],
  [0.405845151377397, 0.381830050505119],
  [-0.405845151377397, 0.381830050505119],
  [0.741531185599394, 0.279705391489277],
  [-0.741531185599394, 0.279705391489277],
  [0.949107912342759, 0.12948496616887],
  [-0.949107912342759, 0.12948496616887],
] as const

/** E[f(x)·1{low ≤ x ≤ high}] for x ~ Normal; low and high are finite. */
export function expectWithin(
  { mean, variance }: Normal,
  [low, high]: readonly [number, number],
  f: (x: number) => number,
): number {
  const sd = Math.sqrt(variance)
  // Where the density is narrow beside the interval, the interval is cut down to where the density is.
  const from = Math.max(low, mean - 3.5 * sd)
  const to = Math.min(high, mean + 3.5 * sd)
  if (to <= from) return 0
  const half = (to - from) / 2
  const middle = (to + from) / 2
  let sum = 0
  for (const [u, w] of within) {
    const x = middle + half * u
    const d = (x - mean) / sd
    sum += w * f(x) * Math.exp((-d * d) / 2)
  }
  return (sum * half) / (sd * 2.5066282746310002)
}

/** E[sigmoid(x)] for x ~ Normal, by the usual probit scaling (off by at most .02). */
export const expectedPass = ({ mean, variance }: Normal) => sigmoid(mean / Math.sqrt(1 + (Math.PI / 8) * variance))
