/** A unit as written, e.g. `km/h`, `square metres per second`, `red apples`, to what it may mean. */
import { one, zero } from '../value/rational.js'
import { lookUp } from './lookup.js'
import { isNoun, singular } from './nouns.js'
import { plainText } from './spelling.js'
import { joined } from './table.js'
import { bare, times, type Unit } from './unit.js'

const maxReadings = 12
const maxPower = 12

/** Things said behind a unit that leave it as it is: `5 cups of flour`, `3 m long`. */
const remark =
  /\s+(?:of\s+(?!an? )[a-z -]+|long|wide|tall|high|deep|thick|apart|away|old|of age|in total|in all|altogether|total|in (?:length|width|height|depth|diameter|radius|area|volume|size|perimeter|mass|weight))$/i

const token = /\s*(?:([A-Za-z°µΩÅℓ℃℉$€£¥¢₹₩₽₺₪₱‰'"]+)|(\^?\(?[-+]?\d+\)?)|([/·×*()]|-(?=[A-Za-z])))/y

const spellings: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:square|sq)\b\.?[ -]*/gi, ' square '],
  [/\b(?:cubic|cu)\b\.?[ -]+/gi, ' cubic '],
  [/\s+(?:per|an?|each)\s+(?:an?\s+)?/gi, '/'],
  [/^(?:per|an?)\s+/i, '/'],
  // A millisecond to a negative power is a metre with a second below it.
  [/\bms\^?(?=-\d)/g, 'm s^'],
  [/([A-Za-z])\.(?=[A-Za-z])/g, '$1·'],
  [/([A-Za-z])\./g, '$1'],
]

const cache = new Map<string, readonly Unit[]>()
const cacheLimit = 500

/** The readings of a unit, the likeliest first; undefined when the text is no unit at all. */
export function parseUnit(text: string): readonly Unit[] | undefined {
  if (text.length > 120) return undefined
  const known = cache.get(text)
  if (known) return known
  const units = read(text)
  // Words that are no unit now may be one once the second table is loaded.
  if (units?.[0]?.status === 'known' && cache.size < cacheLimit) cache.set(text, units)
  return units
}

function read(text: string): readonly Unit[] | undefined {
  let plain = /[\\{}^⁰-⁹²³¹⁻−·⋅º˚μ]/.test(text) ? plainText(text) : text.trim()
  plain = plain.replace(/^[[(](.*)[\])]$/, '$1').trim()
  for (const [pattern, by] of joined) if (/[ .°·*-]/.test(plain)) plain = plain.replace(pattern, by)
  const short = plain.replace(remark, '')
  if (short !== plain && /^[A-Za-z°]+$/.test(short)) plain = short
  const direct = /^[A-Za-z°$%'"]+$/.test(plain) ? lookUp(plain) : []
  if (direct.length > 0) return direct
  const percentage = /^(?:%|percent|per cent|pct)$/i.test(plain)
  if (plain === '' || percentage) return undefined
  for (const [pattern, by] of spellings) plain = plain.replace(pattern, by)
  const tokens = tokenize(plain.trim())
  if (!tokens) return undefined
  const reader = new Reader(tokens)
  const units = reader.quotient()
  return reader.ended && units && units.length > 0 ? units : undefined
}

interface Token {
  readonly word?: string
  readonly power?: number
  readonly sign?: string
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match) return undefined
    if (match[1]) tokens.push({ word: match[1] })
    else if (match[2]) tokens.push({ power: Number(match[2].replace(/[^\d-]/g, '')) })
    else tokens.push({ sign: match[3] === '-' || match[3] === '×' || match[3] === '*' ? '·' : (match[3] ?? '') })
  }
  return tokens
}

/** Owns a position in the tokens. */
class Reader {
  private at = 0

  constructor(private readonly tokens: readonly Token[]) {}

  get ended(): boolean {
    return this.at >= this.tokens.length
  }

