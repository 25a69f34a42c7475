/** Products without end of rational factors whose zeros and poles lie at whole or half distances. */
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import {
  add,
  compare,
  divide,
  equalTo,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  type Rational,
  zero,
} from '../value/rational.js'
import { num, over, pi, power, times } from './build.js'
import { reduced } from './partial-fractions.js'
import { degreeOf, dividedBy, leadingOf, type Poly, quotientIn, rationalZeros } from './polynomial.js'

/** Π (k + a)… / (k + b)… = Γ(from + b)… / Γ(from + a)…, where the a add up to what the b do. */
export function infiniteProduct(node: KindOf<'sum' | 'product'>, from: Rational, how: How): Node | undefined {
  const quotient = quotientIn(node.body, node.name, how.budget)
  if (!quotient) return undefined
  const { above, below } = reduced(quotient, how.budget)
  if (degreeOf(above) !== degreeOf(below) || !equalTo(leadingOf(above), leadingOf(below))) return undefined
  const [tops, bottoms] = [zerosOf(above, how), zerosOf(below, how)]
  if (!tops || !bottoms) return undefined
  const total = (roots: readonly Rational[]) => roots.reduce(add, zero)
  if (compare(total(tops), total(bottoms)) !== 0) return undefined
  if ([...tops, ...bottoms].some((root) => isInteger(root) && root.n >= from.n)) return undefined
  let value = one
  let halves = 0
  for (const [roots, sign] of [
    [bottoms, 1],
    [tops, -1],
  ] as const) {
    for (const root of roots) {
      const gamma = gammaAt(add(from, negate(root)))
      if (!gamma) return undefined
      const next = sign > 0 ? multiply(value, gamma.factor) : divide(value, gamma.factor)
      if (!next) return undefined
      value = next
      halves += sign * (gamma.half ? 1 : 0)
    }
  }
  const root = power(pi, num({ n: BigInt(Math.abs(halves)), d: 2n }))
  return halves === 0 ? num(value) : halves > 0 ? times(num(value), root) : over(num(value), root)
}

/** With multiplicity; undefined unless all are rational. */
function zerosOf(p: Poly, how: How): Rational[] | undefined {
  const found: Rational[] = []
  let rest = p
  for (const zero of rationalZeros(p, how.budget)) {
    for (;;) {
      const { quotient, rest: left } = dividedBy(rest, [negate(zero), one], how.budget)
      if (left.length > 0) break
      found.push(zero)
      rest = quotient
    }
  }
  return degreeOf(rest) === 0 ? found : undefined
}

/** Γ(x) = factor, times √pi for half x. */
export function gammaAt(x: Rational): { readonly factor: Rational; readonly half: boolean } | undefined {
  if (x.d > 2n || x.n <= 0n || x.n > 200n) return undefined
  let factor = one
  for (let y = add(x, integer(-1)); y.n > 0n; y = add(y, integer(-1))) factor = multiply(factor, y)
  return { factor, half: x.d === 2n }
}
