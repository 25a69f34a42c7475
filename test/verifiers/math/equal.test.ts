import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goldDefect, mathEqual } from '../../../src/verifiers/math/equal.js'
import { defaultPolicy } from '../../../src/verifiers/math/policy.js'

const equal: [gold: string, prediction: string][] = [
  ['p \\land q', 'q \\land p'],
  ['5\\text{ km}', '5000 m'],
  ['\\text{March 5}', '5 March'],
  ['\\int_0^1 x^2 dx', '\\frac13'],
  ['1234', '1,234'],
  ['-5', '−5'],
  ['\\frac{3}{4}', '0.75'],
  ['\\frac{3}{4}', '\\dfrac{6}{8}'],
  ['\\frac34', '3/4'],
  ['2\\frac{1}{2}', '2.5'],
  ['2 1/2', '\\frac52'],
  ['40\\%', '0.4'],
  ['40\\%', '40'],
  ['$18', '18'],
  ['18', '\\$18.00'],
  ['18', '18 dollars'],
  ['35', '35 apples'],
  ['7\\text{ km}', '7000\\text{ m}'],
  ['7\\text{ km}', '7\\,\\mathrm{km}'],
  ['3\\text{ m}^2', '30000 square centimeters'],
  ['72\\text{ km/h}', '20\\text{ m/s}'],
  ['90^\\circ', '90'],
  ['90^\\circ', '\\frac{\\pi}{2}\\text{ rad}'],
  ['\\sqrt{18}', '3\\sqrt{2}'],
  ['\\sqrt[3]{-8}', '-2'],
  ['27^{2/3}', '9'],
  ['\\ln 6', '\\ln 2+\\ln 3'],
  ['\\log_2 8', '3'],
  ['\\sin 30^\\circ', '\\frac12'],
  ['(2+i)^2', '3+4i'],
  ['(x-1)(x+1)', 'x^2-1'],
  ['\\frac{1}{x}+\\frac{1}{y}', '\\frac{x+y}{xy}'],
  ['\\sin 2x', '2\\sin x\\cos x'],
  ['\\binom{6}{2}', '15'],
  ['5!', '120'],
  ['5!!', '15'],
  ['\\lfloor 2.9\\rfloor', '2'],
  ['\\{1,2\\}', '2, 1'],
  ['\\pm 2', '\\{-2, 2\\}'],
  ['x=1 \\text{ or } x=2', '1, 2'],
  ['(1, 2)', '\\left( 1,\\; 2 \\right)'],
  ['(3, -1)', 'x=3, y=-1'],
  ['[0,2)', '0 \\le x < 2'],
  ['x>2', '2<x'],
  ['3x \\ge 6', 'x \\ge 2'],
  ['y=2x+1', '2x-y=-1'],
  ['x=5', '5'],
  ['f(x)=x^2', 'x^2'],
  ['\\begin{pmatrix}1\\\\2\\end{pmatrix}', '(1,2)'],
  ['x^2+C', 'x^2+7+K'],
  ['\\infty', '+\\infty'],
  ['\\emptyset', '\\{\\}'],
  ['\\text{Yes}', 'yes.'],
  ['(B)', 'B. 12'],
  ['101_2', '5_{10}'],
  ['2:3', '4:6'],
  ['2:05', '02:05'],
  ['\\frac32', '1 1/2'],
  ['5 million', '5000000'],
  ['\\$5 million', '5,000,000'],
  ['5 square units', '5'],
  ['x=1,y=2', '1,2'],
  ['\\{1,2,2,3\\}', '\\{1,2,3\\}'],
  ['0', '\\ln 6-\\ln 2-\\ln 3'],
  ['10^{30}+1-10^{30}', '1'],
  ['$\\frac{1}{2}$', '\\(0.5\\)'],
  ['2.75', '2,75 Euro'],
  ['1250.50', '1.250,50 €'],
  ['1250.5', '1.250,50'],
  ['\\frac{61}{20}', '3,05'],
  ['5"', '5 inches'],
  ['"5"', '5'],
  ['A: 3, B: 5', 'B: 5, A: 3'],
  ['area = 5', '\\text{Area of the circle} = 5'],
  ['\\max(5, 3)', '5'],
]
const unequal: [gold: string, prediction: string][] = [
  ['1000', '10000'],
  ['5', '-5'],
  ['2,5', '\\frac{5}{2}'],
  ['1,2', '6/5'],
  ['1,5', '150\\%'],
  ['no real solutions', 'no integer solutions'],
  ['2.75', '2,57 Euro'],
  ["5'", '5"'],
  ['max 5, min 3', 'max 3, min 5'],
  ['0.1', '0.01'],
  ['2\\frac{1}{2}', '1'],
  ['\\frac{22}{7}', '3.142857'],
  ['40\\%', '0.04'],
  ['7\\text{ km}', '7\\text{ m}'],
  ['7\\text{ kg}', '7\\text{ m}'],
  ['4', '4\\sqrt{2}'],
  ['4', '4 + x'],
  ['\\sqrt{18}', '2\\sqrt{3}'],
  ['2^{100}', '2^{100}+1'],
  ['2^{3^2}', '64'],
  ['\\sqrt{10^{18}+1}', '10^9'],
  ['e^{\\pi}-\\pi', '20'],
  ['\\cos(10^{-9})', '1'],
  ['|x|', 'x'],
  ['\\sqrt{x^2}', 'x'],
  ['x^2+1', 'x^2-1'],
  ['\\frac{1}{2}x', '\\frac{1}{2x}'],
  ['\\{1,2\\}', '\\{1,2,3\\}'],
  ['(1,2)', '(2,1)'],
  ['(1,2)', '1.2'],
  ['(0,1)', '[0,1]'],
  ['x>2', 'x<2'],
  ['-x<4', 'x<-4'],
  ['x=5', 'y=5'],
  ['y=2x+1', 'y=2x-1'],
  ['\\pm 2', '2'],
  ['\\infty', '-\\infty'],
  ['\\text{Yes}', 'No'],
  ['A', 'B'],
  ['E', 'e'],
  ['A, C', 'A'],
  ['101_2', '101_{10}'],
  ['2:3', '3:2'],
  ['3:30\\text{ PM}', '3:30\\text{ AM}'],
  ['10', ''],
  ['2\\pi', '2\\pi +'],
  ['x^2+C', 'x^3+C'],
  ['x^2+C', 'x^2'],
  ['11/2', '1 1/2'],
  ['5', '5 million'],
  ['5', '5 hundred'],
  ['5 million', '5'],
  ['0', 'e^{-150}'],
  ['1,2,2,3', '1,2,3'],
  ['5 apples', '5 oranges'],
  ['x^2=4', 'x=2'],
  ['5', '5 thirds'],
]

