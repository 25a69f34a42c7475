/** A unit as an exact factor of base units and a vector of dimensions; products and powers of units. */
import { divide, integer, multiply, one, parseDecimal, type Rational, ratio, zero } from '../value/rational.js'

export interface Unit {
  readonly factor: Rational
  /** The power of pi in the factor. */
  readonly pi: number
  /** Exponents by base dimension, none of them 0. */
  readonly powers: ReadonlyMap<string, number>
  /** Its zero on the scale of the base unit: 273.15 for °C, 0 for all that are not a temperature. */
  readonly zero: Rational
  /** `known`: in a table. `noun`: things counted. `words`: whatever else stood behind the number. */
  readonly status: 'known' | 'noun' | 'words'
  /** The factor is rounded, so that only equal units can be compared. */
  readonly rounded?: boolean
}

export const bare: Unit = { factor: one, pi: 0, powers: new Map(), zero, status: 'known' }

/** The dimension in one spelling, e.g. `L T^-2`. */
export const dimensionOf = (unit: Unit): string =>
  [...unit.powers]
    .map(([base, power]) => (power === 1 ? base : `${base}^${power}`))
    .sort()
    .join(' ')

/** The dimension `L^2 M T^-2` as exponents. */
export function powersOf(dimension: string): Map<string, number> {
  const powers = new Map<string, number>()
  for (const part of dimension.split(' ')) {
    const [base, power] = part.split('^')
    if (base) powers.set(base, Number(power ?? 1))
  }
  return powers
}

/** A factor of the table: a decimal or a fraction of two, and `pi` or `pi^-1` behind a blank. */
export function factorOf(text: string): { factor: Rational; pi: number } {
  const [number = '', circle] = text.split(' ')
  const [above, below = '1'] = number.split('/')
  const [n, d] = [parseDecimal(above ?? ''), parseDecimal(below)]
  const factor = n && d && ratio(n.n * d.d, n.d * d.n)
  if (!factor) throw new Error(`unit table: ${text}`)
  return { factor, pi: circle === undefined ? 0 : Number(circle.split('^')[1] ?? 1) }
}

/** left · right^power. A product has no zero of its own: °C is a difference there. */
export function times(left: Unit, right: Unit, power: number): Unit {
  if (left === bare && power === 1) return right
  const powers = new Map(left.powers)
  for (const [base, own] of right.powers) {
    const total = (powers.get(base) ?? 0) + own * power
    if (total === 0) powers.delete(base)
    else powers.set(base, total)
  }
  const status = left.status === 'words' || right.status === 'words' ? 'words' : joint(left, right)
  const rounded = left.rounded || right.rounded
  const factor = multiply(left.factor, raised(right.factor, power))
  return { factor, pi: left.pi + right.pi * power, powers, zero, status, ...(rounded && { rounded }) }
}

const joint = (left: Unit, right: Unit) => (left.status === 'noun' || right.status === 'noun' ? 'noun' : 'known')

const raised = (value: Rational, power: number): Rational => {
  const size = BigInt(Math.abs(power))
  const positive = { n: value.n ** size, d: value.d ** size }
  return power < 0 ? (divide(integer(1), positive) ?? one) : positive
}
