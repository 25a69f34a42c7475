/** Exact evaluation over the rationals. Undefined where the value is irrational, undefined or not known to be either. */
import { type Budget, OverBudget } from './budget.js'
import type { FunctionName, Node } from './node.js'
import {
  add,
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
} from './rational.js'

export type Point = ReadonlyMap<string, Rational>

const maxFactorial = 400n

export function evaluateExactly(node: Node, point: Point, budget: Budget): Rational | undefined {
  budget.spend()
  switch (node.kind) {
    case 'number':
      return node.value
    case 'constant':
      return undefined
    case 'variable':
      return point.get(node.name)
    case 'apply': {
      const args = node.args.map((arg) => evaluateExactly(arg, point, budget))
      return args.includes(undefined) ? undefined : applied(node.name, args as Rational[], budget)
    }
    default: {
      const left = evaluateExactly(node.left, point, budget)
      const right = evaluateExactly(node.right, point, budget)
      if (!left || !right) return undefined
      if (node.kind === 'add') return add(left, right)
      if (node.kind === 'multiply') return multiply(left, right)
      return node.kind === 'divide' ? divide(left, right) : raised(left, right, budget)
    }
  }
}

function raised(base: Rational, exponent: Rational, budget: Budget): Rational | undefined {
  if (isInteger(exponent)) return power(base, exponent.n, budget)
  // A root of a negative number has several readings; only the function root() means the real one.
  if (base.n < 0n || exponent.d > 64n) return undefined
  const base1 = root(base, Number(exponent.d))
  return base1 && power(base1, exponent.n, budget)
}

type Rule = (args: readonly Rational[], budget: Budget) => Rational | undefined

const first = (args: readonly Rational[]) => args[0] ?? zero
const wholes = (args: readonly Rational[]) => (args.every(isInteger) ? args.map(({ n }) => n) : undefined)

const rules: Partial<Record<FunctionName, Rule>> = {
  sqrt: (args) => (first(args).n < 0n ? undefined : root(first(args), 2)),
  root: (args) => {
    const index = args[1]
    return index && isInteger(index) && index.n > 1n && index.n < 100n ? root(first(args), Number(index.n)) : undefined
  },
  abs: (args) => (first(args).n < 0n ? negate(first(args)) : first(args)),
  floor: (args) => integer(floor(first(args))),
  ceil: (args) => integer(-floor(negate(first(args)))),
  factorial: (args, budget) => product(first(args), 1n, budget),
  doublefactorial: (args, budget) => product(first(args), 2n, budget),
  binomial: (args, budget) => binomial(args, budget),
  gcd: (args) => fold(args, gcd),
  lcm: (args) => fold(args, (a, b) => (a === 0n || b === 0n ? 0n : (a / gcd(a, b)) * b)),
  max: (args) => args.reduce((a, b) => (compare(a, b) < 0 ? b : a)),
  min: (args) => args.reduce((a, b) => (compare(a, b) > 0 ? b : a)),
  mod: (args) => {
    const [a, b] = args
    if (!a || !b || b.n <= 0n) return undefined
    const quotient = divide(a, b)
    return quotient && add(a, negate(multiply(b, integer(floor(quotient)))))
  },
  ln: (args) => (compare(first(args), one) === 0 ? zero : undefined),
  exp: (args) => (first(args).n === 0n ? one : undefined),
}

const applied = (name: FunctionName, args: readonly Rational[], budget: Budget) => rules[name]?.(args, budget)

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

function binomial([n, k]: readonly Rational[], budget: Budget): Rational | undefined {
  if (!n || !k || !isInteger(k) || k.n < 0n) return undefined
  if (k.n > maxFactorial) throw new OverBudget('a binomial is too large')
  let result = one
  for (let j = 0n; j < k.n; j++) {
    budget.spend()
    const part = ratio(n.n - j * n.d, n.d * (j + 1n))
    if (!part) return undefined
    result = multiply(result, part)
  }
  return result
}
