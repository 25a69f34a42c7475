/**
 * Integrals with an antiderivative that is found, and a few others. A definite one has a value only where the integrand and
 * the antiderivative are proved to be continuous between the bounds; at a bound the antiderivative may have a limit only.
 */
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { some, substitute, variablesOf } from '../tree/walk.js'
import type { Rational } from '../value/rational.js'
import { antiderivativeOf } from './antiderivative.js'
import { difference, num, plus, times } from './build.js'
import { derivativeOf } from './derivative.js'
import { disjoint } from './enclosure.js'
import { knownIntegral } from './known-integrals.js'
import { endValue, positiveOnly } from './limit.js'
import { doubles, evaluate } from './numeric.js'
import { piecesOf } from './pieces.js'
import { enclosureOfIntegral } from './quadrature.js'
import { rangeOf } from './range.js'
import { type Bound, isContinuous, type Span } from './regular.js'

export interface Definite {
  readonly name: string
  readonly body: Node
  readonly from: Node
  readonly to: Node
}

/** Undefined where none is found or there is none; infinity where it grows without end. */
export function integralOf({ name, from, to, body }: KindOf<'integral'>, how: How): Node | undefined {
  if (!from || !to) return antiderivativeOf(body, name, how)
  // A value of an inner integral that holds for positive values of other names.
  const [piece] = body.kind === 'cases' && body.pieces.length === 1 ? body.pieces : []
  if (!piece?.when || variablesOf(piece.when).has(name)) return definite({ name, from, to, body }, how)
  const inner = integralOf({ kind: 'integral', name, from, to, body: piece.value }, how)
  return inner && { kind: 'cases', pieces: [{ value: inner, when: piece.when }] }
}

function definite(given: Definite, how: How): Node | undefined {
  const pieces = piecesOf(given, how)
  if (!pieces) return undefined
  let total: Node = num(0)
  for (const piece of pieces) {
    const found = overPiece(piece, how)
    if (!found) return undefined
    if (isInfinite(found) && pieces.length > 1) return undefined
    total = plus(total, found)
  }
  return total
}

const isInfinite = (node: Node) => some(node, (one) => one.kind === 'constant' && one.name === 'infinity')

export function signOfInfinity(node: Node): number {
  if (node.kind === 'constant') return node.name === 'infinity' ? 1 : 0
  return node.kind === 'multiply' && node.left.kind === 'number'
    ? Math.sign(Number(node.left.value.n)) * signOfInfinity(node.right)
    : 0
}

const samples: readonly (readonly Rational[])[] = [
  [
    { n: 4n, d: 3n },
    { n: 7n, d: 5n },
    { n: 9n, d: 4n },
  ],
  [
    { n: 3n, d: 7n },
    { n: 13n, d: 11n },
    { n: 5n, d: 3n },
  ],
]

function overPiece(given: Definite, how: How): Node | undefined {
  const names = [...namesOf(given)].sort()
  if (names.length > 3) return undefined
  const F = antiderivativeOf(given.body, given.name, how)
  const positive = samples.map((sample) => names.map((_, k) => sample[k] as Rational))
  const negative = positive.map((sample) => sample.map(({ n, d }) => ({ n: -n, d })))
  const at = (sample: readonly Rational[]) => F !== undefined && isSettledAt(given, F, names, sample, how)
  // Where the bounds have no value for a sample, as √(1 - a²), another one decides.
  const usable = names.length === 0 ? [[]] : positive.filter((sample) => haveValues(given, names, sample, how))
  if (!F || usable.length === 0 || !usable.every(at)) {
    return names.length === 0 && F && isPoleInside(given, how) ? undefined : knownIntegral(given, how)
  }
  const value = between(given, F, how)
  if (!value) return names.length === 0 ? knownIntegral(given, how) : undefined
  if (names.length === 0) return agrees(given, value, how) ? value : undefined
  return negative.every(at) ? value : positiveOnly(value, names)
}

function namesOf({ name, body, from, to }: Definite): Set<string> {
  const names = variablesOf(body)
  names.delete(name)
  return new Set([...names, ...variablesOf(from), ...variablesOf(to)])
}

function withValues(node: Node, names: readonly string[], values: readonly Rational[]): Node {
  return names.reduce<Node>((result, name, k) => substitute(result, name, num(values[k] as Rational)), node)
}

const haveValues = ({ from, to }: Definite, names: readonly string[], sample: readonly Rational[], how: How) =>
  [from, to].every((bound) => boundOf(withValues(bound, names, sample), how) !== undefined)

