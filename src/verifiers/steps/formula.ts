/** Calculations with names as quotients of polynomials, so that identity is exact. */
import type { Budget } from '../math/budget.js'
import { integer, type Rational } from '../math/value/rational.js'
import { numberOf, operate, plain } from './evaluate.js'
import type { Expression } from './expression.js'

/** Coefficient by monomial; a monomial is its names in order, `x x y`, and the constant one is empty. */
export type Polynomial = ReadonlyMap<string, Rational>
export interface Formula {
  readonly above: Polynomial
  readonly below: Polynomial
}

const maxTerms = 40
const maxDegree = 8
const unit: Polynomial = new Map([['', integer(1)]])
const constant = (value: Rational): Polynomial => (value.n === 0n ? new Map() : new Map([['', value]]))

/** Undefined when it is no quotient of small polynomials. */
export function formulaOf(expression: Expression, budget: Budget): Formula | undefined {
  budget.spend()
  switch (expression.kind) {
    case 'name':
      return { above: new Map([[expression.name, integer(1)]]), below: unit }
    case 'minus': {
      const inner = formulaOf(expression.inner, budget)
      const above = inner && times(inner.above, constant(integer(-1)), budget)
      return inner && above && { above, below: inner.below }
    }
    case 'binary':
      return combined(expression, budget)
    default: {
      const value = numberOf(expression, plain, budget)
      return value && { above: constant(value), below: unit }
    }
  }
}

function combined(expression: Extract<Expression, { kind: 'binary' }>, budget: Budget): Formula | undefined {
  const left = formulaOf(expression.left, budget)
  if (!left) return undefined
  if (expression.op === '^') return raised(left, expression.right, budget)
  const right = formulaOf(expression.right, budget)
  if (!right) return undefined
  if (expression.op === '*')
    return quotient(times(left.above, right.above, budget), times(left.below, right.below, budget))
  if (expression.op === '/')
    return quotient(times(left.above, right.below, budget), times(left.below, right.above, budget))
  const sign = integer(expression.op === '-' ? -1 : 1)
  const [a, b] = [times(left.above, right.below, budget), times(right.above, left.below, budget)]
  return quotient(a && b && plus(a, b, sign, budget), times(left.below, right.below, budget))
}

function raised(base: Formula, exponent: Expression, budget: Budget): Formula | undefined {
  const value = numberOf(exponent, plain, budget)
  if (value?.d !== 1n || value.n < 0n || value.n > BigInt(maxDegree)) return undefined
  let result: Formula | undefined = { above: unit, below: unit }
  for (let n = 0n; n < value.n && result; n++) {
    result = quotient(times(result.above, base.above, budget), times(result.below, base.below, budget))
  }
  return result
}

const quotient = (above: Polynomial | undefined, below: Polynomial | undefined): Formula | undefined =>
  above && below && below.size > 0 ? { above, below } : undefined

function plus(a: Polynomial, b: Polynomial, factor: Rational, budget: Budget): Polynomial | undefined {
  const sum = new Map(a)
  for (const [monomial, coefficient] of b) {
    const scaled = operate('*', coefficient, factor, budget)
    const total = scaled && operate('+', sum.get(monomial) ?? integer(0), scaled, budget)
    if (!total) return undefined
    if (total.n === 0n) sum.delete(monomial)
    else sum.set(monomial, total)
  }
  return sum.size > maxTerms ? undefined : sum
}

function times(a: Polynomial, b: Polynomial, budget: Budget): Polynomial | undefined {
  let product: Polynomial | undefined = new Map()
  for (const [left, factor] of a) {
    const row = new Map<string, Rational>()
    for (const [right, coefficient] of b) {
      const names = [...left.split(' '), ...right.split(' ')].filter(Boolean).sort()
      if (names.length > maxDegree) return undefined
      row.set(names.join(' '), coefficient)
    }
    product = plus(product, row, factor, budget)
    if (!product) return undefined
  }
  return product
}

/** left - right over one denominator: what must vanish where the two are equal. */
export function difference(left: Formula, right: Formula, budget: Budget): Polynomial | undefined {
  const [a, b] = [times(left.above, right.below, budget), times(right.above, left.below, budget)]
  return a && b && plus(a, b, integer(-1), budget)
}

export function namesOf(...polynomials: readonly Polynomial[]): Set<string> {
  return new Set(
    polynomials.flatMap((one) => [...one.keys()].flatMap((monomial) => monomial.split(' '))).filter(Boolean),
  )
}

/** The only zero of a polynomial of degree one in one name. */
export function zeroOf(polynomial: Polynomial): { readonly name: string; readonly value: Rational } | undefined {
  const [name, ...others] = namesOf(polynomial)
  if (name === undefined || others.length > 0) return undefined
  for (const monomial of polynomial.keys()) if (monomial !== '' && monomial !== name) return undefined
  const slope = polynomial.get(name)
  if (!slope) return undefined
  const offset = polynomial.get('') ?? integer(0)
  const n = -offset.n * slope.d
  const d = offset.d * slope.n
  const sign = d < 0n ? -1n : 1n
  return { name, value: reduced(n * sign, d * sign) }
}

function reduced(n: bigint, d: bigint): Rational {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return a === 0n ? { n: 0n, d: 1n } : { n: n / a, d: d / a }
}

/** Its value with every name replaced; undefined when one has none. */
export function valueWith(
  { above, below }: Formula,
  values: (name: string) => Rational | undefined,
  budget: Budget,
): Rational | undefined {
  const [n, d] = [sumWith(above, values, budget), sumWith(below, values, budget)]
  return n && d && d.n !== 0n ? operate('/', n, d, budget) : undefined
}

function sumWith(
  polynomial: Polynomial,
  values: (name: string) => Rational | undefined,
  budget: Budget,
): Rational | undefined {
  let sum: Rational | undefined = integer(0)
  for (const [monomial, coefficient] of polynomial) {
    let term: Rational | undefined = coefficient
    for (const name of monomial.split(' ').filter(Boolean)) {
      const value = values(name)
      term = value && term && operate('*', term, value, budget)
    }
    sum = term && sum && operate('+', sum, term, budget)
  }
  return sum
}
