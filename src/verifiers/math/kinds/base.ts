/** Numerals in a base: `101_2`, `FF_{16}`, `(101)_{\text{two}}`, `0x1F`, `101 (base 2)`. Beside a plain number by value. */
import type { Finding, How } from '../finding.js'
import type { Node } from '../tree/node.js'
import { sameValue } from '../units/agreement.js'
import { numberOf } from '../units/measure.js'
import { readNumeral } from '../units/numeral.js'
import { plainOf } from '../units/spelling.js'
import { negate, type Rational, ratio } from '../value/rational.js'
import { type Answer, defineKind } from './kind.js'
import { namedValue } from './named-value.js'

/** Before the scalars, which read `FF_{16}` as a name. */
export const baseKind = defineKind<Node>({
  id: 'base',
  read: (answer, _how, other) => based(answer) ?? (based(other) && plainNumber(answer)),
  same: (a: Node, b: Node, how: How): Finding => sameValue(a, b, how),
})

const bases: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  twenty: 20,
  sixty: 60,
  bin: 2,
  binary: 2,
  oct: 8,
  octal: 8,
  dec: 10,
  decimal: 10,
  hex: 16,
  hexadecimal: 16,
}
const prefixes: Readonly<Record<string, number>> = { '0x': 16, '0b': 2, '0o': 8 }

const subscript = /^(-?)\s?(.{1,90}?)\s?_\s?\(?\s?(?:base[ -]?)?([a-z]+|\d{1,2})\s?\)?$/i
const behind =
  /^(-?)\s?(.{1,90}?),?\s?(?:\((?:in )?|in )?(?:base[ -](\d{1,2}|[a-z]+)|(binary|octal|decimal|hexadecimal|hex))(?: notation)?\)?$/i
const inFront = /^(?:base[ -](\d{1,2}|[a-z]+):?|(binary|octal|hexadecimal|hex):?) ()(-?[\dA-Za-z. ]{1,90})$/i
const programming = /^(-?)\s?(0x|0b|0o)([\dA-Fa-f_ ]{1,90})$/i

function based(answer: Answer): Node | undefined {
  const text = plainOf(answer)
  if (text === '' || text.length > 130 || !/_|0[xbo]|base|binary|octal|hex|decimal/i.test(text)) return undefined
  const bare = text.replace(/^[A-Za-z] ?= ?/, '')
  const code = programming.exec(bare)
  if (code) return valued(code[1] === '-', code[3] ?? '', prefixes[code[2]?.toLowerCase() ?? ''])
  const found = subscript.exec(bare) ?? behind.exec(bare)
  if (found) return valued(found[1] === '-', found[2] ?? '', baseOf(found[3] ?? found[4] ?? ''))
  const front = inFront.exec(bare)
  return front
    ? valued(front[4]?.startsWith('-') ?? false, (front[4] ?? '').replace(/^-/, ''), baseOf(front[1] ?? front[2] ?? ''))
    : undefined
}

function baseOf(name: string): number | undefined {
  const base = /^\d+$/.test(name)
    ? Number(name)
    : Object.hasOwn(bases, name.toLowerCase())
      ? bases[name.toLowerCase()]
      : undefined
  return base !== undefined && base >= 2 && base <= 36 ? base : undefined
}

function valued(minus: boolean, written: string, base: number | undefined): Node | undefined {
  const inner = written.replace(/[\s_]|\{?,\}?(?=\d{3})/g, '').replace(/^\((-?.*)\)$/, '$1')
  const negative = minus !== inner.startsWith('-')
  const digits = inner.replace(/^-/, '')
  // Letters alone are a name with an index: a_{12}; capitals with a base past ten are digits: FF_{16}.
  if (
    base === undefined ||
    !(/\d/.test(digits) || /^[A-Z]{2,}$/.test(digits) || (base === 16 && /^(?:[A-F]|[a-f]{2,})$/.test(digits)))
  )
    return undefined
  const value = digitsIn(digits, base)
  return value && numberOf(negative ? negate(value) : value)
}

/** Undefined when a digit does not exist in the base. */
function digitsIn(text: string, base: number): Rational | undefined {
  const match = /^([\dA-Za-z]*)(?:\.([\dA-Za-z]+))?$/.exec(text)
  const all = (match?.[1] ?? '') + (match?.[2] ?? '')
  if (all === '') return undefined
  let value = 0n
  for (const char of all) {
    const digit = Number.parseInt(char, 36)
    if (!(digit < base)) return undefined
    value = value * BigInt(base) + BigInt(digit)
  }
  return ratio(value, BigInt(base) ** BigInt(match?.[2]?.length ?? 0))
}

const scalars = new Set<Node['kind']>(['number', 'add', 'multiply', 'divide', 'power', 'apply'])

function plainNumber(answer: Answer): Node | undefined {
  const node = answer.node && (namedValue(answer.node)?.value ?? answer.node)
  if (node && scalars.has(node.kind)) return node
  const numeral = readNumeral(plainOf(answer))
  return numeral && !numeral.ordinal ? numberOf(numeral.value) : undefined
}
