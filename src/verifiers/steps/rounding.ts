/** When a shown number stands for one that it is not equal to. */
import { add, negate, type Rational } from '../math/value/rational.js'
import type { Expression, NumberNode } from './expression.js'

const magnitude = (value: Rational): Rational => (value.n < 0n ? negate(value) : value)
const less = (a: Rational, b: Rational) => a.n * b.d < b.n * a.d

export interface Comparison {
  readonly exact: Rational
  readonly shown: Rational
  /** The calculation that shows it: only a lone number is rounded. */
  readonly expression: Expression
  /** The text says that it rounds: `≈`, `about`, `rounded`. */
  readonly said: boolean
}

/** True when the shown number is the exact one rounded or cut off to the digits that are there. */
export function isRounded({ exact, shown, expression, said }: Comparison): boolean {
  const node = loneNumber(expression)
  if (!node || (exact.n < 0n !== shown.n < 0n && shown.n !== 0n)) return false
  const decimals = node.decimals
  if (decimals === 0 && !said) return false
  // One unit of the last digit, in the reading's scale.
  const unit = lastUnit(node, shown)
  const difference = magnitude(add(exact, negate(shown)))
  const twice = { n: difference.n * 2n, d: difference.d }
  if (!less(unit, twice)) return true
  // What a program prints of its floating-point numbers.
  const size = magnitude(exact)
  if (decimals >= 10 && difference.n * 10n ** 12n * size.d < size.n * difference.d) return true
  if (less(magnitude(shown), magnitude(exact)) && less(difference, unit)) return true
  return said && (less(difference, unit) || isNear(exact, shown, node))
}

/** `≈ 3,700,000`: the zeros at the end were not counted. */
function isNear(exact: Rational, shown: Rational, node: NumberNode): boolean {
  const difference = magnitude(add(exact, negate(shown)))
  if (node.decimals > 0 || node.value.n === 0n) return false
  let unit = 1n
  for (let rest = node.value.n; rest % 10n === 0n && rest !== 0n; rest /= 10n) unit *= 10n
  return difference.n * 2n <= difference.d * unit || difference.n * 200n * shown.d <= difference.d * magnitude(shown).n
}

export function loneNumber(expression: Expression): NumberNode | undefined {
  if (expression.kind === 'minus') return loneNumber(expression.inner)
  return expression.kind === 'number' ? expression : undefined
}

function lastUnit(node: NumberNode, shown: Rational): Rational {
  const unit = { n: 1n, d: 10n ** BigInt(node.decimals) }
  const size = magnitude(shown)
  if (size.n === 0n || node.value.n === 0n) return unit
  return { n: size.n * node.value.d * unit.n, d: size.d * node.value.n * unit.d }
}
