/** Numbers as digits or words: `1,234.50`, `3 1/2`, `3×10^5`, `twenty-one`, `two thirds`, `2.5 million`, `21st`. */
import {
  add,
  divide,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  parseDecimal,
  type Rational,
  ratio,
} from '../value/rational.js'

export interface Numeral {
  readonly value: Rational
  /** `third`, `3rd`. */
  readonly ordinal: boolean
  /** Written in words, at least in part. */
  readonly spoken: boolean
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const scales: Readonly<Record<string, number>> = {
  hundred: 2,
  thousand: 3,
  million: 6,
  billion: 9,
  trillion: 12,
  quadrillion: 15,
  quintillion: 18,
  lakh: 5,
  crore: 7,
}
const firsts: Readonly<Record<string, string>> = {
  first: 'one',
  second: 'two',
  third: 'three',
  fifth: 'five',
  eighth: 'eight',
  ninth: 'nine',
  twelfth: 'twelve',
}
const below: Readonly<Record<string, number>> = { half: 2, halve: 2, quarter: 4 }
const articles = new Set(['a', 'an'])

const small = new Map<string, bigint>([
  ...ones.map((word, i): [string, bigint] => [word, BigInt(i)]),
  ...tens.map((word, i): [string, bigint] => [word, BigInt(10 * (i + 2))]),
  ['fourty', 40n],
  ['nought', 0n],
])

/** The cardinal behind an ordinal word: `twentieth` is twenty. */
function cardinalOf(word: string): string | undefined {
  if (Object.hasOwn(firsts, word)) return firsts[word]
  if (!word.endsWith('th')) return undefined
  const stem = word.endsWith('ieth') ? `${word.slice(0, -4)}y` : word.slice(0, -2)
  return small.has(stem) || Object.hasOwn(scales, stem) ? stem : undefined
}

const digits =
  /^(?:10\^\(?([-+]?\d{1,4})\)?|(\d{1,3}(?:(?:,|\{,\}| )\d{3}(?!\d))+(?:\.\d+)?|\d+\.?\d*|\.\d+)(?:[eE]([-+]?\d{1,4})|\s?[×·*]\s?10\s?\^\s?\(?([-+]?\d{1,4})\)?)?)/

/** An unsigned decimal at the start of the text, and its length. */
function decimalAt(text: string): { value: Rational; length: number } | undefined {
  const match = digits.exec(text.length > 80 ? text.slice(0, 80) : text)
  if (!match) return undefined
  const value = parseDecimal(match[2]?.replace(/[,{} ]/g, '') ?? '1')
  const exponent = Number(match[1] ?? match[3] ?? match[4] ?? 0)
  if (!value || Math.abs(exponent) > 400) return undefined
  const ten = integer(10n ** BigInt(Math.abs(exponent)))
  const scaled = exponent >= 0 ? multiply(value, ten) : divide(value, ten)
  return scaled && { value: scaled, length: match[0].length }
}

/** Digits at the start of the text with a fraction behind them, mixed or not: `3`, `3/4`, `1 3/4`, `3-3/4`. */
export function digitsAt(text: string): { value: Rational; length: number } | undefined {
  const mixed = /^(\d{1,12})(?:\s+|\s?-\s?|\s+and\s+)(\d{1,6})\s?\/\s?(\d{1,6})(?![\d.])/.exec(text)
  if (mixed) {
    const part = ratio(BigInt(mixed[2] ?? 0), BigInt(mixed[3] ?? 1))
    if (part && part.n < part.d) return { value: add(integer(BigInt(mixed[1] ?? 0)), part), length: mixed[0].length }
  }
  const fraction = /^\(?(\d{1,15})\)?\s?\/\s?\(?(\d{1,15})\)?(?![\d.])/.exec(text)
  if (fraction) {
    const value = ratio(BigInt(fraction[1] ?? 0), BigInt(fraction[2] ?? 1))
    return value && { value, length: fraction[0].length }
  }
  return decimalAt(text)
}

/** The whole text as one number. */
export function readNumeral(text: string): Numeral | undefined {
  if (text.length > 160 || text === '') return undefined
  const sign = /^(?:[-+]|(?:minus|negative)\s)\s?/i.exec(text)
  const body = sign ? text.slice(sign[0].length) : text
  const found = unsigned(body.trim().toLowerCase())
  const minus = sign !== null && !sign[0].startsWith('+')
  return found && minus ? { ...found, value: negate(found.value), spoken: found.spoken || /^[mn]/i.test(text) } : found
}

function unsigned(text: string): Numeral | undefined {
  const number = digitsAt(text)
  if (number && number.length === text.length) return { value: number.value, ordinal: false, spoken: false }
  const ordinal = /^(\d{1,15})\s?(st|nd|rd|th)$/.exec(text)
  if (ordinal)
    return suffixFits(ordinal[1] ?? '', ordinal[2] ?? '')
      ? { value: integer(BigInt(ordinal[1] ?? 0)), ordinal: true, spoken: true }
      : undefined
  if (number) {
    const rest = text.slice(number.length)
    return /^[\s-]/.test(rest) || /^[a-z]/.test(rest)
      ? spoken(rest.split(/[\s-]+/).filter(Boolean), number.value)
      : undefined
  }
  return /^[a-z]/.test(text) ? spoken(text.split(/[\s-]+/).filter(Boolean)) : undefined
}

const suffixFits = (number: string, suffix: string) => {
  const teen = /1\d$/.test(number)
  const last = number.at(-1) ?? ''
  return suffix === (teen ? 'th' : last === '1' ? 'st' : last === '2' ? 'nd' : last === '3' ? 'rd' : 'th')
}

/** Words, with a number in digits before them or not. */
function spoken(words: readonly string[], start?: Rational): Numeral | undefined {
  if (words.length === 0 || words.length > 24 || !numeric(words[0] as string) || !numeric(words.at(-1) as string))
    return undefined
  const and = start ? -1 : words.lastIndexOf('and')
  const whole =
    start && words[0] === 'and' ? { value: start, ordinal: false } : and > 0 ? cardinal(words.slice(0, and)) : undefined
  const tail = whole && !whole.ordinal ? fraction(words.slice(start ? 1 : and + 1)) : undefined
  if (whole && tail && isInteger(whole.value) && tail.n < tail.d)
    return { value: add(whole.value, tail), ordinal: false, spoken: true }
  const part = fraction(words, start)
  if (part) return { value: part, ordinal: false, spoken: true }
  const found = pointed(words, start) ?? dozens(words, start) ?? cardinal(words, start)
  return found && { ...found, spoken: true }
}

/** May begin or end a number. */
function numeric(word: string): boolean {
  if (small.has(word) || articles.has(word) || word === 'and') return true
  const one = word.endsWith('s') ? word.slice(0, -1) : word
  return one === 'dozen' || Object.hasOwn(scales, one) || Object.hasOwn(below, one) || cardinalOf(one) !== undefined
}

/** `two thirds`, `a half`, `half`, `three quarters`, `half a million`. */
function fraction(words: readonly string[], start?: Rational): Rational | undefined {
  const last = words.at(-1) ?? ''
  const plural = last.endsWith('s') ? last.slice(0, -1) : last
  const head = words.slice(0, -1)
  const lowest = Object.hasOwn(below, plural) ? below[plural] : undefined
  const name = lowest === undefined && plural !== 'second' && plural !== 'first' ? cardinalOf(plural) : undefined
  const denominator = lowest !== undefined ? integer(lowest) : name !== undefined ? cardinal([name])?.value : undefined
  if (denominator) {
    if (start && head.length > 0) return undefined
    if (!start && head.length === 0) return lowest !== undefined ? divide(one, denominator) : undefined
    const count = start ?? (head.length === 1 && articles.has(head[0] ?? '') ? one : cardinal(head)?.value)
    // `twenty fifth` is the 25th, `one fifth` and `two fifths` are fractions.
    if (!count || (last === plural && !equalsOne(count))) return undefined
    return divide(count, denominator)
  }
  if (!start && words[0] === 'half' && words.length === 3 && articles.has(words[1] ?? '')) {
    const scale = dozens(words.slice(2)) ?? cardinal(words.slice(2))
    return scale && divide(scale.value, integer(2))
  }
  return undefined
}

const equalsOne = (value: Rational) => value.n === 1n && value.d === 1n

/** `three point one four` */
function pointed(words: readonly string[], start?: Rational): Omit<Numeral, 'spoken'> | undefined {
  const at = words.indexOf('point')
  if (at < 1 || start || at === words.length - 1) return undefined
  const [whole, places] = [cardinal(words.slice(0, at)), words.slice(at + 1).map((word) => small.get(word))]
  if (!whole || places.some((place) => place === undefined || place > 9n)) return undefined
  const after = parseDecimal(`0.${places.join('')}`)
  return after && { value: add(whole.value, after), ordinal: false }
}

/** `a dozen`, `two dozen`, `3 dozens` */
function dozens(words: readonly string[], start?: Rational): Omit<Numeral, 'spoken'> | undefined {
  const last = words.at(-1) ?? ''
  if (last !== 'dozen' && last !== 'dozens') return undefined
  const head = words.slice(0, -1)
  const alone = head.length === 0 || (head.length === 1 && articles.has(head[0] ?? ''))
  const count = start ? (head.length === 0 ? start : undefined) : alone ? one : cardinal(head)?.value
  return count && { value: multiply(count, integer(12)), ordinal: false }
}

/** `one hundred and five`, `twenty-first`, `2.5 million`. */
function cardinal(words: readonly string[], start?: Rational): Omit<Numeral, 'spoken'> | undefined {
  let total = integer(0)
  let current: Rational | undefined = start
  let lastScale = Number.POSITIVE_INFINITY
  let room = start ? 0 : 1000
  let ordinal = false
  for (const [i, raw] of words.entries()) {
    if (ordinal) return undefined
    if (raw === 'and') {
      if (i === 0 || i === words.length - 1) return undefined
      continue
    }
    const base = i === words.length - 1 ? cardinalOf(raw) : undefined
    const word =
      base ?? (raw.endsWith('s') && Object.hasOwn(scales, raw.slice(0, -1)) && start ? raw.slice(0, -1) : raw)
    ordinal = base !== undefined
    if (articles.has(word) && i === 0 && words.length > 1 && !start) {
      current = one
      room = 0
      continue
    }
    const value = small.get(word)
    const scale = Object.hasOwn(scales, word) ? scales[word] : undefined
    if (value !== undefined) {
      if (value >= BigInt(room)) return undefined
      current = current ? add(current, integer(value)) : integer(value)
      room = value >= 20n ? 10 : 0
    } else if (scale === 2) {
      if ((!current && i > 0) || (i > 0 && current && current.n >= 100n * current.d)) return undefined
      current = multiply(current ?? one, integer(100))
      room = 100
    } else if (scale !== undefined) {
      if (scale >= lastScale || (!current && i > 0)) return undefined
      total = add(total, multiply(current ?? one, integer(10n ** BigInt(scale))))
      current = undefined
      room = 1000
      lastScale = scale
    } else return undefined
  }
  return { value: current ? add(total, current) : total, ordinal }
}
