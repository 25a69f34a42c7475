/** Answers that hold for every value of a name: `x = \pi/4 + k\pi, k \in \mathbb{Z}`. */
import { type KindOf, type Node, signName } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { isStatement, list } from './nodes.js'

/** The items with the condition said in words, or with the one that stands last among them. */
export function familyOf(items: readonly Node[], where: Node | undefined): Node {
  if (where) return under(list(items), where)
  const counted = counting(items)
  if (counted) return counted
  const conditions = trailing(items)
  if (conditions.length === 0) return list(items)
  const body = list(items.slice(0, items.length - conditions.length))
  return under(
    body,
    conditions.reduce((left, right) => ({ kind: 'and', left, right })),
  )
}

/** A condition that says nothing about the value is left out: an arbitrary constant, a real name. */
function under(body: Node, where: Node): Node {
  if (where.kind === 'words') return body
  if (where.kind === 'member' && !where.negated && isReal(where.right)) {
    const constant = where.left.kind === 'variable' && /^[CKc](?:_|$)/.test(where.left.name)
    if (constant || (body.kind === 'relation' && body.signs.every((sign) => sign === '='))) return body
  }
  return { kind: 'family', body, where }
}

/** `k = 0, \pm 1, \pm 2, \ldots` runs over the integers, `n = 1, 2, 3, \ldots` over those from 1 on. */
function counting(items: readonly Node[]): Node | undefined {
  const last = items.at(-1)
  const dots = last?.kind === 'relation' ? last.sides[1] : last
  if (dots?.kind !== 'variable' || dots.name !== 'ldots') return undefined
  const at = items.findLastIndex((item, index) => counterOf(item) && counterOf(items[index - 1]) !== counterOf(item))
  const counter = counterOf(items[at])
  const values = items.slice(at, -1).map((item) => (item.kind === 'relation' ? item.sides[1] : item))
  if (counter === undefined || values.length < 2) return undefined
  const where = range(counter, values)
  if (!where) return undefined
  return at === 0 ? where : under(list(items.slice(0, at)), where)
}

const counterOf = (item: Node | undefined) => {
  const left = item?.kind === 'relation' && item.signs.length === 1 && item.signs[0] === '=' ? item.sides[0] : undefined
  return left?.kind === 'variable' ? left.name : undefined
}

function range(counter: string, values: readonly (Node | undefined)[]): Node | undefined {
  const left: Node = { kind: 'variable', name: counter }
  const integers: Node = { kind: 'member', left, right: { kind: 'named-set', name: 'integers' }, negated: false }
  const plain = values.map((value) => (value?.kind === 'number' ? value.value.n : undefined))
  const [first] = plain
  if (first === undefined) return undefined
  if (first === 0n && values.slice(1).every(isSigned)) return integers
  if (plain.some((value, index) => value !== first + BigInt(index))) return undefined
  const from: Node = { kind: 'relation', sides: [left, { kind: 'number', value: { n: first, d: 1n } }], signs: ['>='] }
  return { kind: 'and', left: integers, right: from }
}

/** `\pm 1` */
const isSigned = (node: Node | undefined) =>
  node?.kind === 'multiply' && node.left.kind === 'variable' && node.left.name === signName

/** `x \in (k\pi, k\pi + 1), k \in \mathbb{Z}` */
const isOverIntegers = (item: KindOf<'member'>, first: KindOf<'member'>) =>
  item.left.kind === 'variable' &&
  item.right.kind === 'named-set' &&
  item.right.name !== 'reals' &&
  variablesOf(first.right).has(item.left.name)

const isReal = (node: Node) => node.kind === 'named-set' && (node.name === 'reals' || node.name === 'complexes')

/** The conditions at the end of the items. */
function trailing(items: readonly Node[]): readonly Node[] {
  const [first] = items
  if (!first || items.length < 2) return []
  let at = items.length
  while (at > 1 && isConditionFor(items[at - 1] as Node, first)) at--
  return items.slice(at)
}

function isConditionFor(item: Node, first: Node): boolean {
  if (item.kind === 'member') return first.kind !== 'member' || isOverIntegers(item, first)
  if (item.kind !== 'relation') return false
  const value = !isStatement(first) && first.kind !== 'words'
  const equation = first.kind === 'relation' && first.signs.every((sign) => sign === '=')
  const named = equation && first.sides[0]?.kind === 'call' && !item.signs.includes('=')
  const excludes = item.signs.every((sign) => sign === '!=')
  const bounds = item.signs.every((sign) => sign !== '=' && sign !== '~')
  if (!(value && bounds) && !(equation && excludes) && !named) return false
  const known = variablesOf(first)
  return [...variablesOf(item)].some((name) => known.has(name))
}
