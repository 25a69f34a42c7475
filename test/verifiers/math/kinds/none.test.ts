import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

/** Two answers and whether they are the same; null: cannot tell. */
const pairs: readonly (readonly [string, string, boolean | null])[] = [
  ['DNE', 'does not exist', true],
  ['no solution', String.raw`\emptyset`, true],
  ['no real solutions', String.raw`\{\}`, true],
  ['None', String.raw`\varnothing`, true],
  ['undefined', 'not defined', true],
  ['DNE', String.raw`\infty`, false],
  ['no solution', 'infinitely many solutions', false],
  ['diverges to infinity', String.raw`\infty`, true],
  [String.raw`\text{There is no solution}`, String.raw`\text{no solution}`, true],
  ['no solution', '5', false],
  ['no real roots', 'no complex roots', false],
  ['no real roots', 'there are no real roots', true],
  ['no solution', 'no real solutions', true],
]

test.each(pairs)('absence: %s beside %s is %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each(pairs.flatMap(([a, b]): [string][] => [[a], [b]]))('%s equals itself', (answer) => {
  expect(verdict(answer, answer)).toBe(true)
})
