/**
 * Is an expression continuous between two bounds, the bounds left out? Proved by showing that nothing in it that is divided by,
 * or that a logarithm or a root is taken of, vanishes there: exactly for polynomials, else by ranges and slopes.
 */
import type { Budget } from '../budget.js'
import { rootsOf } from '../regions/roots.js'
import { settled } from '../regions/unsettled.js'
import type { KindOf, Node } from '../tree/node.js'
import { childrenOf, substitute, variablesOf } from '../tree/walk.js'
import { compare, isInteger } from '../value/rational.js'
import { apply, difference, num, power } from './build.js'
import { orderOf } from './compare.js'
import { derivativeOf } from './derivative.js'
import { evaluateExactly, exactValue } from './exact.js'
import { quotientIn } from './polynomial.js'
import { type Box, type Range, rangeOf } from './range.js'

/** A place on the line; the node is undefined at infinity. `about` is a double below it for a lower, above it for an upper bound. */
export interface Bound {
  readonly node?: Node
  readonly about: number
}
export interface Span {
  readonly name: string
  readonly from: Bound
  readonly to: Bound
  /** Ranges of the other names. */
  readonly box: Box
}

type Demand = { readonly node: Node; readonly want: 'nonzero' | 'positive' | 'not negative' }

/** True is proved; false and undefined are not, false where a place without a value is certain. */
export function isContinuous(node: Node, span: Span, budget: Budget): boolean | undefined {
  const demands: Demand[] = []
  if (!collect(node, span.name, demands)) return undefined
  for (const demand of demands) {
    budget.spend(2)
    const met = isMet(demand, span, budget)
    if (!met) return met
  }
  return true
}

const smooth = new Set(['exp', 'sin', 'cos', 'arctan', 'sinh', 'cosh', 'tanh', 'arsinh', 'sech', 'abs'])
const one = num(1)

/** What must hold everywhere; false where that is not known. */
function collect(node: Node, name: string, into: Demand[]): boolean {
  if (!variablesOf(node).has(name)) return true
  switch (node.kind) {
    case 'variable':
    case 'add':
    case 'multiply':
      break
    case 'divide':
      if (variablesOf(node.right).has(name)) into.push({ node: node.right, want: 'nonzero' })
      break
    case 'power':
      if (!collectPower(node, name, into)) return false
      break
    case 'apply':
      if (!collectFunction(node, name, into)) return false
      break
    default:
      return false
  }
  return childrenOf(node).every((child) => collect(child, name, into))
}

function collectPower(
  { left, right }: { readonly left: Node; readonly right: Node },
  name: string,
  into: Demand[],
): boolean {
  if (!variablesOf(left).has(name)) {
    into.push({ node: left, want: 'positive' })
    return true
  }
  if (right.kind === 'number' && isInteger(right.value)) {
    if (right.value.n <= 0n) into.push({ node: left, want: 'nonzero' })
    return true
  }
  const positive = right.kind === 'number' && right.value.n > 0n
  into.push({ node: left, want: positive ? 'not negative' : 'positive' })
  return true
}

function collectFunction({ name: f, args }: KindOf<'apply'>, name: string, into: Demand[]): boolean {
  const [x, second] = args
  if (!x || (second && variablesOf(second).has(name))) return false
  if (smooth.has(f)) return true
  const demand = demands[f]
  if (f === 'root') {
    const odd = second?.kind === 'number' && second.value.n % 2n !== 0n
    if (!odd) into.push({ node: x, want: 'not negative' })
    return true
  }
  if (demand) into.push(demand(x))
  return demand !== undefined
}

