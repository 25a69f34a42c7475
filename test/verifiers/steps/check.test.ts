import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSteps } from '../../../src/verifiers/steps/check.js'

const verdicts = (text: string) =>
  checkSteps(text)
    .steps.map(({ verdict }) => verdict)
    .join(' ')

type Table = ReadonlyArray<readonly [name: string, text: string, verdicts: string]>
const check = (title: string, table: Table) =>
  describe(title, () => {
    for (const [name, text, expected] of table) test(name, () => expect(verdicts(text)).toBe(expected))
  })

check('numbers', [
  ['a sum is right', 'She has 16 - 3 - 4 = 9 eggs left.', 'right'],
  ['a sum is wrong', 'She has 16 - 3 - 4 = 8 eggs left.', 'wrong'],
  ['each pair of a chain is a step', '(3 + 5) / 2 = 8 / 2 = 4', 'right right'],
  ['the pair of a chain that breaks is the wrong one', '(3 + 5) / 2 = 8 / 2 = 5', 'right wrong'],
  ['thousands have commas', '40,000 + 500 = 40,500', 'right'],
  ['a point may lead', '.20*10 = 2', 'right'],
  ['a mixed number is a sum', '2 1/2 + 1/2 = 3', 'right'],
  ['a mixed number may have an and', '4/3 = 1 and 1/3', 'right'],
  ['a mixed number in TeX is a sum', '$\\frac{7}{2} = 3\\frac{1}{2}$', 'right'],
  ['x between numbers is a sign', '12 x 4 = 48 and 12 X 4 = 49', 'right wrong'],
  ['so is the real sign', '12 × 4 = 49', 'wrong'],
  ['a dash may be a minus', '63 – 20 = 43', 'right'],
  ['a dash at the begin of a line may be a bullet', '- 5 + 3 = 8\n- 5 + 3 = -2\n- 5 + 3 = 9', 'right right wrong'],
  ['brackets are kept', '(12 + 14) / 2 = 13', 'right'],
  ['precedence is kept', '12 + 14 / 2 = 13', 'wrong'],
  ['a bracket may multiply', '8(100) = 800', 'right'],
  ['words may be signs', '15 divided by 3 = 5, 4 times 5 = 21', 'right wrong'],
  ['a power is read', '2^5 = 32, 3² = 9, 2**3 = 9', 'right right wrong'],
  ['a division by zero is wrong', '12/0 = 6', 'wrong'],
  ['a relation may begin the next line', '\\begin{align*}\n3 + 4 &= 7 \\\\\n&= 8\n\\end{align*}', 'right wrong'],
  ['fractions in TeX are exact', '\\(\\frac{1}{2}+\\frac{1}{3}=\\frac{5}{6}\\)', 'right'],
  ['fractions in TeX may be wrong', '\\(\\frac{1}{2}+\\frac{1}{3}=\\frac{2}{5}\\)', 'wrong'],
  ['a box is looked into', '$6 \\cdot 7 = \\boxed{43}$', 'wrong'],
  ['a root is exact', '\\sqrt{16} + 2 = 6', 'right'],
  ['a root that is not may be rounded', '\\sqrt{2} \\approx 1.414', 'right'],
])

