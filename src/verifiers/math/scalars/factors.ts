/** A product as a constant and powers of what holds the name: one spelling for roots, reciprocals and exponentials. */
import type { Budget } from '../budget.js'
import type { FunctionName, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, integer, isInteger, multiply, negate, one, type Rational } from '../value/rational.js'
import { apply, num, over, plus, power, times } from './build.js'
import { exactValue } from './exact.js'

export interface Factor {
  readonly base: Node
  readonly exponent: Rational
}
export interface Factors {
  readonly constant: Node
  readonly factors: readonly Factor[]
}

/** A spelling that tells two trees apart. */
export const keyOf = (node: Node): string =>
  JSON.stringify(node, (_, value) => (typeof value === 'bigint' ? String(value) : value))

/** Exponentials come out as exp(…), in one factor. */
export function factorsOf(node: Node, name: string, budget: Budget): Factors {
  let constant: Node = num(1)
  let exponent: Node = num(0)
  const found = new Map<string, Factor>()
  const put = (base: Node, by: Rational) => {
    const key = keyOf(base)
    const before = found.get(key)
    found.set(key, { base, exponent: before ? add(before.exponent, by) : by })
  }
  const visit = (part: Node, by: Rational): void => {
    budget.spend()
    if (!variablesOf(part).has(name)) {
      constant = by.n === by.d ? times(constant, part) : times(constant, raised(part, by))
      return
    }
    if (part.kind === 'multiply' || part.kind === 'divide') {
      visit(part.left, by)
      visit(part.right, part.kind === 'divide' ? negate(by) : by)
      return
    }
    const log = exponentOf(part, name)
    if (log) {
      exponent = plus(exponent, times(num(by), log))
      return
    }
    const split = powerOf(part, name, budget)
    // The square root of a square is no power of what is squared.
    if (split && (isInteger(by) || !isEven(split.exponent))) {
      visit(split.base, multiply(by, split.exponent))
      return
    }
    if (part.kind === 'apply' && part.args[0] && inverses[part.name]) {
      for (const [f, sign] of inverses[part.name] ?? []) put(apply(f, part.args[0]), multiply(by, integer(sign)))
      return
    }
    put(part, by)
  }
  visit(node, one)
  const factors = [...found.values()].filter((factor) => factor.exponent.n !== 0n)
  if (exponent.kind === 'number' && exponent.value.n === 0n) return { constant, factors }
  return { constant, factors: [...factors, { base: apply('exp', exponent), exponent: one }] }
}

const isEven = ({ n }: Rational) => n % 2n === 0n

const inverses: Partial<Record<FunctionName, readonly (readonly [FunctionName, number])[]>> = {
  tan: [
    ['sin', 1],
    ['cos', -1],
  ],
  cot: [
    ['cos', 1],
    ['sin', -1],
  ],
  sec: [['cos', -1]],
  csc: [['sin', -1]],
  tanh: [
    ['sinh', 1],
    ['cosh', -1],
  ],
  coth: [
    ['cosh', 1],
    ['sinh', -1],
  ],
  sech: [['cosh', -1]],
  csch: [['sinh', -1]],
}

/** ln of an exponential. */
function exponentOf(node: Node, name: string): Node | undefined {
  if (node.kind === 'apply') return node.name === 'exp' ? node.args[0] : undefined
  if (node.kind !== 'power' || variablesOf(node.left).has(name)) return undefined
  const e = node.left.kind === 'constant' && node.left.name === 'e'
  return e ? node.right : times(node.right, apply('ln', node.left))
}

function powerOf(node: Node, name: string, budget: Budget): Factor | undefined {
  if (node.kind === 'apply' && node.args[0]) {
    if (node.name === 'sqrt') return { base: node.args[0], exponent: { n: 1n, d: 2n } }
    const index = node.name === 'root' && node.args[1] ? exactValue(node.args[1], budget) : undefined
    // Odd roots of negative numbers are real where powers of them are not.
    const inverse = index && isInteger(index) && index.n % 2n === 0n ? divide(one, index) : undefined
    return inverse && { base: node.args[0], exponent: inverse }
  }
  if (node.kind !== 'power' || variablesOf(node.right).has(name)) return undefined
  const exponent = variablesOf(node.right).size === 0 ? exactValue(node.right, budget) : undefined
  return exponent && { base: node.left, exponent }
}

export const raised = (base: Node, exponent: Rational): Node => {
  if (exponent.n === exponent.d) return base
  if (exponent.n === -1n && exponent.d === 1n) return over(num(1), base)
  return power(base, num(exponent))
}

export const productOf = ({ constant, factors }: Factors): Node =>
  factors.reduce<Node>((total, { base, exponent }) => times(total, raised(base, exponent)), constant)
