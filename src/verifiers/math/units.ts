/** Units of everyday problems: names, products, quotients and powers of them, as an exact factor of base units. */
import { multiply, parseDecimal, type Rational, ratio } from './rational.js'

export interface Unit {
  /** Factor to base units; degrees and radians have none, since pi is no rational. */
  readonly factor: Rational
  /** Dimension, e.g. `length^2`; a word that is no known unit is its own dimension. */
  readonly dimension: string
  readonly known: boolean
  /** Nothing but known units and plain count nouns (`apples`), which a number may stand without. */
  readonly plain: boolean
}

/** Words behind a number that change it, or what is said about it. */
const operators = new Set(
  `half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth
  ninths tenth tenths hundredth hundredths thousandth thousandths hundred hundreds thousand thousands million millions
  billion billions trillion trillions dozen dozens score scores gross pair pairs one two three four five six seven eight
  nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety first second square squared cube cubed
  root roots power times plus minus over divided multiplied per percent percentage degrees mod modulo factorial choose
  fold double twice thrice triple and but not nor wrong incorrect false true right more less fewer most least maybe
  perhaps probably about around approximately roughly exactly only almost nearly else other otherwise instead into then
  than with without from till until too each isn't what who why how when where which here there now yes was were are
  the was off error unknown undefined infinite infinity negative positive sure guess hundredfold tenfold`.split(/\s+/),
)

const table: ReadonlyArray<readonly [dimension: string, factor: string, names: string]> = [
  ['length', '1', 'm meter metre'],
  ['length', '0.01', 'cm centimeter centimetre'],
  ['length', '0.001', 'mm millimeter millimetre'],
  ['length', '1000', 'km kilometer kilometre'],
  ['length', '0.0254', 'inch inches in'],
  ['length', '0.3048', 'ft foot feet'],
  ['length', '0.9144', 'yd yard'],
  ['length', '1609.344', 'mi mile'],
  ['mass', '1', 'kg kilogram'],
  ['mass', '0.001', 'g gram'],
  ['mass', '0.000001', 'mg milligram'],
  ['mass', '0.45359237', 'lb lbs pound'],
  ['mass', '0.028349523125', 'oz ounce'],
  ['mass', '1000', 'tonne'],
  ['time', '1', 's sec second'],
  ['time', '0.001', 'ms millisecond'],
  ['time', '60', 'min minute'],
  ['time', '3600', 'h hr hrs hour'],
  ['time', '86400', 'day'],
  ['time', '604800', 'week'],
  ['year', '1', 'year yr'],
  ['year', '1/12', 'month'],
  ['length^3', '0.001', 'l liter litre'],
  ['length^3', '0.000001', 'ml milliliter millilitre'],
  ['money', '1', 'dollar usd'],
  ['money', '0.01', 'cent'],
  ['euro', '1', 'euro eur'],
  ['angle', '1', 'degree deg'],
  ['radian', '1', 'rad radian'],
]

interface Known {
  readonly dimension: string
  readonly factor: Rational
}

function factorOf(text: string): Rational {
  const [above, below] = text.split('/')
  const [n, d] = [parseDecimal(above ?? '1'), parseDecimal(below ?? '1')]
  if (!n || !d) throw new Error(`unit table: ${text}`)
  return ratio(n.n * d.d, n.d * d.n) as Rational
}

const byName = new Map<string, Known>(
  table.flatMap(([dimension, factor, names]) =>
    names.split(' ').map((name): [string, Known] => [name, { dimension, factor: factorOf(factor) }]),
  ),
)

export const isUnitName = (word: string) => lookUp(word) !== undefined

function lookUp(word: string): Known | undefined {
  return byName.get(word) ?? byName.get(word.toLowerCase()) ?? byName.get(word.toLowerCase().replace(/s$/, ''))
}

/** A unit in words or symbols, e.g. `km/h`, `square centimeters`, `cm^2`; unknown words make a unit of their own. */
export function parseUnit(text: string): Unit | undefined {
  const spelled = text
    .replace(/[{}\\$()]/g, ' ')
    .replace(/\s*\^\s*/g, '^')
    .replace(/\bmph\b/g, 'mi/h')
    .replace(/\bsq(?:uare)?\.? +([a-z]+)/gi, '$1^2')
    .replace(/\bcubic +([a-z]+)/gi, '$1^3')
    .replace(/([a-z]+) +squared\b/gi, '$1^2')
    .replace(/([a-z]+) +cubed\b/gi, '$1^3')
    .replace(/\s+per\s+(?:an?\s+)?/gi, '/')
    .trim()
  if (spelled === '') return undefined
  const powers = new Map<string, number>()
  let factor: Rational = { n: 1n, d: 1n }
  let known = true
  let plain = true
  const parts = spelled.split('/')
  for (const [index, part] of parts.entries()) {
    const pieces = part.trim().split(/[\s*·]+/)
    for (const piece of pieces) {
      const match = /^([A-Za-z°µ']+)\.?(?:\^?(-?\d))?$/.exec(piece)
      if (!match?.[1]) return undefined
      const power = Number(match[2] ?? 1) * (index === 0 ? 1 : -1)
      const unit = lookUp(match[1])
      known &&= unit !== undefined
      plain &&= unit !== undefined || (pieces.length === 1 && isNoun(match[1]))
      const [base, inner] = (unit?.dimension ?? match[1].toLowerCase().replace(/s$/, '')).split('^')
      const total = (powers.get(base ?? '') ?? 0) + power * Number(inner ?? 1)
      powers.set(base ?? '', total)
      if (unit) factor = multiply(factor, raised(unit.factor, power))
    }
  }
  const dimension = [...powers]
    .filter(([, power]) => power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([base, power]) => (power === 1 ? base : `${base}^${power}`))
    .join(' ')
  return { factor, dimension, known, plain }
}

const isNoun = (word: string) => /^[a-z]{3,}$/.test(word) && !operators.has(word)

function raised(value: Rational, power: number): Rational {
  const size = BigInt(Math.min(9, Math.abs(power)))
  const [n, d] = [value.n ** size, value.d ** size]
  return power >= 0 ? { n, d } : { n: d, d: n }
}
