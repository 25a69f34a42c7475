/** Python's own equality of values. */
import type { Value } from '../schemas/value.js'
import { valueKey } from './values.js'

/**
 * Equal as Python's `==` says: `1 == 1.0 == True`, a set equals a frozenset with the same members, a list is no tuple,
 * and nan equals nothing.
 */
export function pythonEqual(a: Value, b: Value): boolean {
  const [one, two] = [a, b].map((value) => valueKey(plain(value)))
  return one !== undefined && one === two && !holdsNan(a) && !holdsNan(b)
}

const isRecord = (value: Value): value is { readonly [key: string]: Value } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Deeper values equal nothing in valueKey; here they are left as they are. */
const maxDepth = 400

/** The value with one form for all that Python finds equal. */
function plain(value: Value, depth = 0): Value {
  if (depth > maxDepth) return value
  const inner = (one: Value) => plain(one, depth + 1)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (Array.isArray(value)) return value.map(inner)
  if (!isRecord(value)) return value
  const { $, v } = value
  if ($ === undefined) return dict(Object.entries(value).map(([key, item]) => [key, inner(item)]))
  if ($ === 'dict' && Array.isArray(v))
    return dict((v as [Value, Value][]).map(([key, item]) => [inner(key), inner(item)]))
  if ($ === 'frozenset' || $ === 'set') return { $: 'set', v: (v as Value[]).map(inner) }
  if ($ === 'tuple') return { $, v: (v as Value[]).map(inner) }
  if ($ === 'complex' && Array.isArray(v) && v[1] === 0) return v[0] as Value
  return value
}

/** Of equal keys the last value counts, as when Python builds a dict. */
function dict(pairs: readonly (readonly [Value, Value])[]): Value {
  return { $: 'dict', v: [...new Map(pairs.map(([key, item]) => [valueKey(key) ?? key, [key, item]])).values()] }
}

function holdsNan(value: Value, depth = 0): boolean {
  if (depth > maxDepth || value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some((item) => holdsNan(item, depth + 1))
  const record = value as { readonly [key: string]: Value }
  if (record.$ === 'float') return record.v === 'nan'
  return Object.values(record).some((item) => holdsNan(item, depth + 1))
}
