import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

/** Two answers and whether they are the same; null: cannot tell. */
const pairs: readonly (readonly [string, string, boolean | null])[] = [
  ['x=1, y=2', 'y=2, x=1', true],
  ['x=1, y=2', 'x=2, y=1', false],
  ['x=1, y=2', '(1,2)', true],
  ['x=1, y=2', '(2,1)', false],
  [String.raw`x=1 \text{ and } y=2`, '(x,y)=(1,2)', true],
  ['(x,y)=(1,2)', '(1,2)', true],
  ['a=3,b=4', 'a=4,b=3', false],
  [String.raw`x=1 \text{ or } x=-3`, String.raw`\{1,-3\}`, true],
  [String.raw`x=1 \text{ or } x=-3`, 'x=-3, x=1', true],
  ['x_1=1, x_2=-3', String.raw`\{1,-3\}`, true],
  ['x_1=1, x_2=-3', String.raw`x=-3 \text{ or } x=1`, true],
  ['x_1=1, x_2=-3', String.raw`x=3 \text{ or } x=1`, false],
  [String.raw`x \in \{1,-3\}`, 'x=1, x=-3', true],
  ['(1,2), (3,4)', String.raw`(x,y)=(1,2) \text{ or } (x,y)=(3,4)`, true],
  ['(1,2), (3,4)', String.raw`(x,y)=(1,2) \text{ or } (3,4)`, true],
  ['(1,2), (3,4)', '(3,4), (1,2)', true],
  ['(1,2), (3,4)', String.raw`x=1,y=2 \text{ or } x=3,y=4`, true],
  ['(1,2), (3,4)', String.raw`x=1,y=2 \text{ or } x=3,y=5`, false],
  [String.raw`\begin{cases} x+y=3 \\ x-y=1 \end{cases}`, String.raw`\begin{cases} x-y=1 \\ x+y=3 \end{cases}`, true],
  [String.raw`\begin{cases} x+y=3 \\ x-y=1 \end{cases}`, 'x=2, y=1', true],
  [String.raw`\begin{cases} x+y=3 \\ x-y=1 \end{cases}`, 'x=2, y=2', false],
  [String.raw`\frac{x-1}{2} = \frac{y-2}{3} = z`, String.raw`\frac{x+1}{2} = \frac{y+1}{3} = z+1`, true],
  [String.raw`\frac{x-1}{2} = \frac{y-2}{3} = z`, String.raw`\frac{x-1}{2} = \frac{y-2}{3} = z + 1`, false],
  ['x = 2y = 3z', 'x=2y, 2y=3z', true],
  ['x=1, y=2, z=3', '(1,2,3)', true],
  ['A = 5, B = 3', 'A=5, B=-3', false],
  ['x=1,y=2', 'x=1', false],
  ['x=t, y=2t', 'y=2t, x=t', true],
]

test.each(pairs)('systems and solutions: %s beside %s is %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each(pairs.flatMap(([a, b]): [string][] => [[a], [b]]))('%s equals itself', (answer) => {
  expect(verdict(answer, answer)).toBe(true)
})
