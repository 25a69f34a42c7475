import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.js'
import { apps } from '../../src/problems/formats/apps.js'
import { codecontests } from '../../src/problems/formats/codecontests.js'
import { codeforces } from '../../src/problems/formats/codeforces.js'
import { exactJson } from '../../src/problems/formats/columns/json-column.js'
import { unpackText } from '../../src/problems/formats/contests/packed-cases.js'
import type { Format } from '../../src/problems/formats/format.js'
import { kattis } from '../../src/problems/formats/kattis.js'
import { livecodebench } from '../../src/problems/formats/livecodebench.js'
import { openR1 } from '../../src/problems/formats/open-r1.js'
import { synthetic1 } from '../../src/problems/formats/synthetic1.js'
import { taco } from '../../src/problems/formats/taco.js'
import { verl } from '../../src/problems/formats/verl.js'
import { importProblems } from '../../src/problems/import.js'
import { collect } from './collect.js'

type Row = Record<string, unknown>
const place = { index: 7, where: 'my.jsonl:8' }
const fixture = (name: string) => path.resolve(`test/fixtures/formats/${name}`)
const read = (format: Format, file = fixture(`${format.id}.jsonl`)) => collect(importProblems(format, [file]))
const one = (format: Format, row: unknown) => format.parse(row, place)[0]!
const refused = (format: Format, row: unknown): string => {
  try {
    format.parse(row, place)
  } catch (error) {
    if (error instanceof AppError && error.code === 'problems/malformed-row') return error.message
    throw error
  }
  return 'not refused'
}

const appsRow = (input_output: unknown, rest: Row = {}): Row => ({
  problem_id: 1,
  question: 'Do it.',
  solutions: '[]',
  input_output: typeof input_output === 'string' ? input_output : JSON.stringify(input_output),
  difficulty: 'interview',
  url: '',
  starter_code: '',
  ...rest,
})

