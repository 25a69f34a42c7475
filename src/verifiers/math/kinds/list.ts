/** Items without brackets: `1, 2 and 3`, `x = 1 or x = 2`. Without an order unless the policy or names give one. */
import { type Finding, type How, unsure } from '../finding.js'
import type { Node } from '../tree/node.js'

import { defineKind } from './kind.js'
import { distinct, sameBag, sameInOrder } from './members.js'
import { alternativesIn, namedValue } from './named-value.js'
import { withoutDots } from './progression.js'

/** Behind the kinds that read a list as something else: assignments, inequalities, sets, tuples, matching. */
export const listKind = defineKind<readonly Node[]>({
  id: 'list',
  read: ({ node }, how, other) => {
    if (node?.kind === 'list') return withoutDots(node.items, how.budget)
    const alternatives = node && alternativesIn(node)
    if (alternatives) return alternatives
    // `5 or more` is no list of two.
    const worded = other.node?.kind !== 'list' || other.node.items.some((item) => item.kind === 'words')
    return node && !worded && isValue(node) ? [node] : undefined
  },
  same: sameList,
})

const noValue = new Set<Node['kind']>([
  ...(['relation', 'congruence', 'member', 'not', 'and', 'or', 'xor', 'implies', 'iff', 'family'] as const),
  ...(['list', 'union', 'intersection', 'difference', 'named-set', 'builder', 'words'] as const),
])
/** One value rather than a statement, which may say in one what a list says in several. */
const isValue = (node: Node) => !noValue.has(node.kind) && !isDoubtful(node)

/** Brackets that may be a set or an interval, and the letter of a choice beside letters that are only offered. */
const isDoubtful = (node: Node) =>
  (node.kind === 'group' && (node.open === '{' || node.open === '[')) ||
  (node.kind === 'variable' && /^[A-J]$/.test(node.name))

function sameList(a: readonly Node[], b: readonly Node[], how: How): Finding {
  const finding = compared(a, b, how)
  const statements = [...a, ...b].some((item) => item.kind === 'relation' && !namedValue(item))
  return finding.equal === false && statements ? unsure('structure', 'statements that differ one by one') : finding
}

function compared(a: readonly Node[], b: readonly Node[], how: How): Finding {
  if (how.policy.orderedLists) return sameInOrder(a, b, how)
  const [ours, theirs] = [namesIn(a), namesIn(b)]
  if ((ours > 1 && theirs === 0) || (theirs > 1 && ours === 0)) {
    const ordered = sameInOrder(a, b, how)
    if (ordered.equal || a.length !== b.length) return ordered
    return unsure('structure', 'values in another order than the names')
  }
  const [left, right] = [solutions(a, how), solutions(b, how)]
  return left && right ? sameBag(left, right, how) : sameBag(a, b, how)
}

/** Tuples in a list are solutions, of which each counts once. */
const solutions = (items: readonly Node[], how: How) =>
  items.every((item) => item.kind === 'group') ? distinct(items, how) : undefined

const namesIn = (items: readonly Node[]) => new Set(items.flatMap((item) => namedValue(item)?.name ?? [])).size
