/** A place on the real line where a subset of it may begin or end. */
import type { How } from '../finding.js'
import { numeral, plus, times } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { compare, type Rational } from '../value/rational.js'
import { exactValue, order } from './certified.js'
import { gcdOf, signAt } from './polynomial.js'
import { exactly, type Root, refined } from './roots.js'
import { Unsettled } from './unsettled.js'

export interface Cut {
  readonly value?: Rational
  readonly root?: Root
  readonly node?: Node
}

const maxRefinements = 120

export const cutAt = (value: Rational): Cut => ({ value, node: numeral(value) })

/** A constant without infinity. Throws Unsettled when it is no real number. */
export function cutOf(node: Node, how: How): Cut {
  if (node.kind === 'number') return { value: node.value, node }
  const value = exactValue(node, how.budget)
  if (value) return { value, node: numeral(value) }
  if (order(node, node, how) !== 0) throw new Unsettled('not a real constant')
  return { node }
}

export const cutAtRoot = (root: Root): Cut => {
  const value = exactly(root)
  return value ? cutAt(value) : { root, node: root.node }
}

export function nodeOf(cut: Cut): Node {
  if (!cut.node) throw new Unsettled('a zero without an expression')
  return cut.node
}

/** Below, at or above. Throws Unsettled. */
export function orderOf(a: Cut, b: Cut, how: How): -1 | 0 | 1 {
  how.budget.spend()
  if (a === b) return 0
  if (a.value && b.value) return compare(a.value, b.value)
  if (a.root && b.root) return orderOfRoots(a.root, b.root, how)
  if (a.root && b.value) return orderToValue(a.root, b.value, how)
  if (a.value && b.root) return opposite(orderToValue(b.root, a.value, how))
  const settled = a.node && b.node ? order(a.node, b.node, how) : undefined
  if (settled !== undefined) return settled
  if (a.root && b.node) return orderToNode(a.root, b.node, how)
  if (a.node && b.root) return opposite(orderToNode(b.root, a.node, how))
  throw new Unsettled('an order that is not certified')
}

const opposite = (sign: -1 | 0 | 1) => -sign as -1 | 0 | 1

function orderToValue(root: Root, value: Rational, how: How): -1 | 0 | 1 {
  if (compare(root.low, value) <= 0 && compare(value, root.high) <= 0) {
    if (signAt(root.polynomial, value, how.budget) === 0) return 0
  }
  let one = root
  for (let count = 0; count < maxRefinements; count++) {
    if (compare(one.high, value) <= 0) return -1
    if (compare(value, one.low) <= 0) return 1
    one = refined(one, how.budget)
  }
  throw new Unsettled('zeros too close')
}

function orderOfRoots(first: Root, second: Root, how: How): -1 | 0 | 1 {
  let [a, b] = [first, second]
  const common = gcdOf(a.polynomial, b.polynomial, how.budget)
  for (let count = 0; count < maxRefinements; count++) {
    if (compare(a.high, b.low) <= 0) return -1
    if (compare(b.high, a.low) <= 0) return 1
    // A common zero in both intervals is the zero of both.
    const [low, high] = [larger(a.low, b.low), smaller(a.high, b.high)]
    const ends = [low, high].map((end) => signAt(common, end, how.budget))
    if (common.length > 1 && (ends[0] as number) * (ends[1] as number) < 0) return 0
    ;[a, b] = [refined(a, how.budget), refined(b, how.budget)]
  }
  throw new Unsettled('zeros too close')
}

const larger = (a: Rational, b: Rational) => (compare(a, b) < 0 ? b : a)
const smaller = (a: Rational, b: Rational) => (compare(a, b) < 0 ? a : b)

function orderToNode(root: Root, node: Node, how: How): -1 | 0 | 1 {
  const value = root.polynomial.reduceRight<Node>((total, one) => plus(times(total, node), numeral(one)), numeral(0))
  const isZero = order(value, numeral(0), how) === 0
  let one = root
  for (let count = 0; count < maxRefinements / 4; count++) {
    const [low, high] = [order(node, numeral(one.low), how), order(node, numeral(one.high), how)]
    if (low === undefined || high === undefined) break
    if (low <= 0) return 1
    if (high >= 0) return -1
    if (isZero) return 0
    one = refined(one, how.budget)
  }
  throw new Unsettled('an order that is not certified')
}
