import { expect, test } from 'vitest'
import type { Observed } from '../../../src/problems/strength/behaviour.js'
import { type FurtherCases, furtherCases } from '../../../src/problems/strength/further-cases.js'
import type { Check } from '../../../src/schemas/check.js'
import type { Problem } from '../../../src/schemas/problem.js'
import type { Value } from '../../../src/schemas/value.js'
import type { Verdict } from '../../../src/schemas/verdict.js'

const of = async (check: Check, more: Partial<Problem> = {}): Promise<FurtherCases> => {
  const found = await furtherCases({ language: 'python', entryPoint: 'f', check, meta: {}, ...more } as Problem)
  if (!found) throw new Error('it takes no further case')
  return found
}
const called = (args: Value[], value: Value): Observed => ({ input: { args }, shown: { value } })
const unit = (code: string, more: Partial<Extract<Check, { type: 'unit' }>> = {}): Check => ({
  type: 'unit',
  code,
  framework: 'plain',
  ...more,
})
const codeOf = (check: Check) => (check.type === 'unit' ? check.code : '')
const lastLine = (check: Check) => codeOf(check).trimEnd().split('\n').at(-1)

const given = 'def check(candidate):\n    assert candidate(1) == 2\n'

test.each<[Observed, string]>([
  [called([[1, 'a']], { $: 'tuple', v: [1] }), "assert f([1, 'a']) == (1,)"],
  [called([{ $: 'set', v: [] }], null), 'assert f(set()) is None'],
  [called([1], { $: 'float', v: 'inf' }), "assert f(1) == float('inf')"],
  [called([2], { $: 'int', v: '123456789012345678901' }), 'assert f(2) == 123456789012345678901'],
  [called([3], [0.5]), 'assert assay_close(f(3), [0.5], 0.000001)'],
  [called([4], { $: 'bytes', v: 'YScA' }), "assert f(4) == b'a\\x27\\x00'"],
  [{ input: { args: [1], kwargs: { k: true } }, shown: { value: 'x' } }, "assert f(1, k=True) == 'x'"],
])('a case becomes an assertion at the end of the test code', async (observed, line) => {
  const { added } = await of(unit(given, { call: 'check(f)' }))
  const code = codeOf(added([observed]))
  expect(code.startsWith(given)).toBe(true)
  expect(lastLine(added([observed]))).toBe(line)
  expect(code.includes('def assay_close')).toBe(line.includes('assay_close'))
})

test.each<[string, string, Value, string]>([
  ['exactly', 'assert f(1) == 0.25', 0.5, 'assert f(7) == 0.5'],
  ['as a set', 'assert set(f(1)) == set([2])', [3], 'assert set(f(7)) == set([3])'],
  ['rounded', 'assert round(f(1), 2) == 0.33', 0.5, 'assert round(f(7), 2) == round(0.5, 2)'],
  ['from the other side', 'assert 2 == f(1)', 3, 'assert f(7) == 3'],
  ['for being true', 'assert f(1)\nassert not f(2)', { $: 'set', v: [] }, 'assert not f(7)'],
  ['nearly', 'assert abs(f(1) - 0.3) < 1e-3', 2, 'assert assay_close(f(7), 2, 0.001)'],
  ['nearly', 'import math\nassert math.isclose(f(1), 4., rel_tol=0.001)', 2.5, 'assert assay_close(f(7), 2.5, 0.001)'],
  ['for None', 'assert f(1) is None', null, 'assert f(7) is None'],
])('where the tests compare %s, a further case does too: %s', async (_, code, value, line) => {
  const { added } = await of(unit(code))
  expect(lastLine(added([called([7], value)]))).toBe(line)
})

test('the tolerance of the tests is that of further cases', async () => {
  const { only } = await of(unit('assert abs(f(1) - 0.3) < 1e-3'))
  expect(codeOf(only([called([1], 1)]))).toContain('assay_close(f(1), 1, 0.001)')
})

test.each(['assert f(1) in (1, 2)', 'assert f(1) < 3', 'x = f(1)'])(
  'tests that compare in a way of their own take no further case: %s',
  async (code) => {
    const { seeds, canHold } = await of(unit(code))
    expect(seeds).toEqual([{ args: [1] }])
    expect(canHold(called([1], 1))).toBe(false)
  },
)

test('pytest code gets a test function for each case, and a verdict is read by their names', async () => {
  const { added, only, told } = await of(
    unit('from solution import f\n\n\ndef test_f():\n    assert f(1) == 1\n', { framework: 'pytest' }),
  )
  expect(codeOf(added([called([1], 2)]))).toContain('def test_added_1():\n    assert f(1) == 2\n')
  expect(codeOf(only([called([1], 2)]))).toMatch(/^from solution import f\n/)
  const verdict = (...reasons: string[]) =>
    ({ cases: reasons.map((reason) => ({ id: '1', status: 'wrong_answer', reason })) }) as unknown as Verdict
  expect(told(verdict('test_added_2: line 3: AssertionError'), 3)).toEqual(['accepted', 'wrong_answer', 'accepted'])
  expect(told(verdict('the program could not be loaded'), 3)).toBeUndefined()
  expect(told(verdict(...Array.from({ length: 50 }, () => 'test_added_1: no')), 60)).toBeUndefined()
})

const own = `_inputs = [
    ([1, float('2.0')], 3),
    (b'x', complex(1, -2)),
    (g(), 1),
]


def _compare(candidate):
    for args in _inputs:
        assert candidate(*copy.deepcopy(args)) == _expected(*args)
`

