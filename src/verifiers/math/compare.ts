/**
 * Are two expressions the same? Exact arithmetic first, then enclosures in doubles, then in 64 digits.
 * Unequal needs a proof (an exact difference, or enclosures that share no number); equal needs agreement at every point;
 * what is left is null.
 */
import { bigNumbers } from './big.js'
import type { Budget } from './budget.js'
import { type Arithmetic, type Complex, disjoint, isReal, narrow } from './enclosure.js'
import { evaluateExactly, type Point } from './exact.js'
import { type Node, usesFunction, variablesOf } from './node.js'
import { doubles, evaluate } from './numeric.js'
import { equalTo, type Rational, ratio } from './rational.js'

export interface Finding {
  readonly equal: boolean | null
  readonly layer: string
  readonly reason: string
}

const neededPoints = 4
const agreement = 1e-40
const primes = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n]

/** Points that depend on the names alone: fractions of both signs, or small whole numbers. */
function pointsFor(names: readonly string[], whole: boolean): Point[] {
  if (names.length === 0) return [new Map()]
  return Array.from({ length: 10 }, (_, k) => {
    const entries = names.map((name, j): [string, Rational] => {
      if (whole) return [name, { n: BigInt(3 + ((k * 2 + j * 3) % 17)), d: 1n }]
      const above = primes[(3 * k + 5 * j + 2) % primes.length] ?? 2n
      const below = primes[(5 * k + 3 * j) % 5] ?? 3n
      const sign = (k + (k >> 2) * j) % 2 === 0 ? 1n : -1n
      return [name, ratio(sign * (above + BigInt(k)), below * 2n + 1n) as Rational]
    })
    return new Map(entries)
  })
}

const discrete = ['factorial', 'doublefactorial', 'binomial', 'mod', 'gcd', 'lcm'] as const

/** Compares two expressions over all values of their variables. */
export async function sameExpression(left: Node, right: Node, budget: Budget): Promise<Finding> {
  const names = [...new Set([...variablesOf(left), ...variablesOf(right)])].sort()
  const whole = names.length > 0 && (usesFunction(left, discrete) || usesFunction(right, discrete))
  const points = pointsFor(names, whole)
  const open: Point[] = []
  let exact = 0
  for (const point of points) {
    const [a, b] = [evaluateExactly(left, point, budget), evaluateExactly(right, point, budget)]
    if (!a || !b) open.push(point)
    else if (!equalTo(a, b)) return { equal: false, layer: 'exact', reason: 'the exact values differ' }
    else exact++
  }
  if (open.length === 0 || (names.length > 0 && exact > neededPoints)) {
    return {
      equal: true,
      layer: 'exact',
      reason: names.length > 0 ? 'equal at every exact point' : 'the exact values are equal',
    }
  }
  return numerically(left, right, open, { budget, constant: names.length === 0 })
}

async function numerically(
  left: Node,
  right: Node,
  points: readonly Point[],
  { budget, constant }: { budget: Budget; constant: boolean },
): Promise<Finding> {
  const usable: Point[] = []
  for (const point of points) {
    const found = at(doubles, left, right, point, budget)
    if (!found || (!constant && !found.every((z) => isReal(doubles, z)))) continue
    if (disjoint(doubles, ...found)) return { equal: false, layer: 'numeric', reason: 'the values differ' }
    usable.push(point)
  }
  if (usable.length < (constant ? 1 : neededPoints)) {
    return { equal: null, layer: 'numeric', reason: 'too few points have a value on both sides' }
  }
  const big = await bigNumbers()
  let settled = 0
  for (const point of usable) {
    budget.spend(500)
    const found = at(big, left, right, point, budget)
    if (!found) continue
    if (disjoint(big, ...found))
      return { equal: false, layer: 'numeric', reason: 'the values differ past the 16th digit' }
    if (narrow(big, found, agreement)) settled++
  }
  if (settled >= (constant ? 1 : neededPoints)) return { equal: true, layer: 'numeric', reason: 'equal to 40 digits' }
  return { equal: null, layer: 'numeric', reason: 'the digits do not settle it' }
}

function at<R>(
  on: Arithmetic<R>,
  left: Node,
  right: Node,
  point: Point,
  budget: Budget,
): [Complex<R>, Complex<R>] | undefined {
  const [a, b] = [evaluate(on, left, point, budget), evaluate(on, right, point, budget)]
  return a && b && [a, b]
}

/** Is left = c · right with one constant c? Settled only where both are rational; undefined otherwise. A list holds the factors seen. */
export function rationalQuotients(left: Node, right: Node, budget: Budget): Rational[] | undefined {
  const names = [...new Set([...variablesOf(left), ...variablesOf(right)])].sort()
  const found: Rational[] = []
  for (const point of pointsFor(names, false)) {
    const [a, b] = [evaluateExactly(left, point, budget), evaluateExactly(right, point, budget)]
    if (!a || !b) return undefined
    if (a.n === 0n && b.n === 0n) continue
    const q = ratio(a.n * b.d, a.d * b.n)
    if (!q) return []
    found.push(q)
  }
  return found
}
