/** What an answer with units says: a value and a unit for each reading of it; sums, products and quotients of such. */
import type { Answer } from '../kinds/kind.js'
import type { Node } from '../tree/node.js'
import { multiply as product, type Rational, add as sum } from '../value/rational.js'
import { type Amount, readAmounts } from './amounts.js'
import { parseUnit } from './parse.js'
import { plainOf } from './spelling.js'
import { bare, dimensionOf, times, type Unit } from './unit.js'

export interface Reading {
  readonly value: Node
  readonly unit: Unit
}

export interface Measure {
  readonly readings: readonly Reading[]
  /** Of several parts, e.g. `5 ft 3 in`: no single number stands for it without its units. */
  readonly compound: boolean
  /** A number without a unit. */
  readonly bare: boolean
}

export const numberOf = (value: Rational): Node => ({ kind: 'number', value })

/** a · b, worked out where both are numbers. */
export function productOf(a: Node, b: Node): Node {
  if (a.kind === 'number' && b.kind === 'number') return numberOf(product(a.value, b.value))
  return { kind: 'multiply', left: a, right: b }
}

export function sumOf(a: Node, b: Node): Node {
  if (a.kind === 'number' && b.kind === 'number') return numberOf(sum(a.value, b.value))
  return { kind: 'add', left: a, right: b }
}

/** The value in base units. */
export function inBaseUnits({ value, unit }: Reading): Node {
  let scaled = unit.factor.n === unit.factor.d ? value : productOf(value, numberOf(unit.factor))
  if (unit.pi !== 0) {
    const pi: Node = { kind: 'constant', name: 'pi' }
    const power: Node = unit.pi === 1 ? pi : { kind: 'power', left: pi, right: numberOf({ n: BigInt(unit.pi), d: 1n }) }
    scaled = productOf(scaled, power)
  }
  return unit.zero.n === 0n ? scaled : sumOf(scaled, numberOf(unit.zero))
}

const maxReadings = 16
const single = (readings: readonly Reading[], compound = false): Measure | undefined =>
  readings.length === 0 ? undefined : { readings: readings.slice(0, maxReadings), compound, bare: false }

/** A tree with units in it as one quantity; undefined when it has none, or they do not fit together. */
export function measureOfNode(node: Node): Measure | undefined {
  switch (node.kind) {
    case 'quantity': {
      // Behind a sum the tree gives the unit to all of it: 2 m + 30 cm.
      if (node.value.kind === 'add' && measureOfNode(node.value.left) && !measureOfNode(node.value.right)) {
        return added(node.value.left, { ...node, value: node.value.right })
      }
      const inner = measureOfNode(node.value)
      const units = parseUnit(node.unit)
      if (!units) return undefined
      if (!inner) return single(units.map((unit) => ({ value: node.value, unit })))
      return combined(
        inner,
        { readings: units.map((unit) => ({ value: numberOf({ n: 1n, d: 1n }), unit })), compound: false, bare: false },
        1,
      )
    }
    case 'add':
      return added(node.left, node.right)
    case 'multiply':
    case 'divide': {
      const [left, right] = [measureOfNode(node.left), measureOfNode(node.right)]
      if (!left && !right) return undefined
      return combined(left ?? alone(node.left), right ?? alone(node.right), node.kind === 'divide' ? -1 : 1)
    }
    case 'power': {
      const inner = measureOfNode(node.left)
      const exponent = node.right.kind === 'number' && node.right.value.d === 1n ? Number(node.right.value.n) : 0
      if (!inner || exponent < 1 || exponent > 4) return undefined
      return Array.from({ length: exponent - 1 }).reduce<Measure>((left) => combined(left, inner, 1) ?? left, inner)
    }
    default:
      return undefined
  }
}

const alone = (value: Node): Measure => ({ readings: [{ value, unit: bare }], compound: false, bare: true })

function added(left: Node, right: Node): Measure | undefined {
  const [a, b] = [measureOfNode(left), measureOfNode(right)]
  if (!a || !b) return undefined
  const found: Reading[] = []
  for (const one of a.readings) {
    const other = b.readings.find(
      ({ unit }) => dimensionOf(unit) === dimensionOf(one.unit) && unit.status === one.unit.status,
    )
    if (!other || one.unit.zero.n !== 0n || other.unit.zero.n !== 0n) continue
    const unit: Unit = { ...one.unit, factor: bare.factor, pi: 0 }
    found.push({ value: sumOf(inBaseUnits(one), inBaseUnits(other)), unit })
  }
  return single(found, true)
}

function combined(a: Measure, b: Measure, power: 1 | -1): Measure | undefined {
  const found: Reading[] = []
  for (const left of a.readings) {
    for (const right of b.readings) {
      if (found.length >= maxReadings) break
      const value: Node =
        power === 1 ? productOf(left.value, right.value) : { kind: 'divide', left: left.value, right: right.value }
      // A bare number times a temperature keeps its scale: -5 °C.
      const unit =
        left.unit === bare && power === 1
          ? right.unit
          : right.unit === bare
            ? left.unit
            : times(left.unit, right.unit, power)
      found.push({ value, unit })
    }
  }
  return single(found, a.compound || b.compound)
}

const startsLikeAmount = /^[-+]?\s?[\d.]*\d|^(?:minus|negative|an?|half|three|quarter|[a-z]{3,9})[\s-]/i

/** Amounts in plain text. `sure`: units and nouns of two letters and more; otherwise known units of any length. */
export function measureOfText(answer: Answer, sure: boolean): Measure | undefined {
  const text = plainOf(answer).replace(/^(?:about|approximately|exactly|≈)\s+/i, '')
  if (text === '' || !/[^\d\s.,+*/^()-]/.test(text) || !startsLikeAmount.test(text)) return undefined
  const found = readAmounts(text)
  if (!found) return undefined
  if (
    found.parts === 1 &&
    !(sure ? isPlain(found.amount) : found.amount.units.every(({ status }) => status === 'known'))
  )
    return undefined
  return single(
    found.sums.map(({ value, unit }) => ({ value: numberOf(value), unit })),
    found.parts > 1,
  )
}

const isPlain = ({ units }: Amount) => units.every(({ status }) => status !== 'words')