test('rows of a table of inputs are the seeds, and further cases are further rows', async () => {
  const { seeds, added, only } = await of(unit(own, { call: '_compare(f)' }))
  expect(seeds).toHaveLength(2)
  expect(seeds).toEqual(
    expect.arrayContaining([
      { args: [[1, 2], 3] },
      {
        args: [
          { $: 'bytes', v: 'eA==' },
          { $: 'complex', v: [1, -2] },
        ],
      },
    ]),
  )
  const row = "    ([], 'é'),\n]"
  const more = codeOf(added([called([[], 'é'], 1)]))
  expect(more).toContain(`    (g(), 1),\n    # Added to tell mutants of the reference apart.\n${row}`)
  expect(codeOf(only([called([[], 'é'], 1)]))).toBe(`_inputs = [\n${row}${own.slice(own.indexOf('\n]') + 2)}`)
})

test('a row follows one without a comma and with a remark behind it', async () => {
  const { added } = await of(unit(own.replace('(g(), 1),', '(g(), 1)  # last, as yet'), { call: '_compare(f)' }))
  expect(codeOf(added([called([4], 1)]))).toContain(
    '    (g(), 1),  # last, as yet\n    # Added to tell mutants of the reference apart.\n    (4,),\n]',
  )
})

test('cases that are added later have numbers of their own, and the comparison stands there once', async () => {
  const first = (await of(unit('def test_f():\n    assert f(1) == 1\n', { framework: 'pytest' }))).added([
    called([2], 0.5),
  ])
  const second = codeOf((await of(first)).added([called([3], 0.25)]))
  expect(second.match(/^def \w+/gm)).toEqual(['def test_f', 'def assay_close', 'def test_added_1', 'def test_added_2'])
})

test('a table of results grows with its inputs', async () => {
  const code =
    'def check(candidate):\n    inputs = [[1], [2]]\n    results = [2, 3]\n    for inp, exp in zip(inputs, results):\n        assertion(candidate(*inp), exp, 0)\n'
  const { seeds, only, canHold } = await of(unit(code, { call: 'check(f)' }))
  expect(seeds).toEqual([{ args: [1] }, { args: [2] }])
  expect(codeOf(only([called([5], 6)]))).toContain('inputs = [\n    (5,),\n]\n    results = [\n    6,\n]')
  expect(canHold(called([1], { $: 'float', v: 'nan' }))).toBe(false)
  expect(canHold({ input: { args: [1], kwargs: { k: 1 } }, shown: { value: 1 } })).toBe(false)
})

test('a check of calls keeps its comparison; a fraction is not added for good where it has none', async () => {
  const check: Check = { type: 'call', function: 'f', cases: [{ args: [1], expected: 1 }], compare: 'exact' }
  const { added, canHold, isFair } = await of(check)
  expect(added([called([2], 0.5)])).toEqual({ ...check, cases: [...check.cases, { args: [2], expected: 0.5 }] })
  expect([canHold(called([2], 0.5)), isFair(called([2], 0.5)), isFair(called([2], 3))]).toEqual([true, false, true])
  expect((await of({ ...check, compare: 'float' })).isFair(called([2], 0.5))).toBe(true)
  expect((await of({ ...check, cases: [{ args: [1], expected: 0.5 }] })).isFair(called([2], 0.1))).toBe(true)
})

test('what was printed is added with the output of the reference; a special judge gets that for its answer', async () => {
  const printed: Observed = { input: { stdin: '3\n' }, shown: { stdout: '6.5\n' } }
  const stdio: Check = { type: 'stdio', cases: [{ stdin: '1\n', stdout: '2\n' }], compare: 'tokens' }
  const plain = await of(stdio)
  expect(plain.added([printed])).toEqual({ ...stdio, cases: [...stdio.cases, { stdin: '3\n', stdout: '6.5\n' }] })
  expect(plain.isFair(printed)).toBe(false)
  const judged = await of({
    type: 'checker',
    cases: [{ stdin: '1\n' }],
    checker: { language: 'python', code: 'x', protocol: 'argv' },
  })
  expect(judged.only([printed])).toMatchObject({ type: 'checker', cases: [{ stdin: '3\n', answer: '6.5\n' }] })
  expect(judged.seeds).toEqual([{ stdin: '1\n' }])
})

test.each<[string, Observed]>([
  ['a value that equals nothing', called([1], { $: 'float', v: 'nan' })],
  ['a number that lost its digits', called([1], 2 ** 60)],
  ['output', { input: { stdin: '' }, shown: { stdout: '' } }],
])('test code cannot hold %s', async (_, observed) => {
  expect((await of(unit('assert f(1) == 1'))).canHold(observed)).toBe(false)
})

test('unittest code is asked, and nothing is added to it', async () => {
  const code = 'class T(TestCase):\n    def test_f(self):\n        self.assertEqual(f(1), 2)\n'
  const { canHold, isFair, only } = await of(unit(code, { framework: 'unittest' }))
  expect([canHold(called([1], 2)), isFair(called([1], 2))]).toEqual([true, false])
  expect(only([called([1], 2)])).toMatchObject({ framework: 'pytest' })
})

test('test code in another language takes no further case', async () => {
  const java = { language: 'java', entryPoint: 'f', check: unit('f(1)') } as Problem
  expect(await furtherCases(java)).toBeUndefined()
})