describe('APPS', () => {
  test('tests without a function become stdio cases, lists of lines one text', async () => {
    const [first] = await read(apps)
    expect(first).toMatchObject({
      id: 'apps/0',
      level: 0,
      license: 'MIT',
      source: 'https://example.org/parcels',
      check: { type: 'stdio', compare: 'tokens' },
    })
    expect(first!.check).toMatchObject({
      cases: [
        { stdin: '3\n1 2 3\n', stdout: '6\n' },
        { stdin: '2\n10 -3\n', stdout: '7\n' },
      ],
    })
    expect(first!.statement).toMatch(/reads from standard input and prints the answer to standard output\.$/)
    expect(first!.meta.solutions).toHaveLength(1)
  })

  test('a starter with class Solution becomes a call of its method, with the imports that the harness gives', async () => {
    const [, second] = await read(apps)
    expect(second).toMatchObject({
      entryPoint: 'countSmaller',
      check: { type: 'call', function: 'Solution.countSmaller' },
    })
    expect(second!.check).toMatchObject({
      cases: [{ args: [[3, 1, 2, 1]], expected: [3, 0, 2, 0] }, { expected: [0] }],
    })
    expect(second!.starter).toMatch(/^import bisect\n[\s\S]*from typing import [^\n]*List[\s\S]*class Solution:/)
    expect(second!.statement).toContain('class `Solution` with the method `countSmaller`')
  })

  test.each<[what: string, tests: object | string, starter: string, cases: unknown, called?: string]>([
    [
      'values wrapped once are unwrapped',
      { inputs: [[1], [2]], outputs: [[5], [6]] },
      '',
      [
        { args: [1], expected: 5 },
        { args: [2], expected: 6 },
      ],
    ],
    [
      'lists are not unwrapped where one is longer',
      { inputs: [[1], [2]], outputs: [[5], [6, 7]] },
      '',
      [
        { args: [1], expected: [5] },
        { args: [2], expected: [6, 7] },
      ],
    ],
    [
      'a value annotated as a list is not unwrapped',
      { inputs: [[1]], outputs: [[5]] },
      'def f(x: int) -> List[int]:\n',
      [{ args: [1], expected: [5] }],
    ],
    [
      'a wrapped value that is annotated as a list is unwrapped',
      { inputs: [[1], [2]], outputs: [[[5]], [[6, 7]]] },
      'def f(x: int) -> List[int]:\n',
      [
        { args: [1], expected: [5] },
        { args: [2], expected: [6, 7] },
      ],
    ],
    [
      'lists of lists are not unwrapped where they are annotated',
      { inputs: [[1]], outputs: [[[5]]] },
      'def f(x: int, y: Tuple[int, int] = (1, 2)) -> Optional[List[List[int]]]: # comment\n',
      [{ args: [1], expected: [[5]] }],
    ],
    [
      'lists of one are bare behind an annotation that does not decide',
      { inputs: [[1]], outputs: [[5]] },
      'class Solution:\n    def f(self, x: int) -> ListNode:\n',
      [{ args: [1], expected: [5] }],
      'Solution.f',
    ],
    [
      'lists of one wrap the value of a method that is not annotated',
      { inputs: [[[1], [2]]], outputs: [[[5]]] },
      'class Solution:\n    def f(self, x):\n        pass\n    def other(self) -> List[int]:\n',
      [{ args: [[1], [2]], expected: [5] }],
      'Solution.f',
    ],
    [
      'big whole numbers are unwrapped as numbers',
      '{"fn_name":"f","inputs":[[1]],"outputs":[[123456789012345678901]]}',
      'def f(x: int) -> int:\n',
      [{ args: [1], expected: { $: 'int', v: '123456789012345678901' } }],
    ],
    [
      'values in JSON text are never wrapped',
      { inputs: ['1', '2'], outputs: ['[5]', '[6]'] },
      '',
      [
        { args: [1], expected: [5] },
        { args: [2], expected: [6] },
      ],
    ],
    [
      'a value annotated as a number is unwrapped',
      { inputs: [[1]], outputs: [[5]] },
      'def f(x: int) -> int:\n',
      [{ args: [1], expected: 5 }],
    ],
    [
      'JSON lines are arguments and values',
      { inputs: ['[1, 2]\n"a"'], outputs: ['"b"'] },
      '',
      [{ args: [[1, 2], 'a'], expected: 'b' }],
    ],
    [
      'whole-number keys are numbers again',
      { inputs: [[{ 1: 'a' }]], outputs: [[{ '-2': 3 }]] },
      '',
      [{ args: [{ $: 'dict', v: [[1, 'a']] }], expected: { $: 'dict', v: [[-2, 3]] } }],
    ],
  ])('in calls, %s', (_, tests, starter_code, cases, called = 'f') => {
    const text = typeof tests === 'string' ? tests : JSON.stringify({ fn_name: 'f', ...tests })
    const problem = one(apps, appsRow(text, { starter_code }))
    expect(problem.check).toMatchObject({ type: 'call', function: called, cases, compare: 'exact', tupleIsList: true })
  })

  test('integers past 2^53, NaN and Infinity keep their values', () => {
    const text = '{"fn_name":"f","inputs":[[123456789012345678901]],"outputs":[[-Infinity]]}'
    expect(one(apps, appsRow(text)).check).toMatchObject({
      cases: [{ args: [{ $: 'int', v: '123456789012345678901' }], expected: { $: 'float', v: '-inf' } }],
    })
    expect(exactJson('["1234567890123456789 \\" NaN", 0.1234567890123456, 1e400]')).toEqual([
      '1234567890123456789 " NaN',
      0.1234567890123456,
      Number.POSITIVE_INFINITY,
    ])
  })

  test('fractions in an expected output compare as numbers', () => {
    expect(one(apps, appsRow({ inputs: ['1'], outputs: ['0.50 x\n'] })).check).toMatchObject({ compare: 'float' })
    expect(one(apps, appsRow({ inputs: ['1'], outputs: ['1. x 2\n'] })).check).toMatchObject({ compare: 'tokens' })
    expect(one(apps, appsRow({ fn_name: 'f', inputs: [[1]], outputs: [0.5] })).check).toMatchObject({
      compare: 'float',
    })
  })

  test('a program that must print much is given room for it', () => {
    const long = 'x'.repeat(2 << 20)
    expect(one(apps, appsRow({ inputs: ['1'], outputs: [long] })).limits).toEqual({ outputBytes: 4 << 20 })
  })

  test.each<[what: string, row: Row, message: RegExp]>([
    ['no tests', appsRow(''), /: input_output: empty: no tests/],
    ['an empty list of tests', appsRow({ inputs: [], outputs: [] }), /: input_output: there are no test cases/],
    ['lists of two lengths', appsRow({ inputs: ['1'], outputs: [] }), /: input_output: 1 inputs and 0 outputs/],
    ['nothing but empty outputs', appsRow({ inputs: ['1'], outputs: ['\n'] }), /every expected output is empty/],
    ['broken JSON', appsRow('{"inputs": ['), /: input_output: not JSON: /],
    ['JSON of another shape', appsRow({ inputs: 3, outputs: [] }), /: input_output: inputs: /],
    [
      'a starter that the tests do not call',
      appsRow({ inputs: ['1'], outputs: ['1'] }, { starter_code: 'class Solution:\n' }),
      /tests name none \(fn_name\)/,
    ],
    [
      'arguments that are no list',
      appsRow({ fn_name: 'f', inputs: [3], outputs: [3] }),
      /input 0 is not a list of arguments/,
    ],
    [
      'a line that is no JSON',
      appsRow({ fn_name: 'f', inputs: ['x'], outputs: ['3'] }),
      /input 0: a line is not a JSON value/,
    ],
    ['solutions that are no list', appsRow({ inputs: ['1'], outputs: ['1'] }, { solutions: '"x"' }), /: solutions: /],
  ])('a row with %s is refused', (_, row, message) => {
    expect(refused(apps, row)).toMatch(message)
  })

  test('solutions of the other form are left out', () => {
    const solutions = JSON.stringify([
      'def f(x): return x',
      'class Solution:\n    def f(self, x): return x',
      '',
      'f = abs',
    ])
    const problem = one(apps, appsRow({ fn_name: 'f', inputs: [[1]], outputs: [[1]] }, { solutions }))
    expect(problem.reference?.code).toBe('def f(x): return x')
    expect(problem.meta.solutions).toEqual(['f = abs'])
  })
})

