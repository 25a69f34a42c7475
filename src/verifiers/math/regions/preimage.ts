/**
 * Where an expression of one name takes values of a region: functions undone one by one, rational functions by a sign
 * chart. Nothing is sampled; where a step is not certified, Unsettled is thrown.
 */
import type { How } from '../finding.js'
import { minus, negative, numeral, over, plus, times } from '../matrices/arithmetic.js'
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import { isInteger, zero } from '../value/rational.js'
import { exactValue } from './certified.js'
import { whereIn } from './chart.js'
import { cutAt, cutOf, nodeOf, orderOf } from './cut.js'
import { fractionOf } from './fraction.js'
import { mentions } from './mentions.js'
import { everything, holds, joined, moved, nothing, type Region, splitAt } from './region.js'
import { squareRoot } from './roots.js'
import { rewritten } from './substitution.js'
import { Unsettled } from './unsettled.js'

export interface Wanted {
  readonly name: string
  readonly target: Region
  /** How many more times the expression may be rewritten. */
  readonly depth: number
}

const origin = cutAt(zero)

/** Throws Unsettled, OverBudget. */
export function preimage(node: Node, wanted: Wanted, how: How): Region {
  how.budget.spend(5)
  const { name, target } = wanted
  if (node.kind === 'variable' && node.name === name) return target
  if (!mentions(node, name, how.budget)) return holds(target, cutOf(node, how), how) ? everything : nothing
  const undone = undo(node, wanted, how)
  if (undone) return undone
  const fraction = fractionOf(node, name, how.budget)
  const charted = fraction && whereIn(fraction, target, how)
  if (charted) return charted
  if (wanted.depth > 0) {
    const found = rewritten(node, { ...wanted, depth: wanted.depth - 1 }, how)
    if (found) return found
  }
  throw new Unsettled('not solved for the name')
}

/** The outermost operation undone, when the name stands on one side of it. */
function undo(node: Node, wanted: Wanted, how: How): Region | undefined {
  if (node.kind === 'apply') return undoFunction(node, wanted, how)
  if (node.kind !== 'add' && node.kind !== 'multiply' && node.kind !== 'divide' && node.kind !== 'power')
    return undefined
  const [left, right] = [node.left, node.right].map((side) => mentions(side, wanted.name, how.budget))
  if (left && right) return undefined
  const [inner, other] = left ? [node.left, node.right] : [node.right, node.left]
  if (node.kind === 'power') return left ? ofPower(inner, other, wanted, how) : ofExponential(inner, other, wanted, how)
  if (node.kind === 'add')
    return preimage(
      inner,
      changed(wanted, (end) => minus(end, other), false, how),
      how,
    )
  const sign = orderOf(cutOf(other, how), origin, how)
  if (node.kind === 'multiply' || left) {
    if (sign === 0) return undefined
    const back = (end: Node) => (node.kind === 'multiply' ? over(end, other) : times(end, other))
    return preimage(inner, changed(wanted, back, sign < 0, how), how)
  }
  if (sign === 0) return undefined
  // c / u: c times the reciprocal.
  const scaled = changed(wanted, (end) => over(end, other), sign < 0, how)
  return preimage(inner, { ...wanted, target: reciprocal(scaled.target, how) }, how)
}

const changed = (wanted: Wanted, back: (end: Node) => Node, turn: boolean, how: How): Wanted => ({
  ...wanted,
  target: mapped(wanted.target, back, turn, how),
})

const mapped = (region: Region, back: (end: Node) => Node, turn: boolean, how: How): Region =>
  moved(region, (cut) => cutOf(back(nodeOf(cut)), how), turn)

/** The places whose reciprocals are in the region. */
function reciprocal(target: Region, how: How): Region {
  const { below, above } = splitAt(target, origin, how)
  const back = (part: Region) => mapped(part, (end) => over(numeral(1), end), true, how)
  return joined(back(below), origin, false, back(above))
}

/** Both places whose size, brought forward, is in the region. */
function mirrored(target: Region, back: (end: Node) => Node, how: How): Region {
  const { at, above } = splitAt(target, origin, how)
  const positive = mapped(above, back, false, how)
  return joined(mapped(positive, negative, true, how), origin, at, positive)
}

/** Nothing below zero; above it as brought back. */
function fromZero(target: Region, back: (end: Node) => Node, how: How): Region {
  const { at, above } = splitAt(target, origin, how)
  return joined(nothing, origin, at, mapped(above, back, false, how))
}

