/** Names of units to what they may mean. */
import { integer, multiply, type Rational, ratio, zero } from '../value/rational.js'
import { extraUnits } from './extra.js'
import { singular } from './nouns.js'
import { prefixes, unitRows } from './table.js'
import { factorOf, powersOf, type Unit } from './unit.js'

interface Entry {
  readonly unit: Unit
  readonly prefixed: boolean
  readonly digital: boolean
}

const bySymbol = new Map<string, Entry[]>()
const byWord = new Map<string, Entry[]>()
const bySmallSymbol = new Map<string, Entry[]>()
for (const { dimension, factor, symbols, words, prefixed = false, zero: origin } of unitRows) {
  const unit: Unit = {
    ...factorOf(factor),
    powers: powersOf(dimension),
    zero: origin ? factorOf(origin).factor : zero,
    status: 'known',
  }
  const entry: Entry = { unit, prefixed, digital: dimension.startsWith('bit') }
  for (const name of symbols.split(' ').filter(Boolean)) {
    put(bySymbol, name, entry)
    if (name.length > 1 || prefixed) put(bySmallSymbol, name.toLowerCase(), entry)
  }
  for (const name of words.split(' ').filter(Boolean)) put(byWord, name, entry)
}

function put(map: Map<string, Entry[]>, name: string, entry: Entry): void {
  const there = map.get(name)
  if (there) there.push(entry)
  else map.set(name, [entry])
}

/** Symbols that are words or times of day first. */
const noSymbols = new Set(['as', 'am', 'pm', 'has', 'a', 'pH', 'dam', 'das', 'mad'])

/** What a name of a unit may mean, the likeliest first; empty when it is none. */
export function lookUp(name: string): readonly Unit[] {
  if (name.length > 24) return []
  const exact = bySymbol.get(name)
  if (exact) return exact.map(({ unit }) => unit)
  const lower = name.toLowerCase()
  const words = byWord.get(lower) ?? byWord.get(singular(lower))
  if (words) return words.map(({ unit }) => unit)
  if (noSymbols.has(lower)) return []
  const found = withPrefix(name, bySymbol, 0)
  if (found.length > 0) return found
  const long = withPrefix(lower, byWord, 1)
  if (long.length > 0) return long
  if (lower !== name && name.length > 1) {
    const small = bySmallSymbol.get(lower)?.map(({ unit }) => unit) ?? withPrefix(lower, bySmallSymbol, 0)
    if (small.length > 0) return small
  }
  if (name.length > 2 && name.endsWith('s')) {
    const one = name.slice(0, -1)
    const plural = bySymbol.get(one)?.map(({ unit }) => unit) ?? withPrefix(one, bySymbol, 0)
    if (plural.length > 0) return plural
  }
  return extraUnits(lower)
}

/** The unit behind a prefix; a prefix before bits and bytes may count in 1000s or in 1024s. */
function withPrefix(name: string, entries: ReadonlyMap<string, readonly Entry[]>, spelling: 0 | 1): Unit[] {
  for (const row of prefixes) {
    const prefix = row[spelling]
    if (!name.startsWith(prefix) || name.length === prefix.length) continue
    const rest = name.slice(prefix.length)
    const found = entries.get(rest) ?? (spelling === 1 ? entries.get(singular(rest)) : undefined)
    const scaled = (found ?? []).filter(({ prefixed }) => prefixed).flatMap((entry) => scaledBy(entry, row[2]))
    if (scaled.length > 0) return scaled
  }
  const binary = /^([KMGT])i([bB])$/.exec(name)
  const entry = binary && bySymbol.get(binary[2] ?? '')?.[0]
  return entry ? [by(entry.unit, integer(1024n ** BigInt('KMGT'.indexOf(binary[1] ?? 'K') + 1)))] : []
}

const by = (unit: Unit, factor: Rational): Unit => ({ ...unit, factor: multiply(unit.factor, factor) })

function scaledBy({ unit, digital }: Entry, exponent: number): Unit[] {
  const ten = 10n ** BigInt(Math.abs(exponent))
  const decimal = by(unit, exponent < 0 ? (ratio(1n, ten) as Rational) : integer(ten))
  return digital && exponent >= 3 ? [decimal, by(unit, integer(1024n ** BigInt(exponent / 3)))] : [decimal]
}
