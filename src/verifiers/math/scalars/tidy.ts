/** Constants of series with what cancels taken out: a number times powers of other parts, like parts together. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import {
  add,
  equalTo,
  floor,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  type Rational,
  power as raised,
  zero,
} from '../value/rational.js'
import { num, plus, power, times } from './build.js'
import { keyOf } from './factors.js'

interface Product {
  factor: Rational
  readonly bases: Map<string, { readonly base: Node; readonly exponent: Rational }>
}

const maxDepth = 60

/** The product, tidied. */
export function tidyProduct(a: Node, b: Node, budget: Budget): Node {
  if (a.kind === 'number' && b.kind === 'number') return num(multiply(a.value, b.value))
  return nodeOf(productIn(a, b, budget), budget)
}

function productIn(a: Node, b: Node, budget: Budget): Product {
  const product: Product = { factor: one, bases: new Map() }
  gather(a, one, product, budget, 0)
  gather(b, one, product, budget, 0)
  return product
}

/** The sum; multiples of one thing make one term. */
export function tidySum(a: Node, b: Node, budget: Budget): Node {
  if (a.kind === 'number' && b.kind === 'number') return num(add(a.value, b.value))
  const terms = new Map<string, { factor: Rational; rest: Node }>()
  const visit = (node: Node, depth: number): void => {
    budget.spend(2)
    if (node.kind === 'add' && depth < maxDepth) {
      visit(node.left, depth + 1)
      visit(node.right, depth + 1)
      return
    }
    const product = productIn(node, num(1), budget)
    const settled = nodeOf({ ...product, factor: one }, budget)
    const extra = settled.kind === 'number' ? settled.value : one
    const rest = settled.kind === 'number' ? num(1) : settled
    const key = keyOf(rest)
    const factor = multiply(product.factor, extra)
    terms.set(key, { factor: add(terms.get(key)?.factor ?? zero, factor), rest })
  }
  visit(a, 0)
  visit(b, 0)
  return [...terms.values()].reduce<Node>((total, { factor, rest }) => plus(total, times(num(factor), rest)), num(0))
}

function gather(node: Node, by: Rational, into: Product, budget: Budget, depth: number): void {
  budget.spend()
  const whole = isInteger(by)
  if (node.kind === 'number') {
    putNumber(node.value, by, into, budget)
    return
  }
  if (depth < maxDepth && whole && (node.kind === 'multiply' || node.kind === 'divide')) {
    gather(node.left, by, into, budget, depth + 1)
    gather(node.right, node.kind === 'divide' ? negate(by) : by, into, budget, depth + 1)
    return
  }
  const inner = rootOrPower(node)
  if (inner && whole) {
    gather(inner.base, multiply(by, inner.exponent), into, budget, depth + 1)
    return
  }
  put(node, by, into)
}

function rootOrPower(node: Node): { base: Node; exponent: Rational } | undefined {
  if (node.kind === 'apply' && node.name === 'sqrt' && node.args[0])
    return { base: node.args[0], exponent: { n: 1n, d: 2n } }
  return node.kind === 'power' && node.right.kind === 'number'
    ? { base: node.left, exponent: node.right.value }
    : undefined
}

function put(base: Node, exponent: Rational, into: Product): void {
  const key = keyOf(base)
  const before = into.bases.get(key)
  into.bases.set(key, { base, exponent: before ? add(before.exponent, exponent) : exponent })
}

function putNumber(value: Rational, by: Rational, into: Product, budget: Budget): void {
  if (isInteger(by) && (value.n !== 0n || by.n > 0n)) {
    const result = raised(value, by.n, budget)
    if (result) {
      into.factor = multiply(into.factor, result)
      return
    }
  }
  if (value.n <= 0n) {
    put(num(value), by, into)
    return
  }
  if (value.n !== 1n) put(num(integer(value.n)), by, into)
  if (value.d !== 1n) put(num(integer(value.d)), negate(by), into)
}

function nodeOf({ factor, bases }: Product, budget: Budget): Node {
  let total = factor
  let result: Node = num(1)
  for (const { base, exponent } of bases.values()) {
    if (exponent.n === 0n) continue
    let left = exponent
    if (base.kind === 'number' && base.value.n > 0n) {
      // 2^(3/2) = 2 · 2^(1/2)
      const whole = integer(floor(exponent))
      const out = raised(base.value, whole.n, budget)
      if (out) {
        total = multiply(total, out)
        left = add(exponent, negate(whole))
      }
    }
    if (left.n === 0n) continue
    result = times(result, equalTo(left, one) ? base : power(base, num(left)))
  }
  return times(num(total), result)
}
