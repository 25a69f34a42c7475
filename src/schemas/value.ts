import { z } from 'zod'

/**
 * A value as it crosses between host and sandbox: plain JSON, and an object with the key `$` for what JSON lacks:
 * tuple, set, frozenset, dict (pairs), bytes (base64), int (decimal text beyond 2^53), float (nan, inf, -inf), complex.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }

/** Deepest nesting of a value that is given to a program or expected from one. */
export const maxValueDepth = 200
const maxReturnedDepth = 2_000

const tagNames = ['tuple', 'set', 'frozenset', 'dict', 'bytes', 'int', 'float', 'complex']
const base64 = z.base64()

interface Defect {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

interface Reading {
  readonly maxDepth: number
  /** Whole numbers past 2^53 may stand without a tag: they are floats there. */
  readonly anyNumber: boolean
}

interface Item {
  readonly value: unknown
  readonly up?: Item
  readonly keys: readonly PropertyKey[]
  readonly depth: number
  /** A member of a set or a key of a dict. */
  readonly hashed: boolean
}

function pathOf(item: Item): PropertyKey[] {
  const path: PropertyKey[] = []
  for (let at: Item | undefined = item; at; at = at.up) path.unshift(...at.keys)
  return path
}

/** The first defect of a value. It walks without recursion, so that no depth is too deep to be told about. */
function defectOf(root: unknown, reading: Reading): Defect | undefined {
  const open: Item[] = [{ value: root, keys: [], depth: 1, hashed: false }]
  for (let item = open.pop(); item; item = open.pop()) {
    const found = step(item, reading)
    if (typeof found === 'string') return { path: pathOf(item), message: found }
    for (const child of found) open.push(child)
  }
  return undefined
}

/** What is wrong with one item, or the items inside it. */
function step(item: Item, reading: Reading): string | readonly Item[] {
  const { value } = item
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return []
  if (typeof value === 'number') return numberDefect(value, reading) ?? []
  if (typeof value !== 'object') return `expected a JSON value, got ${typeof value}`
  if (item.depth > reading.maxDepth) return `nested deeper than ${reading.maxDepth} levels`
  const inside = (inner: unknown, keys: readonly PropertyKey[], hashed = false): Item => ({
    value: inner,
    up: item,
    keys,
    depth: item.depth + 1,
    hashed,
  })
  if (Array.isArray(value)) return item.hashed ? unhashable('list') : value.map((one, at) => inside(one, [at]))
  const record = value as Readonly<Record<string, unknown>>
  if (!Object.hasOwn(record, '$')) {
    return item.hashed ? unhashable('dict') : Object.keys(record).map((key) => inside(record[key], [key]))
  }
  return tagged(record, item.hashed, inside)
}

const unhashable = (kind: string) => `a ${kind} cannot be a member of a set or a key of a dict; write a tuple`

function tagged(
  record: Readonly<Record<string, unknown>>,
  hashed: boolean,
  inside: (inner: unknown, keys: readonly PropertyKey[], hashed?: boolean) => Item,
): string | readonly Item[] {
  const { $: tag, v } = record
  if (typeof tag !== 'string' || !tagNames.includes(tag)) {
    return `an object with the key \`$\` must be one of the tagged values: ${tagNames.join(', ')}`
  }
  const extra = Object.keys(record).find((key) => key !== '$' && key !== 'v')
  if (extra !== undefined) return `a tagged value has the keys $ and v only, not '${extra}'`
  if (hashed && (tag === 'set' || tag === 'dict')) return unhashable(tag)
  if (tag === 'tuple' || tag === 'set' || tag === 'frozenset') {
    if (!Array.isArray(v)) return `${tag}: v must be a list`
    return v.map((one, at) => inside(one, ['v', at], tag === 'tuple' ? hashed : true))
  }
  if (tag === 'dict') {
    if (!Array.isArray(v) || v.some((pair) => !Array.isArray(pair) || pair.length !== 2))
      return 'dict: v must be a list of [key, value] pairs'
    return v.flatMap((pair, at) => [inside(pair[0], ['v', at, 0], true), inside(pair[1], ['v', at, 1])])
  }
  return plainTagDefect(tag, v) ?? []
}

function plainTagDefect(tag: string, v: unknown): string | undefined {
  if (tag === 'bytes') return base64.safeParse(v).success ? undefined : 'bytes: v must be base64 text'
  if (tag === 'int')
    return typeof v === 'string' && /^-?\d+$/.test(v) ? undefined : 'int: v must be the decimal digits as text'
  if (tag === 'float')
    return v === 'nan' || v === 'inf' || v === '-inf' ? undefined : 'float: v must be nan, inf or -inf'
  const pair = Array.isArray(v) && v.length === 2 && v.every((part) => typeof part === 'number')
  return pair ? undefined : 'complex: v must be two numbers'
}

function numberDefect(value: number, { anyNumber }: Reading): string | undefined {
  if (!Number.isFinite(value)) return 'a number past the largest double: write {"$":"float","v":"inf"}'
  // JSON.parse has already rounded its digits, so what was meant is lost.
  if (anyNumber || !Number.isInteger(value) || Number.isSafeInteger(value)) return undefined
  return 'number beyond 2^53: write {"$":"int","v":"…"}'
}

const schemaOf = (reading: Reading): z.ZodType<Value> =>
  z.any().superRefine((value: unknown, context) => {
    const defect = defectOf(value, reading)
    if (defect) context.addIssue({ code: 'custom', message: defect.message, path: [...defect.path] })
  }) as unknown as z.ZodType<Value>

/** A value that is given to a program or expected from one. It is handed on as it is, `__proto__` keys included. */
export const valueSchema = schemaOf({ maxDepth: maxValueDepth, anyNumber: false })

/** A value that a program returned: the agent tags big integers, so a big number without a tag is a float. */
export const returnedValueSchema = schemaOf({ maxDepth: maxReturnedDepth, anyNumber: true })

/** True when JSON is nested deeper than `levels`. */
export function nestedDeeper(root: unknown, levels: number): boolean {
  const open: [value: unknown, depth: number][] = [[root, 1]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next
    if (value === null || typeof value !== 'object') continue
    if (depth > levels) return true
    for (const inner of Object.values(value)) open.push([inner, depth + 1])
  }
  return false
}
