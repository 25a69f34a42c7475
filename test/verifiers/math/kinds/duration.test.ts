import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['1 hour 30 minutes', '90 minutes'],
  ['1:30 hours', '90 min'],
  ['1:30', '1.5 h'],
  ['1.5\\text{ h}', '90\\text{ min}'],
  ['2 weeks', '14 days'],
  ['1 year', '12 months'],
  ['1 year', '365 days'],
  ['an hour and a half', '1.5 hours'],
  ['half an hour', '30 minutes'],
  ['1:02:03', '3723 seconds'],
  ['3:45', '3 minutes 45 seconds'],
  ['2h30m', '150 min'],
  ['1 day, 2 hours', '26 h'],
  ['\\frac{3}{2}\\text{ hours}', '1 h 30 min'],
  ['two hours and fifteen minutes', '2.25 hours'],
  ['3 decades', '30 years'],
]
const unequal: Pair[] = [
  ['1 hour 30 minutes', '130 minutes'],
  ['1:30 hours', '130 min'],
  ['1 year', '10 months'],
  ['2 h 30 min', '2.3 h'],
  ['1:30', '100 min'],
  ['1 day', '12 hours'],
  ['1 month', '2 days'],
]
const open: Pair[] = [
  ['1 month', '30 days'],
  ['2 h 30 min', '150'],
]

test.each(equal)('length of time: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('length of time: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('length of time: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