check('words beside numbers', [
  ['units are left aside', '5 apples + 3 apples = 8 apples', 'right'],
  ['a wrong sum of units is wrong', '5 apples + 3 apples = 9 apples', 'wrong'],
  ['money is left aside', '3 * $5 = $15, 4 * 2€ = 9€', 'right wrong'],
  ['rates are units', '2 hours * 60 minutes/hour = 120 minutes', 'right'],
  ['units may change', '1.5 hours = 90 minutes, 3 * 50 cents = $1.50', 'right right'],
  ['a change of units may be wrong', '1.5 hours = 95 minutes', 'wrong'],
  ['two units make one length', '5 ft 3 in = 63 in, 5 ft 3 in = 64 in', 'right wrong'],
  ['a percent is taken of something', '20% of 50 = 10, 20% of 50 = 11', 'right wrong'],
  ['a percent may be a unit', '100 - 20 = 80%, 20/50 * 100 = 40%', 'right right'],
  ['a dozen may count', '2 dozen * 3 = 72 eggs', 'right'],
  ['half of it may stand before', 'half of 10 + 4 = 7', 'right'],
  ['operands in words are not read', "Ann's 7 gallons + Bob's 8 gallons = 16 gallons", 'unread'],
  ['a label is no operand', 'Day 2 = 15 apples', ''],
  ['what a unit is worth is given', '1 box = 12 pens', ''],
  ['a function is not read', 'f(3) = 3^2 = 9', 'unread right'],
  ['a time of day is not read', '3:30 + 2:00 = 5:30', 'unread'],
  ['what the text denies is not flagged', 'That gives 0 = 5 - 4, a contradiction.', 'unread'],
])

check('rounding', [
  ['decimals may be rounded', '20/3 = 6.67', 'right'],
  ['decimals may be cut off', '20/3 = 6.66', 'right'],
  ['other digits are wrong', '20/3 = 6.68', 'wrong'],
  ['a whole number is not rounded', '100/3 = 33', 'wrong'],
  ['unless the text says so', '100/3 ≈ 33, 100/3 = 33 rounded down', 'right right'],
  ['exact decimals are exact', '0.25 * 3 = 0.76', 'wrong'],
  ['a third may be written as a decimal', '33.33 * 3 = 100', 'right'],
  ['a float of a program is rounded', '4.20 + 9.45 + 1.35 = 14.999999999999998', 'right'],
])

check('running style', [
  ['an equals sign may mean then', '2 + 3 = 5 * 4 = 20', 'right right'],
  ['its last result is checked', '2 + 3 = 5 * 4 = 21', 'right wrong'],
  ['its first result is checked', '2 + 3 = 6 * 4 = 24', 'wrong right'],
])

check('annotations', [
  ['both the annotation and the prose are steps', '48/2 = <<48/2=24>>24 clips', 'right right'],
  ['the annotation may be wrong', '<<48/2=25>>', 'wrong'],
  ['the text may print another number', 'She has <<48/2=24>>34 clips', 'wrong'],
  ['it may print it in another scale', 'It is <<0.2=0.2>>20%', 'right'],
  ['the prose may be wrong beside it', '49/2 = <<48/2=24>>24', 'wrong right'],
  ['what is no calculation is not read', '<<n/a>>', 'unread'],
])

check('equations', [
  ['a linear equation keeps its solution', '2x + 8 = 22\n2x = 14\nx = 7', 'right right'],
  ['a step that loses it is wrong', '2x + 8 = 22\n2x = 15', 'wrong'],
  ['words of a derivation may stand between', '3y = 12. Dividing both sides by 3, we get y = 5', 'wrong'],
  ['an equation after other words is given', '2x + 8 = 22. The second class has 3x = 12 pupils.', ''],
  ['an or gives another solution', '2x + 1 = 5 or 2x + 1 = -5\nx = 2 or x = -3', 'right right'],
  ['an identity is right', '(x+1)^2 = x^2 + 2x + 1', 'right'],
  ['an equation is no wrong identity', '(x+1)^2 = x^2 + x + 1', ''],
  ['a change of form that shifts the value is wrong', 'x + 3 + 2x + 4 = 3x + 8', 'wrong'],
  ['so is one that scales it', '4(2x) = 9x', 'wrong'],
  ['a value put in is right', 'x = 3. So 2x + 1 = 2(3) + 1 = 7', 'right right'],
  ['another value put in is wrong', 'x = 3. So 2x + 1 = 2(4) + 1 = 9', 'wrong right'],
  ['a name may be bound anew', 'x = 3. If x = 4, then 2x + 1 = 2(4) + 1 = 9', 'right right'],
  ['letters may be units', '10 m + 5 m = 15 m', 'right'],
  ['a program is not read', '```python\nx = x + 1\ny = 2 + 2 == 5\n```', ''],
])

