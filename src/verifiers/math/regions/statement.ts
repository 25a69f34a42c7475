/** Answers that say which real numbers: intervals, inequalities, sets of points, and what is put together from them. */
import type { How } from '../finding.js'
import { numeral } from '../matrices/arithmetic.js'
import { complexNames } from '../scalars/complex-names.js'
import { holdsNames, withCallsNamed } from '../tree/calls.js'
import { type KindOf, type Node, type SetName, signName } from '../tree/node.js'
import { some, substitute, variablesOf } from '../tree/walk.js'
import { cutOf, orderOf } from './cut.js'
import { infinityOf } from './infinity.js'
import {
  complement,
  difference,
  everything,
  intersection,
  isEmpty,
  nothing,
  pointAt,
  type Region,
  span,
  union,
} from './region.js'
import { solved } from './solve.js'
import { Unsettled } from './unsettled.js'

export interface Subset {
  readonly region: Region
  /** The unknown that is said to be in it. */
  readonly name?: string
  /** Only the whole numbers in it. */
  readonly whole?: 'integers' | 'naturals'
}

/**
 * The subset that an answer describes; undefined when it describes none.
 * Throws Unsettled when it does and the subset is not certain.
 */
export function subsetOf(node: Node, how: How): Subset | undefined {
  how.budget.spend(2)
  switch (node.kind) {
    case 'group':
      return node.open === '{' ? pointsOf(node.items, how) : bounded(intervalOf(node, how))
    case 'named-set':
      return namedSet(node.name)
    case 'union':
    case 'intersection':
    case 'difference':
      return put(node, how)
    case 'member':
      return memberOf(node, how)
    case 'relation':
      return across(node, how) ?? related(node, how)
    case 'and':
    case 'or':
      return both(subsetOf(node.left, how), subsetOf(node.right, how), node.kind === 'or' ? union : intersection, how)
    case 'not': {
      const inner = subsetOf(node.inner, how)
      return inner && { ...inner, region: complement(inner.region) }
    }
    case 'list':
      return listed(node.items, how)
    case 'family':
      return both(subsetOf(node.body, how), subsetOf(node.where, how), intersection, how)
    case 'builder':
      return built(node, how)
    default:
      return undefined
  }
}

function namedSet(name: SetName): Subset | undefined {
  if (name === 'reals') return { region: everything }
  if (name === 'empty') return { region: nothing }
  return name === 'integers' || name === 'naturals' ? { region: everything, whole: name } : undefined
}

const bounded = (region: Region | undefined): Subset | undefined => region && { region }

/** Points: constants only. */
export function pointsOf(items: readonly Node[], how: How): Subset | undefined {
  if (!items.every(isConstant)) return undefined
  const cuts = items.map((item) => pointAt(cutOf(item, how)))
  return { region: cuts.reduce((all, one) => union(all, one, how), nothing) }
}

const valueKinds = new Set<Node['kind']>(['number', 'constant', 'add', 'multiply', 'divide', 'power', 'apply'])
export const isConstant = (node: Node) =>
  valueKinds.has(node.kind) &&
  variablesOf(node).size === 0 &&
  !some(node, (one) => one.kind === 'constant' && one.name === 'infinity')

/** Undefined when it is no interval: brackets of another sort, ends that do not ascend, a closed infinity. */
function intervalOf({ open, close, items }: KindOf<'group'>, how: How): Region | undefined {
  const [low, high] = items
  if (!low || !high || items.length !== 2 || open === '{' || open === '<' || close === '}' || close === '>')
    return undefined
  const [below, above] = [infinityOf(low), infinityOf(high)]
  if (below === 1 || above === -1) return undefined
  if (![low, high].every((end) => infinityOf(end) !== 0 || isConstant(end))) return undefined
  const first = below ? undefined : { cut: cutOf(low, how), closed: open === '[' }
  const last = above ? undefined : { cut: cutOf(high, how), closed: close === ']' }
  if (!first || !last) return span(first, last)
  const order = orderOf(first.cut, last.cut, how)
  if (order > 0 || (order === 0 && !(first.closed && last.closed))) return undefined
  return order === 0 ? pointAt(first.cut) : span(first, last)
}

function put(node: KindOf<'union' | 'intersection' | 'difference'>, how: How): Subset | undefined {
  const [left, right] = [subsetOf(node.left, how), subsetOf(node.right, how)]
  if (!left || !right) return undefined
  const join = node.kind === 'union' ? union : node.kind === 'intersection' ? intersection : difference
  return both(left, right, join, how)
}