/** Continuous between the bounds, and the slope of F is f, where the names have these values. */
function isSettledAt(
  { name, body, from, to }: Definite,
  F: Node,
  names: readonly string[],
  values: readonly Rational[],
  how: How,
): boolean {
  const [f, whole] = [withValues(body, names, values), withValues(F, names, values)]
  const span = spanOf(name, withValues(from, names, values), withValues(to, names, values), how)
  if (span === 'empty') return true
  if (!span || !isContinuous(f, span, how.budget) || !isContinuous(whole, span, how.budget)) return false
  return hasSlope(whole, f, span, how)
}

/** A check of the rules in doubles. */
function hasSlope(F: Node, f: Node, { name, from, to }: Span, how: How): boolean {
  const slope = derivativeOf(F, name)
  if (!slope) return false
  const [low, high] = [Math.max(from.about, -8), Math.min(to.about, 8)]
  const [a, b] =
    low < high ? [low, high] : from.about === -Infinity ? [to.about - 2, to.about] : [from.about, from.about + 2]
  return [3, 6].every((part) => {
    const n = Math.round((a + ((b - a) * part) / 9) * 1e6)
    const point = new Map([[name, { n: BigInt(n), d: 1_000_000n }]])
    const [p, q] = [evaluate(doubles, slope, point, how.budget), evaluate(doubles, f, point, how.budget)]
    return p !== undefined && q !== undefined && !disjoint(doubles, p, q)
  })
}

/** The open span between two constants; empty where they are one. */
export function spanOf(name: string, from: Node, to: Node, how: How): Span | 'empty' | undefined {
  const [a, b] = [boundOf(from, how), boundOf(to, how)]
  if (!a || !b) return undefined
  if (a.low === b.low && a.high === b.high && a.low === a.high) return 'empty'
  const [low, high] = a.high < b.low ? [a, b] : b.high < a.low ? [b, a] : []
  if (!low || !high) return undefined
  const place = (bound: typeof low, about: number): Bound =>
    Number.isFinite(about) ? { node: bound.node, about } : { about }
  return { name, from: place(low, low.low), to: place(high, high.high), box: new Map() }
}

function boundOf(node: Node, how: How): { node: Node; low: number; high: number } | undefined {
  const infinite = signOfInfinity(node)
  if (infinite !== 0) return { node, low: infinite * Infinity, high: infinite * Infinity }
  const range = rangeOf(node, new Map(), how.budget)
  return range && { node, ...range }
}

function isPoleInside({ name, body, from, to }: Definite, how: How): boolean {
  const span = spanOf(name, from, to, how)
  return span !== undefined && span !== 'empty' && isContinuous(body, span, how.budget) === false
}

/** F at one bound less F at the other. */
function between({ name, from, to }: Definite, F: Node, how: How): Node | undefined {
  const isUpward = isBelow(from, to, how)
  const [a, b] = [
    endOf(F, name, from, isUpward ? 'right' : 'left', how),
    endOf(F, name, to, isUpward ? 'left' : 'right', how),
  ]
  if (!a || !b) return undefined
  const [p, q] = [signOfInfinity(a), signOfInfinity(b)]
  if ((p === 0 && isInfinite(a)) || (q === 0 && isInfinite(b))) return undefined
  if (p !== 0 || q !== 0) {
    if (p !== 0 && q !== 0 && p === q) return undefined
    return q !== 0 ? b : times(num(-1), a)
  }
  return difference(b, a)
}

function isBelow(from: Node, to: Node, how: How): boolean {
  const names = [...variablesOf(to, variablesOf(from))].sort()
  const sample = names.map((_, k) => samples[0]?.[k % 3] as Rational)
  const [a, b] = [from, to].map((bound) => boundOf(withValues(bound, names, sample), how))
  return !a || !b || a.low <= b.low
}

/** By putting it in, where every part has a value there; else as a limit. */
function endOf(F: Node, name: string, to: Node, side: 'left' | 'right', how: How): Node | undefined {
  if (!isInfinite(to)) {
    const there = substitute(F, name, to)
    const names = [...variablesOf(there)].sort()
    if (names.length > 3) return undefined
    const sample = names.map((_, k) => samples[0]?.[k] as Rational)
    if (evaluate(doubles, withValues(there, names, sample), new Map(), how.budget)) return there
  }
  return endValue(F, name, to, side, how)
}

/** The value lies within bounds that are certain, where there are any. */
function agrees({ name, body, from, to }: Definite, value: Node, how: How): boolean {
  const [a, b] = [rangeOf(from, new Map(), how.budget), rangeOf(to, new Map(), how.budget)]
  const bounds = a && b && enclosureOfIntegral(body, name, a, b, how)
  const found = bounds && evaluate(doubles, value, new Map(), how.budget)
  if (!bounds || !found) return true
  const { v, error } = found.re
  return v + 2 * error >= bounds.low && v - 2 * error <= bounds.high
}
