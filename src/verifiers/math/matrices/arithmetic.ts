/** Trees put together, with numbers worked out on the way: what the entries of matrices need, and no more than that. */

import type { Node } from '../tree/node.js'
import { mapChildren } from '../tree/walk.js'
import { equalTo, integer, multiply, negate, one, type Rational, ratio, add as sumOf, zero } from '../value/rational.js'

export const numeral = (value: Rational | number | bigint): Node => ({
  kind: 'number',
  value: typeof value === 'object' ? value : integer(value),
})

const isValue = (node: Node, value: Rational) => node.kind === 'number' && equalTo(node.value, value)
export const isZero = (node: Node) => isValue(node, zero)

export function plus(a: Node, b: Node): Node {
  if (a.kind === 'number' && b.kind === 'number') return numeral(sumOf(a.value, b.value))
  if (isZero(a)) return b
  return isZero(b) ? a : { kind: 'add', left: a, right: b }
}

export function times(a: Node, b: Node): Node {
  if (a.kind === 'number' && b.kind === 'number') return numeral(multiply(a.value, b.value))
  if (isZero(a) || isZero(b)) return numeral(zero)
  if (isValue(a, one)) return b
  return isValue(b, one) ? a : { kind: 'multiply', left: a, right: b }
}

export const negative = (node: Node): Node =>
  node.kind === 'number' ? numeral(negate(node.value)) : times(numeral(-1), node)

export const minus = (a: Node, b: Node): Node => plus(a, negative(b))

/** Stays a division where the divisor is zero, which has no value. */
export function over(a: Node, b: Node): Node {
  if (a.kind === 'number' && b.kind === 'number') {
    const value = ratio(a.value.n * b.value.d, a.value.d * b.value.n)
    return value ? numeral(value) : { kind: 'divide', left: a, right: b }
  }
  return isValue(b, one) ? a : { kind: 'divide', left: a, right: b }
}

/** Sums, products and quotients of plain numbers worked out, e.g. `-\frac{1}{2}`. */
export function folded(node: Node): Node {
  if (node.kind === 'add') return plus(folded(node.left), folded(node.right))
  if (node.kind === 'multiply') return times(folded(node.left), folded(node.right))
  if (node.kind === 'divide') return over(folded(node.left), folded(node.right))
  if (node.kind === 'group' || node.kind === 'list' || node.kind === 'relation') return mapChildren(node, folded)
  return node
}
