import { expect, test } from 'vitest'
import { extraUnits, loadUnitTable, needsUnitTable } from '../../../../src/verifiers/math/units/extra.js'
import { parseUnit } from '../../../../src/verifiers/math/units/parse.js'
import { dimensionOf } from '../../../../src/verifiers/math/units/unit.js'

/** The first reading as `factor pi^k [dimension]`. */
function shown(text: string): string | undefined {
  const unit = parseUnit(text)?.[0]
  if (!unit) return undefined
  const factor = unit.factor.d === 1n ? `${unit.factor.n}` : `${unit.factor.n}/${unit.factor.d}`
  return `${factor}${unit.pi === 0 ? '' : ` pi^${unit.pi}`} [${dimensionOf(unit)}]`
}

test.each([
  ['km/h', '5/18 [L T^-1]'],
  ['km per hour', '5/18 [L T^-1]'],
  ['kmph', '5/18 [L T^-1]'],
  ['m.p.h.', '1397/3125 [L T^-1]'],
  ['miles an hour', '1397/3125 [L T^-1]'],
  ['m/s^2', '1 [L T^-2]'],
  ['m s^{-2}', '1 [L T^-2]'],
  ['m·s⁻²', '1 [L T^-2]'],
  ['\\text{ m/s}^2', '1 [L T^-2]'],
  ['\\mathrm{m}\\,\\mathrm{s}^{-1}', '1 [L T^-1]'],
  ['metres per second squared', '1 [L T^-2]'],
  ['meters per second per second', '1 [L T^-2]'],
  ['m/s/s', '1 [L T^-2]'],
  ['kg m^2/s^2', '1 [L^2 M T^-2]'],
  ['N m', '1 [L^2 M T^-2]'],
  ['kilowatt-hours', '3600000 [L^2 M T^-2]'],
  ['J/kg K', '1 [K^-1 L^2 T^-2]'],
  ['J/(kg·K)', '1 [K^-1 L^2 T^-2]'],
  ['sq. ft.', '145161/1562500 [L^2]'],
  ['feet squared', '145161/1562500 [L^2]'],
  ['cubic centimetres', '1/1000000 [L^3]'],
  ['cc', '1/1000000 [L^3]'],
  ['\\mu m', '1/1000000 [L]'],
  ['k\\Omega', '1000 [I^-2 L^2 M T^-3]'],
  ['light-years', '9460730472580800 [L]'],
  ['°', '1/180 pi^1 [angle]'],
  ['^\\circ C', '1 [K]'],
  ['degrees Fahrenheit', '5/9 [K]'],
  ['KM', '1000 [L]'],
  ['cms', '1/100 [L]'],
  ['1/s', '1 [T^-1]'],
  ['per second', '1 [T^-1]'],
  ['\\$', '1 [usd]'],
  ['people per square mile', '15625/40468564224 [#person L^-2]'],
  ['square units', '1 [#unit^2]'],
  ['boxes', '1 [#box]'],
  ['cups of flour', '473176473/2000000000000 [L^3]'],
  ['metres long', '1 [L]'],
])('%s is %s', (text, unit) => {
  expect(shown(text)).toBe(unit)
})

test.each(['squared', 'thirds', 'or more', 'is wrong', 'million', 'fold', 'times', 'meters or so'])(
  'the words %s are no unit and nothing counted',
  (text) => {
    expect(parseUnit(text)?.[0]?.status ?? 'words').toBe('words')
  },
)

test.each(['', '%', 'm^', 'm/(s', 'm^{99}', '/', 'm//s', '{}', '\\frac{m}', 'x'.repeat(500), '('.repeat(100)])(
  'malformed text is read as no known unit: %j',
  (text) => {
    expect(parseUnit(text)?.[0]?.status ?? 'words').not.toBe('known')
  },
)

test('a name has every meaning it may have', () => {
  expect(parseUnit('pounds')?.map(dimensionOf)).toEqual(['M', 'gbp'])
  expect(parseUnit('cents')?.map(dimensionOf)).toEqual(['usd', 'eur'])
  expect(parseUnit('tons')?.length).toBe(3)
})

test('rare names come from the second table, once it is loaded', async () => {
  expect(needsUnitTable('5\\text{ metres}')).toBe(false)
  expect(needsUnitTable('\\text{prod}')).toBe(false)
  expect(needsUnitTable('five rods')).toBe(true)
  expect(needsUnitTable('\\int_0^1 r\\,dr')).toBe(false)
  expect(needsUnitTable('5\\text{ rods}')).toBe(true)
  expect(extraUnits('rods')).toEqual([])
  await loadUnitTable()
  expect(needsUnitTable('5\\text{ rods}')).toBe(false)
  expect(shown('rods')).toBe('12573/2500 [L]')
  expect(shown('hundredweight')).toBe('45359237/1000000 [M]')
})
