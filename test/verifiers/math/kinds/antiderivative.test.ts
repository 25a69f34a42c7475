import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

const r = String.raw
/** Two answers and whether they are the same; null: cannot tell. */
const rows: readonly (readonly [string, string, boolean | null])[] = [
  [r`\frac{x^3}{3}+C`, r`\frac13x^3+K`, true],
  [r`\frac{x^3}{3}+C`, r`\frac13x^3+c`, true],
  [r`\frac{x^3}{3}+C`, r`\frac13x^3+C_1`, true],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3}{3}+\text{constant}`, true],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3+5}{3}+C`, true],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3+x}{3}+C`, false],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3}{3}`, false],
  [r`\frac{x^3}{3}+C`, r`\frac{x^2}{3}+C`, false],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3}{3}-C`, true],
  [r`\frac{x^3}{3}+C`, r`\frac{x^3}{3}+\frac{C}{2}`, true],
  [r`\sin^2 x+C`, r`-\cos^2x+C`, true],
  [r`\sin^2 x+C`, r`\cos^2x+C`, false],
  [r`\sin^2 x+C`, r`-\frac12\cos 2x+C`, true],
  [r`\sin^2 x+C`, r`-\frac12\cos x+C`, false],
  [r`-\cos x+C`, r`\cos x+C`, false],
  [r`\ln|x|+C`, r`\ln|x+1|+C`, false],
  [r`\ln|x|+C`, r`\ln|2x|+C`, true],
  [r`\ln|x|+C`, r`\ln|Cx|`, true],
  [r`\ln|x|+C`, r`\ln|x|+\ln C`, true],
  [r`\ln|x|+C`, r`\ln x+C`, null],
  [r`\ln|x|+C`, r`2\ln|x|+C`, false],
  [r`\ln|\sec x|+C`, r`-\ln|\cos x|+C`, true],
  [r`\ln|\sec x+\tan x|+C`, r`-\ln|\sec x-\tan x|+C`, true],
  [r`\ln|\sec x+\tan x|+C`, r`\ln|\sec x-\tan x|+C`, false],
  [r`\arctan x+C`, r`-\operatorname{arccot} x+C`, true],
  [r`\arcsin x+C`, r`-\arccos x+C`, true],
  [r`\arcsin x+C`, r`\arccos x+C`, false],
  [r`\frac{e^{2x}}{2}+C`, r`\frac12e^{2x}+C`, true],
  [r`\frac{e^{2x}}{2}+C`, r`e^{2x}+C`, false],
  [r`xe^x-e^x+C`, r`(x-1)e^x+C`, true],
  [r`xe^x-e^x+C`, r`(x+1)e^x+C`, false],
  [r`\int x^2\,dx`, r`\frac{x^3}{3}+C`, true],
  [r`\int x^2\,dx`, r`\frac{x^3}{2}+C`, false],
  [r`\int e^{-x^2}\,dx`, r`e^{-x^2}+C`, false],
  [r`\int \frac{1}{x}dx`, r`\ln|x|+C`, true],
  [r`\int x^2\,dx=\frac{x^3}{3}+C`, r`\frac{x^3}{3}+C`, true],
  [r`F(x)=x^2+C`, 'x^2+C', true],
  [r`F(x)=x^2+C`, 'F(x)=x^2+K', true],
  [r`F(x)=x^2+C`, 'F(x)=2x^2+K', false],
  ['y=x^2+C', 'y=x^2+K', true],
  ['y=x^2+C', 'y=x^2-x+K', false],
  [r`\frac{t^2}{2}+C`, r`\frac{1}{2}t^2+C`, true],
  [r`\frac{t^2}{2}+C`, r`\frac{x^2}{2}+C`, false],
  [r`\frac{\theta}{2}+\frac{\sin 2\theta}{4}+C`, r`\frac{\theta+\sin\theta\cos\theta}{2}+C`, true],
  [r`\frac{\theta}{2}+\frac{\sin 2\theta}{4}+C`, r`\frac{\theta-\sin\theta\cos\theta}{2}+C`, false],
  [r`\frac{1}{a}\ln|ax+b|+C`, r`\frac1a\ln|x+\frac{b}{a}|+C`, true],
  [r`\frac{1}{a}\ln|ax+b|+C`, r`\ln|ax+b|+C`, false],
  [r`\frac{x^{n+1}}{n+1}+C`, r`\frac{1}{n+1}x^{n+1}+C`, true],
  [r`\frac{x^{n+1}}{n+1}+C`, r`\frac{1}{n}x^{n+1}+C`, false],
  [r`\frac{1}{2}\tan^2x+C`, r`\frac12\sec^2 x+C`, true],
  [r`2\sqrt{x}+C`, r`2x^{1/2}+C`, true],
  [r`2\sqrt{x}+C`, r`\sqrt{x}+C`, false],
  [r`x^2y+y^3+C`, r`y^3+yx^2+C`, true],
  [r`x^2y+y^3+C`, r`y^2+yx^2+C`, false],
  ['A+C', 'A-C', false],
  ['Ax+By+C', 'Ax+By-C', false],
  ['x+c', 'x-c', false],
  ['a+b+c', 'a+b+d', false],
  ['a+b+c', 'a+b-c', false],
  ['x^2+c', 'x^2+5+c', false],
  ['mx+c', 'mx+2c', false],
  [r`\sin^2x+c`, r`-\cos^2x+c`, true],
  [r`\sin^2x+c`, r`\cos^2x+c`, false],
  [r`\frac{x^3}{3}+c`, r`\frac{x^3}{3}+k`, true],
  ['x^2+c', 'x^2+c', true],
  [r`-\frac{1}{x}+C`, r`\frac{x-1}{x}+C`, true],
  [r`-\frac{1}{x}+C`, r`\frac{1}{x}+C`, false],
  [r`\frac{x}{2}\sqrt{1-x^2}+\frac12\arcsin x+C`, r`\frac12(x\sqrt{1-x^2}-\arccos x)+C`, true],
  [r`\ln(x+\sqrt{x^2+1})+C`, r`\operatorname{arsinh}x+C`, true],
  [r`\sinh^{-1} x + C`, r`\ln(\sqrt{1+x^2}+x)+C`, true],
  [r`x\ln x-x+C`, r`x(\ln x-1)+C`, true],
  [r`x\ln x-x+C`, r`x\ln x+x+C`, false],
  ['5', '5+C', false],
  ['C', 'C', true],
]

test.each(rows)('%s against %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test('a missing constant is accepted by policy only, and only beside the right slope', () => {
  expect(verdict('x^2+C', 'x^2', { missingConstant: true })).toBe(true)
  expect(verdict('x^2+C', 'x^2+3', { missingConstant: true })).toBe(true)
  expect(verdict('x^2+C', 'x^3', { missingConstant: true })).toBe(false)
  expect(verdict('x^2+C', 'x^2')).toBe(false)
})
