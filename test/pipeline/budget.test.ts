import { expect, test } from 'vitest'
import { fits, parseBudget, type Spent } from '../../src/pipeline/budget.js'

const spent = (over: Partial<Spent>): Spent => ({
  tokens: 0,
  costUsd: 0,
  dearestUsd: 0,
  candidates: 10,
  activeMs: 0,
  ...over,
})

test.each([
  ['5usd', { kind: 'usd', limit: 5 }],
  ['2Mtok', { kind: 'tokens', limit: 2_000_000 }],
  ['1.5ktok', { kind: 'tokens', limit: 1500 }],
  ['30min', { kind: 'wall', limitMs: 1_800_000 }],
  ['2h', { kind: 'wall', limitMs: 7_200_000 }],
])('%s is read with its unit', (text, budget) => {
  expect(parseBudget(text)).toEqual(budget)
})

test('a draw whose worst case would pass the token limit does not start', () => {
  const budget = parseBudget('1000tok')
  expect(fits(budget, spent({ tokens: 600 }), { candidates: 4, tokens: 400 }, 0)).toBe(true)
  expect(fits(budget, spent({ tokens: 600 }), { candidates: 4, tokens: 401 }, 0)).toBe(false)
})

test('before the first cost is known, money lets one draw go at a time', () => {
  const budget = parseBudget('1usd')
  const unknown = spent({ candidates: 0 })
  expect(fits(budget, unknown, { candidates: 4, tokens: 0 }, 0)).toBe(true)
  expect(fits(budget, unknown, { candidates: 8, tokens: 0 }, 1)).toBe(false)
})

test('money in flight counts at the dearest candidate seen', () => {
  const budget = parseBudget('1usd')
  expect(fits(budget, spent({ costUsd: 0.9, dearestUsd: 0.02 }), { candidates: 5, tokens: 0 }, 1)).toBe(true)
  expect(fits(budget, spent({ costUsd: 0.9, dearestUsd: 0.03 }), { candidates: 5, tokens: 0 }, 1)).toBe(false)
})

test('wall time stops new draws once it is used up', () => {
  expect(fits(parseBudget('1s'), spent({ activeMs: 999 }), { candidates: 1, tokens: 0 }, 0)).toBe(true)
  expect(fits(parseBudget('1s'), spent({ activeMs: 1000 }), { candidates: 1, tokens: 0 }, 0)).toBe(false)
})