test('a TACO row keeps its tags, limits and difficulty', async () => {
  const [first, second] = await read(taco)
  expect(first).toMatchObject({
    id: 'taco/0',
    level: 0,
    skills: ['mathematics'],
    limits: { cpuMs: 2000, memoryBytes: 512 << 20 },
    check: { type: 'stdio', compare: 'float' },
  })
  expect(second).toMatchObject({
    level: 2,
    skills: ['number-theory', 'bit-manipulation'],
    meta: { rawTags: ['number-theory', 'it-s-modular'] },
    check: { function: 'Solution.lastDigit', cases: [{ args: [2, 10], expected: 4 }, { expected: 3 }] },
  })
})

describe('CodeContests', () => {
  test('all tests are cases, Python 3 comes first, refused submissions are known-wrong', async () => {
    const [first, second] = await read(codecontests)
    expect(first).toMatchObject({
      id: 'codecontests/codeforces/9001_A.-Apple-Baskets',
      language: 'python',
      level: 1,
      skills: ['greedy', 'implementation'],
      limits: { cpuMs: 1500, memoryBytes: 256 << 20 },
      meta: { images: 1, rating: 1250, wrong: [{ kind: 'incorrect-solution', maybeSlow: true }] },
    })
    expect(first!.check).toMatchObject({ cases: [{ stdout: '9\n' }, { stdout: '-5\n' }, { stdout: '-3\n' }] })
    expect(first!.meta.solutions).toHaveLength(1)
    expect(second).toMatchObject({ id: 'codecontests/codechef/echo-twice', language: 'cpp', level: 1 })
    expect(second!.limits).toBeUndefined()
  })

  const row = (rest: Row): Row => ({
    name: 'x',
    description: 'Do it.',
    public_tests: [{ input: '1', output: '2' }],
    solutions: [{ language: 'JAVA', solution: 'class Main {}' }],
    ...rest,
  })

  test('enumerations may be names and structs may stand in lists', () => {
    expect(one(codecontests, row({ source: 'ATCODER', difficulty: 'HARDER' }))).toMatchObject({
      id: 'codecontests/atcoder/x',
      language: 'java',
      level: 3,
    })
  })

  test('a row with Python 2 alone is a problem without a reference', () => {
    const problem = one(codecontests, row({ solutions: { language: [1], solution: ['print 1'] } }))
    expect(problem).toMatchObject({ language: 'python' })
    expect(problem.reference).toBeUndefined()
  })

  test('files for input, and no tests at all, are refused', () => {
    expect(refused(codecontests, row({ input_file: 'in.txt' }))).toMatch(/input_file: .* the file 'in\.txt'/)
    expect(refused(codecontests, row({ public_tests: { input: [], output: [] } }))).toMatch(/there are no test cases/)
  })
})

