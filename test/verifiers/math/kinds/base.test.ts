import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['101_2', '5_{10}'],
  ['101_2', '5'],
  ['0x1F', '31'],
  ['FF_{16}', '255'],
  ['(101)_2', '101_{\\text{two}}'],
  ['101 (base 2)', '0b101'],
  ['1F₁₆', '31_{10}'],
  ['0.1_2', '0.5'],
  ['0.1_3', '\\frac13'],
  ['777_8', '511_{10}'],
  ['2A_{16}', '2\\text{A}_{16}'],
  ['0101_2', '101_2'],
  ['101 base 2', '5'],
  ['ff_{16}', 'FF_{16}'],
  ['-101_2', '-5'],
  ['1\\,0110_2', '22'],
  ['x = 101_2', '5'],
]
const unequal: Pair[] = [
  ['1011_2', '1011_{10}'],
  ['1011_2', '1101_2'],
  ['FF_{16}', '256_{10}'],
  ['101_2', '101'],
  ['101_2', '101_3'],
  ['0x1F', '1'],
]
const open: Pair[] = []

test.each(equal)('base: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('base: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('base: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
