/** Numbers with units as text, one or several that add up: `2 h 30 min`, `5'3"`, `half an hour`, `5 dollars and 25 cents`. */
import { add, compare, integer, multiply, negate, type Rational, zero } from '../value/rational.js'
import { digitsAt, readNumeral } from './numeral.js'
import { parseUnit } from './parse.js'
import { dimensionOf, type Unit } from './unit.js'

export interface Amount {
  readonly value: Rational
  /** What its unit may mean. */
  readonly units: readonly Unit[]
}

const maxParts = 6

/** Amounts that fill the whole text, as one for each reading of the unit; the sum where there are several. */
export function readAmounts(
  text: string,
): { readonly parts: number; readonly amount: Amount; readonly sums: readonly Sum[] } | undefined {
  const sign = /^(?:[-+]|(?:minus|negative)\s)\s*/i.exec(text)
  const parts = partsOf(text.slice(sign?.[0].length ?? 0))
  const amount = parts?.[0]
  if (!parts || !amount) return undefined
  const minus = sign !== null && !sign[0].startsWith('+')
  const signed = (value: Rational) => (minus ? negate(value) : value)
  if (parts.length === 1) {
    const value = signed(amount.value)
    return { parts: 1, amount: { ...amount, value }, sums: amount.units.map((unit) => ({ value, unit })) }
  }
  const sums = added(parts).map(({ value, unit }) => ({ value: signed(value), unit }))
  return sums.length > 0 ? { parts: parts.length, amount, sums } : undefined
}

export interface Sum {
  readonly value: Rational
  readonly unit: Unit
}

/** The sum in each dimension that every part has a reading in; the units get smaller from left to right. */
function added(parts: readonly Amount[]): Sum[] {
  const sums: Sum[] = []
  for (const first of parts[0]?.units ?? []) {
    const dimension = dimensionOf(first)
    if (first.status !== 'known' || sums.some(({ unit }) => dimensionOf(unit) === dimension)) continue
    let total = zero
    let last: Rational | undefined
    for (const [index, { value, units }] of parts.entries()) {
      const unit = units.find((one) => dimensionOf(one) === dimension && one.pi === first.pi && one.zero.n === 0n)
      if (!unit || (last && compare(unit.factor, last) >= 0)) break
      total = add(total, multiply(value, unit.factor))
      last = unit.factor
      if (index === parts.length - 1) sums.push({ value: total, unit: { ...first, factor: integer(1) } })
    }
  }
  return sums
}

function partsOf(text: string): Amount[] | undefined {
  const parts: Amount[] = []
  let rest = text.trim()
  while (rest !== '') {
    if (parts.length >= maxParts) return undefined
    const next = partAt(rest, parts.at(-1))
    if (!next) return undefined
    parts.push(next.amount)
    rest = next.rest.replace(/^(?:\s*,?\s*and\s+|\s*[,&]\s*|\s+)/, '')
  }
  return withMinutes(parts)
}

interface Part {
  readonly amount: Amount & { readonly name: string }
  readonly rest: string
}

function partAt(text: string, before: Amount | undefined): Part | undefined {
  for (const { value, length, spoken } of numeralsAt(text)) {
    let behind = text.slice(length)
    if (spoken) behind = behind.replace(/^\s+of\s+(?:an?|the)\s+|^\s+(?:an?|the)\s+/i, ' ')
    const end = unitEnd(behind)
    const name = behind.slice(0, end).trim().replace(/^[-~]/, '')
    const units = name === '' ? undefined : parseUnit(name)
    // `an hour` is one hour, `a rhombus` is no number of things.
    const article = spoken && /^an?$/i.test(text.slice(0, length).trim())
    if (units && (!article || units.every(({ status }) => status === 'known')))
      return { amount: { value, units, name }, rest: behind.slice(end) }
    if (name === '' && before && behind.trim() === '') {
      const amount = unnamed(value, before, spoken)
      if (amount) return { amount: { ...amount, name }, rest: '' }
    }
  }
  return undefined
}

/** `1 h 30`, `5'3`: the unit that is next; `an hour and a half`: a part of the last one. */
function unnamed(value: Rational, before: Amount, spoken: boolean): Amount | undefined {
  if (spoken && value.n < value.d) {
    const part = (unit: Unit): Unit => ({ ...unit, factor: multiply(unit.factor, value) })
    return { value: integer(1), units: before.units.map(part) }
  }
  const hour = before.units.some((unit) => dimensionOf(unit) === 'T' && compare(unit.factor, integer(3600)) === 0)
  const foot = before.units.some(
    (unit) => dimensionOf(unit) === 'L' && unit.factor.n === 381n && unit.factor.d === 1250n,
  )
  const minute = before.units.some((unit) => dimensionOf(unit) === 'angle' && unit.factor.d === 10800n)
  const units = hour ? parseUnit('min') : foot || minute ? parseUnit('"') : undefined
  return units && { value, units }
}

/** In company of hours or seconds, `m` is a minute. */
function withMinutes(parts: (Amount & { name?: string })[]): Amount[] {
  const timed = parts.length > 1 && parts.some(({ units }) => units.some((unit) => dimensionOf(unit) === 'T'))
  return timed ? parts.map((part) => (part.name === 'm' ? { ...part, units: parseUnit('min') ?? [] } : part)) : parts
}

/** Numbers that the text may begin with, the longest first. */
function numeralsAt(text: string): { value: Rational; length: number; spoken: boolean }[] {
  const found: { value: Rational; length: number; spoken: boolean }[] = []
  const plain = digitsAt(text)
  if (!plain && !/^[a-z]/i.test(text)) return found
  const word = /[\s-]*[A-Za-z]+|[\s-]+\d+\/\d+/y
  word.lastIndex = plain?.length ?? 0
  const ends: number[] = []
  for (let count = 0; count < 8 && word.test(text); count++) ends.push(word.lastIndex)
  for (const end of ends.reverse()) {
    const numeral = readNumeral(text.slice(0, end))
    if (numeral && !numeral.ordinal && /^(?:$|[^A-Za-z])/.test(text.slice(end))) {
      found.push({ value: numeral.value, length: end, spoken: true })
    }
  }
  if (plain) found.push({ ...plain, spoken: text.slice(0, plain.length).includes('/') })
  else if (/^an?\s/i.test(text)) found.push({ value: integer(1), length: text.indexOf(' '), spoken: true })
  return found
}

/** Where the unit ends: before ` and `, a comma or a digit that is no exponent. */
function unitEnd(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === ',' || char === '&') return i
    if (char === ' ' && /^ and /i.test(text.slice(i, i + 5))) return i
    if (char < '0' || char > '9') continue
    const before = text[i - 1] ?? ''
    const exponent = before === '^' || before === '(' || (before === '-' && i > 1) || before === '/'
    const last = /[A-Za-z]/.test(before) && !/[A-Za-z°'"]/.test(text.slice(i))
    if (!exponent && !(last && text.length - i === 1)) return i
    while (/\d/.test(text[i + 1] ?? '')) i++
  }
  return text.length
}
