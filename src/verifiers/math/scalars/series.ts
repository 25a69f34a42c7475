/** The whole numbers that a sum or a product runs over. */
import { type Budget, OverBudget } from '../budget.js'
import { isInteger, type Rational } from '../value/rational.js'

const maxTerms = 5000n

/** Undefined when the bounds are no whole numbers; empty when the upper one is below the lower. */
export function termsOf(from: Rational, to: Rational, budget: Budget): bigint[] | undefined {
  if (!isInteger(from) || !isInteger(to)) return undefined
  const count = to.n - from.n + 1n
  if (count > maxTerms) throw new OverBudget('a sum of too many terms')
  budget.spend(Number(count > 0n ? count : 0n))
  return Array.from({ length: Number(count > 0n ? count : 0n) }, (_, k) => from.n + BigInt(k))
}
