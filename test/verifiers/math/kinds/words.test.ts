import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

test.each([
  ['B', '(B)'],
  ['B', '\\textbf{(B)}'],
  ['B', 'B.'],
  ['B', 'B) 12'],
  ['B', '\\text{(B) } 12'],
  ['B', 'Option B'],
  ['B', 'choice b'],
  ['B', 'Answer: B'],
  ['B', 'The correct answer is (B)'],
  ['(B) 12', 'B. 12'],
  ['12', '(B) 12'],
  ['A, C', 'C and A'],
  ['A, C', 'AC'],
  ['(A), (C)', 'A & C'],
])('the choice %s is %s', (a, b) => {
  expect(verdict(a, b)).toBe(true)
})

test.each([
  ['B', 'C'],
  ['A', '\\text{(B) A}'],
  ['E', 'e'],
  ['A, C', 'A'],
  ['A, B', 'A, B, C'],
  ['(A) 12', '(B) 12'],
  ['H, T, T', 'H, H, T'],
  ['12', '(B) 13'],
])('the choice %s is not %s', (a, b) => {
  expect(verdict(a, b)).toBe(false)
})

test.each([
  ['A', 'A or B'],
  ['B', 'B) no wait, C'],
  ['C', 'C: B'],
])('%s beside %s is left open', (a, b) => {
  expect(verdict(a, b)).toBe(null)
})

test.each([
  ['A-2, B-1', 'B-1, A-2', true],
  ['A-2, B-1', 'A→2; B→1', true],
  ['A \\to 2, B \\to 1', '1 → B, 2 → A', true],
  ['1-b, 2-a', '2-a, 1-b', true],
  ['A-2, B-1', 'A-1, B-2', false],
  ['A-2, B-1, C-3', 'A-2, B-1', false],
])('the matching %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each([
  ['\\text{Yes}', 'yes.', true],
  ['yes', 'True', true],
  ['T', 'True', true],
  ['Yes', 'Yes, because it converges', true],
  ['Yes', 'No', false],
  ['correct', 'incorrect', false],
  ['False', 'T', false],
  ['Yes', 'Yes, but no', null],
  ['yes', '5', false],
])('the truth %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each([
  ['\\text{rhombus}', 'a Rhombus', true],
  ['right-angled', 'right angled', true],
  ['nonnegative', 'non-negative', true],
  ['\\text{café}', 'cafe', true],
  ["doesn't converge", 'does not converge', true],
  ['red and blue', 'blue and red', true],
  ['Alice, Bob', 'Bob and Alice', true],
  ['H_2O', '\\mathrm{H2O}', true],
  ['Ca(OH)_2', 'Ca(OH)2', true],
  ['H_2O', 'H_2O_2', false],
  ['parallel', 'not parallel', false],
  ['converges', 'diverges', false],
  ['triangle', 'triangles', false],
  ['dog bites man', 'man bites dog', false],
  ['rhombus', '7', false],
  ['none', '0', null],
])('the words %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each([
  ['p \\land q', 'q \\land p', true],
  ['\\neg\\neg p', 'p', true],
  ['p \\to q', '\\neg q \\to \\neg p', true],
  ['p \\to q', '\\neg p \\lor q', true],
  ['~p | q', 'p -> q', true],
  ['¬(p ∧ q)', '!p || !q', true],
  ['not (p and q)', 'not p or not q', true],
  ['p \\lor \\neg p', '\\text{True}', true],
  ['\\overline{p \\land q}', '\\neg p \\lor \\neg q', true],
  ['\\forall x\\, P(x)', '\\forall y\\, P(y)', true],
  ['p', '\\neg p', false],
  ['p and q', 'p or q', false],
  ['p \\leftrightarrow q', 'p \\land q', false],
  ['p \\to q', '\\neg p \\to \\neg q', false],
  ['p \\to q \\to r', '(p \\to q) \\to r', false],
])('the formula %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each([
  ['HHT', 'HTH', false],
  ['\\{HH, HT\\}', '\\{HT, HH\\}', true],
  ['ABC', 'CBA', false],
  ['\\text{Mon}, \\text{Tue}', '\\{Tue, Mon\\}', true],
  ['2H_2O', '2H2O', true],
  ['Fe^{3+}', 'Fe^{2+}', false],
  ['n!', 'no', false],
])('the letters %s beside %s: %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test('text that cannot be read is the same only as it stands', () => {
  expect(verdict('\\end{pmatrix', '\\end{pmatrix}')).not.toBe(true)
  expect(verdict('2\\pi +', '2\\pi')).not.toBe(true)
})

test('answers put together at random keep the verdict when swapped, and are never unequal to themselves', () => {
  const piece = fc.constantFrom(
    ...[
      'A',
      'B',
      ' and ',
      ' or ',
      ', ',
      '-',
      '1',
      '2',
      '(',
      ')',
      '\\{',
      '\\}',
      '\\to ',
      '\\neg ',
      'p',
      'yes',
      'red',
      ':',
    ],
    ...['\\pm ', '(1,2)', 'H_2O', 'i', 'j', '\\land ', '\\ldots', '[', ']', '\\cup ', '\\text{or}', '.', 'x=1'],
  )
  const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (a, b) => {
      verdict(a, b)
      expect(verdict(a, a)).not.toBe(false)
    }),
    { seed: 4, numRuns: 600 },
  )
})
