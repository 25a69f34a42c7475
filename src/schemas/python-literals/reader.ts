/**
 * Python literals as values, read on the host and never evaluated: constants, containers, and the few calls that stand for
 * values without a literal of their own (`set()`, `dict(a=1)`, `range(3)`, `float('inf')`). Names, operators, f-strings,
 * comments and line continuations are refused: what is read here can do nothing when it is run.
 */
import type { Value } from '../value.js'
import { readNumber } from './numbers.js'
import { readString } from './strings.js'

export const maxLiteralChars = 1_000_000
const maxDepth = 100
/** What Python takes for a blank between brackets. */
const blanks = /[ \t\r\n\f]*/y
const name = /[A-Za-z_]\w*/y

/** Why a text is no literal, in words. */
export class NoLiteral extends Error {}

/** A place in a text that moves forward. */
export class Reader {
  at = 0
  constructor(readonly text: string) {
    if (text.length > maxLiteralChars) throw new NoLiteral(`longer than ${maxLiteralChars} characters`)
  }

  /** What a sticky expression matches here, and moves behind it. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (!match) return undefined
    this.at = pattern.lastIndex
    return match[0]
  }

  /** Skips blanks; then the mark, if it is here. */
  mark(mark: string): boolean {
    this.take(blanks)
    if (!this.text.startsWith(mark, this.at)) return false
    this.at += mark.length
    return true
  }

  get ended(): boolean {
    this.take(blanks)
    return this.at === this.text.length
  }

  refuse(reason?: string): never {
    const here = JSON.stringify(this.text.slice(this.at, this.at + 20))
    throw new NoLiteral(reason ?? (this.at === this.text.length ? 'it ends too early' : `unexpected ${here}`))
  }
}

export const tagged = (tag: string, v: Value): Value => ({ $: tag, v })

/** A dict whose keys are all text is a plain object. Of equal keys the last one counts there. */
export function dictOf(pairs: readonly (readonly [Value, Value])[]): Value {
  const plain = pairs.every(([key]) => typeof key === 'string' && key !== '$' && key !== '__proto__')
  return plain ? Object.fromEntries(pairs.map(([key, value]) => [String(key), value])) : { $: 'dict', v: pairs }
}

export function readValue(reader: Reader, depth = 0): Value {
  if (depth > maxDepth) reader.refuse(`nested deeper than ${maxDepth} levels`)
  if (reader.mark('[')) return readItems(reader, ']', depth).items
  if (reader.mark('(')) {
    const { items, commas } = readItems(reader, ')', depth)
    return items.length === 1 && commas === 0 ? (items[0] as Value) : tagged('tuple', items)
  }
  if (reader.mark('{')) return readBraces(reader, depth)
  return readString(reader) ?? readNumber(reader) ?? readNamed(reader, depth)
}

const constants = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
])

function readNamed(reader: Reader, depth: number): Value {
  const start = reader.at
  const word = reader.take(name)
  const constant = word === undefined ? undefined : constants.get(word)
  if (constant !== undefined) return constant
  const construct = word === undefined ? undefined : constructors.get(word)
  if (!construct || !reader.mark('(')) {
    reader.at = start
    return reader.refuse()
  }
  const { args, kwargs } = readArguments(reader, ')', depth + 1)
  const value = construct(args, kwargs)
  return value === undefined ? reader.refuse(`${word}(…) with these arguments is no literal`) : value
}

type Constructor = (args: readonly Value[], kwargs: Readonly<Record<string, Value>>) => Value | undefined

/** Members of a list, tuple, set or frozenset. */
function membersOf(value: Value | undefined): readonly Value[] | undefined {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  const { $, v } = (value ?? {}) as { readonly $?: Value; readonly v?: Value }
  return ($ === 'tuple' || $ === 'set' || $ === 'frozenset') && Array.isArray(v) ? v : undefined
}

const collection =
  (make: (items: readonly Value[]) => Value): Constructor =>
  (args, kwargs) => {
    const items = args.length > 1 || Object.keys(kwargs).length > 0 ? undefined : membersOf(args[0])
    return items && make(items)
  }

