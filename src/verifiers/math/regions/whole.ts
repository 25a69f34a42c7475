/** The whole numbers of a subset: written out when they are finitely many, else as runs. */
import type { How } from '../finding.js'
import { numeral } from '../matrices/arithmetic.js'
import { compare, floor, integer, isInteger } from '../value/rational.js'
import { order } from './certified.js'
import { type Cut, cutAt, nodeOf, orderOf } from './cut.js'
import { type End, normal, nothing, type Region, span, union } from './region.js'
import { refined } from './roots.js'
import type { Subset } from './statement.js'
import { Unsettled } from './unsettled.js'

const maxWritten = 1000n

/** Whether zero is a natural number is the caller's question. A run from a to b stands as [a, b + 1), so that neighbouring runs become one. Throws Unsettled. */
export function onlyWhole(
  subset: Subset,
  firstNatural: bigint,
  how: How,
): { readonly region: Region; readonly whole: boolean } {
  if (!subset.whole) return { region: subset.region, whole: false }
  const runs = runsIn(subset, firstNatural, how)
  if (runs.every(({ low, high }) => low !== undefined && high !== undefined)) {
    const points = runs.flatMap(({ low, high }) => written(low as bigint, high as bigint, how))
    const cells = [false, ...points.flatMap(() => [true, false])]
    return { region: { cuts: points.map((point) => cutAt(integer(point))), cells }, whole: false }
  }
  const end = (value: bigint | undefined, closed: boolean): End | undefined =>
    value === undefined ? undefined : { cut: cutAt(integer(value)), closed }
  const region = runs
    .filter(({ low, high }) => low === undefined || high === undefined || low <= high)
    .map(({ low, high }) => span(end(low, true), end(high === undefined ? undefined : high + 1n, false)))
    .reduce((all, one) => union(all, one, how), nothing)
  return { region, whole: true }
}

interface Run {
  readonly low?: bigint
  readonly high?: bigint
}

function runsIn({ region, whole }: Subset, firstNatural: bigint, how: How): Run[] {
  const least = whole === 'naturals' ? firstNatural : undefined
  return spansIn(region).map(({ low, high }) => {
    const first = low && above(low, how)
    return {
      low: least !== undefined && (first === undefined || first < least) ? least : first,
      high: high && below(high, how),
    }
  })
}

function written(low: bigint, high: bigint, how: How): bigint[] {
  if (high < low) return []
  if (high - low > maxWritten) throw new Unsettled('too many whole numbers')
  how.budget.spend(Number(high - low) + 1)
  return Array.from({ length: Number(high - low) + 1 }, (_, index) => low + BigInt(index))
}

/** The connected parts. */
function spansIn(given: Region): { readonly low?: End; readonly high?: End }[] {
  const { cuts, cells } = normal(given)
  const found: { low?: End; high?: End }[] = []
  let current: { low?: End; high?: End } | undefined = cells[0] ? {} : undefined
  for (const [index, cut] of cuts.entries()) {
    const [point, after] = [cells[2 * index + 1] as boolean, cells[2 * index + 2] as boolean]
    if (current && !(point && after)) {
      found.push({ ...current, high: { cut, closed: point } })
      current = undefined
    } else if (!current && point && !after) found.push({ low: { cut, closed: true }, high: { cut, closed: true } })
    if (after && !current) current = { low: { cut, closed: point } }
  }
  return current ? [...found, current] : found
}

const above = ({ cut, closed }: End, how: How): bigint => {
  const { value, exact } = wholeBelow(cut, how)
  return exact && closed ? value : value + 1n
}

const below = ({ cut, closed }: End, how: How): bigint => {
  const { value, exact } = wholeBelow(cut, how)
  return exact && !closed ? value - 1n : value
}

/** The largest whole number that is not above it; exact when it is that number. */
function wholeBelow(cut: Cut, how: How): { value: bigint; exact: boolean } {
  if (cut.value) return { value: floor(cut.value), exact: isInteger(cut.value) }
  if (cut.root) {
    let root = cut.root
    // Its rational zeros are known, so this one lies strictly between two whole numbers.
    for (let count = 0; count < 200; count++) {
      const value = floor(root.low)
      if (compare(root.high, integer(value + 1n)) <= 0) return { value, exact: false }
      root = refined(root, how.budget)
    }
  }
  return searched(cut, how)
}

/** By doubling and halving, each step certified. */
function searched(cut: Cut, how: How): { value: bigint; exact: boolean } {
  const atMost = (value: bigint): boolean => {
    how.budget.spend(20)
    const found = order(numeral(value), nodeOf(cut), how)
    if (found === undefined) throw new Unsettled('an order that is not certified')
    return found <= 0
  }
  let reach = 1n
  while (!atMost(-reach) || atMost(reach)) {
    reach *= 2n
    if (reach > 1_000_000n) throw new Unsettled('an end far away')
  }
  let [low, high] = [-reach, reach]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (atMost(middle)) low = middle
    else high = middle
  }
  return { value: low, exact: orderOf(cut, cutAt(integer(low)), how) === 0 }
}
