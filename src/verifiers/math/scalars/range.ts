/**
 * All values of an expression while its names run over intervals, in doubles rounded outwards. Undefined where some value may
 * be missing or not real. Wide, but never too narrow.
 */
import type { Budget } from '../budget.js'
import type { FunctionName, Node } from '../tree/node.js'
import { isInteger, type Rational } from '../value/rational.js'
import { exactValue } from './exact.js'

export interface Range {
  readonly low: number
  readonly high: number
}
export type Box = ReadonlyMap<string, Range>

const slack = 1e-15

/** A little wider, for what rounding may have lost; functions of the machine are right to a few units in the last place. */
function wider(low: number, high: number): Range | undefined {
  if (Number.isNaN(low) || Number.isNaN(high)) return undefined
  const [from, to] = [Math.min(low, Number.MAX_VALUE), Math.max(high, -Number.MAX_VALUE)]
  return { low: from - Math.abs(from) * slack - 1e-300, high: to + Math.abs(to) * slack + 1e-300 }
}

function pointRange(value: Rational): Range | undefined {
  const v = Number(value.n) / Number(value.d)
  if (!Number.isFinite(v)) return undefined
  return Number.isSafeInteger(v) && value.d === 1n ? { low: v, high: v } : wider(v, v)
}

export function rangeOf(node: Node, box: Box, budget: Budget): Range | undefined {
  budget.spend()
  switch (node.kind) {
    case 'number':
      return pointRange(node.value)
    case 'variable':
      return box.get(node.name)
    case 'constant':
      return node.name === 'pi' ? wider(Math.PI, Math.PI) : node.name === 'e' ? wider(Math.E, Math.E) : undefined
    case 'add':
    case 'multiply':
    case 'divide': {
      const left = rangeOf(node.left, box, budget)
      const right = left && rangeOf(node.right, box, budget)
      if (!left || !right) return undefined
      if (node.kind === 'add') return wider(left.low + right.low, left.high + right.high)
      return node.kind === 'multiply' ? product(left, right) : quotient(left, right)
    }
    case 'power':
      return powerRange(node.left, node.right, box, budget)
    case 'apply': {
      const args = node.args.map((arg) => rangeOf(arg, box, budget))
      const [first, second] = args
      if (!first || args.includes(undefined)) return undefined
      if (node.name === 'log') return logarithm(first, second ?? { low: 10, high: 10 })
      if (node.name === 'root') {
        const index = node.args[1] && exactValue(node.args[1], budget)
        return index && isInteger(index) ? rootRange(first, Number(index.n)) : undefined
      }
      return args.length === 1 ? functions[node.name]?.(first) : undefined
    }
    default:
      return undefined
  }
}

/** Zero times infinity is zero here: an end that is never reached. */
const term = (a: number, b: number) => (a === 0 || b === 0 ? 0 : a * b)
function product(a: Range, b: Range): Range | undefined {
  const all = [term(a.low, b.low), term(a.low, b.high), term(a.high, b.low), term(a.high, b.high)]
  return wider(Math.min(...all), Math.max(...all))
}

function quotient(a: Range, b: Range): Range | undefined {
  if (b.low <= 0 && b.high >= 0) return undefined
  const inverse = wider(1 / b.high, 1 / b.low)
  return inverse && product(a, inverse)
}

const monotone =
  (f: (x: number) => number) =>
  ({ low, high }: Range) =>
    wider(f(low), f(high))

const onPositive =
  (f: (x: number) => number, strict: boolean) =>
  (x: Range): Range | undefined =>
    x.low > 0 || (!strict && x.low >= 0) ? monotone(f)(x) : undefined

const within =
  (f: (x: number) => number, sign: 1 | -1) =>
  (x: Range): Range | undefined =>
    x.low < -1 || x.high > 1 ? undefined : sign > 0 ? wider(f(x.low), f(x.high)) : wider(f(x.high), f(x.low))

const absolute = ({ low, high }: Range): Range =>
  low >= 0 ? { low, high } : high <= 0 ? { low: -high, high: -low } : { low: 0, high: Math.max(-low, high) }

