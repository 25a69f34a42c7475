/** The number that a calculation gives, exactly, in one of its readings. */
import { type Budget, OverBudget } from '../math/budget.js'
import {
  add,
  divide,
  integer,
  isInteger,
  multiply,
  negate,
  power,
  type Rational,
  ratio,
  root,
} from '../math/value/rational.js'
import type { Expression, NumberNode, Op } from './expression.js'
import { everydayUnit, scales } from './units.js'

/** How signs and words beside the numbers are taken. */
export interface Reading {
  /** 20% is 20/100, or 20 with percent as a unit, or what is added or taken is that share of what stands before it. */
  readonly percent: 'hundredths' | 'unit' | 'share'
  /** Units and scales are left aside, scales count (3 hundred), or everyday units are changed into their smallest. */
  readonly units: 'none' | 'scales' | 'converted'
  /** A decimal that looks cut off (33.33, .67) stands for its third or sixth. */
  readonly thirds?: boolean
}

export const plain: Reading = { percent: 'hundredths', units: 'none' }

const largest = 1n << 256n
/** Costs by the size of the numbers: about a microsecond each. */
const wideCost = 20

/** Undefined when it has no number: names, what could not be read, a zero divisor, an irrational root, too large. */
export function numberOf(expression: Expression, reading: Reading, budget: Budget): Rational | undefined {
  budget.spend()
  switch (expression.kind) {
    case 'number':
      return numeral(expression, reading)
    case 'compound':
      return reading.units === 'converted' ? total(expression.parts, reading) : undefined
    case 'minus': {
      const inner = numberOf(expression.inner, reading, budget)
      return inner && negate(inner)
    }
    case 'binary': {
      const left = numberOf(expression.left, reading, budget)
      const right = left && numberOf(expression.right, reading, budget)
      return (
        left &&
        right &&
        operate(expression.op, left, asShare(expression, reading) ? multiply(left, right) : right, budget)
      )
    }
    case 'root': {
      const inner = numberOf(expression.inner, reading, budget)
      return inner && inner.n >= 0n ? root(inner, 2) : undefined
    }
    case 'factorial': {
      const inner = numberOf(expression.inner, reading, budget)
      return inner && factorial(inner)
    }
    default:
      return undefined
  }
}

/** `200 - 25%` */
const asShare = ({ op, left, right }: Extract<Expression, { kind: 'binary' }>, { percent }: Reading): boolean =>
  percent === 'share' &&
  (op === '+' || op === '-') &&
  right.kind === 'number' &&
  right.percent &&
  !(left.kind === 'number' && left.percent)

export function operate(op: Op, left: Rational, right: Rational, budget: Budget): Rational | undefined {
  budget.spend(isWide(left) || isWide(right) ? wideCost : 1)
  return bounded(operated(op, left, right, budget))
}

function operated(op: Op, left: Rational, right: Rational, budget: Budget): Rational | undefined {
  switch (op) {
    case '+':
      return add(left, right)
    case '-':
      return add(left, negate(right))
    case '*':
      return multiply(left, right)
    case '/':
      return divide(left, right)
    default:
      return raised(left, right, budget)
  }
}

function raised(base: Rational, exponent: Rational, budget: Budget): Rational | undefined {
  if (!isInteger(exponent) || exponent.n > 256n || exponent.n < -256n || isWide(base)) return undefined
  try {
    return power(base, exponent.n, budget)
  } catch (error) {
    // Too large for a number, which is no reason to stop with the text.
    if (error instanceof OverBudget) return undefined
    throw error
  }
}

const isWide = ({ n, d }: Rational) => n > 0x1fffffffffffffn || n < -0x1fffffffffffffn || d > 0x1fffffffffffffn

function bounded(value: Rational | undefined): Rational | undefined {
  return value && value.n < largest && value.n > -largest && value.d < largest ? value : undefined
}

function factorial({ n, d }: Rational): Rational | undefined {
  if (d !== 1n || n < 0n || n > 50n) return undefined
  let product = 1n
  for (let factor = 2n; factor <= n; factor++) product *= factor
  return integer(product)
}

function total(parts: readonly NumberNode[], reading: Reading): Rational {
  return parts.reduce<Rational>((sum, part) => add(sum, numeral(part, reading)), integer(0))
}

function numeral({ value, percent, money, words, decimals }: NumberNode, reading: Reading): Rational {
  let result = reading.thirds && decimals >= 2 ? (thirdOf(value, decimals) ?? value) : value
  if (percent && reading.percent !== 'unit') result = multiply(result, { n: 1n, d: 100n })
  if (reading.units === 'none') return result
  const scale = scales.get(words[0] ?? '')
  if (scale !== undefined) result = multiply(result, integer(scale))
  if (reading.units === 'scales') return result
  const unit = everydayUnit(words)
  if (unit) return multiply(result, integer(unit.size))
  return money && money !== '¥' ? multiply(result, integer(100)) : result
}

/** 33.33 is 100/3 and .67 is 2/3: the multiple of a sixth that the digits were cut or rounded from. */
function thirdOf(value: Rational, decimals: number): Rational | undefined {
  const sixths = (value.n * 12n + value.d) / (2n * value.d)
  const near = ratio(sixths, 6n)
  if (!near || near.d % 3n !== 0n) return undefined
  const difference = add(near, negate(value))
  const size = difference.n < 0n ? -difference.n : difference.n
  return size * 10n ** BigInt(decimals) < difference.d ? near : undefined
}

/** For roots and pi, as a hint whether something was rounded. */
export function doubleOf(expression: Expression): number {
  switch (expression.kind) {
    case 'number':
      return (Number(expression.value.n) / Number(expression.value.d)) * (expression.percent ? 0.01 : 1)
    case 'name':
      return expression.name === 'pi' ? Math.PI : Number.NaN
    case 'minus':
      return -doubleOf(expression.inner)
    case 'root':
      return Math.sqrt(doubleOf(expression.inner))
    case 'binary': {
      const [left, right] = [doubleOf(expression.left), doubleOf(expression.right)]
      if (expression.op === '+') return left + right
      if (expression.op === '-') return left - right
      if (expression.op === '*') return left * right
      return expression.op === '/' ? left / right : left ** right
    }
    default:
      return Number.NaN
  }
}