const squared = (x: Node) => power(x, num(2))
const demands: Readonly<Record<string, ((x: Node) => Demand) | undefined>> = {
  ln: ofLog,
  log: ofLog,
  sqrt: (node) => ({ node, want: 'not negative' }),
  sgn: (node) => ({ node, want: 'nonzero' }),
  tan: (x) => ({ node: apply('cos', x), want: 'nonzero' }),
  sec: (x) => ({ node: apply('cos', x), want: 'nonzero' }),
  cot: (x) => ({ node: apply('sin', x), want: 'nonzero' }),
  csc: (x) => ({ node: apply('sin', x), want: 'nonzero' }),
  coth: (node) => ({ node, want: 'nonzero' }),
  csch: (node) => ({ node, want: 'nonzero' }),
  arcsin: (x) => ({ node: difference(one, squared(x)), want: 'not negative' }),
  arccos: (x) => ({ node: difference(one, squared(x)), want: 'not negative' }),
  artanh: (x) => ({ node: difference(one, squared(x)), want: 'positive' }),
  arcosh: (x) => ({ node: difference(x, one), want: 'not negative' }),
}

function ofLog(x: Node): Demand {
  const inner = x.kind === 'apply' && x.name === 'abs' ? x.args[0] : undefined
  return inner ? { node: inner, want: 'nonzero' } : { node: x, want: 'positive' }
}

function isMet({ node, want }: Demand, span: Span, budget: Budget): boolean | undefined {
  const whole = want === 'nonzero' ? undefined : rangeOf(node, boxOf(span, span.from.about, span.to.about), budget)
  if (whole && (whole.low > 0 || (want === 'not negative' && whole.low >= 0))) return true
  const nonzero = nonzeroWithin(node, span, budget)
  if (!nonzero || want === 'nonzero') return nonzero
  const middle = middleOf(span)
  const here = rangeOf(node, boxOf(span, middle, middle), budget)
  return here && here.low > 0 ? true : here && here.high < 0 ? false : undefined
}

const boxOf = ({ name, box }: Span, low: number, high: number): Box => new Map(box).set(name, { low, high })

function middleOf({ from, to }: Span): number {
  if (from.about === -Infinity) return to.about === Infinity ? 0.25 : to.about - 1
  return to.about === Infinity ? from.about + 1 : (from.about + to.about) / 2
}

/** Has the expression no zero between the bounds? */
function nonzeroWithin(node: Node, span: Span, budget: Budget): boolean | undefined {
  if (!variablesOf(node).has(span.name)) {
    const value = rangeOf(node, span.box, budget)
    if (value && (value.low > 0 || value.high < 0)) return true
    return variablesOf(node).size === 0 ? isNonzero(node, budget) : undefined
  }
  const parts = factorsOf(node)
  if (parts) return every(parts.map((part) => nonzeroWithin(part, span, budget)))
  return exactly(node, span, budget) ?? byRanges(node, span, budget)
}

const isNonzero = (node: Node, budget: Budget) => {
  const order = orderOf(node, num(0), budget)
  return order === undefined ? undefined : order !== 0
}

function every(found: readonly (boolean | undefined)[]): boolean | undefined {
  return found.includes(false) ? false : found.includes(undefined) ? undefined : true
}

/** The whole is zero only where one of these is. */
function factorsOf(node: Node): readonly Node[] | undefined {
  if (node.kind === 'multiply') return [node.left, node.right]
  if (node.kind === 'divide') return [node.left]
  if (node.kind === 'power') {
    const e = node.left.kind === 'constant' && node.left.name === 'e'
    return e ? [] : node.right.kind === 'number' ? [node.left] : undefined
  }
  if (node.kind !== 'apply' || !node.args[0]) return undefined
  if (node.name === 'exp' || node.name === 'cosh') return []
  const same = ['sqrt', 'abs', 'root', 'sinh', 'tanh', 'arctan', 'arsinh', 'arcsin'].includes(node.name)
  if (same) return [node.args[0]]
  return node.name === 'ln' ? [difference(node.args[0], one)] : undefined
}

