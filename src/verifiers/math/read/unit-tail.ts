/** Units behind a number, and money in front of one: `5 \text{ km/h}`, `12 red apples`, `\$5`. */
import type { Node } from '../tree/node.js'
import { integer } from '../value/rational.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { add, multiply, num } from './nodes.js'
import { plainNumber } from './numbers.js'
import { isMathematical } from './starts.js'
import type { Token } from './tokens.js'
import { connectives, moneyCodes, moneySigns, plainUnits, scales, unitDivisors, unitSymbols } from './vocabulary.js'

/** Kinds of value that have a unit. */
const measured = new Set<Node['kind']>([
  'number',
  'constant',
  'variable',
  'add',
  'multiply',
  'divide',
  'power',
  'apply',
])

/** Does a unit start here, behind this value? */
export function isUnitAhead(c: Cursor, left: Node): boolean {
  const { token } = c
  if (token.type === 'sign') return measured.has(left.kind) && (moneySigns.has(token.text) || isBracketedUnit(c))
  if (!measured.has(left.kind)) return false
  if (token.type === 'command') return token.text === 'frac' && isFractionOfUnits(c)
  if (token.type === 'name') return token.roman ? !isBase(c) && !'ei'.includes(token.text) : isQuotientOfUnits(c)
  if (token.type !== 'word' || connectives.has(token.text.toLowerCase()) || token.text === 'mod') return isInches(c)
  if (!token.gap && /^(?:st|nd|rd|th)$/.test(token.text)) return c.fail('an ordinal')
  return isMathematical(token.text) ? plainUnits.has(token.text) && !isApplied(c) : true
}

/** `\min(a, b)`, not `5 \text{ min}`. */
const isApplied = (c: Cursor) => {
  const { type, text } = c.ahead(1)
  return type !== 'end' && (type !== 'sign' || ['(', '{', '\\{', '^', '_', '|'].includes(text))
}

/** `5 in`, not `x in R`. */
const isInches = (c: Cursor) =>
  c.token.text === 'in' &&
  c.previous?.type === 'number' &&
  ['end', 'sign'].includes(c.ahead(1).type) &&
  !c.isAhead(1, '(')

/** `2\text{A}_{16}`: a digit of a numeral. */
const isBase = (c: Cursor) => c.isAhead(1, '_')

/** `5 m/s`, `60 m/s^2`: letters that as a quotient are a unit. */
function isQuotientOfUnits(c: Cursor): boolean {
  const { text } = c.token
  if (
    c.previous?.type !== 'number' ||
    !unitSymbols.has(text) ||
    !c.isAhead(1, '/') ||
    !unitDivisors.has(c.ahead(2).text)
  )
    return false
  const after = c.ahead(3)
  if (after.type === 'end') return true
  return after.type === 'sign' && (after.text === '^' ? c.ahead(5).type === 'end' : after.text === ',')
}

/** `12 (square units)`. */
const isBracketedUnit = (c: Cursor) =>
  c.is('(') &&
  c.ahead(1).type === 'word' &&
  (c.ahead(1).roman || c.ahead(1).text.length > 3) &&
  !isMathematical(c.ahead(1).text) &&
  c.ahead(1).text !== 'mod' &&
  !connectives.has(c.ahead(1).text)

/** `\frac{\text{m}}{\text{s}}`. */
function isFractionOfUnits(c: Cursor): boolean {
  const first = c.ahead(2)
  return (
    c.isAhead(1, '{') &&
    (first.type === 'name' || first.type === 'word') &&
    (first.roman || plainUnits.has(first.text)) &&
    !isMathematical(first.text)
  )
}

/** The quantity, its unit taken up to the end of the item. */
export function withUnit(c: Cursor, value: Node): Node {
  const { token } = c
  if (token.type === 'word' && /^per ?cents?$/i.test(token.text)) {
    c.at++
    return { kind: 'percent', value }
  }
  if (token.text === 'per' && c.ahead(1).text === 'cent') {
    c.at += 2
    return { kind: 'percent', value }
  }
  const scale = token.type === 'word' ? scales.get(token.text.toLowerCase()) : undefined
  if (scale && c.previous?.type === 'number') {
    c.at++
    return multiply(value, num(integer(scale)))
  }
  const bracketed = c.take('(')
  const unit = unitText(c)
  if (bracketed) c.expect(')', 'a unit')
  if (unit === '') c.fail('a unit')
  return compound(c, { kind: 'quantity', value, unit })
}

/** `5 ft 3 in`: a sum of quantities. */
function compound(c: Cursor, first: Node): Node {
  if (c.token.type !== 'number') return first
  const value = plainNumber(c)
  if (!isUnitAhead(c, value)) c.fail('a unit')
  return add(first, withUnit(c, value))
}

