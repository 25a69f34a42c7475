/** Points that run over all whole numbers: `(x, y) = (2 + 3t, 1 - 2t), t \in \mathbb{Z}`, or name by name. */
import type { How } from '../finding.js'
import { exactValue } from '../regions/certified.js'
import { coefficientsIn } from '../regions/substitution.js'
import type { Node } from '../tree/node.js'
import { add, divide, equalTo, isInteger, negate, type Rational } from '../value/rational.js'

/** offset + index · step, component by component in the order of the names. */
export interface Lattice {
  readonly names?: string
  readonly offset: readonly Rational[]
  readonly step: readonly Rational[]
}

/** Undefined when the body is no point that is linear in the index with rational components. */
export function latticeOf(body: Node, index: string, how: How): Lattice | undefined {
  const point = pointIn(body)
  if (!point) return undefined
  const [offset, step]: [Rational[], Rational[]] = [[], []]
  for (const item of point.items) {
    const [constant, slope, square] = coefficientsIn(item, index, how) ?? []
    const [start, by] = [
      constant && exactValue(constant, how.budget),
      slope ? exactValue(slope, how.budget) : { n: 0n, d: 1n },
    ]
    if (!start || !by || square) return undefined
    offset.push(start)
    step.push(by)
  }
  return step.some(({ n }) => n !== 0n) ? { names: point.names, offset, step } : undefined
}

function pointIn(body: Node): { names?: string; items: readonly Node[] } | undefined {
  if (body.kind === 'group') return body.open === '(' ? { items: body.items } : undefined
  if (body.kind === 'relation') {
    const [left, right] = body.sides
    const isPoint = body.signs.join() === '=' && left?.kind === 'group' && right?.kind === 'group'
    if (!isPoint || left.items.length !== right.items.length) return undefined
    return inOrder(left.items.map((name, at) => [name, right.items[at] as Node]))
  }
  if (body.kind !== 'list') return undefined
  const pairs = body.items.map((item) =>
    item.kind === 'relation' && item.signs.join() === '='
      ? ([item.sides[0], item.sides[1]] as [Node, Node])
      : undefined,
  )
  return pairs.includes(undefined) || pairs.length < 2 ? undefined : inOrder(pairs as [Node, Node][])
}

function inOrder(pairs: readonly (readonly [Node, Node])[]): { names: string; items: readonly Node[] } | undefined {
  const named = pairs.map(([name, value]) => ({ name: name.kind === 'variable' ? name.name : '', value }))
  if (named.some(({ name }) => name === '') || new Set(named.map(({ name }) => name)).size < named.length)
    return undefined
  const sorted = named.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { names: sorted.map(({ name }) => name).join(), items: sorted.map(({ value }) => value) }
}

/** One step, or its opposite, and offsets that are whole steps apart. */
export function sameLattice(a: Lattice, b: Lattice): boolean {
  if (a.offset.length !== b.offset.length || (a.names && b.names && a.names !== b.names)) return false
  const same = a.step.every((value, at) => equalTo(value, b.step[at] as Rational))
  const opposite = a.step.every((value, at) => equalTo(value, negate(b.step[at] as Rational)))
  if (!same && !opposite) return false
  const between = a.offset.map((value, at) => add(value, negate(b.offset[at] as Rational)))
  const lead = a.step.findIndex(({ n }) => n !== 0n)
  const count = divide(between[lead] as Rational, a.step[lead] as Rational)
  return (
    count !== undefined &&
    isInteger(count) &&
    between.every((value, at) => {
      const step = a.step[at] as Rational
      return value.n * step.d === count.n * step.n * value.d
    })
  )
}
