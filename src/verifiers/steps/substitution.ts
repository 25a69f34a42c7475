/** Whether one calculation is another one with numbers in place of its names: `2x + 1` and `2(3) + 1`. */
import type { Budget } from '../math/budget.js'
import { equalTo, type Rational } from '../math/value/rational.js'
import { numberOf, plain } from './evaluate.js'
import type { Expression } from './expression.js'

/** What each name stands for; undefined when the shapes differ. A name with two values has both. */
export function substituted(
  pattern: Expression,
  instance: Expression,
  budget: Budget,
): ReadonlyMap<string, readonly Rational[]> | undefined {
  const found = new Map<string, Rational[]>()
  return matches(pattern, instance, found, budget) ? found : undefined
}

function matches(a: Expression, b: Expression, found: Map<string, Rational[]>, budget: Budget): boolean {
  budget.spend()
  if (a.kind === 'name') {
    const value = numberOf(b, plain, budget)
    if (!value) return false
    const values = found.get(a.name) ?? []
    if (!values.some((one) => equalTo(one, value))) found.set(a.name, [...values, value])
    return true
  }
  if (a.kind === 'number') return b.kind === 'number' && a.percent === b.percent && equalTo(a.value, b.value)
  if (a.kind === 'binary') {
    return (
      b.kind === 'binary' &&
      a.op === b.op &&
      matches(a.left, b.left, found, budget) &&
      matches(a.right, b.right, found, budget)
    )
  }
  if (a.kind === 'minus') return b.kind === 'minus' && matches(a.inner, b.inner, found, budget)
  return false
}
