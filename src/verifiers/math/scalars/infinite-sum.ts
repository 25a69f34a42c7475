/** Sums and products without end that are found; those with an end are summed where they are evaluated, unless they are long. */
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { some, variablesOf } from '../tree/walk.js'
import { add, divide, integer, isInteger, multiply, negate, type Rational } from '../value/rational.js'
import { apply, difference, infinity, minus, num, over, pi, plus, power, times } from './build.js'
import { orderOf } from './compare.js'
import { exactValue } from './exact.js'
import { overFactorial, signOf } from './exponential-sum.js'
import { closedSum, geometric } from './finite-sum.js'
import { type GeneralTerm, generalTerms } from './general-term.js'
import { infiniteProduct } from './infinite-product.js'
import { apart, type Part, reduced } from './partial-fractions.js'
import { at, degreeOf, leadingOf, type Quotient, rationalZeros, valueFor } from './polynomial.js'
import { tailSum } from './special-values.js'

type Sum = KindOf<'sum' | 'product'>

const isInfinite = (node: Node) => some(node, (one) => one.kind === 'constant' && one.name === 'infinity')
/** Longer sums are not added up term by term where there is a formula. */
const manyTerms = 60n

export function infiniteSum(node: Sum, how: How): Node | undefined {
  if (isInfinite(node.from)) return undefined
  if (isInfinite(node.to)) {
    if (node.to.kind !== 'constant') return undefined
    const from = exactValue(node.from, how.budget)
    if (!from || !isInteger(from)) return undefined
    return node.kind === 'product' ? infiniteProduct(node, from, how) : summed(node, from, how)
  }
  return isLong(node, how) ? (closedSum(node, how) ?? node) : node
}

function isLong({ kind, from, to }: Sum, how: How): boolean {
  if (kind !== 'sum' || variablesOf(from).size + variablesOf(to).size > 0) return false
  const [low, high] = [exactValue(from, how.budget), exactValue(to, how.budget)]
  return low !== undefined && high !== undefined && isInteger(low) && isInteger(high) && high.n - low.n > manyTerms
}

function summed(node: Sum, from: Rational, how: How): Node | undefined {
  const terms = generalTerms(node.body, node.name, how.budget)
  if (!terms || from.n > 1000n || from.n < -1000n) return undefined
  const [only, another] = terms
  const endless = only && !another ? divergent(only, from, how) : undefined
  if (endless) return endless
  let total: Node = num(0)
  for (const term of terms) {
    const found = sumOf(term, from, how)
    if (!found) return undefined
    total = plus(total, times(term.constant, found))
  }
  return total
}

function sumOf({ ratio, quotient, factorials }: GeneralTerm, from: Rational, how: How): Node | undefined {
  const { budget } = how
  if (factorials.length > 0) return overFactorial({ ratio, quotient, factorials }, from, how)
  const simple = reduced(quotient, budget)
  if (hasPole(simple, from, how)) return undefined
  const fixed = variablesOf(ratio).size === 0 ? exactValue(ratio, budget) : undefined
  if (fixed && fixed.d === 1n && (fixed.n === 1n || fixed.n === -1n))
    return fractions(simple, from, fixed.n === -1n, how)
  if (!converges(ratio, how)) return undefined
  const { whole, parts, rest } = apart(simple, budget)
  if (rest) return undefined
  let total = times(num(-1), times(geometric(whole, ratio)(num(from)), power(ratio, num(from))))
  for (const part of parts) {
    const found = logarithmic(part, ratio, from, how)
    if (!found) return undefined
    total = plus(total, found)
  }
  return total
}

/** Infinity with its sign, where the terms keep one sign and do not fall fast enough. */
function divergent({ constant, ratio, quotient, factorials }: GeneralTerm, from: Rational, how: How): Node | undefined {
  if (factorials.length > 0 || variablesOf(constant).size + variablesOf(ratio).size > 0) return undefined
  const simple = reduced(quotient, how.budget)
  if (simple.above.length === 0 || hasPole(simple, from, how)) return undefined
  const order = orderOf(ratio, num(1), how.budget)
  const slow = degreeOf(simple.below) - degreeOf(simple.above) <= 1
  if (order === undefined || order < 0 || (order === 0 && !slow)) return undefined
  const sign = orderOf(constant, num(0), how.budget)
  const leading = leadingOf(simple.above).n * leadingOf(simple.below).n
  if (!sign) return undefined
  return sign > 0 === leading > 0n ? infinity : minus(infinity)
}

const hasPole = ({ below }: Quotient, from: Rational, how: How) =>
  rationalZeros(below, how.budget).some((zero) => isInteger(zero) && zero.n >= from.n)

