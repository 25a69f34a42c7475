/**
 * Are two expressions the same for all values of their names? Exact arithmetic first, then enclosures in doubles, then in
 * 80 digits. Unequal needs a proof (an exact difference, or enclosures that share no number); equal needs agreement at every
 * point that has a value on both sides; what is left is open.
 */
import type { Budget } from '../budget.js'
import { type Finding, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { some, substitute, usesFunction, variablesOf } from '../tree/walk.js'
import { compare, equalTo, type Rational, ratio } from '../value/rational.js'
import { digits80 } from './big.js'
import { type Arithmetic, type Complex, disjoint, isReal, narrow } from './enclosure.js'
import { evaluateExactly, type Point } from './exact.js'
import { equalInField } from './function-field.js'
import { doubles, evaluate } from './numeric.js'
import { points } from './points.js'

const neededPoints = 8
/**
 * Points that must be settled with 80 digits carried, and the relative width of enclosures that agree there. Branches and
 * pieces that differ show in doubles at the other points; what differs by less shows in the digits of any point.
 */
const precisePoints = 3
const agreement = 1e-60

const discrete = ['factorial', 'doublefactorial', 'binomial', 'permutations', 'mod', 'gcd', 'lcm'] as const
const namesOf = (a: Node, b: Node) => [...variablesOf(b, variablesOf(a))].sort()

/** Both are scalars in closed form. Throws OverBudget. */
export function sameForAll(left: Node, right: Node, budget: Budget): Finding {
  const found = sameAtPoints(left, right, budget)
  // Between places that are no fractions nothing is looked at.
  const unseen = found.equal && [left, right].some((side) => some(side, endsAtIrrational))
  return unseen && JSON.stringify(left, digits) !== JSON.stringify(right, digits)
    ? unsure('exact', 'pieces that end at irrational places')
    : found
}

const digits = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** A piece whose condition holds more than names and fractions. */
const endsAtIrrational = (node: Node): boolean =>
  node.kind === 'cases' &&
  node.pieces.some(
    ({ when }) => when && some(when, ({ kind }) => kind === 'apply' || kind === 'constant' || kind === 'power'),
  )

function sameAtPoints(left: Node, right: Node, budget: Budget): Finding {
  const names = namesOf(left, right)
  const whole = names.length > 0 && [left, right].some((side) => isDiscrete(side))
  const open: Point[] = []
  let exact = 0
  for (const point of points(names, { whole, nodes: [left, right] })) {
    const [a, b] = [evaluateExactly(left, point, budget), evaluateExactly(right, point, budget)]
    if (!a || !b) open.push(point)
    else if (!equalTo(a, b)) return no('exact', 'the exact values differ')
    else exact++
  }
  if (open.length === 0 || (names.length > 0 && exact >= neededPoints)) {
    return yes('exact', names.length > 0 ? 'equal at every exact point' : 'the exact values are equal')
  }
  if (agreesInDoubles(left, right, open, budget) && equalInField(left, right, budget)) {
    return yes('exact', 'equal by exact arithmetic')
  }
  return numerically(left, right, open, { budget, constant: names.length === 0, settled: exact })
}

const isDiscrete = (node: Node) => usesFunction(node, discrete) || node.kind === 'sum' || node.kind === 'product'

/** Spares the exact work for a pair that differs already at the first point. */
function agreesInDoubles(left: Node, right: Node, open: readonly Point[], budget: Budget): boolean {
  const found = open[0] && both(doubles, left, right, open[0], budget)
  return !found || !disjoint(doubles, ...found)
}

function numerically(
  left: Node,
  right: Node,
  open: readonly Point[],
  { budget, constant, settled: exact }: { budget: Budget; constant: boolean; settled: number },
): Finding {
  const usable: Point[] = []
  let lone = 0
  for (const point of open) {
    const [a, b] = [evaluate(doubles, left, point, budget), evaluate(doubles, right, point, budget)]
    if (!a || !b) {
      if (a || b) lone++
      continue
    }
    if (!constant && !(isReal(doubles, a) && isReal(doubles, b))) {
      // Where both are complex they may still be proved unequal.
      if (disjoint(doubles, a, b)) return no('numeric', 'the values differ')
      continue
    }
    if (disjoint(doubles, a, b)) return no('numeric', 'the values differ')
    usable.push(point)
  }
  const needed = constant ? 1 : precisePoints
  let precise = 0
  for (const point of usable) {
    if (precise >= needed) break
    budget.spend(500)
    const found = both(digits80, left, right, point, budget)
    if (!found) continue
    if (disjoint(digits80, ...found)) return no('numeric', 'the values differ past the 16th digit')
    if (narrow(digits80, found, agreement)) precise++
  }
  if (usable.length === 0 && exact === 0) return unsure('numeric', 'too few points have a value on both sides')
  // A side without a value where the other has one may be another function altogether.
  const enough = constant || (usable.length + exact >= neededPoints / 2 && lone <= usable.length + exact)
  return enough && precise >= Math.min(needed, usable.length)
    ? yes('numeric', 'equal to 60 digits')
    : unsure('numeric', 'the digits do not settle it')
}

function both<R>(
  on: Arithmetic<R>,
  left: Node,
  right: Node,
  point: Point,
  budget: Budget,
): [Complex<R>, Complex<R>] | undefined {
  const [a, b] = [evaluate(on, left, point, budget), evaluate(on, right, point, budget)]
  return a && b && [a, b]
}

/** Which of two constants is greater; undefined where that is not certain, or one is no real number. */
export function orderOf(left: Node, right: Node, budget: Budget): -1 | 0 | 1 | undefined {
  const here: Point = new Map()
  const [a, b] = [evaluateExactly(left, here, budget), evaluateExactly(right, here, budget)]
  if (a && b) return compare(a, b)
  return orderOn(doubles, left, right, budget) ?? orderOn(digits80, left, right, budget)
}

function orderOn<R>(on: Arithmetic<R>, left: Node, right: Node, budget: Budget): -1 | 0 | 1 | undefined {
  const found = both(on, left, right, new Map(), budget)
  if (!found?.every((z) => on.isZero(z.im))) return undefined
  const [a, b] = found
  if (disjoint(on, a, b)) {
    const difference = on.add(a.re, on.negate(b.re))
    return difference && (on.surelyNegative(difference) ? -1 : 1)
  }
  return narrow(on, found, agreement) ? 0 : undefined
}

/** Is left = c · right for one constant c other than 0, and what is its sign? `no` is proved; undefined is open. */
export function constantQuotientOf(
  left: Node,
  right: Node,
  budget: Budget,
): 'positive' | 'negative' | 'no' | undefined {
  const names = namesOf(left, right)
  let first: Rational | undefined
  const open: Point[] = []
  let seen = 0
  for (const point of points(names, { whole: false, nodes: [left, right] })) {
    const [a, b] = [evaluateExactly(left, point, budget), evaluateExactly(right, point, budget)]
    if (!a || !b) {
      open.push(point)
      continue
    }
    if ((a.n === 0n) !== (b.n === 0n)) return 'no'
    if (a.n === 0n) continue
    const q = ratio(a.n * b.d, a.d * b.n) as Rational
    if (first && !equalTo(first, q)) return 'no'
    first = q
    seen++
  }
  if (first && seen >= Math.min(neededPoints, 8) && open.length <= seen) return first.n > 0n ? 'positive' : 'negative'
  return quotientNumerically(left, right, open, budget)
}

/** The quotient at the first point, against the quotients at the others. */
function quotientNumerically(left: Node, right: Node, open: readonly Point[], budget: Budget) {
  let base: { a: Node; b: Node } | undefined
  let sign: 'positive' | 'negative' | undefined
  let settled = 0
  for (const point of open) {
    const [a, b] = [fixed(left, point), fixed(right, point)]
    if (!evaluate(doubles, a, new Map(), budget) || !evaluate(doubles, b, new Map(), budget)) continue
    if (!base) {
      const signs = [a, b].map((side) => orderOf(side, zeroNode, budget))
      if (signs.includes(undefined) || signs.includes(0)) continue
      base = { a, b }
      sign = signs[0] === signs[1] ? 'positive' : 'negative'
      continue
    }
    // a / b = A / B, as a · B = A · b.
    const same = sameForAll(times(a, base.b), times(base.a, b), budget)
    if (same.equal === false) return 'no'
    if (same.equal) settled++
  }
  return settled >= 5 ? sign : undefined
}

const zeroNode: Node = { kind: 'number', value: { n: 0n, d: 1n } }
const times = (left: Node, right: Node): Node => ({ kind: 'multiply', left, right })

function fixed(node: Node, point: Point): Node {
  let result = node
  for (const [name, value] of point) result = substituted(result, name, value)
  return result
}

const substituted = (node: Node, name: string, value: Rational) => substitute(node, name, { kind: 'number', value })
