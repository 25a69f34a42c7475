/** Amounts of money with the sign in front: `\$5`, `USD 5`, `€3.50`, `$1.2 million`, `$5k`. */

import { type Measure, numberOf } from '../units/measure.js'
import { readNumeral } from '../units/numeral.js'
import { parseUnit } from '../units/parse.js'
import { plainOf } from '../units/spelling.js'
import { times } from '../units/unit.js'
import { integer, multiply, negate, type Rational } from '../value/rational.js'
import type { Answer } from './kind.js'

const inFront =
  /^([-+]?)\s?\(?((?:US|A|AU|C|CA|NZ|HK|S|R)?\$|[€£¥₹₩₽₺₪₱]|(?:USD|EUR|GBP|INR|JPY|CNY|RMB|AUD|CAD|CHF|NZD|HKD|SGD|KRW|MXN|BRL|ZAR|SEK|NOK)(?=[\s\d])|(?:Rs|Re)\.?(?=[\s\d]))\s?([-+]?)/
const shortScales: Readonly<Record<string, bigint>> = {
  k: 10n ** 3n,
  m: 10n ** 6n,
  mn: 10n ** 6n,
  mm: 10n ** 6n,
  mil: 10n ** 6n,
  b: 10n ** 9n,
  bn: 10n ** 9n,
  t: 10n ** 12n,
}

/** Undefined when no currency stands in front of a number. */
export function moneyInFront(answer: Answer): Measure | undefined {
  const match = inFront.exec(plainOf(answer))
  if (!match) return undefined
  // A second sign behind it closes a formula: `$5$`.
  let rest = plainOf(answer)
    .slice(match[0].length)
    .trim()
    .replace(/\s?\$$/, '')
  const [unitText, minus] = [match[2]?.replace(/\.$/, '') ?? '', match[1] === '-' || match[3] === '-']
  let units = parseUnit(unitText) ?? []
  const rate = /^(.*?\d(?: ?(?:million|billion|thousand))?)\s?(?:\/\s?|per\s+|an?\s+)([A-Za-z][A-Za-z ]*)$/i.exec(rest)
  if (rate?.[1] !== undefined && rate[2] !== undefined) {
    const below = parseUnit(rate[2])
    if (!below) return undefined
    units = units.flatMap((unit) => below.map((one) => times(unit, one, -1)))
    rest = rate[1]
  }
  // The name may follow once more: `$5 USD`, `$5 dollars`; cents then are `$0.05`, or a slip.
  const again = /^([\d.,]*\d(?: (?:million|billion|thousand))?)\s([A-Za-z]+)$/i.exec(rest)
  const named = again && !readNumeral(rest) ? parseUnit(again[2] ?? '') : undefined
  if (
    again &&
    named?.some((unit) =>
      units.some(
        (one) =>
          one.factor.n === unit.factor.n &&
          one.factor.d === unit.factor.d &&
          [...one.powers.keys()][0] === [...unit.powers.keys()][0],
      ),
    )
  ) {
    rest = again[1] ?? rest
  }
  const value = amountOf(rest)
  if (!value || units.length === 0) return undefined
  return {
    readings: units.map((unit) => ({ value: numberOf(minus ? negate(value) : value), unit })),
    compound: false,
    bare: false,
  }
}

function amountOf(text: string): Rational | undefined {
  const short = /^([\d.,]*\d)\s?(k|mn?|mm|mil|bn?|t)$/i.exec(text)
  // `€3,50`: two digits behind a comma are cents.
  const comma = /^(\d{1,9}),(\d{2})$/.exec(text)
  const value = readNumeral(comma ? `${comma[1]}.${comma[2]}` : (short?.[1] ?? text))?.value
  const scale = short ? shortScales[short[2]?.toLowerCase() ?? ''] : undefined
  return value && scale ? multiply(value, integer(scale)) : value
}
