import type { Rng } from '../../base/rng.js'

/** One value of the beta distribution. a, b: at least 1. Source: two gamma values, X / (X + Y). */
export function drawBeta(random: Rng, a: number, b: number): number {
  const x = drawGamma(random, a)
  return x / (x + drawGamma(random, b))
}

/** shape: at least 1. Source: Marsaglia and Tsang 2000, "A simple method for generating gamma variables". */
function drawGamma(random: Rng, shape: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = drawNormal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Source: Box and Muller 1958. */
const drawNormal = (random: Rng): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