check('what a reader would not call wrong, and what he would', [
  ['a value that was found must hold in what follows', 'x = 5. Then 2x + 1 = 12.', 'wrong'],
  ['and may hold', 'x = 5. Then 2x + 1 = 11.', 'right'],
  ['a value that is let must hold as well', 'Let x = 3. Then x + 4 = 8.', 'wrong'],
  ['an arrow ends a clause', 'a + b = 7 → a = 3', ''],
  ['an amount may have two units', 'It is 1 hour and 30 minutes = 90 minutes', 'unread'],
  ['times of the day go round', '9 am + 5 hours = 2 pm', 'unread'],
  ['powers of ten may be written with e', '1e3 + 1 = 1001, 1e3 + 1 = 1002', 'right wrong'],
  ['what is about the same is not wrong', '2^{10} \\approx 10^3', 'unread'],
  ['a mistake may be told of', 'A common error is 3 + 4 * 2 = 14', 'unread'],
  ['a remainder is part of the result', '17/5 = 3 remainder 2; 17/5 = 3 R 4', 'right wrong'],
  ['in words too', '17/5 = 3 with a remainder of 1, 17 / 5 = 3 with 2 left over', 'wrong right'],
  ['what is left of something else is no remainder', '20 / 4 = 5 with 3 left', 'right'],
  ['a share is taken of what stands before it', '200 - 25% = 150, $50 + 10% = $55', 'right right'],
  ['and another share is wrong', '200 - 25% = 160, 100% - 20% = 60%', 'wrong wrong'],
  ['a question claims nothing', 'Is 5 * 7 = 36? No, 5 * 7 = 35.', 'unread right'],
  ['an equality modulo a number is not read', '9 + 5 = 2 (mod 12)', 'unread'],
  ['nor a rate by the hour times minutes', '60 mph * 30 minutes = 30 miles, $5/hr * 90 min = $7.50', 'unread unread'],
  [
    'a rounded whole number is not known to be wrong',
    '\\sqrt{2} * 1000000 \\approx 1414000, \\sqrt{2} * 10000 = 14140, \\sqrt{2} * 10000 = 14300',
    'unread unread wrong',
  ],
  ['a root is no whole number', '\\sqrt{8} = 2, \\sqrt{8} = 2.83', 'wrong right'],
])

check('names with values', [
  ['several names are put in at once', 'x = 3\ny = 4\nx + y = 8\nx + y = 7', 'wrong right'],
  ['a name with two values is no more used', 'x = 3 and x = 4. Then 2x + 1 = 12.', ''],
  ['nor when another case begins', 'x = 0\ny = 5\nNow for the other line, x + y = 9', ''],
  ['what is given before it is solved is no error', '2x + 1 = 11\nx = 5\n2x + 1 = 11', 'right right'],
])

check('scales and units', [
  [
    'a scale on one side counts',
    '1 million + 1 = 2, 5 thousand * 2 = 10, 10 million / 2 million = 5',
    'wrong wrong right',
  ],
  ['a scale on both sides may be left aside', '$20 million + $3 million = $23 million', 'right'],
  ['cents are no dollars', '50 cents * 3 = $150, 50 cents * 3 = $1.50, 150 cents / 100 = $1.50', 'wrong right right'],
  ['a letter may be a unit', '2 km = 200 m, 2 km = 2000 m, 100 cm = 10 m, 3 kg = 300 g', 'wrong right wrong wrong'],
  ['a dozen is twelve', '2 dozen = 25, 2 dozen = 24, 2 dozen = $25', 'wrong right'],
  [
    'is may be the sign of a sum in words',
    '12 times 4 is 49, 12 times 4 is 48, 12 times 4 is 3 more than 45',
    'wrong right',
  ],
  [
    'a number of a unit before another statement is no part of it',
    'there are 124 camels and 80 - 24 = 57 others',
    'wrong',
  ],
  ['numbers of another base are not read', 'In base 8, 7 + 1 = 10', 'unread'],
  ['the base of a triangle is no base of numbers', 'It has base 8 and height 5: 8 * 5 = 41', 'wrong'],
])