  /** Everything behind a stroke divides, up to the next one: J/kg K is J/(kg K). */
  quotient(): Unit[] | undefined {
    let units: Unit[] | undefined = [bare]
    if (this.tokens[this.at]?.power === 1 && this.tokens[this.at + 1]?.sign === '/') this.at++
    let power = 1
    for (;;) {
      if (this.sign('/')) power = -1
      else this.sign('·')
      const next: Unit[] | undefined = this.factor()
      if (!next) return undefined
      units = combined(units, next, power)
      const sign = this.tokens[this.at]?.sign
      if (this.ended || sign === ')') return units
    }
  }

  private sign(wanted: string): boolean {
    if (this.tokens[this.at]?.sign !== wanted) return false
    this.at++
    return true
  }

  private factor(): Unit[] | undefined {
    const before = this.dimensionWord()
    const atom = this.sign('(') ? this.group() : this.word()
    if (!atom) return undefined
    const own = this.exponent()
    if (own === undefined || Math.abs(own * before) > maxPower) return undefined
    return own * before === 1 ? atom : combined([bare], atom, own * before)
  }

  private dimensionWord(): number {
    const word = this.tokens[this.at]?.word
    if (word !== 'square' && word !== 'cubic') return 1
    this.at++
    return word === 'square' ? 2 : 3
  }

  private group(): Unit[] | undefined {
    const inner = this.quotient()
    return this.sign(')') ? inner : undefined
  }

  private exponent(): number | undefined {
    const next = this.tokens[this.at]
    const power = next?.power ?? (/^squared$/i.test(next?.word ?? '') ? 2 : /^cubed$/i.test(next?.word ?? '') ? 3 : 1)
    if (next?.power !== undefined || power > 1) this.at++
    return Number.isInteger(power) && power !== 0 ? power : undefined
  }

  /** A unit, or the words of things counted up to the next sign or unit. */
  private word(): Unit[] | undefined {
    const first = this.tokens[this.at]?.word
    if (first === undefined) return undefined
    this.at++
    const units = lookUp(first)
    if (units.length > 0 && !/^[a-z]{3,}$/i.test(this.tokens[this.at]?.word ?? '')) return [...units]
    if (units.length > 0 && lookUp(this.tokens[this.at]?.word ?? '').length > 0) return [...units]
    if (units.length > 0 && /^(?:squared|cubed|square|cubic)$/i.test(this.tokens[this.at]?.word ?? ''))
      return [...units]
    const words = [first]
    while (this.tokens[this.at]?.word !== undefined && !/^(?:squared|cubed)$/i.test(this.tokens[this.at]?.word ?? '')) {
      words.push(this.tokens[this.at++]?.word ?? '')
    }
    return [thing(words)]
  }
}

function thing(words: readonly string[]): Unit {
  const head = singular(words.at(-1) ?? '')
  const name = [...words.slice(0, -1).map((word) => word.toLowerCase()), head].join(' ')
  const counted = words.every((word) => isNoun(word) && !notCounted.test(word) && lookUp(word).length === 0)
  const status = words.length <= 5 && counted ? 'noun' : 'words'
  return { factor: one, pi: 0, powers: new Map([[`#${name}`, 1]]), zero, status }
}

/** Directions, multipliers and shapes change the number that they stand behind. */
const notCounted =
  /^(?:below|above|down|up|short|under|over|behind|ahead|zero|tens?|(?:hundred|thousand|million|billion|two|three|four|five|six|seven|eight|nine)s?|pairs?|couples?|dozens?|scores?|times|fold|pp[mbt]|matri(?:x|ces)|grids?|tables?|arrays?|boards?)$/i

function combined(left: readonly Unit[], right: readonly Unit[], power: number): Unit[] {
  const units: Unit[] = []
  for (const a of left) {
    for (const b of right) if (units.length < maxReadings) units.push(times(a, b, power))
  }
  return units
}
