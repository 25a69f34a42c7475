import { expect, test } from 'vitest'
import { likenessOf, sameText, sameValue } from '../../../src/problems/strength/same-value.js'
import type { Problem } from '../../../src/schemas/problem.js'

const like = (check: object) => likenessOf({ language: 'python', check } as Problem)

test.each<[string, object, boolean]>([
  ['an exact call', { type: 'call', compare: 'exact' }, false],
  ['a call with a tolerance that it does not use', { type: 'call', compare: 'exact', tolerance: 0.1 }, false],
  ['a call of floats', { type: 'call', compare: 'float' }, true],
  ['a call of floats with a small tolerance', { type: 'call', compare: 'float', tolerance: 1e-9 }, false],
  ['words', { type: 'stdio', compare: 'tokens' }, false],
  ['printed floats', { type: 'stdio', compare: 'float' }, true],
  ['test code, whose comparison is unknown', { type: 'unit', code: '' }, true],
])('a small error is seen as %s sees it', (_, check, same) => {
  expect(sameValue([0.5], [0.50000001], like(check))).toBe(same)
  expect(sameText('a 0.5', 'a 0.50000001', like(check))).toBe(same)
  expect(sameValue(1e9, 1e9 + 1, like(check))).toBe(false)
})

test('order and tuples count as the check says', () => {
  const loose = like({ type: 'call', compare: 'unordered', tupleIsList: true })
  expect(sameValue([1, 2], { $: 'tuple', v: [2, 1] }, loose)).toBe(true)
  expect(sameValue([[1, 2]], [[2, 1]], loose)).toBe(false)
  expect(sameValue([1], { $: 'tuple', v: [1] }, like({ type: 'call', compare: 'exact' }))).toBe(false)
})