function ofPower(base: Node, exponent: Node, wanted: Wanted, how: How): Region | undefined {
  const value = exactValue(exponent, how.budget)
  if (!value) return undefined
  if (value.n < 0n) {
    const positive = { kind: 'power', left: base, right: numeral({ n: -value.n, d: value.d }) } as const
    return preimage(positive, { ...wanted, target: reciprocal(wanted.target, how) }, how)
  }
  if (value.n === 0n || value.n > 100n || value.d > 100n) return undefined
  const [n, d] = [Number(value.n), Number(value.d)]
  if (d > 1) {
    // A root of a power: undone from the outside.
    const inner: Node = n === 1 ? base : { kind: 'power', left: base, right: numeral(n) }
    const target =
      d % 2 === 1
        ? odd(wanted.target, (end) => powerOf(end, d), how)
        : fromZero(wanted.target, (end) => powerOf(end, d), how)
    return preimage(inner, { ...wanted, target }, how)
  }
  if (n === 1) return preimage(base, wanted, how)
  const back = (end: Node) => rootOf(end, n)
  const target = n % 2 === 1 ? odd(wanted.target, back, how) : mirrored(wanted.target, back, how)
  return preimage(base, { ...wanted, target }, how)
}

/** A map of the whole line that keeps the order and the sign, given for what is above zero. */
function odd(target: Region, back: (end: Node) => Node, how: How): Region {
  const { below, at, above } = splitAt(target, origin, how)
  return joined(
    mapped(below, (end) => negative(back(negative(end))), false, how),
    origin,
    at,
    mapped(above, back, false, how),
  )
}

const powerOf = (node: Node, exponent: number): Node => ({ kind: 'power', left: node, right: numeral(exponent) })
const rootOf = (node: Node, index: number): Node =>
  index === 2 ? squareRoot(node) : { kind: 'power', left: node, right: numeral({ n: 1n, d: BigInt(index) }) }
const applied = (name: FunctionName, ...args: Node[]): Node => ({ kind: 'apply', name, args })

/** base^u with a positive base. */
function ofExponential(exponent: Node, base: Node, wanted: Wanted, how: How): Region | undefined {
  const isE = base.kind === 'constant' && base.name === 'e'
  const cut = isE ? undefined : cutOf(base, how)
  if (cut && orderOf(cut, origin, how) <= 0) return undefined
  const side = cut ? orderOf(cut, cutAt({ n: 1n, d: 1n }), how) : 1
  if (side === 0) return undefined
  const { above } = splitAt(wanted.target, origin, how)
  const back = (end: Node) => (isE ? applied('ln', end) : over(applied('ln', end), applied('ln', base)))
  return preimage(exponent, { ...wanted, target: mapped(above, back, side < 0, how) }, how)
}

function ofLogarithm(inner: Node, base: Node, wanted: Wanted, how: How): Region | undefined {
  const isE = base.kind === 'constant' && base.name === 'e'
  const side = isE ? 1 : orderOf(cutOf(base, how), cutAt({ n: 1n, d: 1n }), how)
  if (side === 0 || (!isE && orderOf(cutOf(base, how), origin, how) <= 0)) return undefined
  const image = mapped(wanted.target, (end) => ({ kind: 'power', left: base, right: end }), side < 0, how)
  return preimage(inner, { ...wanted, target: joined(nothing, origin, false, image) }, how)
}

const e: Node = { kind: 'constant', name: 'e' }

function undoFunction({ name, args }: KindOf<'apply'>, wanted: Wanted, how: How): Region | undefined {
  const [inner, second] = args
  if (!inner || (second && mentions(second, wanted.name, how.budget))) return undefined
  const go = (target: Region) => preimage(inner, { ...wanted, target }, how)
  switch (name) {
    case 'abs':
      return second ? undefined : go(mirrored(wanted.target, (end) => end, how))
    case 'sqrt':
      return go(fromZero(wanted.target, (end) => powerOf(end, 2), how))
    case 'root': {
      const index = second && exactValue(second, how.budget)
      return index && isInteger(index) && index.n > 1n
        ? ofPower(inner, numeral({ n: 1n, d: index.n }), wanted, how)
        : undefined
    }
    case 'exp':
      return ofExponential(inner, e, wanted, how)
    case 'ln':
      return ofLogarithm(inner, e, wanted, how)
    case 'log':
      return ofLogarithm(inner, second ?? numeral(10), wanted, how)
    default:
      return undefined
  }
}

/** a x² + b x + c with the name once: a (x + b/2a)² + c - b²/4a. */
export function squareCompleted(c: Node, b: Node, a: Node, x: Node): Node {
  const shift = over(b, times(numeral(2), a))
  return plus(times(a, powerOf(plus(x, shift), 2)), minus(c, over(times(b, b), times(numeral(4), a))))
}
