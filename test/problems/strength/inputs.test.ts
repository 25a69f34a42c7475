import { expect, test } from 'vitest'
import { rng } from '../../../src/base/rng.js'
import { furtherCases } from '../../../src/problems/strength/further-cases.js'
import { generateInputs } from '../../../src/problems/strength/generate-inputs.js'
import type { Input } from '../../../src/problems/strength/inputs.js'
import type { Problem } from '../../../src/schemas/problem.js'
import { type Value, valueSchema } from '../../../src/schemas/value.js'

const unit = (code: string, call?: string) =>
  ({ language: 'python', entryPoint: 'f', check: { type: 'unit', code, call, framework: 'plain' } }) as Problem

const seedsOf = async (problem: Problem) => (await furtherCases(problem))?.seeds ?? []

test.each([
  ["assert f(1, -2.5, 'a\\n', [True, None]) == 3", [1, -2.5, 'a\n', [true, null]]],
  [
    "assert f((1,), {2}, {'a': 1}, {1: 2}) == 3",
    [{ $: 'tuple', v: [1] }, { $: 'set', v: [2] }, { a: 1 }, { $: 'dict', v: [[1, 2]] }],
  ],
  [
    'assert f(set(), set([1]), tuple()) == 3',
    [
      { $: 'set', v: [] },
      { $: 'set', v: [1] },
      { $: 'tuple', v: [] },
    ],
  ],
  ["assert f('\\012\\0', b'\\377') == 3", ['\n\0', { $: 'bytes', v: '/w==' }]],
  ["assert f(b'ab', r'\\d', 'a' 'b') == 3", [{ $: 'bytes', v: 'YWI=' }, '\\d', 'ab']],
  ['assert f(123456789012345678901, 0x1F, 1_000) == 3', [{ $: 'int', v: '123456789012345678901' }, 31, 1000]],
])('the literal arguments of %s are a seed', async (code, args) => {
  expect(await seedsOf(unit(code))).toEqual([{ args }])
})

test('calls through the name that the check gives the function count too, named arguments are kept', async () => {
  const code = 'def check(candidate):\n    assert candidate([1], k=2) == 3\n    assert candidate([1], k=2) == 3\n'
  expect(await seedsOf(unit(code, 'check(f)'))).toEqual([{ args: [[1]], kwargs: { k: 2 } }])
})

test('rows of a table of inputs are seeds where the tests spread them over a call', async () => {
  const table = "_inputs = [\n    ([1], 'a'),\n    [(), g(1)],\n    [[], 'b'],\n]\n_outputs = [[3]]\n"
  const loop = 'def check(candidate):\n    for args in _inputs:\n        assert candidate(*copy.deepcopy(args)) == 1\n'
  expect(await seedsOf(unit(table + loop, 'check(f)'))).toEqual([{ args: [[], 'b'] }, { args: [[1], 'a'] }])
  expect(await seedsOf(unit(`${table}assert f(1)`))).toEqual([{ args: [1] }])
})

test('what is not written out is no seed', async () => {
  expect(
    await seedsOf(unit('x = 1\nassert f(x) == 1\nassert f(*[1]) == 1\nassert f(g(2)) == 1\nassert g(1) == 2')),
  ).toEqual([])
  expect(await seedsOf({ ...unit('f(1)'), language: 'java' })).toEqual([])
})

const calls = (...rows: Value[][]): Input[] => rows.map((args) => ({ args }))
const generated = (seeds: Input[], seed = 1) => generateInputs(seeds, 200, rng(seed, 'test'))
const rowsOf = (inputs: readonly Input[]) => inputs.map((input) => ('args' in input ? input.args : []))

