/** Numbers: decimals, repeating ones, mixed numbers, and the `C` and `P` of combinatorics between two of them. */
import type { Node } from '../tree/node.js'
import { add, divide, integer, isInteger, parseDecimal, type Rational, ratio } from '../value/rational.js'
import type { Cursor } from './cursor.js'
import { apply, num } from './nodes.js'

/** The number at the cursor as it is written, nothing behind it taken. */
export function plainNumber(c: Cursor): Node {
  return num(take(c))
}

function take(c: Cursor): Rational {
  const { text } = c.token
  c.budget.spend(text.length >> 3)
  const value = text.length <= 1200 || !text.includes('.') ? parseDecimal(text) : undefined
  if (!value) c.fail('a number that is too long')
  c.at++
  return value as Rational
}

/** A number with what belongs to it. */
export function numeral(c: Cursor): Node {
  const { text } = c.token
  const value = take(c)
  if (c.is('_')) c.fail('a numeral in a base')
  const repeating = text.includes('.') ? repeated(c, text, value) : undefined
  if (repeating) return num(repeating)
  if (!isInteger(value) || text.includes('e')) return num(value)
  const chosen = combinatorial(c, value)
  if (chosen) return chosen
  const part = fractionAhead(c)
  return num(part ? add(value, part) : value)
}

/** 5C2, 5P2. */
function combinatorial(c: Cursor, value: Rational): Node | undefined {
  const { type, text, gap } = c.token
  const next = c.ahead(1)
  if (type !== 'name' || (text !== 'C' && text !== 'P') || gap || next.type !== 'number' || next.gap) return undefined
  c.at++
  return apply(text === 'C' ? 'binomial' : 'permutations', num(value), plainNumber(c))
}

/** The proper fraction of a mixed number, taken: `\frac{1}{2}`, `\frac12`, or ` 1/2` behind a blank. */
function fractionAhead(c: Cursor): Rational | undefined {
  const { token } = c
  const found = token.type === 'command' && token.text === 'frac' ? latexFraction(c) : plainFraction(c)
  if (!found) return undefined
  const [above, below, count] = found
  const value = /^\d{1,9}$/.test(above) && /^\d{1,9}$/.test(below) ? ratio(BigInt(above), BigInt(below)) : undefined
  const after = c.ahead(count)
  if (!value || value.n <= 0n || value.n >= value.d || (after.type === 'sign' && '^!'.includes(after.text)))
    return undefined
  c.at += count
  return value
}

type Written = readonly [above: string, below: string, tokens: number]

function latexFraction(c: Cursor): Written | undefined {
  const first = numberIn(c, 1)
  if (!first) return undefined
  const [digits, length] = first
  if (length === 1 && digits.length > 1)
    return digits.length === 2 ? [digits[0] as string, digits[1] as string, 2] : undefined
  const second = numberIn(c, 1 + length)
  if (!second || (second[1] === 1 && second[0].length > 1)) return undefined
  return [digits, second[0], 1 + length + second[1]]
}

/** A number, in braces or not, some tokens on. */
function numberIn(c: Cursor, count: number): readonly [digits: string, tokens: number] | undefined {
  if (c.ahead(count).type === 'number') return [c.ahead(count).text, 1]
  const inner = c.ahead(count + 1)
  return c.isAhead(count, '{') && inner.type === 'number' && c.isAhead(count + 2, '}') ? [inner.text, 3] : undefined
}

function plainFraction(c: Cursor): Written | undefined {
  const above = c.token
  const below = c.ahead(2)
  if (above.type !== 'number' || !above.gap || !c.isAhead(1, '/') || below.type !== 'number') return undefined
  return c.previous?.type === 'number' ? [above.text, below.text, 3] : undefined
}

/** 0.1 with the period behind it: `0.1\overline{6}`, `0.\bar{3}`, `0.(3)`, `0.\dot{1}4\dot{2}`. */
function repeated(c: Cursor, text: string, value: Rational): Rational | undefined {
  const { type, text: mark } = c.token
  const digits =
    type === 'command' && (mark === 'overline' || mark === 'bar')
      ? lined(c)
      : type === 'command' && mark === 'dot'
        ? dotted(c)
        : text.endsWith('.') && c.is('(')
          ? bracketed(c)
          : undefined
  if (digits === undefined) return undefined
  const places = text.length - text.indexOf('.') - 1
  const period = ratio(BigInt(digits), 10n ** BigInt(digits.length) - 1n) as Rational
  return add(value, divide(period, integer(10n ** BigInt(places))) as Rational)
}

function lined(c: Cursor): string {
  const found = numberIn(c, 1)
  if (!found || !/^\d{1,60}$/.test(found[0])) return c.fail('a repeating decimal without its digits')
  if (found[1] === 1 && found[0].length > 1) c.fail('a repeating decimal without braces')
  c.at += 1 + found[1]
  return found[0]
}

function dotted(c: Cursor): string {
  const first = lined(c)
  const between = c.token.type === 'number' && !c.token.gap && c.ahead(1).text === 'dot' ? c.token.text : ''
  if (between !== '') c.at++
  if (c.token.type !== 'command' || c.token.text !== 'dot') return first
  return first + between + lined(c)
}

function bracketed(c: Cursor): string | undefined {
  const digits = c.ahead(1)
  if (digits.type !== 'number' || !c.isAhead(2, ')') || !/^\d{1,60}$/.test(digits.text)) return undefined
  c.at += 3
  return digits.text
}
