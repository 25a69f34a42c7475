/** The general term of a sum as constant · ratio^k · rational function of k · factorials of k. */
import type { Budget } from '../budget.js'
import type { KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { equalTo, isInteger, one, type Rational } from '../value/rational.js'
import { num, over, power, times } from './build.js'
import { exactValue } from './exact.js'
import { linearIn, type Poly, productOf, type Quotient, quotientIn } from './polynomial.js'

/** (slope · k + shift)! to the power 1 or -1. */
export interface Factorial {
  readonly slope: number
  readonly shift: number
  readonly power: number
}
export interface GeneralTerm {
  readonly constant: Node
  readonly ratio: Node
  readonly quotient: Quotient
  readonly factorials: readonly Factorial[]
}

const plain: GeneralTerm = {
  constant: num(1),
  ratio: num(1),
  quotient: { above: [one], below: [one] },
  factorials: [],
}
const maxTerms = 12

/** The terms that the body is a sum of; undefined when one of them has another form. Throws OverBudget. */
export function generalTerms(body: Node, k: string, budget: Budget): readonly GeneralTerm[] | undefined {
  budget.spend()
  const direct = factor(body, k, budget)
  if (direct) return [joined(direct, budget)]
  const parts = distributed(body)
  if (!parts || parts.length > maxTerms) return undefined
  const all: GeneralTerm[] = []
  for (const part of parts) {
    const terms = generalTerms(part, k, budget)
    if (!terms || all.length + terms.length > maxTerms) return undefined
    all.push(...terms)
  }
  return all
}

function distributed(node: Node): readonly Node[] | undefined {
  if (node.kind === 'add') return [node.left, node.right]
  if (node.kind === 'divide') return distributed(node.left)?.map((left): Node => ({ ...node, left }))
  if (node.kind === 'power' && node.left.kind === 'add' && node.right.kind === 'number' && node.right.value.n === 2n) {
    return node.right.value.d === 1n ? distributed(times(node.left, node.left)) : undefined
  }
  if (node.kind !== 'multiply') return undefined
  const left = distributed(node.left)
  if (left) return left.map((one) => times(one, node.right))
  return distributed(node.right)?.map((one) => times(node.left, one))
}

function factor(node: Node, k: string, budget: Budget): GeneralTerm | undefined {
  budget.spend()
  if (!variablesOf(node).has(k)) return { ...plain, constant: node }
  const quotient = quotientIn(node, k, budget)
  if (quotient) return { ...plain, quotient }
  switch (node.kind) {
    case 'multiply':
    case 'divide': {
      const left = factor(node.left, k, budget)
      const right = left && factor(node.right, k, budget)
      if (!left || !right) return undefined
      return node.kind === 'multiply' ? product(left, right, budget) : product(left, inverse(right), budget)
    }
    case 'power':
      return powerTerm(node, k, budget)
    case 'apply':
      return functionTerm(node, k, budget)
    default:
      return undefined
  }
}

function product(a: GeneralTerm, b: GeneralTerm, budget: Budget): GeneralTerm {
  return {
    constant: times(a.constant, b.constant),
    ratio: times(a.ratio, b.ratio),
    quotient: {
      above: productOf(a.quotient.above, b.quotient.above, budget),
      below: productOf(a.quotient.below, b.quotient.below, budget),
    },
    factorials: [...a.factorials, ...b.factorials],
  }
}

const inverse = ({ constant, ratio, quotient, factorials }: GeneralTerm): GeneralTerm => ({
  constant: over(num(1), constant),
  ratio: over(num(1), ratio),
  quotient: { above: quotient.below, below: quotient.above },
  factorials: factorials.map((one) => ({ ...one, power: -one.power })),
})

function powerTerm(
  { left, right }: { readonly left: Node; readonly right: Node },
  k: string,
  budget: Budget,
): GeneralTerm | undefined {
  if (!variablesOf(left).has(k)) return exponential(left, right, k, budget)
  const exponent = exactValue(right, budget)
  const inner = exponent && isInteger(exponent) ? factor(left, k, budget) : undefined
  if (!exponent || !inner || exponent.n > 6n || exponent.n < -6n) return undefined
  let result = plain
  const one = exponent.n < 0n ? inverse(inner) : inner
  for (let count = exponent.n < 0n ? -exponent.n : exponent.n; count > 0n; count--)
    result = product(result, one, budget)
  return result
}

/** base^(p k + q) */
function exponential(base: Node, exponent: Node, k: string, budget: Budget): GeneralTerm | undefined {
  const linear = linearIn(exponent, k)
  if (!linear) return undefined
  const [slope, constant] = [linear.slope, linear.constant].map((part) => exactValue(part, budget))
  const whole = slope && constant && isInteger(slope) && isInteger(constant)
  if (!whole) {
    const value = exactValue(base, budget)
    if (value ? value.n <= 0n : base.kind !== 'constant') return undefined
  }
  const simplified = (node: Node, value: Rational | undefined) => (value ? num(value) : node)
  return {
    ...plain,
    constant: raised(base, simplified(linear.constant, constant), budget),
    ratio: raised(base, simplified(linear.slope, slope), budget),
  }
}

function raised(base: Node, exponent: Node, budget: Budget): Node {
  const node = power(base, exponent)
  const value = variablesOf(node).size === 0 ? exactValue(node, budget) : undefined
  return value ? num(value) : node
}

function functionTerm({ name, args }: KindOf<'apply'>, k: string, budget: Budget): GeneralTerm | undefined {
  const [x] = args
  const linear = x && args.length === 1 ? linearIn(x, k) : undefined
  if (!x || !linear) return undefined
  if (name === 'exp') return exponential({ kind: 'constant', name: 'e' }, x, k, budget)
  if (name === 'sqrt') return undefined
  if (name === 'cos' && isPi(linear.slope) && exactValue(linear.constant, budget)?.n === 0n)
    return { ...plain, ratio: num(-1) }
  if (name !== 'factorial') return undefined
  const [slope, shift] = [exactValue(linear.slope, budget), exactValue(linear.constant, budget)]
  if (!slope || !shift || !isInteger(slope) || !isInteger(shift) || slope.n < 1n || slope.n > 2n) return undefined
  if (shift.n > 20n || shift.n < -20n) return undefined
  return { ...plain, factorials: [{ slope: Number(slope.n), shift: Number(shift.n), power: 1 }] }
}

const isPi = (node: Node): boolean =>
  (node.kind === 'constant' && node.name === 'pi') ||
  (node.kind === 'multiply' && node.left.kind === 'number' && equalTo(node.left.value, one) && isPi(node.right))

/** (k + a)! / (k + b)! as a polynomial or one over it. */
function joined(term: GeneralTerm, budget: Budget): GeneralTerm {
  const rest: Factorial[] = []
  let { above, below } = term.quotient
  const flat = term.factorials.flatMap((one) =>
    Array.from({ length: Math.abs(one.power) }, () => ({ ...one, power: Math.sign(one.power) })),
  )
  for (const one of flat) {
    const other = rest.findIndex(({ slope, power }) => slope === one.slope && power === -one.power)
    const match = rest[other]
    if (!match) {
      rest.push(one)
      continue
    }
    rest.splice(other, 1)
    const [up, down] = one.power > 0 ? [one, match] : [match, one]
    const factors = between(Math.min(up.shift, down.shift), Math.max(up.shift, down.shift), one.slope)
    if (up.shift > down.shift) above = multiplied(above, factors, budget)
    else below = multiplied(below, factors, budget)
  }
  return { ...term, quotient: { above, below }, factorials: rest }
}

const multiplied = (p: Poly, factors: readonly Poly[], budget: Budget): Poly =>
  factors.reduce((total, one) => productOf(total, one, budget), p)

/** slope · k + shift for each shift in (low, high]. */
const between = (low: number, high: number, slope: number): Poly[] =>
  Array.from({ length: high - low }, (_, j) => [
    { n: BigInt(low + 1 + j), d: 1n },
    { n: BigInt(slope), d: 1n },
  ])
