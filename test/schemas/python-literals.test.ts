import { expect, test } from 'vitest'
import { argumentsOf, literalOf } from '../../src/schemas/python-literals/literals.js'

test.each<[string, unknown]>([
  ["'\\012\\x41\\0'", '\nA\0'],
  ["b'\\377\\0'", { $: 'bytes', v: '/wA=' }],
  ["float('1.0')", 1],
  ["float('-0.25')", -0.25],
  ["float('inf')", { $: 'float', v: 'inf' }],
  ['complex(1, -2)', { $: 'complex', v: [1, -2] }],
  ['\'a\' "b"', 'ab'],
])('%s is read as Python reads it', (text, value) => {
  expect(literalOf(text)).toEqual({ value })
})

test.each(["float('1e999')", "float('one')", 'complex(1)', "'\\N{BULLET}'", 'f(1)', '1 + 2'])(
  '%s is no literal',
  (text) => {
    expect(literalOf(text)).toHaveProperty('defect')
  },
)

test('arguments are read with their names', () => {
  expect(argumentsOf("1, (2,), k='x',")).toEqual({ args: [1, { $: 'tuple', v: [2] }], kwargs: { k: 'x' } })
})