/** A pickle of one text, written by hand: its opcodes are what the reader knows. */
const packed = (...parts: (number[] | string)[]) =>
  deflateSync(Buffer.concat(parts.map((part) => Buffer.from(part as number[])))).toString('base64')

describe('LiveCodeBench', () => {
  test('functional tests call the method that the metadata names', async () => {
    const [first, second] = await read(livecodebench)
    expect(first).toMatchObject({ id: 'livecodebench/9002_A', level: 0, check: { type: 'stdio' } })
    expect(first!.check).toMatchObject({ cases: [{ stdin: '1 2\n' }, { stdin: '7 3\n' }] })
    expect(second).toMatchObject({
      level: 2,
      meta: { platform: 'leetcode', contestDate: '2024-02-03T00:00:00' },
      check: {
        function: 'Solution.rotateLeft',
        cases: [
          { args: [[1, 2, 3], 1], expected: [2, 3, 1] },
          { args: [[5], 4], expected: [5] },
          { args: [['é'], 0], expected: ['é'] },
        ],
      },
    })
  })

  const at = { where: 'x', column: 'private_test_cases' }
  test.each<[protocol: string, text: string]>([
    ['2 and 3', packed([0x80, 3, 0x58, 2, 0, 0, 0], 'ab', [0x71, 0, 0x2e])],
    ['4, short', packed([0x80, 4, 0x95, 6, 0, 0, 0, 0, 0, 0, 0, 0x8c, 2], 'ab', [0x94, 0x2e])],
    ['5, long', packed([0x80, 5, 0x8d, 2, 0, 0, 0, 0, 0, 0, 0], 'ab', [0x94, 0x2e])],
  ])('a pickled text of protocol %s is read', (_, text) => {
    expect(unpackText(text, at)).toBe('ab')
  })

  test.each<[what: string, text: string, message: RegExp]>([
    [
      'a pickle that calls something',
      packed([0x80, 4, 0x8c, 2], 'os', [0x8c, 6], 'system', [0x93, 0x2e]),
      /more than one text/,
    ],
    ['a pickle that loads a name', packed([0x80, 2, 0x63], 'os\nsystem\n', [0x2e]), /opcode 0x63 at byte 2/],
    ['a pickle of a number', packed([0x80, 4, 0x4b, 1, 0x2e]), /opcode 0x4b/],
    ['a pickle of nothing', packed([0x80, 4, 0x2e]), /holds no text/],
    ['an unknown protocol', packed([0x80, 9, 0x2e]), /protocol 9 is not read/],
    ['a pickle cut short', packed([0x80, 4, 0x8c, 9], 'ab'), /ends early/],
    ['a pickle without its end', packed([0x80, 4, 0x8c, 2], 'ab'), /ends early/],
    ['bytes that are not UTF-8', packed([0x80, 4, 0x8c, 1, 0xff, 0x2e]), /not UTF-8/],
    ['damaged compression', 'eJxrYJma', /compressed data is damaged/],
    ['no base64', '{"a"', /neither JSON nor base64/],
    ['a bomb', deflateSync(Buffer.alloc(65 << 20)).toString('base64'), /more than 64 MiB/],
  ])('%s is refused', (_, text, message) => {
    expect(() => unpackText(text, at)).toThrow(message)
  })

  test.each<[what: string, rest: Row, message: RegExp]>([
    ['no name to call', { metadata: '{}' }, /metadata: functional tests, but no func_name/],
    [
      'mixed kinds',
      { public_test_cases: '[{"input":"1","output":"1","testtype":"stdin"}]' },
      /testtype: stdin and functional/,
    ],
    ['an unknown kind', { private_test_cases: '[{"input":"1","output":"1","testtype":"gui"}]' }, /'gui' is neither/],
    ['no tests', { private_test_cases: '[]' }, /there are no test cases/],
  ])('a row with %s is refused', (_, rest, message) => {
    const private_test_cases = '[{"input":"1","output":"1","testtype":"functional"}]'
    const row = { question_id: 'a', question_content: 'Do it.', metadata: '{"func_name":"f"}', private_test_cases }
    expect(refused(livecodebench, { ...row, ...rest })).toMatch(message)
  })
})

