/** Walking a tree: its children, its names, a name replaced. */
import type { FunctionName, Node } from './node.js'

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'constant':
    case 'variable':
    case 'truth':
    case 'named-set':
    case 'words':
      return []
    case 'apply':
    case 'call':
      return node.args
    case 'sum':
    case 'product':
      return [node.from, node.to, node.body]
    case 'integral':
      return [...(node.from ? [node.from] : []), ...(node.to ? [node.to] : []), node.body]
    case 'limit':
      return [node.to, node.body]
    case 'derivative':
      return [node.body]
    case 'cases':
      return node.pieces.flatMap(({ value, when }) => (when ? [value, when] : [value]))
    case 'percent':
    case 'quantity':
      return [node.value]
    case 'ratio':
      return node.parts
    case 'relation':
      return node.sides
    case 'congruence':
      return [node.left, node.right, node.modulus]
    case 'not':
      return [node.inner]
    case 'family':
      return [node.body, node.where]
    case 'builder':
      return [node.element, node.where]
    case 'group':
    case 'list':
      return node.items
    case 'matrix':
      return node.rows.flat()
    default:
      return [node.left, node.right]
  }
}

/** The node with each child put through `change`. */
export function mapChildren(node: Node, change: (child: Node) => Node): Node {
  switch (node.kind) {
    case 'number':
    case 'constant':
    case 'variable':
    case 'truth':
    case 'named-set':
    case 'words':
      return node
    case 'apply':
    case 'call':
      return { ...node, args: node.args.map(change) }
    case 'sum':
    case 'product':
      return { ...node, from: change(node.from), to: change(node.to), body: change(node.body) }
    case 'integral':
      return {
        ...node,
        ...(node.from && { from: change(node.from) }),
        ...(node.to && { to: change(node.to) }),
        body: change(node.body),
      }
    case 'limit':
      return { ...node, to: change(node.to), body: change(node.body) }
    case 'derivative':
      return { ...node, body: change(node.body) }
    case 'cases':
      return {
        ...node,
        pieces: node.pieces.map(({ value, when }) => ({ value: change(value), ...(when && { when: change(when) }) })),
      }
    case 'percent':
    case 'quantity':
      return { ...node, value: change(node.value) }
    case 'ratio':
      return { ...node, parts: node.parts.map(change) }
    case 'relation':
      return { ...node, sides: node.sides.map(change) }
    case 'congruence':
      return { ...node, left: change(node.left), right: change(node.right), modulus: change(node.modulus) }
    case 'not':
      return { ...node, inner: change(node.inner) }
    case 'family':
      return { ...node, body: change(node.body), where: change(node.where) }
    case 'builder':
      return { ...node, element: change(node.element), where: change(node.where) }
    case 'group':
    case 'list':
      return { ...node, items: node.items.map(change) }
    case 'matrix':
      return { ...node, rows: node.rows.map((row) => row.map(change)) }
    default:
      return { ...node, left: change(node.left), right: change(node.right) }
  }
}

export const some = (node: Node, test: (node: Node) => boolean): boolean =>
  test(node) || childrenOf(node).some((child) => some(child, test))

/** The name that a sum, an integral or a limit uses for itself. */
const boundName = (node: Node): string | undefined =>
  node.kind === 'sum' || node.kind === 'product' || node.kind === 'limit' || (node.kind === 'integral' && node.from)
    ? node.name
    : undefined

/** Names that the tree's value depends on, `±` included; not those bound by a sum, an integral with bounds or a limit. */
export function variablesOf(node: Node, found = new Set<string>()): Set<string> {
  if (node.kind === 'variable') found.add(node.name)
  const bound = boundName(node)
  if (bound === undefined || found.has(bound)) for (const child of childrenOf(node)) variablesOf(child, found)
  else {
    const inner = new Set<string>()
    for (const child of childrenOf(node)) variablesOf(child, inner)
    inner.delete(bound)
    for (const name of inner) found.add(name)
  }
  return found
}

export const usesFunction = (node: Node, names: readonly FunctionName[]) =>
  some(node, (one) => one.kind === 'apply' && names.includes(one.name))

/** The tree with a free name replaced. */
export function substitute(node: Node, name: string, by: Node): Node {
  if (node.kind === 'variable') return node.name === name ? by : node
  if (boundName(node) === name) return node
  return mapChildren(node, (child) => substitute(child, name, by))
}
