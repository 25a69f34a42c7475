/** What can be read as the components of a point or vector: tuples, columns, i-j-k forms, sums of them, named values. */
import type { How } from '../finding.js'
import { numeral, plus, times } from '../matrices/arithmetic.js'
import { columnItems, evaluated } from '../matrices/evaluate.js'
import type { KindOf, Node } from '../tree/node.js'
import { namedValue } from './named-value.js'

export interface Components {
  readonly items: readonly Node[]
  /** How it was written: only two items in `(` or `[` may be an interval, and only `bare` items stand in no bracket. */
  readonly form: 'round' | 'square' | 'vector' | 'bare'
  /** The name of the point or vector. */
  readonly name?: string
  /** The names of the components, as in `(x, y) = (1, 2)`. */
  readonly names?: readonly string[]
  /** Put into the order of the names, which is not the order of the text, nor certain like that of x, y, z. */
  readonly sorted?: boolean
  /** A plane's vector in unit vectors, which is also one of space. */
  readonly planar?: boolean
  /** A point plus a multiple of a direction: the line, whatever the multiplier is called. */
  readonly line?: boolean
}

const point = /^[A-Z](?:_\{?\w+\}?|'*)?$/

/** The components, from the spelling alone. */
export function componentsOf(node: Node, how: How): Components | undefined {
  how.budget.spend()
  switch (node.kind) {
    case 'group':
      return ofGroup(node)
    case 'matrix':
      return ofMatrix(node)
    case 'relation':
      return ofRelation(node, how)
    case 'call':
      return point.test(node.name) && node.primes === 0 && node.args.length > 1
        ? { items: node.args, form: 'round', name: node.name }
        : undefined
    case 'multiply':
    case 'divide':
    case 'add':
      return labelled(node) ?? ofBasis(node, how) ?? worked(node, how)
    case 'variable':
      return ofBasis(node, how)
    default:
      return undefined
  }
}

function ofGroup({ open, close, items }: KindOf<'group'>): Components | undefined {
  if (open === '{' || items.length === 0 || (items.length === 1 && open !== '<')) return undefined
  if ((open === '[') !== (close === ']')) return undefined
  return { items, form: open === '(' ? 'round' : open === '[' ? 'square' : 'vector' }
}

function ofMatrix({ rows, fence }: KindOf<'matrix'>): Components | undefined {
  if (fence === '|' || fence === '||' || rows.length === 0) return undefined
  const items = rows.length === 1 ? rows[0] : rows.every((row) => row.length === 1) ? rows.flat() : undefined
  return items && items.length > 1 ? { items, form: 'vector' } : undefined
}

/** `(x, y) = (1, 2)`, `P = (1, 2)`, `r(t) = (t, 2t)`. */
function ofRelation({ sides, signs }: KindOf<'relation'>, how: How): Components | undefined {
  const [left, right] = sides
  if (!left || !right || signs.join() !== '=') return undefined
  const value = left.kind === 'relation' ? undefined : componentsOf(right, how)
  if (!value || value.name || value.names) return undefined
  if (left.kind === 'variable') return { ...value, name: left.name }
  if (left.kind === 'call') return { ...value, name: left.name }
  if (left.kind !== 'group' || left.items.length !== value.items.length) return undefined
  const names = left.items.map((item) => (item.kind === 'variable' ? item.name : ''))
  return names.includes('') || new Set(names).size < names.length ? undefined : { ...value, names }
}

/** `A(1, 2)` read as a product. */
function labelled(node: Node): Components | undefined {
  if (node.kind !== 'multiply' || node.left.kind !== 'variable' || !point.test(node.left.name)) return undefined
  const value = node.right.kind === 'group' ? ofGroup(node.right) : undefined
  return value && { ...value, name: node.left.name }
}

const worked = (node: Node, how: How): Components | undefined => {
  if (!holdsVector(node)) return undefined
  const value = evaluated(node, how.budget)
  const items = value && columnItems(value)
  return items && items.length > 1 ? { items, form: 'vector', line: node.kind === 'add' } : undefined
}

const holdsVector = (node: Node): boolean => {
  if (node.kind === 'group') return node.items.length > 1
  if (node.kind === 'matrix') return node.fence !== '|' && node.fence !== '||'
  return (
    (node.kind === 'add' || node.kind === 'multiply' || node.kind === 'divide') &&
    (holdsVector(node.left) || holdsVector(node.right))
  )
}

const basis = /^(?:\\?(?:hat|vec|mathbf|bf|boldsymbol)\W*)?\{?\\?([ijk])(?:math)?\}?$/
const directions = ['i', 'j', 'k']

/** Which unit vector; the plain `i` is the imaginary unit unless j or k is there. */
const directionOf = (node: Node): { at: number; sure: boolean } | undefined => {
  if (node.kind === 'constant') return node.name === 'i' ? { at: 0, sure: false } : undefined
  const name = node.kind === 'variable' ? basis.exec(node.name)?.[1] : undefined
  return name && node.kind === 'variable' ? { at: directions.indexOf(name), sure: node.name.length > 1 } : undefined
}

/** `3i - 2j + k`: a sum in which each term holds one unit vector. */
function ofBasis(node: Node, how: How): Components | undefined {
  if (!mayBeBasis(node)) return undefined
  const terms = termsOf(node, how)
  if (!terms) return undefined
  const marked = terms.some(({ sure }) => sure)
  if (!marked && (terms.length < 2 || !terms.some(({ at }) => at > 0))) return undefined
  const items = [0, 1, 2].map((at) =>
    terms.filter((term) => term.at === at).reduce<Node>((total, { factor }) => plus(total, factor), numeral(0)),
  )
  const planar = !terms.some(({ at }) => at === 2)
  return { items: planar ? items.slice(0, 2) : items, form: 'vector', planar }
}

/** Is there a unit vector at all? Cheap, because every product and sum is asked. */
const mayBeBasis = (node: Node): boolean =>
  node.kind === 'variable'
    ? basis.test(node.name)
    : (node.kind === 'add' || node.kind === 'multiply' || node.kind === 'divide') &&
      (mayBeBasis(node.left) || mayBeBasis(node.right))

interface Term {
  readonly at: number
  readonly sure: boolean
  readonly factor: Node
}

function termsOf(node: Node, how: How): Term[] | undefined {
  how.budget.spend()
  const direction = directionOf(node)
  if (direction) return [{ ...direction, factor: numeral(1) }]
  if (node.kind === 'add') {
    const [left, right] = [termsOf(node.left, how), termsOf(node.right, how)]
    return left && right && [...left, ...right]
  }
  if (node.kind === 'divide') return scaled(termsOf(node.left, how), (factor) => ({ ...node, left: factor }))
  if (node.kind !== 'multiply') return undefined
  const [left, right] = [mayBeBasisOrI(node.left), mayBeBasisOrI(node.right)]
  if (left === right) return undefined
  return left
    ? scaled(termsOf(node.left, how), (factor) => times(node.right, factor))
    : scaled(termsOf(node.right, how), (factor) => times(node.left, factor))
}

const mayBeBasisOrI = (node: Node): boolean =>
  directionOf(node) !== undefined ||
  ((node.kind === 'add' || node.kind === 'multiply' || node.kind === 'divide') &&
    (mayBeBasisOrI(node.left) || mayBeBasisOrI(node.right)))

const scaled = (terms: Term[] | undefined, change: (factor: Node) => Node): Term[] | undefined =>
  terms?.map((term) => ({ ...term, factor: change(term.factor) }))

/** `x = 2, y = 5`: the values in the order of the names; undefined unless every item names another. */
export function valuesByName(items: readonly Node[]): Components | undefined {
  const named = items.map(namedValue)
  const names = named.map((one) => one?.name ?? '')
  if (names.includes('') || new Set(names).size < names.length || names.length < 2) return undefined
  const sorted = named.flatMap((one) => one ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const moved = sorted.some(({ name }, index) => name !== names[index]) && !names.every((name) => /^[xyz]$/.test(name))
  return { items: sorted.map(({ value }) => value), names: sorted.map(({ name }) => name), form: 'bare', sorted: moved }
}
