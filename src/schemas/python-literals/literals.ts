/** Texts of Python literals: a value, or the arguments of a call. */
import type { Value } from '../value.js'
import { type Arguments, NoLiteral, Reader, readArguments, readValue } from './reader.js'

function attempt<T>(text: string, read: (reader: Reader) => T): { readonly found: T } | { readonly defect: string } {
  try {
    const reader = new Reader(text)
    const found = read(reader)
    return reader.ended ? { found } : reader.refuse()
  } catch (error) {
    if (error instanceof NoLiteral) return { defect: error.message }
    throw error
  }
}

/** The value of a text that is one literal; `1, 2` is a tuple. Or why it is none. */
export function literalOf(text: string): { readonly value: Value } | { readonly defect: string } {
  const read = attempt(text.trim(), (reader) => {
    const value = readValue(reader)
    if (reader.ended || !reader.mark(',')) return value
    const items = [value]
    while (!reader.ended) {
      items.push(readValue(reader))
      if (!reader.mark(',')) break
    }
    return { $: 'tuple', v: items }
  })
  return 'defect' in read ? read : { value: read.found }
}

/** The arguments of a text such as `1, [2], key='a'`, or why they are no literals. */
export function argumentsOf(text: string): Arguments | { readonly defect: string } {
  const read = attempt(text.trim(), (reader) => readArguments(reader, undefined))
  return 'defect' in read ? read : read.found
}
