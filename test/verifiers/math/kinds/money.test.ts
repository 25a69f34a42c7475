import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../../src/verifiers/math/policy.js'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['\\$5', '5'],
  ['$5.00', '5 dollars'],
  ['USD 5', '\\$5'],
  ['€5', '5 euros'],
  ['5 €', '5 euros'],
  ['5 cents', '\\$0.05'],
  ['$1,234.50', '1234.5'],
  ['Rs. 50', '₹50'],
  ['\\$5 million', '5,000,000'],
  ['£3.50', '3.5 pounds'],
  ['5 dollars and 25 cents', '$5.25'],
  ['$5/hour', '5 dollars per hour'],
  ['\\$1.2M', '\\$1,200,000'],
  ['$18', '18 dollars'],
  ['$5 USD', '5'],
  ['75 cents', '$0.75'],
  ['18', '\\$18.00'],
  ['-\\$5', '-5 dollars'],
  ['\\text{five dollars}', '\\$5'],
  ['\\$\\frac{7}{2}', '\\$3.50'],
  ['50 cents', '€0.50'],
]
const unequal: Pair[] = [
  ['$5', '$6'],
  ['€5', '$5'],
  ['5 cents', '5 dollars'],
  ['$5', '500'],
  ['\\$5', '\\$5 million'],
  ['5 dollars', '5 hours'],
]
const open: Pair[] = []

test.each(equal)('money: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('money: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('money: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})

test('a missing unit is left open when the policy says so', () => {
  const strict = { ...defaultPolicy, missingUnit: false }
  expect(metBy('18', '18 dollars', strict).equal).toBe(null)
  expect(metBy('18', '19 dollars', strict).equal).toBe(false)
})
