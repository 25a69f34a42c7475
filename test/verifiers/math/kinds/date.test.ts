import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['\\text{March 5}', '5 March'],
  ['March 5th, 2021', '2021-03-05'],
  ['5.3.2021', 'March 5, 2021'],
  ['03/25/2021', '25 March 2021'],
  ['03/03/2021', '3 March 2021'],
  ['04/05/2021', '04/05/2021'],
  ['Monday', 'Mon'],
  ['\\text{Thursday}', 'Thurs.'],
  ['Friday, March 5, 2021', '5 Mar 2021'],
  ['the 5th of March', 'March 5'],
  ['July 4, 1776', '4th of July 1776'],
  ['March 2020', 'Mar 2020'],
  ['Sept. 1', 'September 1st'],
  ['May', 'may'],
  ['the twenty-first of June', 'June 21'],
]
const unequal: Pair[] = [
  ['March 5', 'March 15'],
  ['Monday', 'Tuesday'],
  ['March 5', 'April 5'],
  ['2021-03-05', '2021-03-06'],
  ['March 5, 2021', 'March 5, 2020'],
  ['Monday, March 5, 2021', 'March 5, 2021'],
  ['Monday', '3'],
  ['Monday', '-(Monday)'],
  ['03/05/2021', '04/06/2021'],
]
const open: Pair[] = [
  ['March 5', 'March 5, 2021'],
  ['03/05/2021', 'March 5, 2021'],
  ['Friday', 'March 5'],
]

test.each(equal)('date: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('date: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('date: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
