/** Making nodes. A sign goes inside a unit: minus 5 cm is -5 cm. */
import { type FunctionName, type KindOf, type Node, signName } from '../tree/node.js'
import { integer, negate, type Rational } from '../value/rational.js'

export const num = (value: Rational): Node => ({ kind: 'number', value })
export const int = (value: bigint | number): Node => num(integer(value))
export const name = (text: string): Node => ({ kind: 'variable', name: text })
export const constant = (text: KindOf<'constant'>['name']): Node => ({ kind: 'constant', name: text })
export const apply = (text: FunctionName, ...args: readonly Node[]): Node => ({ kind: 'apply', name: text, args })
export const power = (left: Node, right: Node): Node => ({ kind: 'power', left, right })
export const words = (text: string): Node => ({ kind: 'words', text })
export const list = (items: readonly Node[]): Node =>
  items.length === 1 ? (items[0] as Node) : { kind: 'list', items }
export const relation = (sides: readonly Node[], signs: KindOf<'relation'>['signs']): Node => ({
  kind: 'relation',
  sides,
  signs,
})
export const plusOrMinus: Node = name(signName)
export const degreeFactor: Node = { kind: 'divide', left: constant('pi'), right: int(180) }

type Measured = KindOf<'quantity'> | KindOf<'percent'>
const isMeasured = (node: Node): node is Measured => node.kind === 'quantity' || node.kind === 'percent'
const isDegrees = (node: Node) => node.kind === 'quantity' && node.unit === 'degree'

export function minus(node: Node): Node {
  if (node.kind === 'number') return num(negate(node.value))
  if (isMeasured(node)) return { ...node, value: minus(node.value) }
  return { kind: 'multiply', left: int(-1), right: node }
}

export function multiply(left: Node, right: Node): Node {
  if (isMeasured(left) && left.kind === 'quantity' && !isMeasured(right))
    return { ...left, value: multiply(left.value, right) }
  if (isMeasured(right) && right.kind === 'quantity' && !isMeasured(left))
    return { ...right, value: multiply(left, right.value) }
  return { kind: 'multiply', left, right }
}

export function divide(left: Node, right: Node): Node {
  if (left.kind === 'quantity' && !isMeasured(right)) return { ...left, value: divide(left.value, right) }
  return { kind: 'divide', left, right }
}

/** A sum in one unit has that unit; beside degrees a name stands for degrees. */
export function add(left: Node, right: Node): Node {
  if (left.kind === 'quantity' && right.kind === 'quantity' && left.unit === right.unit)
    return { ...left, value: add(left.value, right.value) }
  if (isDegrees(left) && left.kind === 'quantity' && !isMeasured(right))
    return { ...left, value: add(left.value, right) }
  if (isDegrees(right) && right.kind === 'quantity' && !isMeasured(left))
    return { ...right, value: add(left, right.value) }
  return { kind: 'add', left, right }
}

/** Infinity or minus infinity. */
export const isInfinite = (node: Node): boolean =>
  (node.kind === 'constant' && node.name === 'infinity') || (node.kind === 'multiply' && isInfinite(node.right))

const statements = new Set<Node['kind']>([
  ...(['relation', 'congruence', 'member', 'not', 'and', 'or', 'xor', 'implies', 'iff', 'family', 'truth'] as const),
])
export const isStatement = (node: Node) => statements.has(node.kind)

const logical = new Set<Node['kind']>(['not', 'and', 'or', 'xor', 'implies', 'iff'])
export const isLogical = (node: Node) => logical.has(node.kind)

export const isSetLike = (node: Node) =>
  node.kind === 'named-set' ||
  node.kind === 'group' ||
  node.kind === 'builder' ||
  node.kind === 'union' ||
  node.kind === 'intersection' ||
  node.kind === 'difference'
