import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Value } from '../../src/schemas/value.js'
import { showValue, type ValueCompare, valuesEqual } from '../../src/verifiers/values.js'

const exact: ValueCompare = { compare: 'exact' }
const tuple = (...v: Value[]): Value => ({ $: 'tuple', v })
const set = (...v: Value[]): Value => ({ $: 'set', v })
const big = (v: string): Value => ({ $: 'int', v })
const nan: Value = { $: 'float', v: 'nan' }

const table: [name: string, a: Value, b: Value, how: ValueCompare, equal: boolean][] = [
  ['an integer equals the float of its value', 1, 1.0, exact, true],
  ['zero equals negative zero', 0, -0, exact, true],
  ['a boolean is no number', true, 1, exact, false],
  ['a string is no number', '1', 1, exact, false],
  ['None is not zero', null, 0, exact, false],
  ['a tuple is no list', tuple(1, 2), [1, 2], exact, false],
  ['a tuple is a list where the set says so', tuple(1, tuple(2)), [1, [2]], { ...exact, tupleIsList: true }, true],
  ['a set has no order', set(1, 2, 3), set(3, 1, 2), exact, true],
  ['a set is no list', set(1), [1], exact, false],
  ['a set is no frozen set', set(1), { $: 'frozenset', v: [1] }, exact, false],
  ['nan equals nan', nan, nan, exact, true],
  ['nan is no text', nan, 'nan', exact, false],
  ['an infinity is not the other', { $: 'float', v: 'inf' }, { $: 'float', v: '-inf' }, exact, false],
  ['big integers differ in the last digit', big('90071992547409931'), big('90071992547409930'), exact, false],
  ['a big integer equals a double of its value', big('100000000000000000000'), 1e20, exact, true],
  ['a dict has no order', { a: 1, b: [2] }, { b: [2], a: 1 }, exact, true],
  ['a tagged dict equals a plain one', { $: 'dict', v: [['a', 1]] }, { a: 1 }, exact, true],
  ['keys of a dict are typed', { $: 'dict', v: [[1, 1]] }, { 1: 1 }, exact, false],
  ['bytes are no text', { $: 'bytes', v: 'YQ==' }, 'a', exact, false],
  ['a complex number is no float', { $: 'complex', v: [1, 0] }, 1, exact, false],
  ['floats are close', [0.1 + 0.2, 'x'], [0.3, 'x'], { compare: 'float' }, true],
  ['floats are not close', 0.3001, 0.3, { compare: 'float' }, false],
  ['a tolerance that was given counts', 0.31, 0.3, { compare: 'float', tolerance: 0.1 }, true],
  ['a boolean is close to no number', true, 1, { compare: 'float' }, false],
  ['huge integers are not close by overflow', big('9'.repeat(400)), big('8'.repeat(400)), { compare: 'float' }, false],
  ['members of sets are close in any order', set(1.0000000001, 2), set(2, 1), { compare: 'float' }, true],
  ['values of dicts are close', { a: 1.0000000001 }, { a: 1 }, { compare: 'float' }, true],
  ['an unordered list', [1, 2, 2], [2, 1, 2], { compare: 'unordered' }, true],
  ['an unordered list counts repeats', [1, 2, 2], [1, 1, 2], { compare: 'unordered' }, false],
  ['inner lists keep their order', [[1, 2]], [[2, 1]], { compare: 'unordered' }, false],
]

test.each(table)('%s', (_, a, b, how, equal) => {
  expect(valuesEqual(a, b, how)).toBe(equal)
  expect(valuesEqual(b, a, how)).toBe(equal)
})

test('a value nested without end equals nothing and crashes nothing', () => {
  let deep: Value = 1
  for (let i = 0; i < 3000; i++) deep = [deep]
  for (const compare of ['exact', 'float', 'unordered'] as const)
    expect(valuesEqual(deep, deep, { compare })).toBe(false)
  expect(showValue(deep)).toContain('…')
})

test('every JSON value equals its copy', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      if (JSON.stringify(value).includes('"$"')) return
      const copy = JSON.parse(JSON.stringify(value)) as Value
      for (const compare of ['exact', 'float', 'unordered'] as const) {
        expect(valuesEqual(value as Value, copy, { compare })).toBe(true)
      }
    }),
    { seed: 7, numRuns: 300 },
  )
})