test('the same seed gives the same inputs, all of them values that can cross', () => {
  const seeds = calls([[1, 2, 3], 'ab'], [[4], 'b'])
  const made = generated(seeds)
  expect(made.length).toBeGreaterThan(150)
  expect(generated(seeds)).toEqual(made)
  expect(generated(seeds, 2)).not.toEqual(made)
  expect(new Set(made.map((input) => JSON.stringify(input))).size).toBe(made.length)
  expect(rowsOf(made).every((row) => row.every((value) => valueSchema.safeParse(value).success))).toBe(true)
})

const sorted = (value: unknown) =>
  JSON.stringify([...(value as number[])].sort((a, b) => a - b)) === JSON.stringify(value)

test.each<[string, Input[], (row: readonly Value[]) => boolean]>([
  ['whole numbers that are not negative', calls([3], [0], [12]), ([n]) => Number.isInteger(n) && (n as number) >= 0],
  ['positive numbers', calls([3], [5]), ([n]) => (n as number) > 0],
  ['lists that are not empty', calls([[1]], [[2, 3]]), ([xs]) => (xs as number[]).length > 0],
  ['sorted lists', calls([[1, 2, 5, 9]], [[2, 2, 3]]), ([xs]) => sorted(xs)],
  [
    'lists of the same length',
    calls(
      [
        [1, 2],
        [3, 4],
      ],
      [[1], [2]],
    ),
    ([a, b]) => (a as []).length === (b as []).length,
  ],
  ['a length', calls([[1, 2], 2], [[1, 2, 3], 3]), ([xs, n]) => (xs as []).length === n],
  ['an order of numbers', calls([1, 4], [2, 9], [0, 1], [5, 8]), ([a, b]) => (a as number) < (b as number)],
  [
    'rows of one length',
    calls(
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ),
    ([rows]) => new Set((rows as number[][]).map((row) => row.length)).size <= 1,
  ],
  [
    'balanced brackets',
    calls(['(())'], ['()()()']),
    ([text]) => (text as string).split('(').length === (text as string).split(')').length,
  ],
  ['kinds of characters', calls(['abc'], ['defg']), ([text]) => /^[a-z]+$/.test(text as string)],
  [
    'types of tuples place by place',
    calls([{ $: 'tuple', v: [1, 'a'] }], [{ $: 'tuple', v: [2, 'b'] }]),
    ([pair]) => {
      const { v } = pair as { v: Value[] }
      return v.length === 2 && typeof v[0] === 'number' && typeof v[1] === 'string'
    },
  ],
  [
    'keys of dictionaries',
    calls([{ $: 'dict', v: [[1, 'a']] }], [{ $: 'dict', v: [[2, 'b']] }]),
    ([dict]) => (dict as { v: [Value, Value][] }).v.every(([key]) => typeof key === 'number'),
  ],
])('generated inputs keep what all seeds share: %s', (_, seeds, holds) => {
  const rows = rowsOf(generated(seeds))
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.filter((row) => !holds(row))).toEqual([])
})

test('a count of tokens and a count of lines stay right in generated stdin', () => {
  const tokens = generated([{ stdin: '3\n1 2 3\n' }, { stdin: '2\n5 9\n' }])
  const lines = generated([{ stdin: '2\na b\nc d\n' }, { stdin: '1\nx y\n' }])
  expect(Math.min(tokens.length, lines.length)).toBeGreaterThan(50)
  for (const input of tokens) {
    const [count, list = ''] = 'stdin' in input ? input.stdin.split('\n') : []
    expect(list.split(' ').length).toBe(Number(count))
  }
  for (const input of lines) {
    const [count, ...rest] = 'stdin' in input ? input.stdin.trimEnd().split('\n') : []
    expect(rest.length).toBe(Number(count))
  }
})

test('an order of numbers in few seeds is chance', () => {
  const rows = rowsOf(generated(calls([1, 4], [2, 9])))
  expect(rows.some(([a, b]) => (a as number) > (b as number))).toBe(true)
})

test('without seeds, or without arguments, there is nothing to generate', () => {
  expect(generated([])).toEqual([])
  expect(generated(calls([]))).toEqual(calls([]))
})
