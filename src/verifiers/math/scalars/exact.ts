/** Exact evaluation over the rationals. Undefined where the value is irrational, undefined or not known to be either. */
import { type Budget, OverBudget } from '../budget.js'
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import {
  add,
  bitLength,
  compare,
  divide,
  floor,
  gcd,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  power,
  type Rational,
  ratio,
  root,
  zero,
} from '../value/rational.js'
import { holds } from './condition.js'
import { termsOf } from './series.js'

export type Point = ReadonlyMap<string, Rational>

const maxFactorial = 400n

/** The value of a node without names, or undefined. */
export const exactValue = (node: Node, budget: Budget): Rational | undefined => evaluateExactly(node, nowhere, budget)
const nowhere: Point = new Map()

export function evaluateExactly(node: Node, point: Point, budget: Budget): Rational | undefined {
  budget.spend()
  const at = (inner: Node) => evaluateExactly(inner, point, budget)
  switch (node.kind) {
    case 'number':
      return node.value
    case 'variable':
      return point.get(node.name)
    case 'percent': {
      const value = at(node.value)
      return value && divide(value, integer(100))
    }
    case 'apply':
      return applied(node, point, budget)
    case 'power': {
      const [base, exponent] = [at(node.left), at(node.right)]
      return base && exponent && raised(base, exponent, budget)
    }
    case 'add':
    case 'multiply':
    case 'divide': {
      const [left, right] = [at(node.left), at(node.right)]
      if (!left || !right) return undefined
      budget.spend(costOf(left) + costOf(right))
      if (node.kind === 'divide') return divide(left, right)
      return node.kind === 'add' ? add(left, right) : multiply(left, right)
    }
    case 'sum':
    case 'product':
      return folded(node, point, budget)
    case 'cases':
      return chosen(node, point, budget)
    default:
      return undefined
  }
}

/** Reducing a fraction of long numbers takes the square of their length. */
const costOf = ({ n, d }: Rational) => (d === 1n ? 0 : (bitLength(n) + bitLength(d)) ** 2 / 32_768)

function folded(node: KindOf<'sum' | 'product'>, point: Point, budget: Budget): Rational | undefined {
  const [from, to] = [evaluateExactly(node.from, point, budget), evaluateExactly(node.to, point, budget)]
  const terms = from && to && termsOf(from, to, budget)
  if (!terms) return undefined
  let result = node.kind === 'sum' ? zero : one
  for (const k of terms) {
    const term = evaluateExactly(node.body, new Map(point).set(node.name, integer(k)), budget)
    if (!term) return undefined
    // The common denominator of a long sum grows with each term.
    budget.spend(10 + costOf(result))
    result = node.kind === 'sum' ? add(result, term) : multiply(result, term)
  }
  return result
}

function chosen({ pieces }: KindOf<'cases'>, point: Point, budget: Budget): Rational | undefined {
  for (const { value, when } of pieces) {
    const met = when === undefined ? true : holds(when, point, budget)
    if (met === undefined) return undefined
    if (met) return evaluateExactly(value, point, budget)
  }
  return undefined
}

function raised(base: Rational, exponent: Rational, budget: Budget): Rational | undefined {
  if (isInteger(exponent)) return power(base, exponent.n, budget)
  // A root of a negative number has several readings; only the function root() means the real one.
  if (base.n < 0n || exponent.d > 64n) return undefined
  const base1 = rootWithin(base, Number(exponent.d), budget)
  return base1 && power(base1, exponent.n, budget)
}

/** A root is searched for bit by bit. */
function rootWithin(value: Rational, index: number, budget: Budget): Rational | undefined {
  budget.spend((bitLength(value.n) + bitLength(value.d)) ** 2 / 1_600)
  return root(value, index)
}

type Rule = (args: readonly Rational[], budget: Budget) => Rational | undefined

const first = (args: readonly Rational[]) => args[0] ?? zero
const wholes = (args: readonly Rational[]) => (args.every(isInteger) ? args.map(({ n }) => n) : undefined)
const odd: Rule = (args) => (first(args).n === 0n ? zero : undefined)
const even: Rule = (args) => (first(args).n === 0n ? one : undefined)

const rules: Partial<Record<FunctionName, Rule>> = {
  sqrt: (args, budget) => (first(args).n < 0n ? undefined : rootWithin(first(args), 2, budget)),
  root: (args, budget) => {
    const index = args[1]
    return index && isInteger(index) && index.n > 1n && index.n < 100n
      ? rootWithin(first(args), Number(index.n), budget)
      : undefined
  },
  abs: (args) => (first(args).n < 0n ? negate(first(args)) : first(args)),
  sgn: (args) => integer(first(args).n > 0n ? 1n : first(args).n < 0n ? -1n : 0n),
  floor: (args) => integer(floor(first(args))),
  ceil: (args) => integer(-floor(negate(first(args)))),
  round: (args) => {
    const value = first(args)
    // Halves are rounded away from zero by some and to even by others.
    return value.d === 2n ? undefined : integer(floor(add(value, { n: 1n, d: 2n })))
  },
  factorial: (args, budget) => product(first(args), 1n, budget),
  doublefactorial: (args, budget) => product(first(args), 2n, budget),
  binomial: (args, budget) => choose(args, budget, true),
  permutations: (args, budget) => choose(args, budget, false),
  gcd: (args) => fold(args, gcd),
  lcm: (args) => fold(args, (a, b) => (a === 0n || b === 0n ? 0n : (a / gcd(a, b)) * b)),
  max: (args) => args.reduce((a, b) => (compare(a, b) < 0 ? b : a)),
  min: (args) => args.reduce((a, b) => (compare(a, b) > 0 ? b : a)),
  mod: ([a, b]) => {
    if (!a || !b || b.n <= 0n) return undefined
    const quotient = divide(a, b)
    return quotient && add(a, negate(multiply(b, integer(floor(quotient)))))
  },
  re: first,
  im: () => zero,
  conjugate: first,
  ln: (args) => (compare(first(args), one) === 0 ? zero : undefined),
  log: ([value, base], budget) => value && logarithm(value, base ?? integer(10), budget),
  exp: even,
  sin: odd,
  tan: odd,
  arcsin: odd,
  arctan: odd,
  sinh: odd,
  tanh: odd,
  arsinh: odd,
  artanh: odd,
  cos: even,
  sec: even,
  cosh: even,
  sech: even,
}

