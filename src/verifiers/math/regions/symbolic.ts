/** Intervals whose ends hold names, e.g. (a, 2a+1): compared end by end. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { infinityOf } from './infinity.js'
import { turned } from './solve.js'

export interface Span {
  /** Undefined: endless. */
  readonly low?: Node
  readonly high?: Node
  readonly closed: readonly [boolean, boolean]
  /** The unknown that lies between. */
  readonly name?: string
}

const maxSpans = 8

/** One or more intervals; undefined when the answer is of another form. */
export function spansOf(node: Node): readonly Span[] | undefined {
  if (node.kind === 'group') return one(fromGroup(node))
  if (node.kind === 'relation') return node.signs.join() === '!=' ? aroundOf(node) : one(fromChain(node))
  if (node.kind === 'member' && !node.negated && node.left.kind === 'variable') {
    const { name } = node.left
    return spansOf(node.right)?.map((span) => ({ ...span, name }))
  }
  if (node.kind !== 'union' && node.kind !== 'or') return undefined
  const [left, right] = [spansOf(node.left), spansOf(node.right)]
  return left && right && left.length + right.length <= maxSpans ? [...left, ...right] : undefined
}

const one = (span: Span | undefined) => span && [span]
const finite = (node: Node | undefined) => (node && infinityOf(node) === 0 ? node : undefined)

function fromGroup({ open, close, items }: KindOf<'group'>): Span | undefined {
  if (items.length !== 2 || open === '{' || open === '<') return undefined
  return { low: finite(items[0]), high: finite(items[1]), closed: [open === '[', close === ']'] }
}

/** `a < x <= b`, `x > a`: the unknown is the name in the middle, or the one alone on the left. */
function fromChain(node: KindOf<'relation'>): Span | undefined {
  const down = node.signs.every((sign) => sign === '>' || sign === '>=')
  if (!down && !node.signs.every((sign) => sign === '<' || sign === '<=')) return undefined
  const sides = down ? node.sides.toReversed() : node.sides
  const signs = down ? node.signs.toReversed().map((sign) => turned[sign]) : node.signs
  const at = sides.length === 3 ? 1 : node.sides[0]?.kind === 'variable' ? (down ? 1 : 0) : down ? 0 : 1
  const unknown = sides[at]
  if (unknown?.kind !== 'variable' || sides.length > 3) return undefined
  const [low, high] = [sides[at - 1], sides[at + 1]]
  if ([low, high].some((end) => end && variablesOf(end).has(unknown.name))) return undefined
  return {
    low: finite(low),
    high: finite(high),
    closed: [low !== undefined && signs[at - 1] === '<=', high !== undefined && signs[at] === '<='],
    name: unknown.name,
  }
}

/** `x != a` */
function aroundOf({ sides }: KindOf<'relation'>): Span[] | undefined {
  const [left, right] = sides as [Node, Node]
  const [unknown, end] = left.kind === 'variable' ? [left, right] : [right, left]
  if (unknown.kind !== 'variable' || variablesOf(end).has(unknown.name)) return undefined
  return [
    { high: end, closed: [false, false], name: unknown.name },
    { low: end, closed: [false, false], name: unknown.name },
  ]
}

export function sameSpans(a: readonly Span[], b: readonly Span[], how: How): Finding {
  const [first, second] = [a[0], b[0]]
  if (a.length === 1 && b.length === 1 && first && second) return sameSpan(first, second, how)
  const table = a.map((left) => b.map((right) => sameSpan(left, right, how).equal))
  const matched =
    table.every((row) => row.includes(true)) && b.every((_, column) => table.some((row) => row[column] === true))
  return matched ? yes('structure', 'the same intervals') : unsure('structure', 'intervals with names in their ends')
}

function sameSpan(a: Span, b: Span, how: How): Finding {
  if (a.name && b.name && a.name !== b.name) return unsure('structure', 'other unknowns')
  const findings = [sameEnd(a.low, b.low, how), sameEnd(a.high, b.high, how)]
  const different = findings.find(({ equal }) => equal === false)
  if (different) return different
  if (a.closed.some((closed, index) => closed !== b.closed[index])) return no('structure', 'an end is open in one only')
  return findings.find(({ equal }) => equal === null) ?? yes('structure', 'the same ends')
}

function sameEnd(a: Node | undefined, b: Node | undefined, how: How): Finding {
  if (!a || !b) return a === b ? yes('structure', 'endless') : no('structure', 'only one is endless')
  return how.same(a, b)
}
