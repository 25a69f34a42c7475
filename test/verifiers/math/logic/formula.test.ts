import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from '../../../../src/verifiers/math/budget.js'
import { equivalent, type Formula } from '../../../../src/verifiers/math/logic/formula.js'
import { sameInWorlds } from '../../../../src/verifiers/math/logic/models.js'
import { parseFormula } from '../../../../src/verifiers/math/logic/parse.js'
import { quantified } from '../../../../src/verifiers/math/logic/quantified.js'

const parsed = (text: string) => parseFormula(text, { bars: true })?.formula as Formula

test.each([
  ['p \\land q \\lor r', '(p \\land q) \\lor r'],
  ['p \\to q \\to r', 'p \\to (q \\to r)'],
  ['\\neg p \\land q', '(\\neg p) \\land q'],
  ['p -> q <-> r', '(p -> q) <-> r'],
  ['p && q || r', '(p & q) | r'],
  ['if p then q', 'p => q'],
  ['not p and q', '(not p) and q'],
])('%s groups as %s', (text, grouped) => {
  expect(parsed(text)).toEqual(parsed(grouped))
})

test.each([
  'p \\land',
  '(p \\lor q',
  'p q',
  'p \\land 2',
  'x + 1',
  '1 or p',
  'p \\land q)',
  '',
  `${'('.repeat(300)}p \\land q`,
])('%s is no formula', (text) => {
  expect(parseFormula(text, { bars: true })).toBeUndefined()
})

test('deep negations and many names do not run away', () => {
  expect(parseFormula(`${'\\neg '.repeat(90)}p`, { bars: true })).toBeUndefined()
  const many = parsed('abcdefghjklmn'.split('').join(' \\land '))
  expect(equivalent(many, many, new Budget(400_000))).toBeUndefined()
  const budget = new Budget(400_000)
  expect(equivalent(parsed('abcdefghjklm'.split('').join('\\oplus ')), parsed('a \\land b'), budget)).toBe(false)
  expect(budget.work).toBeLessThan(5_000)
})

const formula: fc.Arbitrary<Formula> = fc.letrec<{ all: Formula }>((tie) => ({
  all: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('p', 'q', 'r', 's').map((name): Formula => ({ kind: 'name', name })),
    fc.boolean().map((value): Formula => ({ kind: 'truth', value })),
    tie('all').map((inner): Formula => ({ kind: 'not', inner })),
    fc
      .tuple(fc.constantFrom('and', 'or', 'xor', 'implies', 'iff', 'nand', 'nor'), tie('all'), tie('all'))
      .map(([kind, left, right]): Formula => ({ kind, left, right }) as Formula),
  ),
})).all

const holds = (f: Formula, at: (name: string) => boolean): boolean => {
  if (f.kind === 'name') return at(f.name)
  if (f.kind === 'truth') return f.value
  if (f.kind === 'not') return !holds(f.inner, at)
  if ('bound' in f) throw new Error('no quantifier is generated')
  const [a, b] = [holds(f.left, at), holds(f.right, at)]
  const table = {
    and: a && b,
    or: a || b,
    xor: a !== b,
    implies: !a || b,
    iff: a === b,
    nand: !(a && b),
    nor: !(a || b),
  }
  return table[f.kind]
}

test('truth tables agree with trying every row', () => {
  const names = ['p', 'q', 'r', 's']
  fc.assert(
    fc.property(formula, formula, (a, b) => {
      const rows = Array.from({ length: 16 }, (_, row) => (name: string) => (row >> names.indexOf(name)) % 2 === 1)
      const same = rows.every((at) => holds(a, at) === holds(b, at))
      expect(equivalent(a, b, new Budget(400_000))).toBe(same)
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('bound names are numbered, free ones and commands are not', () => {
  expect(quantified('\\forall x\\, P(x, a)')).toBe(quantified('∀y P(y, a)'))
  expect(quantified('\\forall x P(x, y)')).not.toBe(quantified('\\forall y P(y, y)'))
  expect(quantified('\\forall x P(\\sin x)')).toBeUndefined()
  expect(quantified('\\exists x \\forall x P(x)')).toBeUndefined()
  expect(quantified('p \\land q')).toBeUndefined()
})

test.each([
  ['\\neg \\forall x P(x)', '\\exists x \\neg P(x)', true],
  ['∀x (P(x) ∧ Q(x))', '∀x P(x) ∧ ∀y Q(y)', true],
  ['∃x (P(x) ∧ Q(x))', '∃x P(x) ∧ ∃y Q(y)', false],
  ['∀x ∃y R(x,y)', '∃y ∀x R(x,y)', false],
  ['∀x. P(x) → Q(x)', '∀x (P(x) → Q(x))', true],
  ['∀x ∀y R(x,y)', '∀y ∀x R(x,y)', null],
  ['∀x P(x)', '∀x P(y)', null],
])('in small worlds %s beside %s: %s', (a, b, equal) => {
  expect(sameInWorlds(parsed(a), parsed(b), new Budget(400_000))).toBe(equal)
})