interface Part {
  text: string
  /** Letters, a raised number, or a sign between. */
  readonly sort: 'letters' | 'power' | 'sign'
  readonly gap: boolean
}

/** The unit in one spelling: `m*s^-1`, `km/h`, `red apples`. */
function unitText(c: Cursor): string {
  const parts: Part[] = []
  for (;;) {
    c.budget.spend()
    const part = partAt(c, parts.length === 0)
    if (!part) break
    parts.push(part)
  }
  const raised = parts.some(({ sort }) => sort === 'power')
  let text = ''
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1]
    const joins = before && before.sort !== 'sign' && part.sort === 'letters'
    if (joins) text += raised || !part.gap ? '*' : ' '
    text += part.text
  }
  return text
}

const unitSigns: Readonly<Record<string, string>> = { '/': '/', '*': '*', '-': '-', '°': '°' }

function partAt(c: Cursor, first: boolean): Part | undefined {
  const { type, text, gap } = c.token
  if (type === 'command' && text === 'frac') return quotientAt(c)
  if (type === 'word' && !first && connectives.has(text.toLowerCase()) && text !== 'in') return undefined
  if (type === 'word' || type === 'name') {
    c.at++
    if (c.is('.')) c.at++
    return { text, sort: 'letters', gap }
  }
  if (type !== 'sign') return undefined
  if (text === '^' && !first) return powerAt(c)
  if (moneySigns.has(text)) {
    c.at++
    return { text: moneySigns.get(text) ?? text, sort: 'letters', gap }
  }
  const sign = Object.hasOwn(unitSigns, text) ? unitSigns[text] : undefined
  const next = c.ahead(1)
  if (sign === '/' && !first && c.isAhead(1, '(')) {
    c.at += 2
    const below = unitText(c)
    c.expect(')', 'a unit')
    return { text: `/(${below})`, sort: 'sign', gap }
  }
  if (sign === undefined || (first && sign !== '°') || (next.type !== 'word' && next.type !== 'name')) return undefined
  c.at++
  return { text: sign, sort: 'sign', gap }
}

/** `^2`, `^{-1}`, `^{2}`. */
function powerAt(c: Cursor): Part {
  c.at++
  const braced = c.take('{')
  const sign = c.take('-') ? '-' : ''
  const digits = c.token
  if (digits.type !== 'number' || !/^\d$/.test(digits.text)) c.fail('a power of a unit')
  c.at++
  if (braced) c.expect('}', 'a brace')
  return { text: `^${sign}${digits.text}`, sort: 'power', gap: false }
}

function quotientAt(c: Cursor): Part {
  c.at++
  const [above, below] = [bracedUnit(c), bracedUnit(c)]
  return { text: `${above}/${/[ *]/.test(below) ? `(${below})` : below}`, sort: 'letters', gap: true }
}

function bracedUnit(c: Cursor): string {
  c.expect('{', 'a unit')
  const text = unitText(c)
  c.expect('}', 'a unit')
  return text === '' ? c.fail('a unit') : text
}

/** `\$5`, `€ 3.50`, `USD 20`, `\$5 \text{ million}`. */
export function moneyInFront(c: Cursor): Node {
  const { text } = c.token
  const unit = moneySigns.get(text) ?? moneyCodes.get(text) ?? c.fail('money')
  c.at++
  const value = expression(c, levels.sum + 1)
  return finished(c, value, unit)
}

function finished(c: Cursor, value: Node, unit: string): Node {
  if (value.kind !== 'number' && !measured.has(value.kind)) c.fail('an amount of money')
  const { token } = c
  const scale = token.type === 'word' ? scales.get(token.text.toLowerCase()) : undefined
  if (scale) {
    c.at++
    return finished(c, multiply(value, num(integer(scale))), unit)
  }
  if (!c.is('/') && token.text !== 'per' && !isUnitAhead(c, value)) return { kind: 'quantity', value, unit }
  const more = perWhat(c)
  return { kind: 'quantity', value, unit: more === undefined ? unit : `${unit}${more}` }
}

/** `per hour`, `/hour`; the name of the money said again. */
function perWhat(c: Cursor): string | undefined {
  const divided = c.take('/') || (isWord(c.token, 'per') && c.at++ >= 0) || (isWord(c.token, 'an') && c.at++ >= 0)
  const rest = unitText(c)
  if (divided) return rest === '' ? c.fail('a unit') : `/${rest}`
  return /^(?:dollars?|USD|US dollars?|euros?|EUR|pounds?|GBP|rupees?|INR)$/i.test(rest) ? undefined : ` ${rest}`
}

const isWord = ({ type, text }: Token, word: string) => type === 'word' && text === word