describe('SYNTHETIC-1 and open-r1', () => {
  test('each task type becomes the check that can decide it', async () => {
    const [stdio, call, math, output] = await read(synthetic1)
    expect(stdio).toMatchObject({
      id: 'synthetic1/vcp_1',
      level: 0,
      check: { type: 'stdio' },
      reference: { code: 'a, b = map(int, input().split())\nprint(a * b)\n' },
    })
    expect(stdio!.statement).not.toContain('Write a program that reads')
    expect(call!.check).toMatchObject({
      type: 'call',
      function: 'middle',
      cases: [{ args: ['abc'], expected: 'b' }, {}],
    })
    expect(math).toMatchObject({ kind: 'math', check: { type: 'answer', gold: '7' } })
    expect(math!.reference?.answer).toContain('\\boxed{7}')
    expect(output!.check).toEqual({
      type: 'output',
      program: "word = 'stone'\nprint(word[1:4].upper())\n",
      input: '',
      expected: 'TON',
      direction: 'output',
    })
  })

  test('columns may be structs, solutions may stand without a fence', async () => {
    const [first, second] = await read(openR1)
    expect(first).toMatchObject({ id: 'open-r1/vcp_77', level: 1, license: 'unknown' })
    expect(second).toMatchObject({ level: 2, reference: { code: 'print(*sorted(map(int, input().split())))\n' } })
  })

  const row = (rest: Row): Row => ({
    problem_id: 1,
    task_type: 'verifiable_code',
    prompt: 'Do it.',
    verification_info: { language: 'python', test_cases: [] },
    ...rest,
  })
  const cases = (...test_cases: Row[]) => ({ verification_info: { language: 'python', test_cases } })
  test.each<[what: string, rest: Row, message: RegExp]>([
    [
      'a judged task',
      { task_type: 'llm_judgeable_groundtruth_similarity' },
      /task_type: .*a language model would have to judge it/,
    ],
    ['an unknown task', { task_type: 'poetry' }, /'poetry': an unknown kind of task/],
    ['no tests', {}, /verification_info\.test_cases: there are no test cases/],
    ['no statement', { prompt: ' ' }, /prompt: empty/],
    ['an unknown kind of test', cases({ type: 'gui', input: '', output: '' }), /'gui' is neither/],
    ['calls without a name', cases({ type: 'function_call', input: [1], output: [1] }), /name no function/],
    [
      'an empty gold',
      { task_type: 'verifiable_math', verification_info: '{"ground_truth":" "}' },
      /ground_truth: empty/,
    ],
    ['no gold', { task_type: 'verifiable_math', verification_info: '{}' }, /verification_info: ground_truth/],
    [
      'no program to run',
      { task_type: 'code_output_prediction', verification_info: '{"ground_truth":"1"}' },
      /no fenced program/,
    ],
  ])('a row with %s is refused', (_, rest, message) => {
    expect(refused(synthetic1, row(rest))).toMatch(message)
  })
})

describe('Codeforces', () => {
  test('a checker decides where there is one, and the statement is put together', async () => {
    const [first, second] = await read(codeforces)
    expect(first).toMatchObject({
      id: 'codeforces/9003/A',
      level: 0,
      skills: ['math', 'special-problem'],
      limits: { cpuMs: 1000, memoryBytes: 256 << 20 },
      check: { type: 'stdio' },
      meta: { testsComplete: true },
    })
    expect(first!.statement).toBe(
      '# Two Piles\n\nTwo piles hold a and b stones. How many stones are there?\n\n## Input\n\nTwo integers a and b.\n\n## Output\n\nOne integer.\n\n## Examples\n\nInput:\n```\n1 2\n```\nOutput:\n```\n3\n```\n\nWrite a program that reads from standard input and prints the answer to standard output.',
    )
    expect(second).toMatchObject({ level: 2, meta: { testsComplete: false } })
    expect(second!.check).toMatchObject({
      type: 'checker',
      cases: [{ stdin: '6\n', answer: '2\n' }, {}],
      checker: { language: 'python', protocol: 'argv' },
    })
  })

  test.each<[what: string, rest: Row, message: RegExp]>([
    ['an interactive problem', { interaction_format: 'Ask.' }, /interaction_format: an interactive problem/],
    ['files', { input_mode: 'file' }, /input_mode: 'file'/],
    ['no official tests', { official_tests: [] }, /official_tests: none/],
    ['no statement', { description: null }, /description: empty/],
  ])('%s is refused', (_, rest, message) => {
    const row = { id: '1/A', description: 'Do it.', official_tests: [{ input: '1', output: '1' }] }
    expect(refused(codeforces, { ...row, ...rest })).toMatch(message)
  })
})

