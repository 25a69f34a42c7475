/** Polynomials and rational functions of one name with rational coefficients, lowest first, without zeros at the end. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, isInteger, multiply, negate, one, type Rational, zero } from '../value/rational.js'
import { num, plus, power, times } from './build.js'
import { exactValue } from './exact.js'

export type Poly = readonly Rational[]
/** above / below; below is not zero. Not reduced. */
export interface Quotient {
  readonly above: Poly
  readonly below: Poly
}

const maxDegree = 24

export function trimmed(p: Poly): Poly {
  let length = p.length
  while (length > 0 && p[length - 1]?.n === 0n) length--
  return length === p.length ? p : p.slice(0, length)
}

export const degreeOf = (p: Poly) => p.length - 1
export const leadingOf = (p: Poly) => p.at(-1) ?? zero
export const at = (p: Poly, k: number) => p[k] ?? zero
export const constantly = (value: Rational): Poly => trimmed([value])

export const sumOf = (a: Poly, b: Poly): Poly =>
  trimmed(Array.from({ length: Math.max(a.length, b.length) }, (_, k) => add(at(a, k), at(b, k))))
export const scaled = (p: Poly, by: Rational): Poly => trimmed(p.map((c) => multiply(c, by)))
export const differenceOf = (a: Poly, b: Poly): Poly => sumOf(a, scaled(b, negate(one)))

export function productOf(a: Poly, b: Poly, budget: Budget): Poly {
  if (a.length === 0 || b.length === 0) return []
  const result: Rational[] = new Array(a.length + b.length - 1).fill(zero)
  budget.spend(a.length * b.length)
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) result[i + j] = add(at(result, i + j), multiply(x, y))
  }
  return trimmed(result)
}

/** a = quotient · b + rest; b is not zero. */
export function dividedBy(a: Poly, b: Poly, budget: Budget): { readonly quotient: Poly; readonly rest: Poly } {
  const quotient: Rational[] = new Array(Math.max(0, a.length - b.length + 1)).fill(zero)
  let rest = a
  while (rest.length >= b.length && rest.length > 0) {
    budget.spend(b.length)
    const shift = rest.length - b.length
    const factor = divide(leadingOf(rest), leadingOf(b)) as Rational
    quotient[shift] = factor
    const taken = rest.map((c, k) => (k < shift ? c : add(c, negate(multiply(factor, at(b, k - shift))))))
    rest = trimmed(taken.slice(0, -1))
  }
  return { quotient: trimmed(quotient), rest }
}

export function commonOf(a: Poly, b: Poly, budget: Budget): Poly {
  let [x, y] = [a, b]
  while (y.length > 0) [x, y] = [y, dividedBy(x, y, budget).rest]
  return x.length === 0 ? x : scaled(x, divide(one, leadingOf(x)) as Rational)
}

export const valueFor = (p: Poly, x: Rational): Rational =>
  p.reduceRight<Rational>((total, c) => add(multiply(total, x), c), zero)

export function nodeOf(p: Poly, x: Node): Node {
  return p.reduce<Node>((total, c, k) => (c.n === 0n ? total : plus(total, times(num(c), power(x, num(k))))), num(0))
}

/** Undefined when it is no rational function of the name, or of too high a degree. Throws OverBudget. */
export function quotientIn(node: Node, name: string, budget: Budget): Quotient | undefined {
  budget.spend()
  if (node.kind === 'variable' && node.name === name) return { above: [zero, one], below: [one] }
  if (!variablesOf(node).has(name)) {
    const value = exactValue(node, budget)
    return value && { above: constantly(value), below: [one] }
  }
  if (node.kind === 'power') return raised(node.left, node.right, name, budget)
  if (node.kind !== 'add' && node.kind !== 'multiply' && node.kind !== 'divide') return undefined
  const left = quotientIn(node.left, name, budget)
  const right = left && quotientIn(node.right, name, budget)
  if (!left || !right) return undefined
  if (node.kind === 'divide') {
    if (right.above.length === 0) return undefined
    return bounded(left.above, right.below, left.below, right.above, budget)
  }
  if (node.kind === 'multiply') return bounded(left.above, right.above, left.below, right.below, budget)
  if (left.below.length === 1 && right.below.length === 1) {
    const [p, q] = [left, right].map(({ above, below }) => scaled(above, divide(one, below[0] ?? one) as Rational))
    return { above: sumOf(p ?? [], q ?? []), below: [one] }
  }
  if (degreeOf(left.below) + degreeOf(right.below) > maxDegree) return undefined
  return {
    above: sumOf(productOf(left.above, right.below, budget), productOf(right.above, left.below, budget)),
    below: productOf(left.below, right.below, budget),
  }
}

