import { expect, test } from 'vitest'
import { read } from './notation.js'

const rows: ReadonlyArray<readonly [text: string, tree: string]> = [
  [String.raw`p \land q`, '(p and q)'],
  [String.raw`p \to (q \lor r)`, '(p implies (q or r))'],
  [String.raw`\neg p \wedge q`, '(not p and q)'],
  ['p ∧ ¬q', '(p and not q)'],
  ['p and not q', '(p and not q)'],
  ['p -> q', '(p implies q)'],
  ['~p', 'not p'],
  [String.raw`~p \lor q`, '(not p or q)'],
  ['x > 1 and x < 3', '({x > 1} and {x < 3})'],
  ['x<-1 or x>2', '({x < -1} or {x > 2})'],
  ['not parallel', '"not parallel"'],
  [String.raw`x > -1 \text{ and } x \neq 2`, '({x > -1} and {x != 2})'],
  [String.raw`x \geq 2 \text{ or } x \leq -2`, '({x >= 2} or {x <= -2})'],
  [String.raw`x<-2\text{ or }x>2`, '({x < -2} or {x > 2})'],
  [String.raw`p \Rightarrow q`, '(p implies q)'],
  [String.raw`p \iff q`, '(p iff q)'],
  [String.raw`p \oplus q`, '(p xor q)'],
  ['p XOR q', '(p xor q)'],
  ['(p or q) and r', '((p or q) and r)'],
  ['not (p and q)', 'not (p and q)'],
  ['p & q', '(p and q)'],
  ['!p', 'not p'],
  ['p && q || r', '((p and q) or r)'],
  [String.raw`\{x|x>1\text{ or }x<-1\}`, '{x | ({x > 1} or {x < -1})}'],
  ['p∧q', '(p and q)'],
  ['p→q', '(p implies q)'],
  [String.raw`x \equiv 1 \pmod{2} \text{ and } x \equiv 2 \pmod{3}`, '({x = 1 mod 2} and {x = 2 mod 3})'],
]

test.each(rows)('%s', (text, tree) => {
  expect(read(text)).toBe(tree)
})
