/** Bounds of definite integrals that are certain, for telling values apart. */
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { mapChildren, some, variablesOf } from '../tree/walk.js'
import { derivativeOf } from './derivative.js'
import { type Box, type Range, rangeOf } from './range.js'

const pieces = 64

/** The midpoint rule with its remainder, h³ f'' / 24 over a piece; where that has no bound, the range of f itself. */
export function enclosureOfIntegral(f: Node, name: string, from: Range, to: Range, how: How): Range | undefined {
  const [a, b] = [(from.low + from.high) / 2, (to.low + to.high) / 2]
  if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined
  const slope = derivativeOf(f, name)
  const second = slope && derivativeOf(slope, name)
  const h = (b - a) / pieces
  let [low, high] = [0, 0]
  for (let k = 0; k < pieces; k++) {
    const [left, right] = [a + k * h, k === pieces - 1 ? b : a + (k + 1) * h]
    const part = onPiece({ f, second }, name, left, right, how)
    if (!part) return undefined
    low += part.low
    high += part.high
  }
  const ends = endsOf(f, name, from, to, how)
  if (ends === undefined) return undefined
  // Rounding of the bounds and of the additions.
  const slack = ends + 1e-12 * (Math.abs(low) + Math.abs(high)) + 1e-15
  return { low: low - slack, high: high + slack }
}

/** What the bounds may be off by, times the size of f there. */
function endsOf(f: Node, name: string, from: Range, to: Range, how: How): number | undefined {
  let total = 0
  for (const end of [from, to]) {
    if (end.low === end.high) continue
    const there = rangeOf(f, new Map([[name, end]]), how.budget)
    if (!there) return undefined
    total += (end.high - end.low) * Math.max(Math.abs(there.low), Math.abs(there.high))
  }
  return total
}

function onPiece(
  { f, second }: { readonly f: Node; readonly second: Node | undefined },
  name: string,
  left: number,
  right: number,
  how: How,
): Range | undefined {
  const [low, high] = [Math.min(left, right), Math.max(left, right)]
  const h = right - left
  const piece: Box = new Map([[name, { low, high }]])
  const plain = rangeOf(f, piece, how.budget)
  if (!plain) return undefined
  const middle = (left + right) / 2
  const value = rangeOf(f, new Map([[name, { low: middle, high: middle }]]), how.budget)
  const curve = second && rangeOf(second, piece, how.budget)
  const simple = ordered(plain.low * h, plain.high * h)
  if (!value || !curve || !Number.isFinite(curve.low) || !Number.isFinite(curve.high)) return simple
  const rest = h ** 3 / 24
  const [c, d] = [ordered(curve.low * rest, curve.high * rest), ordered(value.low * h, value.high * h)]
  const sharp = { low: c.low + d.low, high: c.high + d.high }
  return sharp.high - sharp.low < simple.high - simple.low ? sharp : simple
}

const ordered = (a: number, b: number): Range => ({ low: Math.min(a, b), high: Math.max(a, b) })

/** Do two constants differ for certain, with the integrals in them known by bounds only? */
export function differByBounds(a: Node, b: Node, how: How): boolean {
  const [x, y] = [boundsOf(a, how), boundsOf(b, how)]
  return x !== undefined && y !== undefined && (x.high < y.low || y.high < x.low)
}

function boundsOf(node: Node, how: How): Range | undefined {
  if (variablesOf(node).size > 0) return undefined
  const box = new Map<string, Range>()
  let whole = true
  const visit = (part: Node): Node => {
    if (part.kind !== 'integral') return mapChildren(part, visit)
    const found = ofIntegral(part, how)
    const name = `#integral ${box.size}`
    if (found) box.set(name, found)
    else whole = false
    return { kind: 'variable', name }
  }
  const plain = visit(node)
  return whole ? rangeOf(plain, box, how.budget) : undefined
}

function ofIntegral({ name, from, to, body }: KindOf<'integral'>, how: How): Range | undefined {
  if (!from || !to || some(body, ({ kind }) => kind === 'integral')) return undefined
  const [a, b] = [rangeOf(from, new Map(), how.budget), rangeOf(to, new Map(), how.budget)]
  return a && b && enclosureOfIntegral(body, name, a, b, how)
}