describe('Kattis', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'assay-kattis-'))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  /** A package on disk: paths and texts beside those that every package needs. */
  function packageOf(name: string, files: Record<string, string | Buffer>): string {
    const all = {
      'problem.yaml': 'name: X\n',
      'problem_statement/problem.tex': 'Do it.',
      'data/secret/1.in': '1\n',
      'data/secret/1.ans': '2\n',
      ...files,
    }
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(path.dirname(path.join(dir, name, file)), { recursive: true })
      writeFileSync(path.join(dir, name, file), text)
    }
    return path.join(dir, name)
  }

  test('a folder of packages is read package by package', async () => {
    const [halves, split] = await read(kattis, fixture('kattis'))
    expect(halves).toMatchObject({
      id: 'kattis/halves',
      license: 'cc by-sa',
      source: 'Fixture Cup',
      language: 'python',
      skills: ['arithmetic', 'division'],
      limits: { memoryBytes: 2 ** 30, outputBytes: 8 << 20 },
      check: {
        type: 'checker',
        checker: { language: 'python', protocol: 'kattis', flags: ['float_tolerance', '1e-4'] },
      },
      meta: { wrong: [{ kind: 'wrong_answer/whole.py' }], solutions: [] },
    })
    expect(halves!.check).toMatchObject({ cases: [{ stdin: '3\n' }, { stdin: '0.5\n' }, { stdin: '-1\n8\n' }] })
    expect(halves!.statement).toMatch(
      /^# Halves\n\nHalve each[\s\S]*Sample Input 1:\n```\n3\n```\nSample Output 1:\n```\n1\.5\n```/,
    )
    expect(split).toMatchObject({
      id: 'kattis/split-sum',
      limits: { cpuMs: 2000 },
      check: { type: 'checker', cases: [{ stdin: '5\n', answer: '2 3\n' }, {}], checker: { protocol: 'kattis' } },
    })
    expect(split!.meta.solutions).toHaveLength(1)
    expect(await read(kattis, fixture('kattis/halves'))).toEqual([halves])
  })

  const custom = 'validation: custom\n'
  const checkOf = async (name: string, files: Record<string, string>) => {
    const [problem] = await read(kattis, packageOf(name, files))
    return problem!.check
  }

  test('files and flags of a validator go with it', async () => {
    const check = await checkOf('headers', {
      'problem.yaml': `${custom}validator_flags: twice "--x=1"\n`,
      'output_validators/v/check.cc': '#include "a.h"\nint main() { return one(); }\n',
      'output_validators/v/more/one.cc': 'int one() { return 42; }\n',
      'output_validators/v/a.h': 'int one();\n',
    })
    expect(check).toMatchObject({
      checker: {
        language: 'cpp',
        code: '#include "a.h"\nint main() { return one(); }\n',
        protocol: 'kattis',
        files: [
          { path: 'a.h', text: 'int one();\n' },
          { path: 'more/one.cc', text: 'int one() { return 42; }\n' },
        ],
        flags: ['twice', '"--x=1"'],
      },
    })
  })

  test.each<[what: string, files: Record<string, string>, checker: object]>([
    ['one file', { 'output_validators/v.py': 'x' }, { language: 'python', code: 'x' }],
    [
      'a folder in the folder of the newer formats',
      {
        'problem.yaml': 'problem_format_version: 2025-09\n',
        'output_validator/v/v.py': 'x',
        'output_validator/v/w.txt': 'y',
      },
      { code: 'x', files: [{ path: 'w.txt', text: 'y' }] },
    ],
    [
      'Python modules',
      { 'output_validators/v/__init__.py': '', 'output_validators/v/__main__.py': 'x' },
      { code: 'x', files: [{ path: '__init__.py', text: '' }] },
    ],
  ])('a validator may be %s', async (what, files, checker) => {
    const check = await checkOf(`validator of ${what}`, { 'problem.yaml': custom, ...files })
    expect(check).toMatchObject({ type: 'checker', checker })
  })

  const [wordsAnswer, numberAnswer] = ['Yes 2\n', '2.5\n']
  const byDefault = (...flags: string[]) => ({ type: 'checker', checker: { protocol: 'kattis', flags } })
  test.each<[flags: string, answer: string, check: object]>([
    ['', '2 3.5\n', { type: 'stdio', compare: 'tokens' }],
    ['', wordsAnswer, { type: 'checker', checker: { protocol: 'kattis' } }],
    ['space_change_sensitive', '2\n', { type: 'stdio', compare: 'exact' }],
    ['space_change_sensitive', wordsAnswer, byDefault('space_change_sensitive')],
    ['case_sensitive', wordsAnswer, { type: 'stdio', compare: 'tokens' }],
    ['case_sensitive space_change_sensitive', wordsAnswer, { type: 'stdio', compare: 'exact' }],
    ['case_sensitive float_tolerance 1e-6', '- -\n', { type: 'stdio', compare: 'tokens' }],
    ['float_tolerance 0', numberAnswer, byDefault('float_tolerance', '0')],
    [
      'float_relative_tolerance 1e-4 float_absolute_tolerance 1e-6',
      numberAnswer,
      byDefault('float_relative_tolerance', '1e-4', 'float_absolute_tolerance', '1e-6'),
    ],
  ])('the flags "%s" and the answer %j decide how it is compared', async (flags, answer, check) => {
    const group = { 'data/secret/testdata.yaml': `output_validator_flags: ${flags}\n`, 'data/secret/1.ans': answer }
    expect(await checkOf(`${flags} ${answer}`.replace(/\W/g, '-'), group)).toMatchObject(check)
  })

  test('flags of the package come before those of the nearest group that names some', async () => {
    const check = await checkOf('inherited', {
      'problem.yaml': `${custom}validator_flags: all\n`,
      'output_validators/v.py': 'x',
      'data/testdata.yaml': 'output_validator_flags: outer\n',
      'data/sample/testdata.yaml': 'output_validator_flags: inner\n',
      'data/secret/testdata.yaml': 'output_validator_flags: inner\n',
      'data/secret/group/testdata.yaml': 'grading: default\n',
      'data/secret/group/2.in': '2\n',
      'data/secret/group/2.ans': '3\n',
      'data/secret/3.in': '3\n',
      'data/secret/3.ans': '4\n',
      'data/secret/3.yaml': 'output_validator_args: [inner]\n',
    })
    expect(check).toMatchObject({ checker: { flags: ['all', 'inner'] } })
  })

  test.each<[what: string, files: Record<string, string | Buffer>, message: RegExp]>([
    [
      'interactive problem',
      { 'problem.yaml': 'validation: custom interactive\n' },
      /problem\.yaml: an interactive problem/,
    ],
    [
      'interactive problem of the new format',
      { 'problem.yaml': 'type: [scoring, interactive]\n' },
      /an interactive problem/,
    ],
    ['multi-pass problem', { 'problem.yaml': 'type: multi-pass\n' }, /a multi-pass problem/],
    ['case without an answer', { 'data/secret/2.in': '1' }, /data\/secret\/2\.in: there is no \.ans file/],
    ['case that is no text', { 'data/secret/1.in': Buffer.from([0xff]) }, /data\/secret\/1\.in: not UTF-8/],
    ['broken problem.yaml', { 'problem.yaml': 'name: [\n' }, /problem\.yaml: not YAML/],
    ['wrong type in problem.yaml', { 'problem.yaml': 'limits: {memory: much}\n' }, /problem\.yaml: limits\.memory/],
    ['missing statement', { 'problem_statement/problem.tex': '' }, /problem_statement: there is no statement/],
    ['missing validator', { 'problem.yaml': custom }, /there is no validator/],
    [
      'package of two validators',
      { 'problem.yaml': custom, 'output_validators/a.py': '', 'output_validators/b/b.py': '' },
      /several validators, .*: output_validators\/a\.py, output_validators\/b/,
    ],
    [
      'validator in two languages',
      { 'problem.yaml': custom, 'output_validators/v/a.py': '', 'output_validators/v/b.cc': '' },
      /in several languages: output_validators\/v\/a\.py, /,
    ],
    [
      'validator without a main file',
      { 'problem.yaml': custom, 'output_validators/v/a.py': '', 'output_validators/v/b.py': '' },
      /which of its sources is the main one\?/,
    ],
    [
      'validator side by side with its sources',
      { 'problem.yaml': custom, 'output_validators/v/a/a.cc': 'int main() {}', 'output_validators/v/b/b.cc': '' },
      /in folders side by side/,
    ],
    [
      'validator with a script',
      { 'problem.yaml': custom, 'output_validators/v/a.cc': '', 'output_validators/v/build': 'make' },
      /by a script of its own: output_validators\/v\/build/,
    ],
    ['flag without its number', { 'problem.yaml': 'validator_flags: float_tolerance\n' }, /'float_tolerance' without/],
    ['flag with a word', { 'problem.yaml': 'validator_flags: float_tolerance tiny\n' }, /'float_tolerance' without/],
    ['unknown flag', { 'problem.yaml': 'validator_flags: fuzzy\n' }, /'fuzzy' is no flag/],
    [
      'two ways to compare',
      {
        'data/secret/2.in': '2\n',
        'data/secret/2.ans': '3\n',
        'data/secret/2.yaml': 'output_validator_args: [float_tolerance, "1e-3"]\n',
      },
      /in different ways: no flags; float_tolerance 1e-3/,
    ],
  ])('a %s is refused by its folder', async (what, files, message) => {
    const folder = packageOf(what, files)
    const failed = await read(kattis, folder).catch((error) => error)
    expect(failed).toMatchObject({ code: 'problems/malformed-row' })
    expect(failed.message).toMatch(message)
    expect(failed.message).toContain(folder)
  })

  test('a folder without packages is an error that says what is needed', async () => {
    const empty = mkdtempSync(path.join(dir, 'none-'))
    const failed = await read(kattis, empty).catch((error) => error)
    expect(failed).toMatchObject({ code: 'config/missing-file', hint: expect.stringContaining('problem.yaml') })
  })
})

