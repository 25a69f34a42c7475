import { expect, test } from 'vitest'
import { metBy, type Pair } from '../units/meeting.js'

const equal: Pair[] = [
  ['5 km', '5'],
  ['7\\text{ km}', '7000\\text{ m}'],
  ['7\\text{ km}', '7\\,\\mathrm{km}'],
  ['3\\text{ m}^2', '30000 square centimeters'],
  ['20 \\text{ cm}^2', '20\\ \\text{square centimeters}'],
  ['72\\text{ km/h}', '20\\text{ m/s}'],
  ['12 \\text{ m/s}', '12 \\text{ meters per second}'],
  ['100 °C', '212 °F'],
  ['100^\\circ\\text{C}', '373.15\\text{ K}'],
  ['180^\\circ', '\\pi\\text{ rad}'],
  ['180^\\circ', '\\pi'],
  ['90^\\circ', '90'],
  ['90^\\circ', '\\frac{\\pi}{2}\\text{ rad}'],
  ['5 ft 3 in', '63 inches'],
  ['5\'3"', '63 in'],
  ['3 kg 200 g', '3.2 kg'],
  ["12^\\circ 30'", '12.5^\\circ'],
  ['5\\ [\\text{m}]', '5\\text{ m}'],
  ['\\text{5 cm}', '5cm'],
  ['5\\,\\mu\\text{m}', '5 micrometers'],
  ['5\\text{ m}', '5m'],
  ['5 apples', '5 apple'],
  ['35', '35 apples'],
  ['5 people', '5 persons'],
  ['5 square units', '5 \\text{ cm}^2'],
  ['5 red apples', '5 apples'],
  ['5 square units', '5'],
  ['25 degrees', '25 °C'],
  ['60 rpm', '1 Hz'],
  ['2 \\text{ rad/s}', '2 \\text{ s}^{-1}'],
  ['1\\text{ kWh}', '3.6\\text{ MJ}'],
  ['1\\text{ N}', '1\\text{ kg m/s}^2'],
  ['1\\text{ atm}', '101325\\text{ Pa}'],
  ['2 tons', '4000 pounds'],
  ['12 apples', 'twelve'],
  ['5\\text{ L}', '5000\\text{ cm}^3'],
  ['10\\text{ m/s}', '10\\text{ ms}^{-1}'],
  ['12 years old', '12 years'],
  ['2.5 \\times 10^3 \\text{ m}', '2.5\\text{ km}'],
  ['x = 5\\text{ m}', '5\\text{ m}'],
  ['x = 5\\text{ m}', '500\\text{ cm}'],
  ['x = 5', '5\\text{ m}'],
  ['5\\sqrt{2}\\text{ cm}', '\\sqrt{50}\\text{ cm}'],
  ['25\\pi\\text{ cm}^2', '25\\pi'],
  ['5.0\\text{ m}', '5\\text{ m}'],
  ['(3\\text{ cm}, 4\\text{ cm})', '(3,4)'],
  ['2\\text{ m} + 30\\text{ cm}', '2.3\\text{ m}'],
  ['\\frac{1}{2}\\text{ mile}', '0.5 mi'],
  ['9.8\\,\\mathrm{m\\cdot s^{-2}}', '9.8\\text{ m/s}^2'],
  ['5 cubic feet', '5\\text{ ft}^3'],
  ['60\\text{ mph}', '60 miles per hour'],
  ['4\\text{ mol/L}', '4\\text{ M}'],
  ['15\\text{ sq. ft}', '15 square feet'],
  ['6\\text{ units}^2', '6 square units'],
]
const unequal: Pair[] = [
  ['5 km', '5000'],
  ['35', '3.5 \\text{ cm}'],
  ['6\\text{ km}', '6\\text{ m}'],
  ['45^\\circ', '54^\\circ'],
  ['3\\text{ m}^2', '300\\text{ cm}^2'],
  ['36\\text{ km/h}', '36\\text{ m/s}'],
  ['5\\text{ kg}', '5\\text{ m}'],
  ['5\\text{ cm}^2', '5\\text{ cm}'],
  ['5 apples', '5 oranges'],
  ['5 apples', '6 apples'],
  ['5 km', '5 apples'],
  ['5 red apples', '5 green apples'],
  ['3.14\\text{ rad}', '180^\\circ'],
  ['100 °C', '100 °F'],
  ['5 ft 3 in', '53 in'],
  ['5 ft 3 in', '5.3'],
  ['12 ways', '13 combinations'],
  ['5 square units', '5\\text{ cm}'],
  ['3\\text{ m}', '3\\text{ s}'],
  ['5 km', 'five hundred'],
  ['3.14\\text{ cm}', '\\pi\\text{ cm}'],
  ['5\\text{ cm}', '(5, 5)'],
]
const open: Pair[] = [
  ['5', '5\\text{ is wrong}'],
  ['12 ways', '12 combinations'],
  ['5 ft 3 in', '63'],
]

test.each(equal)('quantity: %s equals %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: true })
  expect(metBy(b, a)).toMatchObject({ equal: true })
})

test.each(unequal)('quantity: %s does not equal %s, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: false })
  expect(metBy(b, a)).toMatchObject({ equal: false })
})

test.each(open)('quantity: %s against %s is left open, both ways', (a, b) => {
  expect(metBy(a, b)).toMatchObject({ equal: null })
  expect(metBy(b, a)).toMatchObject({ equal: null })
})
