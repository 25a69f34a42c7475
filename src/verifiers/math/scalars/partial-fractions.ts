/** Rational functions as a polynomial plus c / (x - root)^order over the rational roots, and what has no rational root. */
import type { Budget } from '../budget.js'
import { add, divide, integer, multiply, negate, one, type Rational, zero } from '../value/rational.js'
import {
  at,
  commonOf,
  degreeOf,
  differenceOf,
  dividedBy,
  type Poly,
  productOf,
  type Quotient,
  rationalZeros,
  scaled,
  shifted,
  valueFor,
} from './polynomial.js'

export interface Part {
  readonly root: Rational
  readonly order: number
  readonly c: Rational
}
export interface Apart {
  readonly whole: Poly
  readonly parts: readonly Part[]
  /** Proper, without rational roots below; missing when there is none. */
  readonly rest?: Quotient
}

export function reduced({ above, below }: Quotient, budget: Budget): Quotient {
  const common = commonOf(above, below, budget)
  if (common.length < 2) return { above, below }
  return { above: dividedBy(above, common, budget).quotient, below: dividedBy(below, common, budget).quotient }
}

export function apart(given: Quotient, budget: Budget): Apart {
  const { above, below } = reduced(given, budget)
  const { quotient: whole, rest: proper } = dividedBy(above, below, budget)
  if (proper.length === 0) return { whole, parts: [] }
  const parts: Part[] = []
  let left = below
  let over: Poly = proper
  for (const root of rationalZeros(below, budget)) {
    const own = partsAt(proper, below, root, budget)
    parts.push(...own)
    const linear: Poly = [negate(root), one]
    for (let k = 0; k < own.length; k++) left = dividedBy(left, linear, budget).quotient
  }
  if (degreeOf(left) === 0) return { whole, parts: parts.filter(({ c }) => c.n !== 0n) }
  // proper / below - parts = over / left, exactly.
  let gone = proper
  for (const { root, order, c } of parts) {
    let part = below
    for (let k = 0; k < order; k++) part = dividedBy(part, [negate(root), one], budget).quotient
    gone = differenceOf(gone, scaled(part, c))
  }
  over = dividedBy(gone, dividedBy(below, left, budget).quotient, budget).quotient
  const rest = over.length > 0 ? { rest: { above: over, below: left } } : {}
  return { whole, parts: parts.filter(({ c }) => c.n !== 0n), ...rest }
}

/** The principal part at one root, one entry an order, zeros included. */
function partsAt(above: Poly, below: Poly, root: Rational, budget: Budget): Part[] {
  const [top, bottom] = [shifted(above, root, budget), shifted(below, root, budget)]
  let order = 0
  while (at(bottom, order).n === 0n) order++
  const lowest = at(bottom, order)
  const series: Rational[] = []
  for (let k = 0; k < order; k++) {
    let value = at(top, k)
    for (let j = 0; j < k; j++) value = add(value, negate(multiply(series[j] ?? zero, at(bottom, order + k - j))))
    series.push(divide(value, lowest) ?? zero)
  }
  return series.map((c, k) => ({ root, order: order - k, c }))
}

export interface Quadratic {
  readonly below: Poly
  readonly power: number
  /** Of degree 1 at most. */
  readonly above: Poly
}

/** A proper fraction without rational roots below as a sum over powers of quadratics; undefined when it has none such. */
export function overQuadratics({ above, below }: Quotient, budget: Budget): Quadratic[] | undefined {
  const factors = quadraticFactors(below, budget)
  if (!factors) return undefined
  const found: Quadratic[] = []
  let [rest, left]: [Poly, Poly] = [above, below]
  for (const { factor, power } of factors) {
    const raised = powerOf(factor, power, budget)
    const others = dividedBy(left, raised, budget).quotient
    // rest / (raised · others) = own / raised + next / others
    const own =
      degreeOf(others) === 0
        ? scaled(rest, divide(one, others[0] ?? one) ?? one)
        : dividedBy(productOf(rest, inverseOf(others, raised, budget), budget), raised, budget).rest
    const next = dividedBy(differenceOf(rest, productOf(own, others, budget)), raised, budget)
    if (next.rest.length > 0) return undefined
    found.push(...digitsOf(own, factor, power, budget))
    rest = next.quotient
    left = others
  }
  return found
}

const powerOf = (p: Poly, count: number, budget: Budget): Poly =>
  Array.from({ length: count }).reduce<Poly>((product) => productOf(product, p, budget), [one])

/** above / factor^power with numerators of degree 1. */
function digitsOf(above: Poly, factor: Poly, power: number, budget: Budget): Quadratic[] {
  const found: Quadratic[] = []
  let rest = above
  for (let k = power; k > 0; k--) {
    const { quotient, rest: digit } = dividedBy(rest, factor, budget)
    if (digit.length > 0) found.push({ below: factor, power: k, above: digit })
    rest = quotient
  }
  return found
}

/** The inverse of a modulo m, which have no common factor. */
function inverseOf(a: Poly, m: Poly, budget: Budget): Poly {
  let [r0, r1]: [Poly, Poly] = [m, dividedBy(a, m, budget).rest]
  let [s0, s1]: [Poly, Poly] = [[], [one]]
  while (degreeOf(r1) > 0) {
    const { quotient, rest } = dividedBy(r0, r1, budget)
    ;[r0, r1] = [r1, rest]
    ;[s0, s1] = [s1, differenceOf(s0, productOf(quotient, s1, budget))]
  }
  return scaled(s1, divide(one, r1[0] ?? one) ?? one)
}

function quadraticFactors(p: Poly, budget: Budget): { factor: Poly; power: number }[] | undefined {
  const monic = scaled(p, divide(one, p.at(-1) ?? one) ?? one)
  if (degreeOf(monic) === 2) return [{ factor: monic, power: 1 }]
  if (degreeOf(monic) !== 4 && degreeOf(monic) !== 6) return undefined
  const slope = monic.slice(1).map((c, k) => multiply(c, integer(k + 1)))
  const common = commonOf(monic, slope, budget)
  if (degreeOf(common) > 0) {
    const simple = dividedBy(monic, common, budget).quotient
    return degreeOf(simple) === 2 ? [{ factor: simple, power: degreeOf(monic) / 2 }] : undefined
  }
  return degreeOf(monic) === 4 ? splitQuartic(monic, budget) : undefined
}

/** With small coefficients: (x² + ax + b)(x² + cx + d), by trying values of the polynomial's own size. */
function splitQuartic(p: Poly, budget: Budget): { factor: Poly; power: number }[] | undefined {
  if (p.some(({ d }) => d !== 1n)) return undefined
  const last = at(p, 0).n
  for (let b = -60n; b <= 60n; b++) {
    if (b === 0n || last % b !== 0n) continue
    for (let a = -12n; a <= 12n; a++) {
      budget.spend(0.5)
      const factor: Poly = [{ n: b, d: 1n }, { n: a, d: 1n }, one]
      if (valueFor(p, zero).n % b !== 0n) continue
      const { quotient, rest } = dividedBy(p, factor, budget)
      if (rest.length === 0) {
        const same = quotient.every((c, k) => c.n === at(factor, k).n)
        return same
          ? [{ factor, power: 2 }]
          : [
              { factor, power: 1 },
              { factor: quotient, power: 1 },
            ]
      }
    }
  }
  return undefined
}
