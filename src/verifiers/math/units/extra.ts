/**
 * The second source of units: rare names that our own table lacks, taken from mathjs. Loading mathjs is slow, so it is
 * loaded only when an answer has such a name. A factor counts as exact where it is a short decimal.
 */
import { parseDecimal, zero } from '../value/rational.js'
import type { Unit } from './unit.js'

/** Names in mathjs 15 that are not in our table, singular. */
const names = new Set(
  `rod sqin sqft sqyd sqmi sqrd sqch sqmil sqfeet sqyard sqmile cuin cuft cuyd gtt minim fluiddram fldr gill obl
  beerbarrel oilbarrel hogshead dram hundredweight cwt poundmass poundforce kip kilogramforce mmh2o cmh2o`.split(/\s+/),
)
/** As mathjs orders them. */
const bases = ['M', 'L', 'T', 'I', 'K', 'J', 'N', 'angle', 'bit']
const exactDigits = 14

let loaded: ReadonlyMap<string, Unit> | undefined

const nameOf = (word: string) =>
  names.has(word) ? word : word.endsWith('s') && names.has(word.slice(0, -1)) ? word.slice(0, -1) : undefined

const anyName = new RegExp(`(?<![a-z])(?:${[...names].join('|')})s?(?![a-z])`, 'i')

/**
 * True when an answer has a name whose meaning `loadUnitTable` would bring. It says so of every text that has one, so
 * that a verdict does not depend on what was asked before.
 */
export const needsUnitTable = (text: string): boolean =>
  loaded === undefined && text.length <= 4096 && anyName.test(text)

/** Reads the table of mathjs once; after it, `lookUp` knows its names. */
export async function loadUnitTable(): Promise<void> {
  if (loaded) return
  const { create, UnitDependencies } = await import('mathjs')
  const { Unit: table } = create(UnitDependencies ?? {}) as unknown as { Unit: { UNITS: Record<string, Listed> } }
  const found = new Map<string, Unit>()
  for (const [name, listed] of Object.entries(table.UNITS)) {
    const unit = names.has(name.toLowerCase()) ? unitOf(listed) : undefined
    if (unit) found.set(name.toLowerCase(), unit)
  }
  loaded = found
}

interface Listed {
  readonly value: unknown
  readonly offset: number
  readonly dimensions: readonly number[]
}

function unitOf({ value, offset, dimensions }: Listed): Unit | undefined {
  const text = String(value)
  const factor = typeof value === 'number' && offset === 0 ? parseDecimal(text) : undefined
  if (!factor) return undefined
  const powers = new Map(
    bases.map((base, i): [string, number] => [base, dimensions[i] ?? 0]).filter(([, power]) => power !== 0),
  )
  const rounded = text.replace(/e.*$|[.]/g, '').replace(/^0+/, '').length > exactDigits
  return { factor, pi: 0, powers, zero, status: 'known', ...(rounded && { rounded }) }
}

/** Empty until `loadUnitTable` has run. */
export function extraUnits(lower: string): readonly Unit[] {
  const name = loaded && nameOf(lower)
  const unit = name === undefined ? undefined : loaded?.get(name)
  return unit ? [unit] : []
}
