/**
 * Finite sets, written out or put together from such. A list without brackets beside a set is one, and so is a single
 * value: 5 as the only solution is the solution set {5}.
 */
import { type Finding, type How, no, unsure } from '../finding.js'
import type { Node } from '../tree/node.js'
import { type Answer, defineKind } from './kind.js'
import { contains, distinct, sameInOrder, sameSet } from './members.js'
import { alternativesIn, namedValue } from './named-value.js'
import { withoutDots } from './progression.js'

interface FiniteSet {
  readonly items: readonly Node[]
  /** A list, in which repeats would count. */
  readonly bare: boolean
  /** What is said to be the set, or to be in it. */
  readonly name?: string
  /** Which members it has is not plain, e.g. what the dots stand for. */
  readonly unsettled?: boolean
}

/** Before the interval, which reads finite sets as well, and before the list. */
export const setKind = defineKind<FiniteSet>({
  id: 'set',
  exclusive: true,
  read: ({ text, node }, how, other) => {
    if (!node) return undefined
    const items = finiteSet(node, how)
    if (items) return { items, bare: false, name: nameOf(node) }
    if (isSet(node)) return { items: [], bare: false, unsettled: true }
    // Inside another set {1} is no 1.
    return speaksOfSet(other) && text !== '' ? besideSet(node, other, how) : undefined
  },
  same: (a, b, how) => {
    if (a.unsettled || b.unsettled) return unsure('structure', 'a set whose members are not plain')
    if (a.name && b.name && a.name !== b.name) return no('structure', `expected ${a.name}, got ${b.name}`)
    const named = valuesOfNames(a, b, how)
    if (named) return named
    const finding = sameSet(a.items, b.items, how)
    const repeats = a.bare !== b.bare && a.items.length !== b.items.length
    return finding.equal && repeats ? unsure('structure', 'a list with repeats against a set') : finding
  },
})

const speaksOfSet = ({ node }: Answer): boolean => {
  if (node?.kind === 'relation' && node.sides.length === 2 && node.signs[0] === '=') {
    return node.sides[0]?.kind === 'variable' && isSet(node.sides[1] as Node)
  }
  return node !== undefined && (isSet(node) || (node.kind === 'member' && isSet(node.right)))
}

const isSet = (node: Node): boolean =>
  (node.kind === 'group' && node.open === '{') ||
  (node.kind === 'named-set' && node.name === 'empty') ||
  ((node.kind === 'union' || node.kind === 'intersection' || node.kind === 'difference' || node.kind === 'multiply') &&
    isSet(node.left) &&
    isSet(node.right))

/** The members; undefined when it is no finite set, or one whose members are not settled. */
function finiteSet(node: Node, how: How): readonly Node[] | undefined {
  how.budget.spend()
  switch (node.kind) {
    case 'group': {
      if (node.open !== '{') return undefined
      const items = withoutDots(node.items, how.budget)
      return items?.flatMap((item) => (item.kind === 'list' ? item.items : [item]))
    }
    case 'named-set':
      return node.name === 'empty' ? [] : undefined
    case 'member':
      return node.negated || node.left.kind !== 'variable' ? undefined : finiteSet(node.right, how)
    case 'relation': {
      const named = namedValue(node)
      return named && finiteSet(named.value, how)
    }
    case 'union':
    case 'intersection':
    case 'difference':
      return combined(node, how)
    case 'multiply':
      return isSet(node) ? pairs(node.left, node.right, how) : undefined
    default:
      return undefined
  }
}

function combined(
  node: Extract<Node, { kind: 'union' | 'intersection' | 'difference' }>,
  how: How,
): readonly Node[] | undefined {
  const [left, right] = [finiteSet(node.left, how), finiteSet(node.right, how)]
  if (!left || !right) return undefined
  if (node.kind === 'union') return distinct([...left, ...right], how)
  const held = left.map((item) => contains(right, item, how))
  if (held.includes(null)) return undefined
  return left.filter((_, index) => held[index] === (node.kind === 'intersection'))
}

/** The product of two sets. */
function pairs(a: Node, b: Node, how: How): readonly Node[] | undefined {
  const [left, right] = [finiteSet(a, how), finiteSet(b, how)]
  if (!left || !right || left.length * right.length > 2500) return undefined
  how.budget.spend(left.length * right.length)
  return left.flatMap((x) => right.map((y): Node => ({ kind: 'group', open: '(', close: ')', items: [x, y] })))
}

const statements = new Set<Node['kind']>([
  ...(['congruence', 'member', 'not', 'and', 'or', 'xor', 'implies', 'iff', 'family', 'builder'] as const),
  ...(['named-set', 'union', 'intersection', 'difference', 'words', 'truth'] as const),
])

const nameOf = (node: Node): string | undefined => {
  if (node.kind === 'member') return node.left.kind === 'variable' ? `in ${node.left.name}` : undefined
  return namedValue(node)?.name
}

function besideSet(node: Node, other: Answer, how: How): FiniteSet | undefined {
  const alternatives = node.kind === 'list' ? node.items : alternativesIn(node)
  if (alternatives) {
    const items = withoutDots(alternatives, how.budget)
    return items?.every((item) => item.kind === 'words' || isMember(item)) ? { items, bare: true } : undefined
  }
  // Brackets may be an interval: a member only where the set has others of the sort.
  if (node.kind === 'group' && !(other.node && finiteSet(other.node, how)?.some((item) => item.kind === 'group')))
    return undefined
  return isMember(node) ? { items: [node], bare: false } : undefined
}

/** A value, or a name with its value; other relations may hold for more than one. */
const isMember = (node: Node) =>
  !statements.has(node.kind) && (node.kind !== 'relation' || namedValue(node) !== undefined)

/** `x = 1, y = 2` beside {1, 2} gives the values of two names: only in that order may it be meant. */
function valuesOfNames(a: FiniteSet, b: FiniteSet, how: How): Finding | undefined {
  const names = (items: readonly Node[]) => new Set(items.flatMap((item) => namedValue(item)?.name ?? [])).size
  if (names(a.items) < 2 === names(b.items) < 2) return undefined
  const finding = sameInOrder(a.items, b.items, how)
  return finding.equal || a.items.length !== b.items.length ? finding : unsure('structure', 'values of several names')
}
