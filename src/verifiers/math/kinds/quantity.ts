/** Numbers with units, money and things counted. Beside one, a plain number is read as one without its unit. */
import type { How } from '../finding.js'
import type { Node } from '../tree/node.js'
import { some } from '../tree/walk.js'
import { sameMeasure } from '../units/agreement.js'
import { lookUp } from '../units/lookup.js'
import { type Measure, measureOfNode, measureOfText, numberOf } from '../units/measure.js'
import { readNumeral } from '../units/numeral.js'
import { plainOf } from '../units/spelling.js'
import { bare } from '../units/unit.js'
import { type Answer, defineKind } from './kind.js'
import { moneyInFront } from './money.js'
import { namedValue } from './named-value.js'

/** Before structures and scalars: its unit is no factor. Behind clock, date, duration, base and number words. */
export const quantityKind = defineKind<Measure>({
  id: 'quantity',
  exclusive: true,
  read: (answer, how, other) =>
    measureOf(answer, other, how) ??
    spacedUnit(answer, other) ??
    ((measureOf(other, answer, how) ?? spacedUnit(other, answer)) && (unmarked(answer) ?? withoutUnit(answer, other))),
  same: sameMeasure,
})

const kept = new WeakMap<Answer, { readonly measure: Measure | undefined }>()

/** What is a quantity by itself. */
function measureOf(answer: Answer, other: Answer, how: How): Measure | undefined {
  let found = kept.get(answer)
  if (!found) {
    how.budget.spend(20)
    found = { measure: readMeasure(answer) }
    kept.set(answer, found)
  }
  if (found.measure) return found.measure
  const value = namedBeside(answer, other)
  return value && known(measureOfNode(value))
}

/** `x = 5 m` beside a quantity without a name, or with the same one. */
function namedBeside(answer: Answer, other: Answer): Node | undefined {
  const named = answer.node && namedValue(answer.node)
  if (!named || other.node?.kind !== 'relation') return named?.value
  return namedValue(other.node)?.name === named.name ? named.value : undefined
}

function readMeasure(answer: Answer): Measure | undefined {
  const money = moneyInFront(answer)
  if (money) return money
  const text = measureOfText(answer, true)
  if (text?.compound) return text
  const node = answer.node && known(measureOfNode(answer.node))
  // The tree says that it is a quantity; the text knows how the words of the unit belong together.
  const loose = answer.node === undefined || answer.node.kind === 'words'
  return node || loose || isMarked(answer) ? (text ?? node) : undefined
}

/** Letters set upright behind a number, or a sign that only units have. */
const isMarked = ({ text }: Answer) =>
  text.length < 240 && (/\d[\s,;!~\\}]*\\(?:text|mathrm|mbox|textrm)\s?\{/.test(text) || /[°Ωµ℃℉]|\\Omega/.test(text))

/** Words that are neither a unit nor a noun may change the number, or take it back. */
const known = (measure: Measure | undefined): Measure | undefined =>
  measure?.readings.every(({ unit }) => unit.status !== 'words') ? measure : undefined

/** `5m` beside `5\text{ m}`: a product by itself, a quantity in that company. */
const unmarked = (answer: Answer): Measure | undefined => measureOfText(answer, false)

const spaced = /^[-+]?\d[\d.,]*(?: +[mshgLNJWVAK](?:\^\{?[23]\}?)?|[mh]\^\{?[23]\}?)$/

/** `5 m` and `5m^2` beside a number: set apart from it, or squared, the letter of a unit is no name. */
const spacedUnit = (answer: Answer, other: Answer): Measure | undefined =>
  other.node?.kind === 'number' && answer.text.length < 40 && spaced.test(answer.text) ? unmarked(answer) : undefined

const pairs = new Set<Node['kind']>([
  'words',
  'truth',
  'relation',
  'percent',
  'ratio',
  'member',
  'congruence',
  'family',
])

/** A number alone, or with a letter that is a unit: `5\sqrt{2}m`. */
function withoutUnit(answer: Answer, other: Answer): Measure | undefined {
  const value = namedBeside(answer, other) ?? answer.node ?? spokenNumber(answer)
  const plain = value?.kind === 'words' ? spokenNumber(answer) : value
  if (!plain || pairs.has(plain.kind) || some(plain, ({ kind }) => kind === 'quantity')) return undefined
  const units = plain.kind === 'multiply' && plain.right.kind === 'variable' ? lookUp(plain.right.name) : []
  if (plain.kind === 'multiply' && units.length > 0) {
    return { readings: units.map((unit) => ({ value: plain.left, unit })), compound: false, bare: false }
  }
  return { readings: [{ value: plain, unit: bare }], compound: false, bare: true }
}

function spokenNumber(answer: Answer): Node | undefined {
  const numeral = readNumeral(plainOf(answer))
  return numeral && !numeral.ordinal ? numberOf(numeral.value) : undefined
}
