/** What a program returned, as the text of an answer. */
import type { Value } from '../schemas/value.js'
import { evaluateText } from './math/equal.js'
import type { MathPolicy } from './math/policy.js'

/** Undefined for None and for values that are no answer. */
export function returnedText(value: Value): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return plainNumber(value)
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (Array.isArray(value)) return joined(value)
  const { $, v } = value as { $?: Value; v?: Value }
  if ($ === 'int') return String(v)
  if ($ === 'float') return v === 'nan' ? undefined : v === 'inf' ? '\\infty' : '-\\infty'
  if ($ === 'tuple') return bracketed('(', v, ')')
  if ($ === 'set' || $ === 'frozenset') return bracketed('\\{', v, '\\}')
  if ($ === 'complex' && Array.isArray(v)) return `(${plainNumber(Number(v[0]))})+(${plainNumber(Number(v[1]))})i`
  return undefined
}

function joined(items: readonly Value[]): string | undefined {
  const texts = items.map(returnedText)
  return items.length === 0 || texts.includes(undefined) ? undefined : texts.join(', ')
}

function bracketed(open: string, items: Value | undefined, close: string): string | undefined {
  const inner = Array.isArray(items) && items.length > 0 ? joined(items) : ''
  return inner === undefined ? undefined : `${open}${inner}${close}`
}

/** Digits that read back as the same double. */
const plainNumber = (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)

/** A float within the policy's tolerance of the gold value. Integers are exact, so they get none. */
export function closeToGold(
  value: Value,
  gold: string,
  { programTolerance }: MathPolicy,
): { equal: true; layer: string; reason: string } | undefined {
  if (typeof value !== 'number' || Number.isInteger(value)) return undefined
  const wanted = evaluateText(gold)
  if (wanted === undefined) return undefined
  const near = Math.abs(value - wanted) <= programTolerance * Math.max(Math.abs(wanted), Math.abs(value))
  return near
    ? { equal: true, layer: 'policy:programTolerance', reason: `equal to a relative error of ${programTolerance}` }
    : undefined
}
