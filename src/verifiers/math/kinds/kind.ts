/**
 * A kind of answer: what can be read as it, and when two of it are the same. Two answers meet at the first kind, in the
 * order of the registry, that both can be read as; so an answer that has several readings needs no conversions.
 */
import { type Finding, type How, unsure } from '../finding.js'
import type { Node } from '../tree/node.js'

export interface Answer {
  /** The answer in one spelling; empty for a part of another answer. */
  readonly text: string
  /** The words that named the whole, e.g. `width` of `width = 5`. */
  readonly label?: string
  /** Undefined when the text is no mathematics that is read here; `unread` says why. */
  readonly node?: Node
  readonly unread?: string
}

export interface KindSpec<V> {
  /** The answer class, e.g. `interval`. */
  readonly id: string
  /**
   * The answer as this kind; undefined when it is none. `other` is the answer that it will be compared with, for
   * readings that only the company suggests, e.g. a bare list beside a set. Throws OverBudget.
   */
  readonly read: (answer: Answer, how: How, other: Answer) => V | undefined
  /** Symmetric. An open finding hands the pair on to the next kind that both can be read as. Throws OverBudget. */
  readonly same: (a: V, b: V, how: How) => Finding
  /** What it is cannot be anything that this kind does not read: beside an answer that is not of it, the two differ. */
  readonly exclusive?: boolean
  /** What it leaves open stays open: no later kind knows better. */
  readonly last?: boolean
}

export interface Kind {
  readonly id: string
  readonly exclusive: boolean
  readonly last: boolean
  /** Undefined when neither or only one side is of this kind; `clash` says that only one is. */
  readonly compare: (a: Answer, b: Answer, how: How) => { readonly finding?: Finding; readonly clash: boolean }
}

export const defineKind = <V>({ id, read, same, exclusive = false, last = false }: KindSpec<V>): Kind => ({
  id,
  exclusive,
  last,
  compare: (a, b, how) => {
    const [left, right] = [read(a, how, b), read(b, how, a)]
    if (left !== undefined && right !== undefined) return { finding: same(left, right, how), clash: false }
    return { clash: (left === undefined) !== (right === undefined) }
  },
})

/** The verdict of the kinds, in order. */
export function meet(kinds: readonly Kind[], a: Answer, b: Answer, how: How): Finding {
  let open: Finding | undefined
  let clash: string | undefined
  for (const kind of kinds) {
    how.budget.spend()
    const met = kind.compare(a, b, how)
    if (met.finding && (met.finding.equal !== null || kind.last)) return met.finding
    open ??= met.finding
    if (met.clash && kind.exclusive) clash ??= kind.id
  }
  if (open) return open
  if (clash && a.unread === undefined && b.unread === undefined) {
    return { equal: false, layer: 'type', reason: `only one side is of the kind ${clash}` }
  }
  return unsure('type', a.unread ?? b.unread ?? 'no kind of answer reads both sides')
}