/** Digits that a double holds the size of. */
const finite = /^[+-]?(?:\d{1,300}\.?\d*|\.\d+)$/
const isInteger = (value: Value) => typeof value === 'number' && Number.isInteger(value)

const constructors = new Map<string, Constructor>([
  ['list', collection((items) => items)],
  ['tuple', collection((items) => tagged('tuple', items))],
  ['set', collection((items) => tagged('set', items))],
  ['frozenset', collection((items) => tagged('frozenset', items))],
  ['dict', (args, kwargs) => (args.length === 0 ? dictOf(Object.entries(kwargs)) : undefined)],
  [
    'float',
    ([text], kwargs) => {
      if (typeof text !== 'string' || Object.keys(kwargs).length > 0) return undefined
      if (finite.test(text)) return Number(text)
      const found = /^([+-]?)(inf|infinity|nan)$/i.exec(text.trim())
      if (!found) return undefined
      if (found[2]?.toLowerCase() === 'nan') return tagged('float', 'nan')
      return tagged('float', found[1] === '-' ? '-inf' : 'inf')
    },
  ],
  [
    'complex',
    ([real, imaginary], kwargs) =>
      typeof real === 'number' && typeof imaginary === 'number' && Object.keys(kwargs).length === 0
        ? tagged('complex', [real, imaginary])
        : undefined,
  ],
  [
    'range',
    (args, kwargs) =>
      args.length >= 1 && args.length <= 3 && args.every(isInteger) && Object.keys(kwargs).length === 0
        ? tagged('range', args)
        : undefined,
  ],
])

/** Values up to the closing mark, with the number of commas. */
function readItems(reader: Reader, close: string, depth: number): { items: Value[]; commas: number } {
  const items: Value[] = []
  let commas = 0
  while (!reader.mark(close)) {
    if (commas < items.length) reader.refuse()
    items.push(readValue(reader, depth + 1))
    if (reader.mark(',')) commas++
  }
  return { items, commas }
}

/** A dict or a set; `{}` is a dict. */
function readBraces(reader: Reader, depth: number): Value {
  const pairs: [Value, Value][] = []
  const items: Value[] = []
  let commas = 0
  while (!reader.mark('}')) {
    if (commas < pairs.length + items.length) reader.refuse()
    const key = readValue(reader, depth + 1)
    if (isUnhashable(key)) reader.refuse('a list, set or dict is no member of a set and no key')
    if (items.length === 0 && reader.mark(':')) pairs.push([key, readValue(reader, depth + 1)])
    else if (pairs.length > 0) reader.refuse()
    else items.push(key)
    if (reader.mark(',')) commas++
  }
  return items.length > 0 ? tagged('set', items) : dictOf(pairs)
}

function isUnhashable(value: Value): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return true
  const { $, v } = value as { readonly $: Value; readonly v: Value }
  return $ === 'set' || $ === 'dict' || ($ === 'tuple' && Array.isArray(v) && v.some(isUnhashable))
}

export interface Arguments {
  readonly args: readonly Value[]
  readonly kwargs: Readonly<Record<string, Value>>
}

/** Arguments of a call up to the closing mark, or up to the end of the text where there is none. */
export function readArguments(reader: Reader, close: string | undefined, depth = 0): Arguments {
  const args: Value[] = []
  const kwargs = new Map<string, Value>()
  const done = () => (close === undefined ? reader.ended : reader.mark(close))
  let more = true
  while (!done()) {
    if (!more) reader.refuse()
    const keyword = readKeyword(reader)
    const value = readValue(reader, depth)
    if (keyword === undefined && kwargs.size > 0) reader.refuse('a positional argument behind a named one')
    if (keyword === undefined) args.push(value)
    else if (kwargs.has(keyword)) reader.refuse(`the argument ${keyword} stands twice`)
    else kwargs.set(keyword, value)
    more = reader.mark(',')
  }
  return { args, kwargs: Object.fromEntries(kwargs) }
}

const keyword = /[A-Za-z_]\w*[ \t]*=(?!=)/y

function readKeyword(reader: Reader): string | undefined {
  reader.take(blanks)
  return reader.take(keyword)?.slice(0, -1).trim()
}