/** a · b / (c · d) */
function bounded(a: Poly, b: Poly, c: Poly, d: Poly, budget: Budget): Quotient | undefined {
  if (degreeOf(a) + degreeOf(b) > maxDegree || degreeOf(c) + degreeOf(d) > maxDegree) return undefined
  return { above: productOf(a, b, budget), below: productOf(c, d, budget) }
}

function raised(base: Node, exponent: Node, name: string, budget: Budget): Quotient | undefined {
  const value = variablesOf(exponent).has(name) ? undefined : exactValue(exponent, budget)
  if (!value || !isInteger(value) || value.n > 24n || value.n < -24n) return undefined
  const inner = quotientIn(base, name, budget)
  if (!inner || (value.n <= 0n && inner.above.length === 0)) return undefined
  const count = Number(value.n < 0n ? -value.n : value.n)
  if (count * Math.max(degreeOf(inner.above), degreeOf(inner.below)) > maxDegree) return undefined
  const [above, below] = value.n < 0n ? [inner.below, inner.above] : [inner.above, inner.below]
  let result: Quotient = { above: [one], below: [one] }
  for (let k = 0; k < count; k++) {
    result = { above: productOf(result.above, above, budget), below: productOf(result.below, below, budget) }
  }
  return result
}

/** Undefined when it is no polynomial in the name with rational coefficients. */
export function polynomialIn(node: Node, name: string, budget: Budget): Poly | undefined {
  const found = quotientIn(node, name, budget)
  if (!found) return undefined
  const { quotient, rest } = dividedBy(found.above, found.below, budget)
  return rest.length === 0 ? quotient : undefined
}

/** p + q x for p and q free of the name, which may hold other names; undefined when it is not linear. */
export function linearIn(node: Node, name: string): { readonly constant: Node; readonly slope: Node } | undefined {
  if (!variablesOf(node).has(name)) return { constant: node, slope: num(0) }
  if (node.kind === 'variable') return { constant: num(0), slope: num(1) }
  if (node.kind !== 'add' && node.kind !== 'multiply' && node.kind !== 'divide') return undefined
  const left = linearIn(node.left, name)
  const right = linearIn(node.right, name)
  if (!left || !right) return undefined
  if (node.kind === 'add')
    return { constant: plus(left.constant, right.constant), slope: plus(left.slope, right.slope) }
  const isFree = (side: Node) => !variablesOf(side).has(name)
  if (node.kind === 'divide') {
    if (!isFree(node.right)) return undefined
    const by: Node = { kind: 'divide', left: num(1), right: node.right }
    return { constant: times(left.constant, by), slope: times(left.slope, by) }
  }
  if (isFree(node.left)) return { constant: times(node.left, right.constant), slope: times(node.left, right.slope) }
  return isFree(node.right)
    ? { constant: times(left.constant, node.right), slope: times(left.slope, node.right) }
    : undefined
}

/** A Taylor shift: p(x + by). */
export function shifted(p: Poly, by: Rational, budget: Budget): Poly {
  let result: Poly = []
  for (const c of p.toReversed()) result = sumOf(productOf(result, [by, one], budget), constantly(c))
  return result
}

/** The rational zeros, each once, in ascending order of being found; the polynomial is not zero. */
export function rationalZeros(p: Poly, budget: Budget): Rational[] {
  const zeros: Rational[] = []
  let rest = p
  while (rest.length > 1 && rest[0]?.n === 0n) {
    if (zeros.length === 0) zeros.push(zero)
    rest = rest.slice(1)
  }
  const common = rest.reduce((d, c) => (d * c.d) / gcdOf(d, c.d), 1n)
  const whole = rest.map((c) => (c.n * common) / c.d)
  const [low, high] = [whole[0] ?? 1n, whole.at(-1) ?? 1n]
  if (rest.length < 2 || tooLarge(low) || tooLarge(high)) return zeros
  for (const n of divisorsOf(low, budget)) {
    for (const d of divisorsOf(high, budget)) {
      if (gcdOf(n, d) !== 1n) continue
      for (const x of [
        { n, d },
        { n: -n, d },
      ]) {
        budget.spend(rest.length)
        if (valueFor(rest, x).n === 0n) zeros.push(x)
      }
    }
  }
  return zeros
}

const tooLarge = (value: bigint) => value > 10n ** 10n || value < -(10n ** 10n)
const gcdOf = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcdOf(b, a % b))

function divisorsOf(value: bigint, budget: Budget): bigint[] {
  const size = value < 0n ? -value : value
  const found: bigint[] = []
  for (let k = 1n; k * k <= size; k++) {
    if (k > 20_000n) break
    budget.spend(0.2)
    if (size % k !== 0n) continue
    found.push(k)
    if (k * k !== size) found.push(size / k)
  }
  return found
}
