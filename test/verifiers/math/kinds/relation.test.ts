import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

/** Two answers and whether they are the same; null: cannot tell. */
const pairs: readonly (readonly [string, string, boolean | null])[] = [
  ['y=2x+1', '2x-y+1=0', true],
  ['x^2+y^2=25', 'y^2+x^2=5^2', true],
  [String.raw`y=\frac{1}{2}x-3`, 'x-2y=6', true],
  ['y=2x+1', 'y=2x-1', false],
  ['xy=1', String.raw`\frac{x}{y}=1`, false],
  ['x^2=4', 'x=2', false],
  ['x^2=4', String.raw`x=\pm 2`, true],
  ['x^2=0', 'x=0', true],
  ['x^2=4', 'x=2 or x=-2', true],
  ['x=5', 'y=5', false],
  ['5=x', 'x=5', true],
  ['f(x)=x^2', 'y=x^2', true],
  ['f(x)=x^2', 'f(t)=t^2', true],
  ['f(x)=x^2', 'f(x)=x^3', false],
  ['f(x)=x^2', 'g(x)=x^2', false],
  ['y-3=2(x-1)', 'y=2x+1', true],
  ['y-3=2(x-1)', 'y=2x+2', false],
  ['(x-1)^2+(y+2)^2=9', 'x^2+y^2-2x+4y-4=0', true],
  ['(x-1)^2+(y+2)^2=9', 'x^2+y^2-2x+4y-5=0', false],
  [String.raw`\frac{x^2}{9}+\frac{y^2}{4}=1`, '4x^2+9y^2=36', true],
  ['2x-3y+z=6', '-4x+6y-2z=-12', true],
  ['2x-3y+z=6', '-4x+6y-2z=12', false],
  ['x+y>3', 'y>3-x', true],
  ['x+y>3', 'y<3-x', false],
  ['x+y>3', 'y>=3-x', false],
  ['y > x^2', 'x^2 - y < 0', true],
  [String.raw`-2x + y \le 4`, String.raw`2x - y \ge -4`, true],
  ['a_n = 2a_{n-1}+1', 'a_{n+1} = 2a_n + 1', true],
  ['a_n = 2a_{n-1}+1', 'a_{n+1} = 2a_n - 1', false],
  ['a_n = a_{n-1}+n', 'a_{n+1} = a_n + n + 1', true],
  ['a_n = a_{n-1}+n', 'a_{n+1} = a_n + n', false],
  ['f(n+1) = 2f(n)', 'f(n) = 2f(n-1)', true],
  [String.raw`y = \sqrt{2}x + 1`, String.raw`\sqrt{2} x - y + 1 = 0`, true],
  [String.raw`y = \sqrt{2}x + 1`, String.raw`\sqrt{2} x - y - 1 = 0`, false],
  [String.raw`\ln y = x`, 'y = e^x', true],
  [String.raw`\ln y = x`, 'y = e^{-x}', false],
  ['e^x = 1', 'x = 0', true],
  ['e^x = 2', String.raw`x = \ln 2`, true],
  ['e^x = 2', String.raw`x = \ln 3`, false],
  [String.raw`x^2+y^2=\sqrt{2}`, String.raw`x^2+y^2=\sqrt{3}`, false],
  ['PV = nRT', String.raw`P = \frac{nRT}{V}`, true],
  ['y = x^2', 'x = y^2', false],
  ['x = 2y', String.raw`y = \frac{x}{2}`, true],
  ['x+2=7', 'x=5', true],
  [String.raw`x=\frac{1}{2}`, '2x=1', true],
  ['x^2=-1', 'x^2=-4', false],
  ['(x-1)(x+3)=0', String.raw`x=1 \text{ or } x=-3`, true],
  ['(x-1)(x+3)=0', 'x^2+2x-3=0', true],
  ['|x|=2', String.raw`x=\pm 2`, true],
  [String.raw`r = 2\cos\theta`, String.raw`r = 2 \sin\theta`, false],
  ['y^2 = 4x', String.raw`x = \frac{y^2}{4}`, true],
  [String.raw`x \ne 2`, String.raw`x \neq 2`, true],
  [String.raw`y=\frac{1}{x}`, 'xy=1', true],
  ['y = |x|', 'y^2 = x^2', false],
  ['x = 2+3 = 5', 'x = 5', true],
]

test.each(pairs)('relations: %s beside %s is %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each(pairs.flatMap(([a, b]): [string][] => [[a], [b]]))('%s equals itself', (answer) => {
  expect(verdict(answer, answer)).toBe(true)
})