const leftOpen: [gold: string, prediction: string][] = [
  ['width = 5', 'length = 5'],
  ['12', '1 2'],
  ['5', '5\\text{ is wrong}'],
  ['A', 'A or B'],
  ['B', 'B) no wait, C'],
  ['C', 'C: B'],
  ['0', 'e^{-1000}'],
  ['x', 'x+e^{-150}'],
  ['1', '\\cos(10^{-40})'],
  ['1', '\\tanh(200)'],
  ['1:2', '0:0'],
  ['x=1,y=2', '2,1'],
  ['1,2,2,3', '\\{1,2,3\\}'],
]
test.each(leftOpen)('%s is not taken for %s', async (gold, prediction) => {
  expect((await mathEqual(gold, prediction)).equal).toBe(null)
  expect((await mathEqual(prediction, gold)).equal).toBe(null)
})

test('an answer of thousands of digits is compared exactly', async () => {
  const long = `1${'0'.repeat(4000)}`
  expect(await mathEqual('5', long)).toMatchObject({ equal: false })
  expect(await mathEqual(long, `${long.slice(0, -1)}1`)).toMatchObject({ equal: false })
  expect(await mathEqual('5', '1'.repeat(5000))).toMatchObject({ equal: false })
})

test.each(equal)('%s equals %s, both ways', async (gold, prediction) => {
  expect(await mathEqual(gold, prediction)).toMatchObject({ equal: true })
  expect((await mathEqual(prediction, gold)).equal).toBe(true)
})

