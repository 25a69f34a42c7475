import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Budget, OverBudget } from '../../../../src/verifiers/math/budget.js'
import { parseNode, readAnswer } from '../../../../src/verifiers/math/read/answer.js'
import { Unparsed } from '../../../../src/verifiers/math/read/unparsed.js'

const tokens =
  String.raw`\frac { } ( ) [ ] | \left| \{ \} ^ _ \text{ , ; : $ \int dx \sum_{k=1}^ ! ' \begin{cases} \end{cases} & \\
\sqrt \log_ 1 23 0. 1.5 \overline{ x f k sin ln - + * / = < \le \equiv \pmod mod or and where for if not U \in \cup R \mathbb{R} ½ ~ % \$ ° ^\circ
e pi km \lim_{x\to a \pm \neg \to infinity \ldots \det Interval( Matrix([[ per apples \frac{d}{dx} \over \choose \hat \quad`.split(
    /\s+/,
  )

test('any mixture of tokens is read or refused with a reason, within the budget', () => {
  const mixture = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.constant(' '), fc.string({ maxLength: 3 })), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(mixture, (pieces) => {
      const budget = new Budget(20_000)
      const { node, unread } = readAnswer(pieces.join(''), budget)
      expect(node === undefined).toBe(typeof unread === 'string' && unread !== '')
    }),
    { seed: 7, numRuns: 3000 },
  )
})

test('a text cut anywhere or with a part doubled is read or refused', () => {
  const text = String.raw`f(x) = \begin{cases} \frac{1}{2}\sin^2 x & \text{if } |x| \le \sqrt{2} \\ \int_0^1 t\,dt & \text{otherwise} \end{cases}`
  const place = fc.nat(text.length)
  fc.assert(
    fc.property(place, place, (one, other) => {
      const mangled = text.slice(0, one) + text.slice(other)
      const { node, unread } = readAnswer(mangled, new Budget(20_000))
      expect(node !== undefined || Boolean(unread)).toBe(true)
    }),
    { seed: 7, numRuns: 1000 },
  )
})

const repeated: ReadonlyArray<readonly [why: string, text: string]> = [
  ['open brackets', '('.repeat(4000)],
  ['brackets in brackets', `${'('.repeat(1400)}1${')'.repeat(1400)}`],
  ['open braces', '{'.repeat(2900)],
  ['signs', `${'-'.repeat(2900)}1`],
  ['a tower of powers', `${'2^'.repeat(1400)}2`],
  ['fractions without arguments', '\\frac'.repeat(800)],
  ['roots of roots', `${'\\sqrt'.repeat(800)}2`],
  ['functions of functions', `${'\\sin '.repeat(800)}x`],
  ['negations', `${'\\neg'.repeat(1000)} p`],
  ['bars', '|'.repeat(2900)],
  ['calls', 'h('.repeat(1300)],
  ['environments', '\\begin{cases}'.repeat(300)],
  ['text commands', '\\text{'.repeat(650)],
  ['letters', 'a b '.repeat(1000)],
  ['alternatives', `${'x or '.repeat(800)}x`],
  ['primes', `f${"'".repeat(2900)}`],
  ['dollars', '$'.repeat(4000)],
  ['digits', '9'.repeat(4000)],
]

describe('many of one kind are answered at once', () => {
  test.each(repeated)('%s', (_why, text) => {
    const budget = new Budget(100_000)
    const started = performance.now()
    const answer = readAnswer(text, budget)
    expect(performance.now() - started).toBeLessThan(250)
    expect(answer.node !== undefined || answer.unread !== undefined).toBe(true)
  })
})

test('a megabyte and a hundred thousand brackets are refused for their length', () => {
  expect(readAnswer('1'.repeat(1_000_000), new Budget(10))).toEqual({
    text: '',
    unread: 'longer than 4096 characters',
  })
  expect(() => parseNode('('.repeat(100_000), new Budget(10))).toThrow(Unparsed)
})

test('steps grow with the text, not with its square', () => {
  const work = (count: number) => {
    const budget = new Budget(400_000)
    readAnswer(`${'(x+1)/2-'.repeat(count)}1`, budget)
    return budget.work
  }
  expect(work(200) / work(100)).toBeLessThan(2.2)
})

test('a small budget ends the reading', () => {
  expect(() => readAnswer('1+'.repeat(500), new Budget(50))).toThrow(OverBudget)
})

test('a number with a large exponent is refused, not written out', () => {
  expect(readAnswer('1e999999', new Budget(1000)).unread).toMatch(/too long/)
})
