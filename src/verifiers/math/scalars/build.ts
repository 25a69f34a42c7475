/** Small expressions, put together with what is trivial left out. */
import type { FunctionName, Node } from '../tree/node.js'
import { add, divide, equalTo, integer, multiply, negate, one, type Rational, ratio, zero } from '../value/rational.js'

export const num = (value: Rational | number): Node => ({
  kind: 'number',
  value: typeof value === 'number' ? integer(value) : value,
})
export const fraction = (n: number, d: number): Node => num(ratio(BigInt(n), BigInt(d)) ?? zero)
export const variable = (name: string): Node => ({ kind: 'variable', name })
export const pi: Node = { kind: 'constant', name: 'pi' }
export const infinity: Node = { kind: 'constant', name: 'infinity' }
export const apply = (name: FunctionName, ...args: Node[]): Node => ({ kind: 'apply', name, args })

const is = (node: Node, value: Rational) => node.kind === 'number' && equalTo(node.value, value)

export function plus(left: Node, right: Node): Node {
  if (is(left, zero)) return right
  if (is(right, zero)) return left
  if (left.kind === 'number' && right.kind === 'number') return num(add(left.value, right.value))
  return { kind: 'add', left, right }
}

export const minus = (node: Node): Node => (node.kind === 'number' ? num(negate(node.value)) : times(num(-1), node))
export const difference = (left: Node, right: Node): Node => plus(left, minus(right))

export function times(left: Node, right: Node): Node {
  if (is(left, zero) || is(right, zero)) return num(0)
  if (is(left, one)) return right
  if (is(right, one)) return left
  if (left.kind === 'number' && right.kind === 'number') return num(multiply(left.value, right.value))
  return { kind: 'multiply', left, right }
}

/** The right side must not be the number 0. */
export function over(left: Node, right: Node): Node {
  if (is(right, one)) return left
  if (is(left, zero)) return num(0)
  if (left.kind === 'number' && right.kind === 'number') {
    const value = divide(left.value, right.value)
    if (value) return num(value)
  }
  return { kind: 'divide', left, right }
}

export function power(left: Node, right: Node): Node {
  if (is(right, one)) return left
  if (is(right, zero)) return num(1)
  return { kind: 'power', left, right }
}
