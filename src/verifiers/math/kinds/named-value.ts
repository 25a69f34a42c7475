/** `x = 5`: a name and its value. */
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'

export interface NamedValue {
  readonly name: string
  readonly value: Node
}

/** Undefined when it is no equation with a name alone on its left, or the name is on the right too. */
export function namedValue(node: Node): NamedValue | undefined {
  if (node.kind !== 'relation' || node.sides.length !== 2 || node.signs[0] !== '=') return undefined
  const [name, value] = node.sides
  if (name?.kind !== 'variable' || !value || variablesOf(value).has(name.name)) return undefined
  return { name: name.name, value }
}

/** The values that `x = 2 ∨ x = 3` gives to one name, and those that `2 & 3` lists. */
export function alternativesIn(node: Node): readonly Node[] | undefined {
  if (node.kind !== 'or' && node.kind !== 'and') return undefined
  const items = joinedBy(node, node.kind)
  const names = new Set(items.map((item) => namedValue(item)?.name ?? (item.kind === 'number' ? '' : undefined)))
  const [name] = names
  return names.size === 1 && name !== undefined && (name === '' || node.kind === 'or') ? items : undefined
}

const joinedBy = (node: Node, kind: 'or' | 'and'): Node[] =>
  node.kind === kind ? [...joinedBy(node.left, kind), ...joinedBy(node.right, kind)] : [node]
