/** Typed values taken apart by what they are (encoding: schemas/value.ts), and put together again. */
import { dictOf } from '../../schemas/python-literals/reader.js'
import type { Value } from '../../schemas/value.js'

export type Sequence = 'list' | 'tuple' | 'set' | 'frozenset'

export type Parts =
  | { readonly is: 'none' | 'boolean' | 'number' | 'text' | 'other' }
  | { readonly is: 'sequence'; readonly tag: Sequence; readonly items: readonly Value[] }
  | { readonly is: 'dict'; readonly pairs: readonly (readonly [Value, Value])[] }

const sequences: readonly string[] = ['tuple', 'set', 'frozenset']

export function partsOfValue(value: Value): Parts {
  if (value === null) return { is: 'none' }
  if (typeof value === 'boolean') return { is: 'boolean' }
  if (typeof value === 'number') return { is: 'number' }
  if (typeof value === 'string') return { is: 'text' }
  if (Array.isArray(value)) return { is: 'sequence', tag: 'list', items: value }
  const record = value as { readonly [key: string]: Value }
  const { $: tag, v } = record
  if (tag === undefined) return { is: 'dict', pairs: Object.entries(record) }
  if (tag === 'dict') return { is: 'dict', pairs: v as unknown as [Value, Value][] }
  if (typeof tag === 'string' && sequences.includes(tag) && Array.isArray(v))
    return { is: 'sequence', tag: tag as Sequence, items: v }
  return { is: 'other' }
}

/** A sequence of a kind; a set loses what it holds twice. */
export function sequenceOf(tag: Sequence, items: readonly Value[]): Value {
  if (tag === 'list') return items
  if (tag === 'tuple') return { $: tag, v: items }
  return { $: tag, v: [...new Map(items.map((item) => [JSON.stringify(item), item])).values()] }
}

/** A dict; of two equal keys the last one counts. */
export const dictionaryOf = (pairs: readonly (readonly [Value, Value])[]): Value =>
  dictOf([...new Map(pairs.map((pair) => [JSON.stringify(pair[0]), pair])).values()])

/** Text that two values share exactly when nothing tells them apart but the order of a set or a dict. */
export const identity = (value: Value): string => JSON.stringify(inOrder(value))

function inOrder(value: Value): unknown {
  const parts = partsOfValue(value)
  if (parts.is === 'dict') return { dict: sorted(parts.pairs.map((pair) => pair.map(inOrder))) }
  if (parts.is !== 'sequence') return value
  const items = parts.items.map(inOrder)
  return { [parts.tag]: parts.tag === 'set' || parts.tag === 'frozenset' ? sorted(items) : items }
}

const sorted = (items: readonly unknown[]): string[] => items.map((item) => JSON.stringify(item)).sort()

/** Items of a sequence, characters of a text; undefined for what has no length. */
export function lengthOf(value: Value): number | undefined {
  if (typeof value === 'string') return value.length
  const parts = partsOfValue(value)
  return parts.is === 'sequence' ? parts.items.length : undefined
}
