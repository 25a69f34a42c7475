/** Members without an order: which of one side is which of the other. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { equalTo } from '../value/rational.js'

const maxComparisons = 2500

/** row: of the left members; column: of the right ones. */
type Table = readonly (readonly (boolean | null)[])[]

/** Two numbers are the commonest members by far; the rest is compared as an answer of any kind. */
export const sameMember = (a: Node, b: Node, how: How): boolean | null => {
  how.budget.spend()
  return a.kind === 'number' && b.kind === 'number' ? equalTo(a.value, b.value) : how.same(a, b).equal
}

/** Each member by its index. */
export function sameInOrder(a: readonly Node[], b: readonly Node[], how: How): Finding {
  if (a.length !== b.length) return no('structure', `expected ${a.length} parts, got ${b.length}`)
  let open = false
  for (const [index, item] of a.entries()) {
    const equal = sameMember(item, b[index] as Node, how)
    if (equal === false) return no('structure', `part ${index + 1} differs`)
    if (equal === null) open = true
  }
  return open ? unsure('structure', 'a part is not settled') : yes('structure', 'equal part by part')
}

/** Every member of one has an equal in the other; how often does not count. */
export function sameSet(a: readonly Node[], b: readonly Node[], how: How): Finding {
  const table = tableOf(a, b, how)
  if (!table) return unsure('structure', 'too many members')
  const lines = [...table, ...columnsOf(table, b.length)]
  if (lines.every((line) => line.includes(true))) return yes('structure', 'the same members')
  return lines.some((line) => line.every((equal) => equal === false))
    ? no('structure', 'a member has no equal')
    : unsure('structure', 'a member is not settled')
}

/** Every member has a partner of its own on the other side, so repeats count. */
export function sameBag(a: readonly Node[], b: readonly Node[], how: How): Finding {
  if (a.length !== b.length) return no('structure', `expected ${a.length} members, got ${b.length}`)
  const table = tableOf(a, b, how)
  if (!table) return unsure('structure', 'too many members')
  if (matched(table, (equal) => equal === true)) return yes('structure', 'the same members')
  return matched(table, (equal) => equal !== false)
    ? unsure('structure', 'a member is not settled')
    : no('structure', 'a member has no equal')
}

/** The members without those proven to repeat an earlier one; undefined when that is not settled for a pair. */
export function distinct(items: readonly Node[], how: How): Node[] | undefined {
  if (items.length * items.length > maxComparisons) return undefined
  const kept: Node[] = []
  for (const item of items) {
    const found = kept.map((one) => sameMember(one, item, how))
    if (found.includes(true)) continue
    if (found.includes(null)) return undefined
    kept.push(item)
  }
  return kept
}

/** Is it one of them? null: not settled. */
export function contains(items: readonly Node[], item: Node, how: How): boolean | null {
  let open: false | null = false
  for (const one of items) {
    const equal = sameMember(one, item, how)
    if (equal) return true
    if (equal === null) open = null
  }
  return open
}

function tableOf(a: readonly Node[], b: readonly Node[], how: How): Table | undefined {
  if (a.length * b.length > maxComparisons) return undefined
  return a.map((item) => b.map((other) => sameMember(item, other, how)))
}

const columnsOf = (table: Table, width: number): Table =>
  Array.from({ length: width }, (_, column) => table.map((row) => row[column] ?? null))

/** Is there a perfect matching of rows and columns over the allowed cells? By augmenting paths. */
function matched(table: Table, allowed: (equal: boolean | null) => boolean): boolean {
  const partner = new Map<number, number>()
  const place = (row: number, tried: Set<number>): boolean => {
    for (const [column, equal] of (table[row] ?? []).entries()) {
      if (!allowed(equal) || tried.has(column)) continue
      tried.add(column)
      const holder = partner.get(column)
      if (holder !== undefined && !place(holder, tried)) continue
      partner.set(column, row)
      return true
    }
    return false
  }
  return table.every((_, row) => place(row, new Set()))
}