/** cos x reaches 1 where x / 2pi is whole, and -1 half way between; both bounds are kept unless it is certain that it does not. */
function cosine({ low, high }: Range): Range {
  if (!(high - low < 6.28) || Math.abs(low) > 1e8) return { low: -1, high: 1 }
  const reaches = (shift: number) => {
    const [from, to] = [(low - shift) / (2 * Math.PI) - 1e-7, (high - shift) / (2 * Math.PI) + 1e-7]
    return Math.floor(to) >= Math.ceil(from)
  }
  const ends = [Math.cos(low), Math.cos(high)]
  return {
    low: reaches(Math.PI) ? -1 : Math.min(...ends) - 1e-15,
    high: reaches(0) ? 1 : Math.max(...ends) + 1e-15,
  }
}

const sine = ({ low, high }: Range): Range => {
  const moved = wider(low - Math.PI / 2, high - Math.PI / 2)
  const shifted = moved && cosine(moved)
  // Near zero the sine is as small as its argument, with its sign.
  if (low >= 0 && high <= 1.5)
    return { low: Math.max(low * 0.6, shifted?.low ?? 0), high: Math.min(high, shifted?.high ?? 1) }
  if (high <= 0 && low >= -1.5)
    return { low: Math.max(low, shifted?.low ?? -1), high: Math.min(high * 0.6, shifted?.high ?? 0) }
  return shifted ?? { low: -1, high: 1 }
}

const then = (a: Range | undefined, f: (x: Range) => Range | undefined) => a && f(a)
const one: Range = { low: 1, high: 1 }

const functions: Partial<Record<FunctionName, (x: Range) => Range | undefined>> = {
  sqrt: onPositive(Math.sqrt, false),
  ln: onPositive(Math.log, true),
  exp: monotone(Math.exp),
  abs: absolute,
  sgn: (x) => (x.low > 0 ? one : x.high < 0 ? { low: -1, high: -1 } : { low: -1, high: 1 }),
  sin: sine,
  cos: cosine,
  tan: (x) => then(cosine(x), (c) => quotient(sine(x), c)),
  cot: (x) => quotient(cosine(x), sine(x)),
  sec: (x) => quotient(one, cosine(x)),
  csc: (x) => quotient(one, sine(x)),
  arctan: monotone(Math.atan),
  arcsin: within(Math.asin, 1),
  arccos: within(Math.acos, -1),
  sinh: monotone(Math.sinh),
  tanh: monotone(Math.tanh),
  arsinh: monotone(Math.asinh),
  cosh: (x) => then(absolute(x), (size) => wider(Math.cosh(size.low), Math.cosh(size.high))),
  sech: (x) => then(absolute(x), (size) => wider(1 / Math.cosh(size.high), 1 / Math.cosh(size.low))),
}

function logarithm(x: Range, base: Range): Range | undefined {
  if (x.low <= 0 || base.low <= 0) return undefined
  const [above, below] = [monotone(Math.log)(x), monotone(Math.log)(base)]
  return above && below && quotient(above, below)
}

function rootRange(x: Range, index: number): Range | undefined {
  if (index % 2 === 0) return x.low >= 0 ? monotone((v) => v ** (1 / index))(x) : undefined
  return monotone((v) => Math.sign(v) * Math.abs(v) ** (1 / index))(x)
}

function powerRange(base: Node, exponent: Node, box: Box, budget: Budget): Range | undefined {
  const left = rangeOf(base, box, budget)
  if (!left) return undefined
  const whole = exponent.kind === 'number' && isInteger(exponent.value) ? Number(exponent.value.n) : undefined
  if (whole !== undefined && Math.abs(whole) <= 400) return integerPower(left, whole)
  const right = rangeOf(exponent, box, budget)
  if (!right || left.low <= 0) {
    const positive = right && right.low > 0 && left.low >= 0 && right.low === right.high
    return positive ? wider(left.low ** right.low, left.high ** right.high) : undefined
  }
  const log = monotone(Math.log)(left)
  const raised = log && product(log, right)
  return raised && monotone(Math.exp)(raised)
}

function integerPower(x: Range, exponent: number): Range | undefined {
  if (exponent < 0) return then(integerPower(x, -exponent), (below) => quotient(one, below))
  const size = exponent % 2 === 0 ? absolute(x) : x
  const result = wider(size.low ** exponent, size.high ** exponent)
  return result && exponent % 2 === 0 ? { low: Math.max(0, result.low), high: result.high } : result
}