test.each(unequal)('%s does not equal %s', async (gold, prediction) => {
  expect(await mathEqual(gold, prediction)).toMatchObject({ equal: false })
  expect((await mathEqual(prediction, gold)).equal).toBe(false)
})

test('a name that is bound twice is no reason to throw', async () => {
  const verdict = await mathEqual('\\forall x\\,P(x)\\land\\forall x\\,Q(x)', '\\forall x\\,(P(x)\\land Q(x))')
  expect(verdict.equal).not.toBe(false)
})

test('a switch of the policy changes what it names', async () => {
  const strict = {
    ...defaultPolicy,
    missingPercent: false,
    missingUnit: false,
    orderedLists: true,
    missingConstant: true,
  }
  expect((await mathEqual('40\\%', '40', strict)).equal).toBe(false)
  expect((await mathEqual('18', '18 dollars', strict)).equal).toBe(null)
  expect((await mathEqual('1, 2', '2, 1', strict)).equal).toBe(false)
  expect((await mathEqual('x^2+C', 'x^2', strict)).equal).toBe(true)
})

test.each([
  ['', 'the gold answer is empty'],
  ['{}', 'the gold answer is empty'],
  ['\\frac{1}{2', 'the gold answer has a brace without its partner'],
  ['1'.repeat(5000), 'the gold answer is too long'],
])('the gold answer %s cannot be used', (gold, reason) => {
  expect(goldDefect(gold)).toBe(reason)
})

const hostile = [
  '9^9^9^9',
  '((10!)!)!',
  '10^9!',
  '\\binom{1000000000}{500000000}',
  '('.repeat(2000),
  '{'.repeat(2000) + '}'.repeat(2000),
  '\\frac{1}{'.repeat(300),
  `${'-'.repeat(3001)}1`,
  `${'1,'.repeat(2000)}1`,
  `${'x^'.repeat(500)}2`,
  `${'sin '.repeat(900)}1`,
  'e^{e^{e^{e^{100}}}}',
  '\\sin(10^{300})',
  '1/0',
  '0^0',
  '1e999999',
  '|'.repeat(101),
  `${'\\pm '.repeat(800)}1`,
  'constructor',
  '__proto__',
  'import("fs")',
  'toString',
  '\\constructor{1}',
  `5${'!'.repeat(100)}`,
  `${'1:'.repeat(900)}1`,
  '(1+x+y+z)^{200}',
  `${'\\ln '.repeat(200)}x`,
  'x^{x^{x}}',
  '\\log_1 1',
  '\\sqrt[0]{5}',
  '\u0000',
  '\ud800',
]
test.each(hostile)('hostile text gets an answer within the budget: %j', async (text) => {
  for (const gold of ['1', 'x', text]) {
    const verdict = await mathEqual(gold, text)
    if (gold !== text) expect(verdict.equal).not.toBe(true)
  }
})

test('the work for a pair is the same every time', async () => {
  const [one, two] = [await mathEqual('\\sqrt{12}', '2\\sqrt{3}'), await mathEqual('\\sqrt{12}', '2\\sqrt{3}')]
  expect(one).toEqual(two)
  expect(one.layer).toBe('exact')
})

test('mutated expressions never crash the checker', async () => {
  const pieces = [
    '\\frac{1}{2}',
    'x',
    '+',
    '^',
    '{',
    '}',
    '(',
    ')',
    '\\sqrt',
    '3',
    '.',
    ',',
    '=',
    '\\le',
    '|',
    '!',
    '%',
    '\\pm',
    '_',
    '\\text{a}',
    ':',
    '\\{',
    '\\}',
    ' ',
  ]
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(text, text, async (gold, prediction) => {
      const verdict = await mathEqual(gold, prediction)
      expect([true, false, null]).toContain(verdict.equal)
    }),
    { seed: 11, numRuns: 2000 },
  )
})
