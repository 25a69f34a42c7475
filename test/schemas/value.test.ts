import { expect, test } from 'vitest'
import { callCheck } from '../../src/schemas/check.js'
import { parseJsonAs } from '../../src/schemas/parse.js'
import { nestedDeeper, returnedValueSchema, type Value, valueSchema } from '../../src/schemas/value.js'
import { valuesEqual } from '../../src/verifiers/values.js'

const messageOf = (text: string) => {
  const result = valueSchema.safeParse(JSON.parse(text))
  return result.success ? undefined : result.error.issues[0]?.message
}
const unhashable = (kind: string) => `a ${kind} cannot be a member of a set or a key of a dict; write a tuple`

test.each([
  ['12345678901234567890', 'number beyond 2^53: write {"$":"int","v":"…"}'],
  ['[1, {"a": -9007199254740993}]', 'number beyond 2^53: write {"$":"int","v":"…"}'],
  ['1e999', 'a number past the largest double: write {"$":"float","v":"inf"}'],
  ['{"$":"set","v":[[1]]}', unhashable('list')],
  ['{"$":"frozenset","v":[{"$":"tuple","v":[{"a":1}]}]}', unhashable('dict')],
  ['{"$":"dict","v":[[{"$":"set","v":[]},1]]}', unhashable('set')],
  ['{"$":"int","v":"1.5"}', 'int: v must be the decimal digits as text'],
  ['{"$":"tuple","v":1}', 'tuple: v must be a list'],
  ['{"$":"tuple","v":[],"w":1}', "a tagged value has the keys $ and v only, not 'w'"],
])('%s is refused', (text, message) => {
  expect(messageOf(text)).toBe(message)
})

test.each([
  '9007199254740991',
  '1.5',
  '{"$":"int","v":"12345678901234567890"}',
  '{"$":"set","v":[{"$":"tuple","v":[1,{"$":"frozenset","v":[2]}]}]}',
  '{"$":"dict","v":[[1,[2]]]}',
  '{"$":"bytes","v":"AAE="}',
  '{"$":"complex","v":[0,1]}',
  '{"constructor":1}',
])('%s is a value', (text) => {
  expect(messageOf(text)).toBeUndefined()
})

test('a value that is nested too deeply is told, not thrown', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  expect(messageOf(nested(200))).toBeUndefined()
  expect(messageOf(nested(201))).toBe('nested deeper than 200 levels')
  expect(nestedDeeper(JSON.parse(nested(20_000)), 300)).toBe(true)
  expect(nestedDeeper(JSON.parse(nested(300)), 300)).toBe(false)
})

test('the key __proto__ is a key like any other', () => {
  const value = valueSchema.parse(JSON.parse('{"__proto__":1}'))
  const empty: Value = {}
  expect(Object.keys(Object(value))).toEqual(['__proto__'])
  expect(valuesEqual(value, empty, { compare: 'exact' })).toBe(false)
  expect(valuesEqual(empty, value, { compare: 'exact' })).toBe(false)
  expect(valuesEqual(value, JSON.parse('{"__proto__":1}'), { compare: 'exact' })).toBe(true)
})

test('a value that a program returned may be a large float', () => {
  expect(returnedValueSchema.safeParse(1e22).success).toBe(true)
})

test('a refused value is named by its place', () => {
  const text = '{"type":"call","function":"f","cases":[{"args":[1,[90071992547409930]],"expected":0}]}'
  expect(() => parseJsonAs(callCheck, text, 'set:1')).toThrow('set:1: cases.0.args.1.0: number beyond 2^53')
})
