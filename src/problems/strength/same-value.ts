/** Do two runs of a program show the same? Compared as the problem's check compares, so that a difference is one it could see. */
import type { Problem } from '../../schemas/problem.js'
import type { Value } from '../../schemas/value.js'
import { partsOfValue } from './value-parts.js'

export interface Likeness {
  /** Largest absolute or relative error of fractions. */
  readonly tolerance: number
  readonly tupleIsList: boolean
  /** The outermost list has no order. */
  readonly unordered: boolean
  /** Python's `==`, as in test code: a boolean is a number. */
  readonly booleansAreNumbers: boolean
  /** White space in what is printed counts. */
  readonly exactText: boolean
}

const defaultTolerance = 1e-6

/**
 * The comparison of a problem's own check. Test code compares as it likes, which nobody can read off it: there a difference
 * in rounding alone is held for none.
 */
export function likenessOf({ check, language = 'python' }: Problem): Likeness {
  const isCode = check.type === 'unit' || check.type === 'property'
  const plain = {
    tolerance: isCode ? defaultTolerance : 0,
    tupleIsList: false,
    unordered: false,
    booleansAreNumbers: check.type === 'unit' && language === 'python',
    exactText: false,
  }
  if (check.type !== 'call' && check.type !== 'stdio') return plain
  const tolerance = check.compare === 'float' ? (check.tolerance ?? defaultTolerance) : 0
  if (check.type === 'stdio') return { ...plain, tolerance, exactText: check.compare === 'exact' }
  return { ...plain, tolerance, tupleIsList: check.tupleIsList ?? false, unordered: check.compare === 'unordered' }
}

export function sameText(a: string, b: string, { exactText, tolerance }: Likeness): boolean {
  if (a === b || exactText) return a === b
  const [left, right] = [words(a), words(b)]
  return (
    left.length === right.length && left.every((word, at) => word === right[at] || near(word, right[at], tolerance))
  )
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')

const near = (a: string, b: string | undefined, tolerance: number): boolean =>
  /^-?\d*\.\d+$/.test(a) && b !== undefined && /^-?\d*\.?\d+$/.test(b) && close(Number(a), Number(b), tolerance)

/** Whole numbers are equal or not; only a fraction has an error. */
function close(a: number, b: number, tolerance: number): boolean {
  if (a === b) return true
  if (Number.isInteger(a) && Number.isInteger(b)) return false
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a))
}

export function sameValue(a: Value, b: Value, how: Likeness): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') {
    const [left, right] = how.booleansAreNumbers ? [asNumber(a), asNumber(b)] : [a, b]
    return left === right
  }
  if (typeof a === 'number' && typeof b === 'number') return close(a, b, how.tolerance)
  const [left, right] = [partsOfValue(a), partsOfValue(b)]
  if (left.is === 'sequence' && right.is === 'sequence') {
    const isList = (tag: string) => tag === 'list' || (how.tupleIsList && tag === 'tuple')
    const isSet = (tag: string) => tag === 'set' || tag === 'frozenset'
    if (left.tag !== right.tag && !(isList(left.tag) && isList(right.tag))) return false
    if (left.items.length !== right.items.length) return false
    const inner = { ...how, unordered: false }
    if (isSet(left.tag) || how.unordered) return sameMembers(left.items, right.items, inner)
    return left.items.every((item, at) => sameValue(item, right.items[at] as Value, inner))
  }
  if (left.is === 'dict' && right.is === 'dict') return sameEntries(left.pairs, right.pairs, how)
  return left.is === right.is && JSON.stringify(a) === JSON.stringify(b)
}

const asNumber = (value: Value): Value => (typeof value === 'boolean' ? Number(value) : value)

function sameMembers(a: readonly Value[], b: readonly Value[], how: Likeness): boolean {
  const left = [...b]
  return a.every((item) => {
    const at = left.findIndex((other) => sameValue(item, other, how))
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
}

type Pairs = readonly (readonly [Value, Value])[]

function sameEntries(a: Pairs, b: Pairs, how: Likeness): boolean {
  const inner = { ...how, unordered: false }
  const byKey = new Map(b.map(([key, value]) => [JSON.stringify(key), value]))
  return (
    a.length === b.length &&
    a.every(([key, value]) => {
      const other = byKey.get(JSON.stringify(key))
      return other !== undefined && sameValue(value, other, inner)
    })
  )
}
