import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../../src/verifiers/math/policy.js'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['50 percent', '0.5'],
  ['50\\ \\%', '1/2'],
  ['50 pct', '50%'],
  ['40%', '40'],
  ['40\\%', '2/5'],
  ['5 percentage points', '5%'],
  ['5‰', '0.5%'],
  ['25\\%', '0.25'],
  ['33\\frac{1}{3}\\%', '\\frac13'],
  ['\\frac{100}{3}\\%', '\\frac{1}{3}'],
  ['150\\%', '1.5'],
  ['p = 40\\%', '0.4'],
  ['-20\\%', '-0.2'],
  ['40\\%', '2:5'],
  ['100\\% - 40\\%', '60\\%'],
  ['\\text{twelve percent}', '12%'],
  ['12.5\\%', '\\frac{1}{8}'],
]
const unequal: Pair[] = [
  ['25%', '2.5%'],
  ['12.5\\%', '12\\%'],
  ['150%', '0.15'],
  ['33.33%', '1/3'],
  ['\\frac{100}{3}\\%', '33.33\\%'],
  ['40%', '0.04'],
  ['40\\%', '4'],
  ['40\\%', '-40\\%'],
]
const open: Pair[] = [['0.5%', '0.5']]

test.each(equal)('percent: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('percent: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('percent: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})

test('a missing percent sign is refused when the policy says so', () => {
  const strict = { ...defaultPolicy, missingPercent: false }
  expect(metBy('40\\%', '40', strict).equal).toBe(false)
  expect(metBy('40\\%', '0.4', strict).equal).toBe(true)
})
