import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

test.each([
  ['(3, -1)', '\\left(3,\\,-1\\right)'],
  ['(3, -1)', '\\langle 3, -1\\rangle'],
  ['[3, -1, 2]', '(3, -1, 2)'],
  ['(3,-1)', 'x=3, y=-1'],
  ['(3,-1)', 'y=-1, x=3'],
  ['(3,-1)', '(x,y)=(3,-1)'],
  ['(3,-1)', '3, -1'],
  ['(3,-1)', 'P=(3,-1)'],
  ['(3,-1)', 'P(3,-1)'],
  ['(3,-1,2)', '\\begin{pmatrix}3\\\\-1\\\\2\\end{pmatrix}'],
  ['(3,-1,2)', '\\begin{bmatrix}3&-1&2\\end{bmatrix}'],
  ['(3,-1)', '3\\hat{i}-\\hat{j}'],
  ['(3,-1,0)', '3\\mathbf{i}-\\mathbf{j}'],
  ['\\langle 3,-2,1\\rangle', '3i - 2j + k'],
  ['\\langle 3,-2,1\\rangle', '3\\hat{\\imath}-2\\hat{\\jmath}+\\hat{k}'],
  ['2\\langle 1, 2\\rangle', '(2, 4)'],
  ['(1,2,3)+(1,1,1)', '(2,3,4)'],
  ['\\frac12(2,4)', '(1,2)'],
  ['(1,2,3)+t(1,0,1)', '(2,2,4)+s(2,0,2)'],
  ['(1,2,3)+t(1,0,1)', '\\langle 1+t, 2, 3+t\\rangle'],
  ['\\begin{pmatrix}1\\\\2\\end{pmatrix}+t\\begin{pmatrix}1\\\\1\\end{pmatrix}', '(0,1)+t(1,1)'],
  ['2\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', '\\begin{bmatrix}2&4\\\\0&2\\end{bmatrix}'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^T', '\\begin{pmatrix}1&3\\\\2&4\\end{pmatrix}'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}', '\\frac{1}{2}\\begin{pmatrix}-4&2\\\\3&-1\\end{pmatrix}'],
  ['\\begin{pmatrix}1&1\\\\0&1\\end{pmatrix}^3', '\\begin{pmatrix}1&3\\\\0&1\\end{pmatrix}'],
  [
    '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}\\begin{pmatrix}0&1\\\\1&0\\end{pmatrix}',
    '\\begin{pmatrix}2&1\\\\4&3\\end{pmatrix}',
  ],
  ['\\begin{pmatrix}1&2\\end{pmatrix}+\\begin{pmatrix}1&1\\end{pmatrix}', '\\begin{pmatrix}2&3\\end{pmatrix}'],
  ['A=\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'],
  ['[[1,2],[3,4]]', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'],
  ['3I', '\\begin{pmatrix}3&0\\\\0&3\\end{pmatrix}'],
  ['I_2', '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['\\begin{pmatrix}x+x&1\\\\0&y\\end{pmatrix}', '\\begin{pmatrix}2x&1\\\\0&y\\end{pmatrix}'],
])('%s equals %s', (a, b) => {
  expect(verdict(a, b)).toBe(true)
})

test.each([
  ['(3,-1)', '(-1,3)'],
  ['(3,-1)', '(3,-1,0)'],
  ['(3,-1)', 'x=-1, y=3'],
  ['(3,-1)', '-1, 3'],
  ['(1,2)', '[1,2]'],
  ['(3,4)', '3.4'],
  ['(3,4)', '7'],
  ['P=(3,-1)', 'Q=(3,-1)'],
  ['3\\hat{i}-\\hat{j}', '(3,1)'],
  ['(1,2,3)+t(1,0,1)', '(2,2,5)+t(1,0,1)'],
  ['(1,2,3)+t(1,0,1)', '(1,2,3)+t(1,0,2)'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '\\begin{pmatrix}1&3\\\\2&4\\end{pmatrix}'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '-2'],
  ['\\begin{pmatrix}1&2\\end{pmatrix}', '\\begin{pmatrix}1\\\\2\\end{pmatrix}'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '\\begin{pmatrix}1&2&3\\\\3&4&5\\end{pmatrix}'],
  ['2I', '\\begin{pmatrix}2&0\\\\0&1\\end{pmatrix}'],
  ['[[1,2],[3,4]]', '[[1,2],[3,5]]'],
])('%s does not equal %s', (a, b) => {
  expect(verdict(a, b)).toBe(false)
})

test('two values in ascending order beside square brackets may be an interval', () => {
  expect(verdict('[1,2]', '1, 2')).toBe(null)
  expect(verdict('[2,1]', '2, 1')).toBe(true)
})

test.each([
  ['2:3', '4:6', true],
  ['2:3', '2/3', true],
  ['2:3', '\\frac{2}{3}', true],
  ['2:3', '2 to 3', true],
  ['2:3', '2 \\text{ to } 3', true],
  ['1:\\sqrt2', '\\sqrt2:2', true],
  ['3:4:5', '6:8:10', true],
  ['2:3', '3:2', false],
  ['3:4:5', '6:8:11', false],
  ['2:3', '2:3:4', false],
  ['2:3', '0.6', false],
  ['0:2', '0:5', true],
  ['0:2', '1:5', false],
  ['2a:3a', '2:3', true],
])('the ratio %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})
