import { expect, test } from 'vitest'
import { read } from './notation.js'

const rows: ReadonlyArray<readonly [why: string, text: string, reason: RegExp]> = [
  ['an empty text', '', /empty/],
  ['empty braces', '{}', /empty/],
  ['an operator without its operand', String.raw`2\pi +`, /operand is missing at the end/],
  ['an equation without its right side', 'x =', /operand is missing at the end/],
  ['a root of nothing', String.raw`\sqrt{}`, /nothing in braces/],
  ['a brace without its partner', String.raw`\frac{1}{2`, /brace without its end/],
  ['a bracket without its partner', '(1, 2', /bracket without its end/],
  ['a bracket too many', '(1 + 2))', /at '\)'/],
  ['different brackets around one item', '(3]', /different brackets/],
  ['a fraction of one argument', String.raw`\frac{1}`, /at the end/],
  ['two numbers side by side', '3 4', /side by side/],
  ['a decimal that goes on', String.raw`0.333\ldots`, /at '\\ldots'/],
  ['two points in a number', '1.2.3', /side by side/],
  ['a numeral in a base', '1011_2', /base/],
  ['an ordinal', '5th', /ordinal/],
  ['an ordinal with a raised ending', String.raw`3^{\text{rd}}`, /ordinal/],
  ['a factorial behind a power', 'x^2!', /factorial behind a power/],
  ['a factorial or a sign of inequality', 'n!=24', /factorial or 'unequal'/],
  ['the inverse or the reciprocal of a logarithm', String.raw`\ln^{-1} x`, /inverse or a reciprocal/],
  ['an integral without its differential', String.raw`\int_0^1 x^2`, /differential/],
  ['an integral with one bound', String.raw`\int_0 x\,dx`, /one bound/],
  ['a sum without its upper bound', String.raw`\sum_{k=1} k`, /upper bound/],
  ['an unknown command', String.raw`2 \foo 3`, /\\foo is not read here/],
  ['a matrix with ragged rows', String.raw`\begin{pmatrix}1&2\\3\end{pmatrix}`, /ragged/],
  ['an environment with another end', String.raw`\begin{pmatrix}1\end{bmatrix}`, /another end/],
  ['a sentence with a number', 'The answer is 42', /a word/],
  ['two equations without a comma', 'x=1 y=2', /without a comma/],
  ['a divisor relation', String.raw`a \mid b`, /at '\\mid b'/],
  ['a composition', String.raw`f \circ g`, /composition/],
  ['two percent signs', '5%%', /twice/],
  ['a sign of no meaning', '5 ⌘ 3', /at '⌘ 3'/],
]

test.each(rows)('%s is unread, with the place', (_why, text, reason) => {
  const found = read(text)
  expect(found).toMatch(/^unread: /)
  expect(found).toMatch(reason)
})
