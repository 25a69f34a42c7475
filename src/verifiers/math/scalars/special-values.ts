/** Values of the digamma function (less Euler's constant) and of Hurwitz's zeta function that have a closed form. */

import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import {
  add,
  divide,
  floor,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  type Rational,
  power as raised,
} from '../value/rational.js'
import { apply, difference, fraction, minus, num, over, pi, plus, power, times } from './build.js'

const ln = (n: number) => apply('ln', num(n))
const root3 = apply('sqrt', num(3))

/** psi(a) + gamma for a in (0, 1]. Source: Gauss's digamma theorem. */
const digamma: Readonly<Record<string, Node>> = {
  '1/1': num(0),
  '1/2': times(num(-2), ln(2)),
  '1/3': minus(plus(over(pi, times(num(2), root3)), times(fraction(3, 2), ln(3)))),
  '2/3': difference(over(pi, times(num(2), root3)), times(fraction(3, 2), ln(3))),
  '1/4': minus(plus(over(pi, num(2)), times(num(3), ln(2)))),
  '3/4': difference(over(pi, num(2)), times(num(3), ln(2))),
  '1/6': minus(plus(over(times(pi, root3), num(2)), plus(times(num(2), ln(2)), times(fraction(3, 2), ln(3))))),
  '5/6': difference(over(times(pi, root3), num(2)), plus(times(num(2), ln(2)), times(fraction(3, 2), ln(3)))),
}

/** zeta(s) = coefficient · pi^s. */
const zetas: Readonly<Record<number, Rational>> = {
  2: { n: 1n, d: 6n },
  4: { n: 1n, d: 90n },
  6: { n: 1n, d: 945n },
  8: { n: 1n, d: 9450n },
}

const maxSteps = 200n

/**
 * Σ over j >= 0 of 1 / (j + a)^s, and for s = 1 the part of it that is left when sums whose weights cancel are added up.
 * a is no whole number below 1. Undefined where no closed form is known.
 */
export function tailSum(a: Rational, s: number, budget: Budget): Node | undefined {
  const below = isInteger(a) ? add(a, integer(-1)) : integer(floor(a))
  const start = add(a, negate(isInteger(a) ? below : integer(floor(a))))
  const steps = isInteger(a) ? below.n : floor(a)
  if (steps > maxSteps || steps < -maxSteps) return undefined
  const base = s === 1 ? negated(digamma[`${start.n}/${start.d}`]) : zetaAt(start, s)
  if (!base) return undefined
  let correction: Rational = { n: 0n, d: 1n }
  for (let j = 0n; j < (steps < 0n ? -steps : steps); j++) {
    budget.spend()
    const at = steps > 0n ? add(start, integer(j)) : add(a, integer(j))
    const term = divide(one, raised(at, BigInt(s), budget) ?? one)
    if (!term) return undefined
    correction = add(correction, steps > 0n ? negate(term) : term)
  }
  return plus(base, num(correction))
}

const negated = (node: Node | undefined) => node && minus(node)

/** zeta(s, a) for a = 1 and a = 1/2. */
function zetaAt(a: Rational, s: number): Node | undefined {
  const coefficient = zetas[s]
  if (!coefficient || a.d > 2n) return undefined
  const factor = a.d === 2n ? integer(2 ** s - 1) : one
  return times(num(multiply(coefficient, factor)), power(pi, num(s)))
}