/** The zeros of a polynomial, exactly, where the bounds are rational. */
function exactly(node: Node, { name, from, to }: Span, budget: Budget): boolean | undefined {
  const p = quotientIn(node, name, budget)
  if (!p || p.below.length > 1) return undefined
  const common = p.above.reduce((d, c) => d * c.d, 1n)
  const whole = p.above.map((c) => (c.n * common) / c.d)
  const [low, high] = [from, to].map(({ node: bound }) => (bound ? exactValue(bound, budget) : 'infinite'))
  if (low === undefined || high === undefined) return undefined
  const roots = settled(() => rootsOf(whole, budget))
  if (!roots) return undefined
  for (const { low: a, high: b } of roots) {
    // Between its bounds, or at both when they are one.
    const point = compare(a, b) === 0
    const below = low !== 'infinite' && compare(b, low) <= 0
    const above = high !== 'infinite' && compare(a, high) >= 0
    if (below || above) continue
    const least = point ? 1 : 0
    const inside =
      (low === 'infinite' || compare(a, low) >= least) && (high === 'infinite' || compare(high, b) >= least)
    return inside ? false : undefined
  }
  return true
}

const maxPieces = 120

/** Pieces on which the range leaves zero out, or the expression is monotone with ends of one sign, or a zero at a bound only. */
function byRanges(node: Node, span: Span, budget: Budget): boolean | undefined {
  const slopes = [node]
  for (let k = 0; k < 3; k++) {
    const next = derivativeOf(slopes[k] as Node, span.name)
    if (!next) break
    slopes.push(next)
  }
  const order = {
    from: zerosAt(slopes, span.from, span.name, budget),
    to: zerosAt(slopes, span.to, span.name, budget),
  }
  const queue: Range[] = piecesOf(span.from.about, span.to.about)
  for (let count = 0; queue.length > 0; count++) {
    if (count > maxPieces) return undefined
    const piece = queue.pop() as Range
    const found = onPiece(slopes, piece, order, span, budget)
    if (found === false) return false
    if (found) continue
    const middle = splitOf(piece)
    if (middle === undefined || piece.high - piece.low < 1e-9) return undefined
    queue.push({ low: piece.low, high: middle }, { low: middle, high: piece.high })
  }
  return true
}

const piecesOf = (low: number, high: number): Range[] =>
  low < 0 && high > 0
    ? [
        { low, high: 0 },
        { low: 0, high },
      ]
    : [{ low, high }]

function splitOf({ low, high }: Range): number | undefined {
  if (high === Infinity) return low > 1e6 ? undefined : Math.max(1, 2 * low)
  if (low === -Infinity) return high < -1e6 ? undefined : Math.min(-1, 2 * high)
  return (low + high) / 2
}

/** How many of the expression and its first derivatives vanish at a bound, for certain. */
function zerosAt(slopes: readonly Node[], { node: bound }: Bound, name: string, budget: Budget): number {
  if (!bound || variablesOf(bound).size > 0) return 0
  const exact = exactValue(bound, budget)
  let count = 0
  for (const slope of slopes) {
    if (variablesOf(slope).size > 1) return count
    const direct = exact && evaluateExactly(slope, new Map([[name, exact]]), budget)
    const zero = direct ? direct.n === 0n : orderOf(substitute(slope, name, bound), num(0), budget) === 0
    if (!zero) return count
    count++
  }
  return count
}

function onPiece(
  slopes: readonly Node[],
  piece: Range,
  order: { readonly from: number; readonly to: number },
  span: Span,
  budget: Budget,
): boolean | undefined {
  const within = boxOf(span, piece.low, piece.high)
  const value = rangeOf(slopes[0] as Node, within, budget)
  if (value && excludesZero(value)) return true
  for (const [zeros, touches] of [
    [order.from, piece.low === span.from.about],
    [order.to, piece.high === span.to.about],
  ] as const) {
    const slope = touches && zeros > 0 ? slopes[zeros] : undefined
    const range = slope && rangeOf(slope, within, budget)
    if (range && excludesZero(range)) return true
  }
  const slope = slopes[1] && rangeOf(slopes[1], within, budget)
  if (!slope || !excludesZero(slope)) return undefined
  const ends = [piece.low, piece.high].map((x) => rangeOf(slopes[0] as Node, boxOf(span, x, x), budget))
  const signs = ends.map((end) => (end && end.low > 0 ? 1 : end && end.high < 0 ? -1 : 0))
  if (signs.includes(0)) return undefined
  return signs[0] === signs[1]
}

const excludesZero = ({ low, high }: Range) => low > 0 || high < 0
