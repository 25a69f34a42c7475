import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['twelve', '12'],
  ['twenty-one', '21'],
  ['\\text{two thirds}', '\\frac{2}{3}'],
  ['three and a half', '3.5'],
  ['minus five', '-5'],
  ['a dozen', '12'],
  ['5 million', '5000000'],
  ['3rd', 'third'],
  ['third', '3'],
  ['21st', '21'],
  ['XIV', '14'],
  ['twelve', 'Twelve'],
  ['\\text{twelve}', '12'],
  ['12 (twelve)', '12'],
  ['x = 12', 'twelve'],
  ['one half', '0.5'],
  ['a third', '\\frac{1}{3}'],
  ['two dozen', '24'],
  ['5k', '5000'],
]
const unequal: Pair[] = [
  ['twelve', '20'],
  ['twelve', '21'],
  ['a third', '3'],
  ['5', '5 million'],
  ['5', '5 hundred'],
  ['5 million', '5'],
  ['5', '5 dozen'],
  ['XIV', '16'],
  ['5', '5 thirds'],
  ['one third', '\\frac{1}{2}'],
  ['fifth', '6'],
]
const open: Pair[] = [['third', '1/3']]

test.each(equal)('number in words: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('number in words: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('number in words: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