describe('verl', () => {
  test('a gold text is an answer, tests are cases', async () => {
    const [math, stdio, call] = await read(verl)
    expect(math).toMatchObject({ id: 'verl/0', kind: 'math', check: { type: 'answer', gold: '14' }, skills: ['math'] })
    expect(stdio).toMatchObject({ check: { type: 'stdio' }, meta: { system: 'Think before you write code.' } })
    expect(stdio!.statement).not.toContain('Think before')
    expect(call).toMatchObject({ level: 3, entryPoint: 'largest', source: 'apps, train 2' })
    expect(call!.check).toMatchObject({ cases: [{ args: [[1, 5, 2]], expected: 5 }, { expected: { $: 'int' } }] })
  })

  const row = (rest: Row): Row => ({
    data_source: 'x',
    prompt: [{ role: 'user', content: 'Do it.' }],
    ability: 'math',
    reward_model: { style: 'rule', ground_truth: '{1, 2}' },
    ...rest,
  })

  test('a set in braces is a gold text, not JSON', () => {
    expect(one(verl, row({})).check).toEqual({ type: 'answer', gold: '{1, 2}' })
    expect(one(verl, row({ reward_model: { ground_truth: 3 } })).check).toEqual({ type: 'answer', gold: '3' })
  })

  test.each<[what: string, rest: Row, message: RegExp]>([
    ['a reward model', { reward_model: { style: 'model', ground_truth: '1' } }, /reward_model\.style: 'model'/],
    ['a gold of another shape', { reward_model: { ground_truth: { target: ['a'] } } }, /neither a gold text nor tests/],
    ['an empty gold', { reward_model: { ground_truth: ' ' } }, /ground_truth: empty/],
    ['code without tests', { ability: 'code' }, /code without tests/],
    ['pictures', { images: [{ bytes: '' }] }, /it shows pictures/],
    ['no user', { prompt: [{ role: 'system', content: 'Hi' }] }, /no user message/],
  ])('a row with %s is refused', (_, rest, message) => {
    expect(refused(verl, row(rest))).toMatch(message)
  })
})
