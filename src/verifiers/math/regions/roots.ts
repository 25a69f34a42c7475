/** Real zeros of a polynomial, each in an interval of its own. */
import type { Budget } from '../budget.js'
import { minus, negative, numeral, over, plus } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { add, bitLength, floor, isInteger, multiply, type Rational, ratio } from '../value/rational.js'
import {
  changesAt,
  degreeOf,
  leadingOf,
  type Polynomial,
  quotient,
  signAt,
  squarefree,
  sturmChain,
} from './polynomial.js'
import { Unsettled } from './unsettled.js'

/** The only zero of a polynomial without repeated zeros strictly between low and high, or at both when they are one. */
export interface Root {
  readonly polynomial: Polynomial
  readonly low: Rational
  readonly high: Rational
  /** An expression for it, where there is one of square roots. */
  readonly node?: Node
}

const half: Rational = { n: 1n, d: 2n }
export const middleOf = (a: Rational, b: Rational) => multiply(add(a, b), half)
export const exactly = (root: Root): Rational | undefined =>
  root.low.n === root.high.n && root.low.d === root.high.d ? root.low : undefined

const maxBits = 400

/** In ascending order, with room between any two of them. */
export function rootsOf(given: Polynomial, budget: Budget): readonly Root[] {
  const polynomial = squarefree(given, budget)
  if (polynomial.length < 2) return []
  if (polynomial.some((one) => bitLength(one) > maxBits)) throw new Unsettled('coefficients too large')
  let open = isolated(polynomial, budget)
  const found: Root[] = []
  let rest = polynomial
  open = open.filter((root) => {
    const value = rationalRoot(root, budget)
    if (!value) return true
    found.push({ polynomial, low: value, high: value, node: numeral(value) })
    rest = quotient(rest, [-value.n, value.d], budget)
    return false
  })
  const nodes = surds(rest)
  const named = open.map((root, index) => ({ ...root, node: nodes?.[index] }))
  return apart([...found, ...named].toSorted(byPlace), budget)
}

const byPlace = (a: Root, b: Root) => compareRational(a.low, b.low) || compareRational(a.high, b.high)
const compareRational = (a: Rational, b: Rational) => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function isolated(polynomial: Polynomial, budget: Budget): Root[] {
  const chain = sturmChain(polynomial, budget)
  const largest = polynomial.reduce(
    (most, one) => (one < 0n ? (-one > most ? -one : most) : one > most ? one : most),
    0n,
  )
  const leading = leadingOf(polynomial)
  // Cauchy's bound.
  const bound = largest / (leading < 0n ? -leading : leading) + 2n
  const found: Root[] = []
  const search = (low: Rational, high: Rational, atLow: number, atHigh: number) => {
    budget.spend(20)
    const count = atLow - atHigh
    if (count < 1) return
    if (count === 1 && signAt(polynomial, high, budget) !== 0 && signAt(polynomial, low, budget) !== 0) {
      found.push({ polynomial, low, high })
      return
    }
    const middle = middleOf(low, high)
    if (signAt(polynomial, middle, budget) === 0) {
      found.push({ polynomial, low: middle, high: middle })
      const width = clearance(polynomial, chain, middle, budget)
      const [left, right] = [add(middle, { n: -width.n, d: width.d }), add(middle, width)]
      search(low, left, atLow, changesAt(chain, left, budget))
      search(right, high, changesAt(chain, right, budget), atHigh)
      return
    }
    const between = changesAt(chain, middle, budget)
    search(low, middle, atLow, between)
    search(middle, high, between, atHigh)
  }
  const [low, high] = [
    { n: -bound, d: 1n },
    { n: bound, d: 1n },
  ]
  search(low, high, changesAt(chain, low, budget), changesAt(chain, high, budget))
  return found
}

/** How far around a zero there is no other. */
function clearance(polynomial: Polynomial, chain: readonly Polynomial[], zero: Rational, budget: Budget): Rational {
  for (let width = half; ; width = multiply(width, half)) {
    budget.spend(20)
    const [left, right] = [add(zero, { n: -width.n, d: width.d }), add(zero, width)]
    if (signAt(polynomial, left, budget) === 0 || signAt(polynomial, right, budget) === 0) continue
    if (changesAt(chain, left, budget) - changesAt(chain, right, budget) === 1) return width
  }
}

/** The interval halved. */
export function refined(root: Root, budget: Budget): Root {
  if (exactly(root)) return root
  budget.spend(10)
  const middle = middleOf(root.low, root.high)
  const sign = signAt(root.polynomial, middle, budget)
  if (sign === 0) return { ...root, low: middle, high: middle }
  return sign === signAt(root.polynomial, root.low, budget) ? { ...root, low: middle } : { ...root, high: middle }
}

/** A rational zero times the leading coefficient is whole. */
function rationalRoot(root: Root, budget: Budget): Rational | undefined {
  const given = exactly(root)
  if (given) return given
  const leading = leadingOf(root.polynomial)
  const size = { n: leading < 0n ? -leading : leading, d: 1n }
  let one = root
  for (;;) {
    const [low, high] = [multiply(one.low, size), multiply(one.high, size)]
    const whole = isInteger(low) ? low.n : floor(low) + 1n
    if (whole * high.d > high.n) return undefined
    if ((whole + 1n) * high.d > high.n) {
      const value = ratio(whole, size.n) as Rational
      return signAt(root.polynomial, value, budget) === 0 ? value : undefined
    }
    one = refined(one, budget)
    if (exactly(one)) return exactly(one)
  }
}

/** The real zeros of a quadratic, or of a quadratic in the square, in ascending order. */
function surds(rest: Polynomial): readonly Node[] | undefined {
  if (degreeOf(rest) === 2) return quadratic(rest[2] as bigint, rest[1] as bigint, rest[0] as bigint)
  if (degreeOf(rest) !== 4 || rest[1] !== 0n || rest[3] !== 0n) return undefined
  const [a, b, c] = [rest[4] as bigint, rest[2] as bigint, rest[0] as bigint]
  if (b * b - 4n * a * c <= 0n) return undefined
  // The signs of the squares: one of each when c and a differ in sign, else both that of -b.
  const squares = quadratic(a, b, c)
  const usable = a * c < 0n ? squares.slice(1) : -b * a > 0n ? squares : []
  const positive = usable.map(squareRoot)
  return [...positive.toReversed().map(negative), ...positive]
}

export const squareRoot = (node: Node): Node => ({ kind: 'apply', name: 'sqrt', args: [node] })

function quadratic(a: bigint, b: bigint, c: bigint): Node[] {
  const discriminant = b * b - 4n * a * c
  if (discriminant < 0n) return []
  const size = a < 0n ? -1n : 1n
  const [middle, spread] = [numeral(-b * size), squareRoot(numeral(discriminant))]
  const below = numeral(2n * a * size)
  return [over(minus(middle, spread), below), over(plus(middle, spread), below)]
}

/** Refined until there is a gap between neighbours. */
function apart(roots: readonly Root[], budget: Budget): Root[] {
  const result = [...roots]
  for (let index = 1; index < result.length; index++) {
    for (;;) {
      const [left, right] = [result[index - 1] as Root, result[index] as Root]
      if (compareRational(left.high, right.low) < 0) break
      result[index - 1] = refined(left, budget)
      result[index] = refined(right, budget)
    }
  }
  return result
}