function both(
  left: Subset | undefined,
  right: Subset | undefined,
  join: (a: Region, b: Region, how: How) => Region,
  how: How,
): Subset | undefined {
  if (!left || !right) return undefined
  const name = left.name ?? right.name
  if (left.name && right.name && left.name !== right.name) return undefined
  const region = join(left.region, right.region, how)
  if (left.whole === right.whole) return { ...left, region, name }
  if (join !== intersection) throw new Unsettled('whole numbers and others')
  const whole = left.whole === 'naturals' || right.whole === 'naturals' ? 'naturals' : 'integers'
  return { region, name, whole }
}

function memberOf({ left, right, negated }: KindOf<'member'>, how: How): Subset | undefined {
  const inner = subsetOf(right, how)
  const name = unknownOf(left)
  if (!inner || inner.name || name === undefined) return undefined
  if (negated && inner.whole) return undefined
  return { ...inner, region: negated ? complement(inner.region) : inner.region, name }
}

/** A name, or the value of a function such as f(x). */
const unknownOf = (node: Node): string | undefined => {
  if (node.kind === 'variable') return node.name === signName ? undefined : node.name
  return node.kind === 'call' && node.args.every((arg) => arg.kind === 'variable') ? `${node.name}()` : undefined
}

/** `x < 1 \cup x > 3`: the sign of the union stands between two inequalities. */
function across({ sides, signs }: KindOf<'relation'>, how: How): Subset | undefined {
  const at = sides.findIndex((side) => side.kind === 'union')
  const middle = sides[at]
  if (middle?.kind !== 'union' || at === 0) return undefined
  const left: Node = { kind: 'relation', sides: [...sides.slice(0, at), middle.left], signs: signs.slice(0, at) }
  const right: Node = { kind: 'relation', sides: [middle.right, ...sides.slice(at + 1)], signs: signs.slice(at) }
  return both(subsetOf(left, how), subsetOf(right, how), union, how)
}

/** An equation or inequality of one name. With a sign ± it is both readings. */
function related(given: KindOf<'relation'>, how: How): Subset | undefined {
  const node = withCallsNamed(given) as KindOf<'relation'>
  const names = variablesOf(node)
  if (names.delete(signName)) {
    const readings = [1, -1].map((sign) => subsetOf(substitute(node, signName, numeral(sign)), how))
    return both(readings[0], readings[1], node.signs.includes('!=') ? intersection : union, how)
  }
  const [name, more] = names
  if (name === undefined || more !== undefined || holdsNames(name) || !node.sides.every(isExpression)) return undefined
  if (complexNames([node])) throw new Unsettled('a name that may be complex')
  return { region: solved(node, name, how), name }
}

const isExpression = (node: Node): boolean =>
  node.kind === 'variable' ||
  (valueKinds.has(node.kind) && !some(node, ({ kind }) => kind === 'group' || kind === 'list'))

/**
 * Statements side by side hold together where they can, else they are alternatives: `x > 1, x < 3` and `x < -1, x > 2`.
 * Equations and intervals are alternatives in any case.
 */
function listed(items: readonly Node[], how: How): Subset | undefined {
  const parts = spread(items).map((item) => ({ item, subset: subsetOf(item, how) }))
  const [first, ...rest] = parts
  if (!first?.subset || rest.length === 0) return undefined
  const alternatives = parts.every(({ item }) => isAlternative(item))
  const all = (join: typeof union) =>
    rest.reduce<Subset | undefined>((total, { subset }) => both(total, subset, join, how), first.subset)
  if (alternatives) return all(union)
  const together = all(intersection)
  return together && isEmpty(together.region) ? all(union) : together
}

const isAlternative = (node: Node) =>
  node.kind === 'group' ||
  node.kind === 'union' ||
  (node.kind === 'relation' && node.signs.every((sign) => sign === '='))

/** `x ≠ 1, 2`: the relation goes on for the values after it. */
function spread(items: readonly Node[]): Node[] {
  let last: KindOf<'relation'> | undefined
  return items.map((item) => {
    if (item.kind === 'relation') last = item.sides.length === 2 ? item : undefined
    else if (last && isConstant(item) && (last.signs[0] === '=' || last.signs[0] === '!='))
      return { ...last, sides: [last.sides[0] as Node, item] }
    return item
  })
}

/** `{ x | x > 2 }`, `{ x in R : x > 2 }`. */
function built({ element, where }: KindOf<'builder'>, how: How): Subset | undefined {
  const inner = subsetOf(where, how)
  if (!inner) return undefined
  if (element.kind === 'variable') return inner.name === element.name ? { ...inner, name: undefined } : undefined
  if (element.kind !== 'member') return undefined
  const outer = memberOf(element, how)
  const held = outer && outer.name === inner.name ? both(outer, inner, intersection, how) : undefined
  return held && { ...held, name: undefined }
}
