import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balanced, normalForm, undelimited, unwrapped } from '../../../../src/verifiers/math/read/normal.js'

const same: ReadonlyArray<readonly [why: string, one: string, other: string]> = [
  ['dollars', '$x+1$', 'x+1'],
  ['double dollars', '$$x+1$$', 'x+1'],
  ['round delimiters', String.raw`\(x+1\)`, 'x+1'],
  ['square delimiters', String.raw`\[ x+1 \]`, 'x+1'],
  ['a box', String.raw`\boxed{x+1}`, 'x+1'],
  ['boxes in boxes and dollars', String.raw`$\boxed{\boxed{x+1}}$`, 'x+1'],
  ['bold type', '**73**', '73'],
  ['bold type at the end', 'x = **73**', 'x = 73'],
  ['a code span', '`73`', '73'],
  ['a label', '**Answer:** 73', '73'],
  ['a final label', 'Final answer: $73$', '73'],
  ['a full stop', '73.', '73'],
  ['a line end of LaTeX', String.raw`73 \\`, '73'],
  ['sizes of brackets', String.raw`\left( x \right)`, '( x )'],
  ['sizes of bars', String.raw`\left|x\right|`, String.raw`\lvert x\rvert`],
  ['display style', String.raw`\displaystyle \dfrac{1}{2}`, String.raw`\frac{1}{2}`],
  ['an invisible bracket', String.raw`\left. x \right.`, 'x'],
  ['thin blanks', String.raw`5\,\text{cm}`, String.raw`5 \text{cm}`],
  ['negative blanks', String.raw`12,\!345`, '12,345'],
  ['a group in braces', '12{,}345', '12,345'],
  ['a decimal comma in braces', '3{,}14', '3.14'],
  ['a small decimal comma in braces', '0{,}125', '0.125'],
  ['signs of Unicode', '−3 × π ≤ ∞', String.raw`-3 \times \pi \le \infty`],
  ['raised digits', '10⁻³', '10^{-3}'],
  ['lowered digits', 'x₁₂', 'x_{12}'],
  ['a fraction sign', '2½', String.raw`2\frac{1}{2}`],
  ['digits of full width', '（１２）', '(12)'],
  ['letters of mathematics', '𝑥 + 𝐲', 'x + y'],
  ['characters without a width', '4\u200b2', '42'],
  ['lines over digits', '0.3\u0305', String.raw`0.\overline{3}`],
  ['several spans of mathematics', '$x = 5$ or $x = 6$', 'x = 5 or x = 6'],
  ['colours', String.raw`\textcolor{red}{5}`, '{5}'],
  ['quotation marks', '“yes”', 'yes'],
]

test.each(same)('%s', (_why, one, other) => {
  expect(normalForm(one)).toBe(normalForm(other))
})

test('a dollar sign before a number is money', () => {
  expect(normalForm('$5')).toBe(String.raw`\$5`)
  expect(normalForm('$5 and $10')).toBe(String.raw`\$5 and \$10`)
  expect(normalForm(String.raw`$\$5$`)).toBe(String.raw`\$5`)
})

test('what changes the meaning stays', () => {
  expect(normalForm('5!')).toBe('5!')
  expect(normalForm('2**3')).toBe('2**3')
  expect(normalForm(String.raw`\text{ red }`)).toBe(String.raw`\text{ red }`)
  expect(normalForm('~p')).toBe(String.raw`\neg p`)
  expect(normalForm('1, 2, ...')).toBe('1, 2, ...')
})

test('text commands give way to their words, nested ones too', () => {
  expect(unwrapped(String.raw`\text{(A) \textbf{red}}`).replace(/\s+/g, ' ').trim()).toBe('(A) red')
  expect(unwrapped(String.raw`5\mathrm{cm}^{2}`)).toBe('5 cm ^{2}')
})

test('balanced and undelimited leave what they cannot take apart', () => {
  expect(balanced(String.raw`\{x}`)).toBe(false)
  expect(balanced(String.raw`\frac{1}{2}`)).toBe(true)
  expect(undelimited(String.raw`\boxed{1} and \boxed{2}`)).toBe(String.raw`\boxed{1} and \boxed{2}`)
})

test('a second pass changes nothing', () => {
  const piece = fc.constantFrom(
    '\\frac',
    '{',
    '}',
    '$',
    ' ',
    '½',
    '5',
    'x',
    '\\left|',
    '\\right)',
    '×',
    '**',
    '{,}',
    '~',
    '\\text{',
    '.',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const once = normalForm(pieces.join(''))
      expect(normalForm(once)).toBe(once)
    }),
    { seed: 5, numRuns: 500 },
  )
})
