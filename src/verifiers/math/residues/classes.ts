/** Sets of the form offset + period · Z on the real line, and unions of them. */
import type { How } from '../finding.js'
import { minus, numeral, plus, times } from '../matrices/arithmetic.js'
import { approximately } from '../regions/certified.js'
import { fractionOf } from '../regions/fraction.js'
import type { Node } from '../tree/node.js'
import { mapChildren } from '../tree/walk.js'
import { add, divide, floor, gcd, multiply, negate, type Rational, zero } from '../value/rational.js'

export interface ResidueClass {
  readonly offset: Node
  /** Not zero. */
  readonly period: Node
}

const maxClasses = 400

/** r + s·pi */
interface Exact {
  readonly r: Rational
  readonly s: Rational
}

const piName = '#pi'
const withNamedPi = (node: Node): Node =>
  node.kind === 'constant' && node.name === 'pi' ? { kind: 'variable', name: piName } : mapChildren(node, withNamedPi)

function exactOf(node: Node, how: How): Exact | undefined {
  const found = fractionOf(withNamedPi(node), piName, how.budget)
  if (found?.below.length !== 1 || found.above.length > 2) return undefined
  const below = { n: found.below[0] as bigint, d: 1n }
  const [r, s] = [0, 1].map((index) => divide({ n: found.above[index] ?? 0n, d: 1n }, below))
  return r && s && { r, s }
}

/** Are the two unions the same set? null: not settled. */
export function sameClasses(a: readonly ResidueClass[], b: readonly ResidueClass[], how: How): boolean | null {
  if (a.length === 0 || b.length === 0) return a.length === b.length
  const unit = exactOf((a[0] as ResidueClass).period, how)
  if (!unit) return null
  const multiples = [...a, ...b].map(({ period }) => ratioOf(period, unit, how))
  const known = multiples.flatMap((one) => (one && one.n !== 0n ? [one] : []))
  // Periods without a common multiple: the sets may meet, but are not the same.
  if (known.length < multiples.length) return multiples.every((one) => one !== undefined) ? false : null
  const common = known.reduce((total, one) => multipleOf(total, size(one)), size(known[0] as Rational))
  const period: Exact = { r: multiply(unit.r, common), s: multiply(unit.s, common) }
  const [ours, theirs] = [expanded(a, known, common, how), expanded(b, known.slice(a.length), common, how)]
  return ours && theirs ? sameOffsets(ours, theirs, period, how) : null
}

const size = (value: Rational): Rational => (value.n < 0n ? negate(value) : value)

/** period / unit, where both are multiples of 1 or of pi; zero when they have no common measure. */
function ratioOf(period: Node, unit: Exact, how: How): Rational | undefined {
  const found = exactOf(period, how)
  if (!found) return undefined
  if (unit.s.n === 0n) return found.s.n === 0n ? divide(found.r, unit.r) : zero
  if (unit.r.n === 0n) return found.r.n === 0n ? divide(found.s, unit.s) : zero
  return undefined
}

/** The least common multiple of two positive rationals. */
const multipleOf = (a: Rational, b: Rational): Rational => {
  const [first, second] = [a.n * b.d, b.n * a.d]
  const n = (first / gcd(first, second)) * second
  return multiply({ n, d: 1n }, divide({ n: 1n, d: 1n }, { n: a.d * b.d, d: 1n }) as Rational)
}

/** The offsets within the common period. */
function expanded(
  classes: readonly ResidueClass[],
  multiples: readonly Rational[],
  common: Rational,
  how: How,
): Node[] | undefined {
  const found: Node[] = []
  for (const [index, { offset, period }] of classes.entries()) {
    const count = Number((divide(common, size(multiples[index] as Rational)) as Rational).n)
    if (found.length + count > maxClasses) return undefined
    how.budget.spend(count * 5)
    for (let step = 0; step < count; step++) found.push(plus(offset, times(numeral(step), period)))
  }
  return found
}

function sameOffsets(a: readonly Node[], b: readonly Node[], period: Exact, how: How): boolean | null {
  const keys = [a, b].map((offsets) => offsets.map((offset) => keyOf(offset, period, how)))
  const [ours, theirs] = keys.map((all) => new Set(all))
  if (ours && theirs && !ours.has(undefined) && !theirs.has(undefined))
    return ours.size === theirs.size && [...ours].every((key) => theirs.has(key))
  if (a.length * b.length > 100) return null
  const table = a.map((left) => b.map((right) => differByPeriods(left, right, period, how)))
  const lines = [...table, ...b.map((_, column) => table.map((row) => row[column] as boolean | null))]
  if (lines.every((line) => line.includes(true))) return true
  return lines.some((line) => line.every((one) => one === false)) ? false : null
}

const modulo = (value: Rational, by: Rational): Rational => {
  const times = floor(divide(value, by) as Rational)
  return add(value, multiply(by, { n: -times, d: 1n }))
}

/** One text for all offsets that differ by periods. */
function keyOf(offset: Node, period: Exact, how: How): string | undefined {
  const exact = exactOf(offset, how)
  if (!exact) return undefined
  const r = period.s.n === 0n ? modulo(exact.r, size(period.r)) : exact.r
  const s = period.s.n === 0n ? exact.s : modulo(exact.s, size(period.s))
  return `${r.n}/${r.d} ${s.n}/${s.d}`
}

/** The nearest number of periods is a guess in doubles; that it is the difference is compared for certain. */
function differByPeriods(a: Node, b: Node, period: Exact, how: How): boolean | null {
  const difference = minus(a, b)
  const length = plus(numeral(period.r), times(numeral(period.s), { kind: 'constant', name: 'pi' }))
  const [whole, one] = [approximately(difference), approximately(length)]
  if (whole === undefined || one === undefined) return null
  const count = Math.round(whole / one)
  if (!Number.isSafeInteger(count)) return null
  return how.same(difference, times(numeral(count), length)).equal
}
