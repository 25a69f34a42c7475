import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { pythonLiteral } from '../../src/problems/literals.js'
import { toProblem } from '../../src/problems/problem-row.js'
import { wrongAnswers } from '../../src/problems/wrong.js'
import { wrongNumbers } from '../../src/problems/wrong-numbers.js'
import type { Value } from '../../src/schemas/value.js'

const problem = (more: object) =>
  toProblem(
    {
      v: 1,
      id: 'tiny/1',
      kind: 'code',
      set: 'tiny',
      license: 'CC0-1.0',
      source: 'test',
      statement: 's',
      skills: ['x'],
      level: 0,
      ...more,
    },
    'here',
  )

test.each([
  ['5', ['6', '-5', '10']],
  ['0', ['1']],
  ['-3', ['-2', '3', '-6']],
  ['2.50', ['3.50', '-2.50', '5.00']],
  ['-0.05', ['0.95', '0.05', '-0.10']],
  ['3/4', ['7/4', '-3/4', '6/4']],
  ['$\\frac{1}{2}$', ['3/2', '-1/2', '2/2']],
  ['\\boxed{7}', ['8', '-7', '14']],
  ['90000000000000000001', ['-90000000000000000001', '180000000000000000002']],
  ['C', ['D']],
  ['E', ['A']],
  ['x^2 + 1', ['918273645']],
  ['(918273645, 1)', []],
])('wrong numbers next to %s are surely different', (gold, texts) => {
  expect(wrongNumbers(gold).map(({ text }) => text)).toEqual(texts)
})

test('given wrong answers come first and are marked', () => {
  const wrong = wrongAnswers(
    problem({
      kind: 'math',
      check: { type: 'answer', gold: '4' },
      meta: {
        wrong: [
          { kind: 'slip', answer: '9' },
          { kind: 'slip', answer: '8' },
          { kind: 'negated', code: 'x' },
          { kind: 'slow', code: 'y', maybeSlow: true },
        ],
      },
    }),
  )
  expect(wrong.map(({ kind, given }) => [kind, given])).toEqual([
    ['slip', true],
    ['slip-2', true],
    ['negated', true],
    ['slow', false],
    ['off-by-one', false],
    ['negated-2', false],
    ['doubled', false],
  ])
  expect(wrong[0]?.submission).toEqual({ kind: 'answer', answer: '9' })
  expect(wrong[2]?.submission).toEqual({ kind: 'code', code: 'x' })
})

test('a function gets programs that return nothing, their argument and the first expected value', () => {
  const check = { type: 'call', function: 'f', cases: [{ args: [1], expected: { $: 'tuple', v: [1, null] } }] }
  const wrong = wrongAnswers(problem({ check }))
  expect(wrong.map(({ kind }) => kind)).toEqual([
    'empty-program',
    'returns-none',
    'returns-first-argument',
    'constant-return',
  ])
  expect(wrong[3]?.submission).toEqual({ kind: 'code', code: 'def f(*args, **kwargs):\n    return (1, None)\n' })
})

test('a method gets wrong programs in its class', () => {
  const check = { type: 'call', function: 'Solution.f', cases: [{ args: [1], expected: 2 }] }
  const wrong = wrongAnswers(problem({ check }))
  expect(wrong.at(-1)?.submission).toEqual({
    kind: 'code',
    code: 'class Solution:\n    def f(self, *args, **kwargs):\n        return 2\n',
  })
})

test('a program gets one that prints the first expected output', () => {
  const wrong = wrongAnswers(problem({ check: { type: 'stdio', cases: [{ stdin: '1', stdout: "it's\n" }] } }))
  expect(wrong.at(-1)?.submission).toEqual({ kind: 'code', code: "print(\"it's\\n\", end='')\n" })
})

test('a unit test gets wrong programs for its entry point, in the language of the problem', () => {
  const unit = { type: 'unit', code: 'def check(f): assert f() == 1', call: 'check(f)' }
  expect(wrongAnswers(problem({ check: unit, entryPoint: 'f' }))).toHaveLength(3)
  const script = wrongAnswers(problem({ check: unit, entryPoint: 'f', language: 'javascript' }))
  expect(script[1]?.submission).toEqual({ kind: 'code', code: 'function f() {\n  return null\n}\n' })
  expect(wrongAnswers(problem({ check: unit, entryPoint: 'f', language: 'rust' }))).toHaveLength(1)
})

const python = spawnSync('python3', ['-c', 'print(1)']).status === 0

// Skipped only on a machine without python3, which has to read the literals.
test.skipIf(!python)('Python literals mean the values that they were written for', () => {
  const values: [Value, string][] = [
    [[null, true, false, 1.5, -2, 'a\'b"c\n\u2028é😀\u0007'], 'list'],
    [{ a: 1, 'b c': [] }, 'dict'],
    [{ $: 'tuple', v: [1] }, 'tuple'],
    [{ $: 'tuple', v: [] }, 'tuple'],
    [{ $: 'set', v: [] }, 'set'],
    [{ $: 'set', v: [1, 2] }, 'set'],
    [{ $: 'frozenset', v: ['x'] }, 'frozenset'],
    [{ $: 'dict', v: [[1, 'one']] }, 'dict'],
    [{ $: 'bytes', v: 'AAE=' }, 'bytes'],
    [{ $: 'int', v: '-123456789012345678901' }, 'int'],
    [{ $: 'float', v: '-inf' }, 'float'],
    [{ $: 'complex', v: [1, -2] }, 'complex'],
  ]
  const program = values.map(([value]) => `print(type(${pythonLiteral(value)}).__name__)`).join('\n')
  const { stdout, stderr } = spawnSync('python3', ['-'], { input: program, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout.trim().split('\n')).toEqual(values.map(([, type]) => type))
  const json = `import json\nprint(json.dumps(${pythonLiteral(values[0]?.[0] as Value)}))`
  const back = spawnSync('python3', ['-'], { input: json, encoding: 'utf8' }).stdout
  expect(JSON.parse(back)).toEqual(values[0]?.[0])
})