function applied(node: KindOf<'apply'>, point: Point, budget: Budget): Rational | undefined {
  if (node.name === 'mod') {
    const modular = modularPower(node.args, point, budget)
    if (modular) return modular
  }
  const args: Rational[] = []
  for (const arg of node.args) {
    const value = evaluateExactly(arg, point, budget)
    if (!value) return node.name === 'ln' && arg === node.args[0] ? logOfExponential(arg, point, budget) : undefined
    args.push(value)
  }
  return rules[node.name]?.(args, budget)
}

/** ln of e to a power is the exponent, where that is real. */
function logOfExponential(arg: Node, point: Point, budget: Budget): Rational | undefined {
  if (arg.kind === 'constant' && arg.name === 'e') return one
  if (arg.kind === 'apply' && arg.name === 'exp' && arg.args[0]) return evaluateExactly(arg.args[0], point, budget)
  const power = arg.kind === 'power' && arg.left.kind === 'constant' && arg.left.name === 'e'
  return power ? evaluateExactly(arg.right, point, budget) : undefined
}

/** `7^100 mod 13` without the power itself, which may be too large to be written. */
function modularPower([left, right]: readonly Node[], point: Point, budget: Budget): Rational | undefined {
  if (left?.kind !== 'power' || !right) return undefined
  const [base, exponent, modulus] = [left.left, left.right, right].map((one) => evaluateExactly(one, point, budget))
  if (!base || !exponent || !modulus || ![base, exponent, modulus].every(isInteger)) return undefined
  if (modulus.n <= 0n || exponent.n < 0n || bitLength(modulus.n) > 4096 || bitLength(exponent.n) > 4096)
    return undefined
  let result = 1n % modulus.n
  let square = ((base.n % modulus.n) + modulus.n) % modulus.n
  for (let k = exponent.n; k > 0n; k >>= 1n) {
    budget.spend(Math.ceil(bitLength(modulus.n) / 64))
    if (k & 1n) result = (result * square) % modulus.n
    square = (square * square) % modulus.n
  }
  return integer(result)
}

function fold(args: readonly Rational[], join: (a: bigint, b: bigint) => bigint): Rational | undefined {
  const whole = wholes(args)
  if (!whole || whole.length < 2) return undefined
  const result = whole.reduce((a, b) => join(a, b))
  return integer(result < 0n ? -result : result)
}

function product(value: Rational, step: bigint, budget: Budget): Rational | undefined {
  if (!isInteger(value) || value.n < 0n) return undefined
  if (value.n > maxFactorial) throw new OverBudget('a factorial is too large')
  let result = 1n
  for (let k = value.n; k > 1n; k -= step) {
    budget.spend()
    result *= k
  }
  return integer(result)
}

/** n(n-1)…(n-k+1), divided by k! for combinations. */
function choose([n, k]: readonly Rational[], budget: Budget, unordered: boolean): Rational | undefined {
  if (!n || !k || !isInteger(k) || k.n < 0n) return undefined
  const short = unordered && isInteger(n) && n.n >= k.n && n.n - k.n < k.n ? n.n - k.n : k.n
  if (short > maxFactorial) throw new OverBudget('a binomial is too large')
  let result = one
  for (let j = 0n; j < short; j++) {
    budget.spend()
    const part = ratio(n.n - j * n.d, n.d * (unordered ? j + 1n : 1n))
    if (!part) return undefined
    result = multiply(result, part)
  }
  return result
}

/** The exponent, when value is base to a whole power or a root of one. */
function logarithm(value: Rational, base: Rational, budget: Budget): Rational | undefined {
  if (value.n <= 0n || base.n <= 0n || compare(base, one) === 0) return undefined
  if (compare(value, one) === 0) return zero
  const guess = sizeOf(value) / sizeOf(base)
  for (let d = 1n; d <= 6n; d++) {
    const n = BigInt(Math.round(guess * Number(d)))
    if (n === 0n || n > 4000n || n < -4000n) continue
    budget.spend(4)
    const [left, right] = [power(value, d, budget), power(base, n, budget)]
    if (left && right && compare(left, right) === 0) return ratio(n, d)
  }
  return undefined
}

/** Natural logarithm as a double; of large numbers by their length. */
const sizeOf = ({ n, d }: Rational) => logOfInteger(n) - logOfInteger(d)
const logOfInteger = (value: bigint): number => {
  const bits = Math.max(0, bitLength(value) - 60)
  return Math.log(Number(value >> BigInt(bits))) + bits * Math.LN2
}