/** |r| < 1 for certain; with names it is left to who wrote the sum. */
function converges(ratio: Node, { budget }: How): boolean {
  if (variablesOf(ratio).size > 0) return true
  const zero = exactValue(ratio, budget)?.n === 0n
  return !zero && orderOf(apply('abs', ratio), num(1), budget) === -1
}

/** Σ R(k), or Σ (-1)^k R(k). */
function fractions(quotient: Quotient, from: Rational, alternating: boolean, how: How): Node | undefined {
  const { above, below } = quotient
  if (above.length === 0) return num(0)
  if (degreeOf(below) - degreeOf(above) < (alternating ? 1 : 2)) return undefined
  const { parts, rest } = apart(quotient, how.budget)
  let total: Node = num(0)
  if (rest) {
    const found = overSquare(rest, from, alternating)
    if (!found) return undefined
    total = found
  }
  for (const part of parts) {
    const found = alternating ? alternatingPart(part, from, how) : tail(part, from, how)
    if (!found) return undefined
    total = plus(total, found)
  }
  return total
}

/** c Σ 1 / (k - root)^s from k = from. */
function tail({ root, order, c }: Part, from: Rational, how: How): Node | undefined {
  const found = tailSum(add(from, negate(root)), order, how.budget)
  return found && times(num(c), found)
}

/** The even terms less the odd ones, each over twice the step. */
function alternatingPart({ root, order, c }: Part, from: Rational, how: How): Node | undefined {
  const half = { n: 1n, d: 2n }
  const a = multiply(add(from, negate(root)), half)
  const [even, odd] = [tailSum(a, order, how.budget), tailSum(add(a, half), order, how.budget)]
  if (!even || !odd) return undefined
  const sign = from.n % 2n === 0n ? 1 : -1
  return times(num(divide(multiply(c, integer(sign)), integer(2 ** order)) ?? c), difference(even, odd))
}

/** c / (k² + a), a positive: by the partial fractions of coth and csch. */
function overSquare({ above, below }: Quotient, from: Rational, alternating: boolean): Node | undefined {
  if (degreeOf(below) !== 2 || degreeOf(above) !== 0 || at(below, 1).n !== 0n) return undefined
  const leading = at(below, 2)
  const a = divide(at(below, 0), leading)
  const c = divide(at(above, 0), leading)
  if (!a || !c || a.n <= 0n || from.n < 0n || from.n > 50n) return undefined
  const root = apply('sqrt', num(a))
  const around = over(times(pi, root), apply(alternating ? 'sinh' : 'tanh', times(pi, root)))
  // From k = 1 on; then the terms between.
  let total = over(difference(around, num(1)), times(num(2), num(a)))
  const term = (k: bigint): Rational => {
    const value = divide({ n: 1n, d: 1n }, valueFor([a, integer(0), integer(1)], integer(k))) as Rational
    return alternating && k % 2n !== 0n ? negate(value) : value
  }
  if (from.n === 0n) total = plus(total, num(term(0n)))
  for (let k = 1n; k < from.n; k++) total = plus(total, num(negate(term(k))))
  return times(num(c), total)
}

/** c Σ r^k / (k - root) for a whole or half root. */
function logarithmic({ root, order, c }: Part, ratio: Node, from: Rational, how: How): Node | undefined {
  if (order !== 1 || root.d > 2n) return undefined
  // Σ r^k / (k + a) = r^-a Σ over j = k + a, which starts at 1 or 1/2.
  const first = add(from, negate(root))
  const start = root.d === 1n ? integer(1) : { n: 1n, d: 2n }
  const steps = add(first, negate(start))
  if (!isInteger(steps) || steps.n < 0n || steps.n > 60n) return undefined
  let inner: Node
  if (root.d === 1n) inner = times(num(-1), apply('ln', difference(num(1), ratio)))
  else {
    const sum = artanhSum(ratio, how)
    if (!sum) return undefined
    inner = sum
  }
  for (let j = 0n; j < steps.n; j++) {
    const at = add(start, integer(j))
    const exponent = root.d === 1n ? num(at) : num(integer(j))
    inner = difference(inner, over(power(ratio, exponent), num(at)))
  }
  // r^k with k = j + root; for halves j - 1/2 is the exponent that was used.
  const exponent = root.d === 1n ? root : add(root, { n: 1n, d: 2n })
  return times(num(c), times(inner, power(ratio, num(exponent))))
}

/** Σ over i >= 0 of r^i / (i + 1/2) = 2 artanh(√r) / √r, or 2 arctan(√-r) / √-r. */
function artanhSum(ratio: Node, how: How): Node | undefined {
  const order = signOf(ratio, how)
  if (order === undefined) return undefined
  const root = apply('sqrt', order > 0 ? ratio : times(num(-1), ratio))
  return over(times(num(2), apply(order > 0 ? 'artanh' : 'arctan', root)), root)
}
