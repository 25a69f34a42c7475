import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['3:45 pm', '15:45'],
  ['3:45 PM', '3.45pm'],
  ['noon', '12:00'],
  ['noon', '12 pm'],
  ['midnight', '12:00 a.m.'],
  ['0:00', '12:00 a.m.'],
  ['\\text{midnight}', '0:00'],
  ['24:00', '0:00'],
  ['quarter past three', '3:15'],
  ['half past two', '2:30'],
  ['ten to five', '4:50'],
  ['twenty-five past six', '6:25'],
  ["3 o'clock", '3:00'],
  ["three o'clock", '3:00'],
  ['2:05', '02:05'],
  ['12:00', '12{:}00'],
  ['3:30\\text{ PM}', '3:30 p.m.'],
  ['3 PM', '15:00'],
  ['3 in the afternoon', '3 pm'],
  ['1530 hours', '3:30 pm'],
  ['8:00 \\text{ a.m.}', '8 am'],
  ['seven thirty pm', '19:30'],
  ['9\\text{:}15', '9:15'],
  ['11:59:30 pm', '23:59:30'],
]
const unequal: Pair[] = [
  ['3:30 PM', '3:30 AM'],
  ['15:30', '5:30'],
  ['3:45', '15:45'],
  ['noon', 'midnight'],
  ['2:05', '2:50'],
  ['3 pm', '4 pm'],
  ['half past two', '2:15'],
  ['03:45', '3:45 pm'],
  ['3:45 pm', '5'],
]
const open: Pair[] = [
  ['3:45', '3:45 pm'],
  ['3 pm', '3'],
]

test.each(equal)('time of day: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('time of day: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('time of day: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
