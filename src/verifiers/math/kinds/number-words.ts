/**
 * Numbers in words, ordinals and Roman numerals. The written rules: `third` and `3rd` are the position 3, and equal 3;
 * `a third` and `one third` are 1/3, and `third` alone beside 1/3 is left open. Roman numerals are read beside another
 * one, or beside a whole number when they have two letters and more.
 */
import { type Finding, type How, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { sameValue } from '../units/agreement.js'
import { numberOf } from '../units/measure.js'
import { type Numeral, readNumeral } from '../units/numeral.js'
import { plainOf } from '../units/spelling.js'
import { integer } from '../value/rational.js'
import { type Answer, defineKind } from './kind.js'
import { namedValue } from './named-value.js'

interface Said {
  readonly value: Node
  readonly form: 'words' | 'ordinal' | 'roman' | 'short' | 'plain'
}

/** Before text and scalars. */
export const numberWordsKind = defineKind<Said>({
  id: 'number-words',
  read: (answer, _how, other) => inWords(answer, other) ?? (inWords(other, answer) && plain(answer)),
  same: sameNumber,
})

function inWords(answer: Answer, other: Answer): Said | undefined {
  const text = plainOf(answer)
  if (text === '' || text.length > 160 || !/[A-Za-z]/.test(text)) return undefined
  const numeral = spokenNumeral(text)
  if (numeral?.spoken) return { value: numberOf(numeral.value), form: numeral.ordinal ? 'ordinal' : 'words' }
  // `5k` beside a number, where k is no name.
  const short = isWhole(other.node) ? /^(\d[\d.,]*) ?[kK]$/.exec(text) : null
  const thousands = short && readNumeral(`${short[1]} thousand`)
  if (thousands) return { value: numberOf(thousands.value), form: 'short' }
  const roman = romanValue(text)
  if (
    roman === undefined ||
    !(isWhole(other.node) || romanValue(plainOf(other)) !== undefined || spokenNumeral(plainOf(other))?.spoken)
  )
    return undefined
  return text.length > 1 || romanValue(plainOf(other)) !== undefined
    ? { value: numberOf(integer(roman)), form: 'roman' }
    : undefined
}

/** `the third`, `exactly twelve`, `12 (twelve)`. */
function spokenNumeral(text: string): Numeral | undefined {
  const twice = /^(.{1,60}?) \((.{1,60})\)$/.exec(text)
  if (twice) {
    const [one, other] = [readNumeral(twice[1] ?? ''), readNumeral(twice[2] ?? '')]
    const same = one && other && one.value.n === other.value.n && one.value.d === other.value.d
    return same ? { value: one.value, ordinal: false, spoken: true } : undefined
  }
  return readNumeral(text.replace(/^the\s/i, ''))
}

const isWhole = (node: Node | undefined) => node?.kind === 'number' && node.value.d === 1n && node.value.n > 0n

const scalars = new Set<Node['kind']>([
  'number',
  'constant',
  'variable',
  'add',
  'multiply',
  'divide',
  'power',
  'apply',
  'sum',
])

function plain(answer: Answer): Said | undefined {
  const node = answer.node && (namedValue(answer.node)?.value ?? answer.node)
  return node && scalars.has(node.kind) ? { value: node, form: 'plain' } : undefined
}

function sameNumber(a: Said, b: Said, how: How): Finding {
  const finding = sameValue(a.value, b.value, how)
  const [left, right] = [a.form, b.form].sort()
  if (finding.equal) return yes('words', 'the same number')
  // `XL` and `LX` may be two points of a figure as well.
  if (left === 'roman' && right === 'roman') return unsure('words', 'letters that may be a Roman numeral')
  if (left === 'short' || right === 'short') return unsure('words', 'k may be a name')
  const [ordinal, other] = a.form === 'ordinal' ? [a, b] : [b, a]
  if (ordinal.form !== 'ordinal' || other.form === 'ordinal') return finding
  const inverse: Node = { kind: 'divide', left: numberOf(integer(1)), right: ordinal.value }
  return sameValue(inverse, other.value, how).equal === false ? finding : unsure('words', 'an ordinal or a fraction')
}

const numerals: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }
const wellFormed = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/

/** Undefined unless it is a Roman numeral in capitals, as they are written. */
function romanValue(text: string): number | undefined {
  if (text === '' || text.length > 15 || !wellFormed.test(text)) return undefined
  let total = 0
  for (let i = 0; i < text.length; i++) {
    const value = numerals[text[i] as string] ?? 0
    total += value < (numerals[text[i + 1] as string] ?? 0) ? -value : value
  }
  return total
}
