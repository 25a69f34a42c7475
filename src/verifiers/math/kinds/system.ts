/**
 * Several equations that hold together, and several solutions of several names. Named values one by one are a list, and
 * beside a point a tuple: those settle what they can before.
 */
import { definitionOf } from '../equations/definition.js'
import { type Form, formOf } from '../equations/form.js'
import { echelonOf, sameEchelon } from '../equations/linear.js'
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { defineKind } from './kind.js'
import { sameBag, sameSet } from './members.js'
import { namedValue } from './named-value.js'

interface System {
  readonly equations: readonly Node[]
  /** What each equation says; undefined when one is of another form. */
  readonly forms?: readonly Form[]
}

/** Before the list and the relation, of which it is several. */
export const systemKind = defineKind<System>({
  id: 'system',
  read: ({ node }) => {
    const equations = node && equationsOf(node)
    if (!equations) return undefined
    const forms = equations.map(formOf)
    return { equations, ...(!forms.includes(undefined) && { forms: forms as Form[] }) }
  },
  same: sameSystem,
})

/** Of a list, of `and`, or of a chain a = b = c. A single equation is a system of one. */
function equationsOf(node: Node): Node[] | undefined {
  if (node.kind === 'relation') {
    const { sides, signs } = node
    if (sides.length > 2 && !signs.every((sign) => sign === '=')) return undefined
    return signs.map((sign, index) => ({
      kind: 'relation',
      sides: [sides[index] as Node, sides[index + 1] as Node],
      signs: [sign],
    }))
  }
  const items = node.kind === 'list' ? node.items : node.kind === 'and' ? [node.left, node.right] : undefined
  if (!items || items.length < 2) return undefined
  const all = items.map(equationsOf)
  return all.includes(undefined) ? undefined : all.flatMap((part) => part as Node[])
}

function sameSystem(a: System, b: System, how: How): Finding {
  const open = unsure('structure', 'systems of another form')
  if ((a.equations.length === 1 && b.equations.length === 1) || isAlternatives(a) || isAlternatives(b)) return open
  const bag = a.equations.length === b.equations.length ? sameBag(a.equations, b.equations, how) : open
  if (bag.equal) return bag
  const [left, right] = [a.forms, b.forms]
  if (!left || !right) return open
  const names = [...new Set([...left, ...right].flatMap((form) => [...form.names]))].sort()
  const [ours, theirs] = [echelonOf(left, names, how), echelonOf(right, names, how)]
  if (ours && theirs)
    return sameEchelon(ours, theirs) ? yes('exact', 'the same solution space') : no('exact', 'another solution space')
  return areValues(a) && areValues(b) ? bag : open
}

/** `x = 1, x = 2` are two solutions rather than two conditions. */
const isAlternatives = ({ equations }: System) => {
  const names = equations.map((node) => namedValue(node)?.name ?? definitionOf(node)?.name)
  return names.length > 1 && new Set(names).size < names.length && !names.includes(undefined)
}

const areValues = ({ equations }: System) => equations.every((node) => namedValue(node))

/** The sides of a list of solutions: `x = 1, y = 2 or x = 3, y = 4` as one row for each. */
function rowsOf(node: Node): readonly Node[] | undefined {
  if (node.kind !== 'list') return undefined
  const named = node.items.map(namedValue)
  const [first] = named
  const width = named.findIndex((one, index) => index > 0 && one?.name === first?.name)
  if (!first || width < 2 || named.length % width !== 0 || named.includes(undefined)) return undefined
  const names = named.slice(0, width).map((one) => one?.name as string)
  if (named.some((one, index) => one?.name !== names[index % width])) return undefined
  const order = names
    .map((_, index) => index)
    .toSorted((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1))
  return Array.from({ length: named.length / width }, (_, row) => ({
    kind: 'group',
    open: '(',
    close: ')',
    items: order.map((at) => (named[row * width + at] as { value: Node }).value),
  }))
}

/** Several solutions of several names, as points in the order of the names. */
export const solutionsKind = defineKind<readonly Node[]>({
  id: 'solutions',
  read: ({ node }, _how, { node: other }) => {
    if (!node || !other) return undefined
    const rows = rowsOf(node)
    if (rows) return rows
    return rowsOf(other) || holdsNamedPoint(node) || holdsNamedPoint(other) ? pointsIn(node) : undefined
  },
  same: (a, b, how) => sameSet(a, b, how),
})

/** `(x, y) = (1, 2)` among several. */
const holdsNamedPoint = (node: Node) =>
  node.kind === 'list' && node.items.some((item) => item.kind === 'relation' && item.sides[0]?.kind === 'group')

function pointsIn(node: Node): readonly Node[] | undefined {
  const items = node.kind === 'list' || (node.kind === 'group' && node.open === '{') ? node.items : [node]
  const points = items.map((item) =>
    item.kind === 'relation' && item.sides[0]?.kind === 'group' ? item.sides[1] : item,
  )
  return points.every((point) => point?.kind === 'group' && point.open === '(') ? (points as Node[]) : undefined
}

/** `x_1 = 1, x_2 = -3`: the values of one name, numbered. */
function numberedValues(node: Node): { base: string; values: readonly Node[] } | undefined {
  if (node.kind !== 'list') return undefined
  const named = node.items.map(namedValue)
  const parts = named.map((one) => /^([a-z]+)_\{?(\d)\}?$/.exec(one?.name ?? ''))
  const base = parts[0]?.[1]
  const numbers = new Set(parts.map((part) => part?.[2]))
  if (!base || !parts.every((part) => part?.[1] === base) || numbers.size < parts.length) return undefined
  return { base, values: named.map((one) => (one as { value: Node }).value) }
}

/** The roots of one unknown, numbered on one side only: `x_1 = 1, x_2 = -3` beside {1, -3}. */
export const rootsKind = defineKind<readonly Node[]>({
  id: 'roots',
  read: ({ node }, _how, { node: other }) => {
    if (!node || !other) return undefined
    const own = numberedValues(node)
    const theirs = numberedValues(other)
    if (own) return theirs ? undefined : own.values
    return theirs ? valuesIn(node, theirs.base) : undefined
  },
  same: (a, b, how) => sameSet(a, b, how),
})

function valuesIn(node: Node, base: string): readonly Node[] | undefined {
  if (node.kind === 'member')
    return node.left.kind === 'variable' && node.left.name === base ? valuesIn(node.right, base) : undefined
  if (node.kind !== 'list' && !(node.kind === 'group' && node.open === '{')) return undefined
  const values = node.items.map((item) => {
    const named = namedValue(item)
    return named ? (named.name === base ? named.value : undefined) : item.kind === 'relation' ? undefined : item
  })
  return values.includes(undefined) ? undefined : (values as Node[])
}
