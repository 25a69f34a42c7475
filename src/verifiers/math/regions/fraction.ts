/** Rational functions of one name, with rational coefficients: never cancelled, so that what they exclude is kept. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { bitLength, isInteger, type Rational } from '../value/rational.js'
import { exactValue } from './certified.js'
import { type Polynomial, plus, raised, scaled, times } from './polynomial.js'
import { settled } from './unsettled.js'

export interface Fraction {
  readonly above: Polynomial
  readonly below: Polynomial
  /** Whatever was divided by: where it is zero there is no value. */
  readonly excluded: Polynomial
}

const maxExponent = 40

const isOne = (p: Polynomial) => p.length === 1 && p[0] === 1n
const same = (a: Polynomial, b: Polynomial) => a.length === b.length && a.every((one, index) => one === b[index])

/** Values of the other names. */
export type Known = ReadonlyMap<string, Rational>

/** Undefined when it is no such function, has no value anywhere, or is too large. Throws OverBudget. */
export const fractionOf = (node: Node, name: string, budget: Budget, known?: Known): Fraction | undefined =>
  settled(() => read(node, name, budget, known))

function read(node: Node, name: string, budget: Budget, known?: Known): Fraction | undefined {
  budget.spend()
  switch (node.kind) {
    case 'number':
      return constantly(node.value)
    case 'variable': {
      if (node.name === name) return { above: [0n, 1n], below: [1n], excluded: [1n] }
      const value = known?.get(node.name)
      return value && constantly(value)
    }
    case 'add':
    case 'multiply':
    case 'divide': {
      const left = read(node.left, name, budget, known)
      const right = left && read(node.right, name, budget, known)
      return left && right && joined(node.kind, left, right, budget)
    }
    case 'power':
      return ofPower(node.left, node.right, { name, known, budget })
    case 'apply':
      return ofConstant(node, budget)
    default:
      return undefined
  }
}

const ofConstant = (node: Node, budget: Budget): Fraction | undefined => {
  const value = exactValue(node, budget)
  return value && constantly(value)
}

const constantly = ({ n, d }: Rational): Fraction | undefined =>
  bitLength(n) + bitLength(d) > 2000 ? undefined : { above: n === 0n ? [] : [n], below: [d], excluded: [1n] }

function joined(kind: 'add' | 'multiply' | 'divide', a: Fraction, b: Fraction, budget: Budget): Fraction | undefined {
  const excluded = isOne(a.excluded)
    ? b.excluded
    : isOne(b.excluded)
      ? a.excluded
      : times(a.excluded, b.excluded, budget)
  if (kind === 'multiply')
    return { above: times(a.above, b.above, budget), below: times(a.below, b.below, budget), excluded }
  if (kind === 'divide') {
    if (b.above.length === 0) return undefined
    return {
      above: times(a.above, b.below, budget),
      below: times(a.below, b.above, budget),
      excluded: b.above.length > 1 ? times(excluded, b.above, budget) : excluded,
    }
  }
  if (same(a.below, b.below)) return { above: plus(a.above, b.above), below: a.below, excluded }
  if (a.below.length === 1 && b.below.length === 1) {
    const [first, second] = [a.below[0] as bigint, b.below[0] as bigint]
    return { above: plus(scaled(a.above, second), scaled(b.above, first)), below: [first * second], excluded }
  }
  return {
    above: plus(times(a.above, b.below, budget), times(b.above, a.below, budget)),
    below: times(a.below, b.below, budget),
    excluded,
  }
}

interface Reading {
  readonly name: string
  readonly known?: Known
  readonly budget: Budget
}

function ofPower(base: Node, exponent: Node, { name, known, budget }: Reading): Fraction | undefined {
  const value = exactValue(exponent, budget)
  if (!value || !isInteger(value) || value.n > maxExponent || value.n < -maxExponent) {
    return ofConstant({ kind: 'power', left: base, right: exponent }, budget)
  }
  const of = read(base, name, budget, known)
  if (!of || (of.above.length === 0 && value.n <= 0n)) return undefined
  const size = Math.abs(Number(value.n))
  const [above, below] = [raised(of.above, size, budget), raised(of.below, size, budget)]
  return value.n >= 0n
    ? { above, below, excluded: of.excluded }
    : { above: below, below: above, excluded: times(of.excluded, of.above, budget) }
}