test('a long line is cut where a calculation may begin, or the report says that it is not read', () => {
  expect(checkSteps('We get 3 + 4 = 8 apples and '.repeat(700))).toMatchObject({ found: 700, wrong: 700 })
  const alike = checkSteps('1+1=3 '.repeat(700))
  expect(alike).toMatchObject({ found: 700 })
  expect(alike.wrong).toBeGreaterThan(0)
  expect(checkSteps(`2 + 2 = 4. ${'1+1='.repeat(1700)}`)).toMatchObject({ found: 1, cut: 11 })
})

test('a step tells where it stands, and why', () => {
  const text = 'First, 2 + 2 = 4. Then 4 * 3 = 13.'
  const report = checkSteps(text)
  expect(report).toMatchObject({ found: 2, checked: 2, wrong: 1, unread: 0 })
  for (const { span, text: piece } of report.steps) expect(text.slice(...span)).toBe(piece)
  expect(report.steps[1]).toMatchObject({ text: '4 * 3 = 13', reason: 'the left side is 12, the right side is 13' })
})

test('a right sum is never wrong, and one that is off by something always is', () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 99 }), (operands, off) => {
      const sum = operands.reduce((a, b) => a + b)
      expect(verdicts(`So ${operands.join(' + ')} = ${sum}.`)).toBe('right')
      expect(verdicts(`So ${operands.join(' + ')} = ${sum + off}.`)).toBe('wrong')
    }),
    { seed: 5 },
  )
})

test('any text gets a report, the same each time', () => {
  const pieces = [
    '1',
    '2 ',
    '+',
    '=',
    '(',
    ')',
    'x',
    '\\frac',
    '{',
    '}',
    '<<',
    '>>',
    '$',
    '%',
    '\n',
    ' of ',
    'ft ',
    '^',
    '.',
    ',',
    '-',
    '!',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const text = parts.join('')
      const report = checkSteps(text)
      expect(checkSteps(text)).toEqual(report)
      expect(report.found).toBe(report.checked + report.unread)
      for (const { span, text: piece } of report.steps) expect(text.slice(...span)).toBe(piece)
    }),
    { seed: 5, numRuns: 500 },
  )
})

describe('a megabyte of', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil(1e6 / piece.length))
  const hostile = [
    '1+1=2\n',
    '1+1=2 ',
    '(',
    '$',
    '<<1+1',
    '```',
    '\\begin{',
    '\\frac{',
    '9',
    '9^9^9+',
    '2 1/2 ',
    '1,111,',
    '<',
    'x=1 ',
    '[asy]',
    'log(',
  ]
  for (const piece of hostile) {
    test(`${JSON.stringify(piece)} is soon done with`, () => {
      const before = process.cpuUsage().user
      const { steps } = checkSteps(`${megabyte(piece)}=1`)
      expect(steps.length).toBeLessThanOrEqual(5_000)
      // Four times what it is to take at rest.
      expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1_000)
    })
  }

  test('steps says where it stopped to look', () => {
    const report = checkSteps(megabyte('1+1=2\n'))
    expect(report.found).toBe(5_000)
    expect(report.cut).toBeGreaterThan(0)
  })
})

check('what only looks like a calculation', [
  ['a product of a length and a root is no root', '$CD = AD \\sqrt{2} = 4\\sqrt{2}$', 'unread'],
  ['x before a sign is a name', '5x - 3 = 12\n5x -3 + 6 = 12 + 6', 'right'],
  ['a sentence between two amounts does not join them', '21/42 = .5 hours which equals 30 minutes', 'right'],
])
