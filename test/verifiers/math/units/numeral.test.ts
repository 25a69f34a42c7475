import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAmounts } from '../../../../src/verifiers/math/units/amounts.js'
import { readNumeral } from '../../../../src/verifiers/math/units/numeral.js'
import { plainText } from '../../../../src/verifiers/math/units/spelling.js'
import { dimensionOf } from '../../../../src/verifiers/math/units/unit.js'

const shown = (value: { n: bigint; d: bigint }) => (value.d === 1n ? `${value.n}` : `${value.n}/${value.d}`)

test.each([
  ['1,234.50', '2469/2'],
  ['3 1/2', '7/2'],
  ['3×10^5', '300000'],
  ['10^-3', '1/1000'],
  ['twelve', '12'],
  ['twenty-one', '21'],
  ['one hundred and five', '105'],
  ['two thousand and twenty-one', '2021'],
  ['twelve hundred', '1200'],
  ['two thirds', '2/3'],
  ['a third', '1/3'],
  ['three and a half', '7/2'],
  ['two and three quarters', '11/4'],
  ['minus five', '-5'],
  ['negative two thirds', '-2/3'],
  ['three point one four', '157/50'],
  ['a dozen', '12'],
  ['half a million', '500000'],
  ['2.5 million', '2500000'],
  ['3 hundred thousand', '300000'],
  ['5 thirds', '5/3'],
  ['21st', '21'],
  ['one hundred and fifth', '105'],
])('%s is %s', (text, value) => {
  const numeral = readNumeral(text)
  expect(numeral && shown(numeral.value)).toBe(value)
})

test.each([
  '',
  'a',
  'and',
  'five and',
  'ten one',
  'one two',
  'fiveteen',
  '3nd',
  '11st',
  '1/0',
  'hundred hundred',
  'x',
  'five apples',
  '1e99999',
])('%j is no number', (text) => {
  expect(readNumeral(text)).toBeUndefined()
})

test.each([
  ['2 h 30 min', '9000 [T]'],
  ['2h30m15s', '9015 [T]'],
  ['1h30', '5400 [T]'],
  ['an hour and a half', '5400 [T]'],
  ['two hours and thirty minutes', '9000 [T]'],
  ['1 day, 2 hours', '93600 [T]'],
  ['5 ft 3 in', '8001/5000 [L]'],
  ['5\'3"', '8001/5000 [L]'],
  ['3 kg 200 g', '16/5 [M]'],
  ["12^\\circ 30'", '5/72 [angle]'],
  ['5 dollars and 25 cents', '21/4 [usd]'],
  ['-5\\text{ m}', '-5 [L]'],
])('%s adds up to %s', (text, sum) => {
  const [first] = readAmounts(plainText(text))?.sums ?? []
  expect(first && `${shown(first.value)} [${dimensionOf(first.unit)}]`).toBe(sum)
})

test.each(['2x 3y', '3 kg 2 m', '2 min 3 h', 'a rhombus', '5', 'x', '3 red and 2 blue', '1 m 2 m'])(
  '%s is no amount',
  (text) => {
    const found = readAmounts(plainText(text))
    expect(found?.parts === 1 && found.amount.units.every(({ status }) => status !== 'words')).toBe(false)
    expect(found !== undefined && found.parts > 1).toBe(false)
  },
)

test('every whole number below a million reads back from its words', () => {
  const below20 =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    )
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
  const words = (n: number): string => {
    if (n < 20) return below20[n] as string
    if (n < 100)
      return n % 10 === 0 ? (tens[n / 10 - 2] as string) : `${tens[Math.floor(n / 10) - 2]}-${below20[n % 10]}`
    const [unit, name] = n < 1000 ? [100, 'hundred'] : [1000, 'thousand']
    const rest = n % unit
    const tail = rest === 0 ? '' : `${rest < 100 ? ' and ' : ' '}${words(rest)}`
    return `${words(Math.floor(n / unit))} ${name}${tail}`
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), (n) => {
      expect(readNumeral(words(n))?.value).toEqual({ n: BigInt(n), d: 1n })
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('the forms of plain text keep their signs', () => {
  expect(plainText('\\text{5 cm}')).toBe('5 cm')
  expect(plainText('12{:}00')).toBe('12:00')
  expect(plainText('3\\frac{1}{2}\\,\\mathrm{h}')).toBe('3 1/2 h')
  expect(plainText('10\\text{ m s}^{-1}')).toBe('10 m s^-1')
  expect(plainText('45^{\\circ}')).toBe('45°')
  expect(plainText('1F₁₆')).toBe('1F_16')
  expect(plainText('x'.repeat(5000))).toBe('')
})
