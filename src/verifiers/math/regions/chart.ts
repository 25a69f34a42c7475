/** Sign charts: where a rational function takes values of a region. Exact throughout. */
import type { How } from '../finding.js'
import { add, compare, one, type Rational, ratio, zero } from '../value/rational.js'
import { cutAtRoot } from './cut.js'
import type { Fraction } from './fraction.js'
import { type Polynomial, plus, scaled, signAt, times, valueAt } from './polynomial.js'
import type { Region } from './region.js'
import { exactly, middleOf, type Root, rootsOf } from './roots.js'

/** Undefined when an end of the target is no rational number. Throws Unsettled, OverBudget. */
export function whereIn(of: Fraction, target: Region, how: How): Region | undefined {
  const { budget } = how
  const values: Rational[] = []
  for (const { value } of target.cuts) {
    if (!value) return undefined
    values.push(value)
  }
  // Zero exactly where the function is at a cut; a function that is at one everywhere gives no zeros.
  const meeting = values.map(({ n, d }) => plus(scaled(of.above, d), scaled(of.below, -n)))
  const watched = [...meeting.filter((p) => p.length > 1), ...(of.excluded.length > 1 ? [of.excluded] : [])]
  const roots = rootsOf(
    watched.reduce((product, p) => times(product, p, budget), [1n] as Polynomial),
    budget,
  )
  const cells: boolean[] = []
  for (const [index, root] of [...roots, undefined].entries()) {
    cells.push(holdsValue(target, values, evaluated(of, between(roots[index - 1], root), how)))
    if (!root) break
    const gone = vanishes(of.excluded, root, how)
    const at = gone ? -1 : meeting.findIndex((p) => vanishes(p, root, how))
    cells.push(at >= 0 && (target.cells[2 * at + 1] as boolean))
  }
  return { cuts: roots.map(cutAtRoot), cells }
}

function between(left: Root | undefined, right: Root | undefined): Rational {
  if (left && right) return middleOf(left.high, right.low)
  if (left) return add(left.high, one)
  return right ? add(right.low, { n: -1n, d: 1n }) : zero
}

const evaluated = (of: Fraction, x: Rational, { budget }: How): Rational => {
  const lift = x.d ** BigInt(Math.abs(of.above.length - of.below.length))
  const [above, below] = [valueAt(of.above, x, budget), valueAt(of.below, x, budget)]
  return ratio(
    of.above.length < of.below.length ? above * lift : above,
    of.above.length > of.below.length ? below * lift : below,
  ) as Rational
}

function holdsValue(target: Region, values: readonly Rational[], value: Rational): boolean {
  for (const [index, cut] of values.entries()) {
    const order = compare(value, cut)
    if (order <= 0) return target.cells[2 * index + (order === 0 ? 1 : 0)] as boolean
  }
  return target.cells.at(-1) as boolean
}

/** Is the polynomial, which has no other zero near, zero there? */
function vanishes(p: Polynomial, root: Root, { budget }: How): boolean {
  if (p.length < 2) return p.length === 0
  const value = exactly(root)
  if (value) return signAt(p, value, budget) === 0
  return rootsOf(p, budget).some(
    (one) => compare(one.low, root.high) < 0 && compare(root.low, one.high) < 0 && shared(one, root, budget),
  )
}

const shared = (one: Root, root: Root, budget: How['budget']): boolean => {
  const inner = exactly(one)
  // The zeros of p are among those of the whole product, of which the root's interval holds one.
  return inner ? false : overlapHolds(one, root, budget)
}

function overlapHolds(one: Root, root: Root, budget: How['budget']): boolean {
  const low = compare(one.low, root.low) < 0 ? root.low : one.low
  const high = compare(one.high, root.high) < 0 ? one.high : root.high
  return signAt(one.polynomial, low, budget) * signAt(one.polynomial, high, budget) < 0
}
