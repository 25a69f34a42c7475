/**
 * Conditions on several names: `x > 0, y > 0`, `0 < a < b`. The same when they are part by part; different when one point
 * with exact coordinates fulfils only one of them.
 */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { holds } from '../scalars/condition.js'
import type { KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import type { Rational } from '../value/rational.js'
import { defineKind } from './kind.js'
import { sameBag } from './members.js'

interface Conditions {
  readonly parts: readonly KindOf<'relation'>[]
  readonly names: ReadonlySet<string>
}

/** Behind the relation and the system, which settle what they can solve. */
export const conditionsKind = defineKind<Conditions>({
  id: 'conditions',
  read: ({ node }) => {
    const parts = node && partsOf(node)
    if (!parts?.some(({ signs }) => signs.some((sign) => sign !== '='))) return undefined
    const names = new Set(parts.flatMap((part) => [...variablesOf(part)]))
    return names.size > 1 ? { parts, names } : undefined
  },
  same: sameConditions,
})

/** Side by side they hold together; chains are taken apart. */
function partsOf(node: Node): readonly KindOf<'relation'>[] | undefined {
  if (node.kind === 'relation') {
    return node.signs.map((sign, index) => ({
      kind: 'relation',
      sides: node.sides.slice(index, index + 2),
      signs: [sign],
    }))
  }
  const items = node.kind === 'list' ? node.items : node.kind === 'and' ? [node.left, node.right] : undefined
  const found = items?.map(partsOf)
  return found && !found.includes(undefined) ? found.flatMap((part) => part ?? []) : undefined
}

function sameConditions(a: Conditions, b: Conditions, how: How): Finding {
  if (a.parts.length === b.parts.length && sameBag(a.parts, b.parts, how).equal)
    return yes('structure', 'the same conditions')
  const names = [...new Set([...a.names, ...b.names])].sort()
  for (let index = 0; index < points; index++) {
    const point = pointOf(names, index)
    const [ours, theirs] = [a, b].map(({ parts }) => all(parts, point, how))
    if (ours !== undefined && theirs !== undefined && ours !== theirs)
      return no('exact', 'a point fulfils only one of them')
  }
  return unsure('structure', 'conditions of another form')
}

const points = 60
const coordinates = [1, 2, 0, -1, 3, -2, 5, -3, 7, 10, -5]

/** Small whole numbers in every mixture of signs and orders. */
const pointOf = (names: readonly string[], index: number): ReadonlyMap<string, Rational> =>
  new Map(
    names.map((name, at): [string, Rational] => {
      const step = (index * (2 * at + 1) + at * 3 + (index >> 3) * at) % coordinates.length
      return [name, { n: BigInt(coordinates[step] as number), d: 1n }]
    }),
  )

function all(parts: readonly Node[], point: ReadonlyMap<string, Rational>, how: How): boolean | undefined {
  let open = false
  for (const part of parts) {
    const found = holds(part, point, how.budget)
    if (found === false) return false
    if (found === undefined) open = true
  }
  return open ? undefined : true
}
