/**
 * The equations of a Newton step in parts: every skill has a block of its own, and all share a small top. Taking the
 * blocks out one by one keeps the work proportional to the number of skills.
 */
import { inverse, type Matrix, product, transposed } from './matrix.js'
import type { Posterior } from './problem-posterior.js'

export interface Gathered {
  readonly gradient: Float64Array
  readonly information: Matrix
}

export interface Part {
  readonly inner: Matrix
  readonly across: Matrix
  readonly through: Matrix
  readonly own: Float64Array
  readonly size: number
}

/** spreads: standard deviations of the block's entries before the data. Takes a skill's block out of the system (Schur complement); what remains of it is added to the top's. */
export function eliminate(
  { gradient, information }: Gathered,
  { block, spreads }: { readonly block: Float64Array; readonly spreads: readonly number[] },
  top: Gathered,
): Part {
  const [n, t] = [block.length, top.gradient.length]
  const at = (i: number, j: number) => information[i * (n + t) + j] as number
  const inside = new Float64Array(n * n)
  const across = new Float64Array(n * t)
  const own = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const precision = 1 / (spreads[i] as number) ** 2
    own[i] = (gradient[i] as number) - (block[i] as number) * precision
    for (let j = 0; j < n; j++) inside[i * n + j] = at(i, j) + (i === j ? precision : 0)
    for (let k = 0; k < t; k++) across[i * t + k] = at(i, n + k)
  }
  const inner = inverse(inside, n)
  const through = product(transposed(across, n, t), inner, t, n, n)
  const less = product(through, across, t, n, t)
  const lessGradient = product(through, own, t, n, 1)
  for (let i = 0; i < t; i++) {
    top.gradient[i] = (top.gradient[i] as number) + (gradient[n + i] as number) - (lessGradient[i] as number)
    for (let j = 0; j < t; j++)
      top.information[i * t + j] =
        (top.information[i * t + j] as number) + at(n + i, n + j) - (less[i * t + j] as number)
  }
  return { inner, across, through, own, size: n }
}

/** Score and observed information of (level's difficulty, abilities) from one problem. Source: Louis 1982. */
export function addProblem(
  { gradient, information }: { gradient: Float64Array; information: Matrix },
  posterior: Posterior,
  variance: number,
  weight: number,
): void {
  const width = gradient.length
  const scale = (i: number) => (i === 0 ? 1 / variance : 1)
  for (let i = 0; i < width; i++) {
    const score = i === 0 ? posterior.mean / variance : (posterior.residual[i - 1] as number)
    gradient[i] = (gradient[i] as number) + weight * score
    const complete = i === 0 ? 1 / variance : (posterior.information[i - 1] as number)
    information[i * width + i] = (information[i * width + i] as number) + weight * complete
    for (let j = 0; j < width; j++) {
      const both = (posterior.covariance[i * width + j] as number) * scale(i) * scale(j)
      information[i * width + j] = (information[i * width + j] as number) - weight * both
    }
  }
}

/** Variance that the doubt about a level and the abilities adds to a problem's distance from its level (delta method). */
export function doubtAbout({ covariance }: Posterior, variance: number, cell: Matrix): number {
  const width = Math.sqrt(cell.length)
  let sum = 0
  const slope = (i: number) => (i === 0 ? (covariance[0] as number) / variance - 1 : (covariance[i] as number))
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) sum += slope(i) * slope(j) * (cell[i * width + j] as number)
  return sum
}

/** Adds a level's gradient and information to its skill's, through the rows of the design. */
export function spreadOver(sum: Gathered, own: Gathered, rows: readonly Float64Array[], size: number): void {
  const filled = rows.map((row) => [...row.entries()].filter(([, value]) => value !== 0))
  for (const [a, left] of filled.entries()) {
    for (const [i, x] of left) {
      sum.gradient[i] = (sum.gradient[i] as number) + x * (own.gradient[a] as number)
      for (const [b, right] of filled.entries()) {
        const info = x * (own.information[a * rows.length + b] as number)
        for (const [j, y] of right) {
          sum.information[i * size + j] = (sum.information[i * size + j] as number) + info * y
        }
      }
    }
  }
}

/** Covariance of [block | top]. */
export function jointCovariance({ inner, through, size: n }: Part, top: Matrix, t: number): Matrix {
  const joint = new Float64Array((n + t) ** 2)
  const middle = product(transposed(through, t, n), top, n, t, t)
  const more = product(middle, through, n, t, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) joint[i * (n + t) + j] = (inner[i * n + j] as number) + (more[i * n + j] as number)
    for (let k = 0; k < t; k++) {
      joint[i * (n + t) + n + k] = -(middle[i * t + k] as number)
      joint[(n + k) * (n + t) + i] = -(middle[i * t + k] as number)
    }
  }
  for (let i = 0; i < t; i++) for (let j = 0; j < t; j++) joint[(n + i) * (n + t) + n + j] = top[i * t + j] as number
  return joint
}

/** The step of a block once that of the top is known. */
export function blockStep({ inner, across, own, size }: Part, topStep: Float64Array): Float64Array {
  const t = topStep.length
  const rest = own.map((gradient, i) => {
    let sum = gradient
    for (let k = 0; k < t; k++) sum -= (across[i * t + k] as number) * (topStep[k] as number)
    return sum
  })
  return product(inner, rest, size, size, 1)
}
