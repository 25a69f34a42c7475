/** Predictions: which replies are read, which literals are equal, and what is run. */
import { describe, expect, test } from 'vitest'
import type { Submission } from '../../src/schemas/candidate.js'
import type { Problem } from '../../src/schemas/problem.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { describeOn, isolating } from '../sandbox/open.js'
import { problemWith, scriptedExec } from './scripted.js'

const program = 'def f(a, b=2):\n    return [a, b, a * b]\n'
const predict = (more: object, rest: Partial<Problem> = {}) =>
  problemWith(
    { type: 'output', program, input: '3', expected: '[3, 2, 6]', direction: 'output', ...more },
    { entryPoint: 'f', ...rest },
  )
const chat = (text: string): Submission => ({ kind: 'reply', form: 'any', style: 'chat', prefix: '', text })
const answer = (text: string): Submission => ({ kind: 'answer', answer: text })
const nothing = scriptedExec(() => ({ status: 'sandbox_error' }))
const status = async (problem: Problem, submission: Submission) =>
  (await createVerify({ exec: nothing.exec })(problem, submission)).verdict.status

describe('a predicted output', () => {
  const equal: [expected: string, given: string, right: boolean][] = [
    ['[3, 2, 6]', '[3,2,6,]', true],
    ['[3, 2, 6]', '(3, 2, 6)', false],
    ['[3, 2, 6]', '[3, 2]', false],
    ['1', 'True', true],
    ['1', '1.0', true],
    ['1', "'1'", false],
    ['0.1', '0.1000000000000000055', true],
    ['9007199254740993', '9007199254740992', false],
    ['9007199254740993', '9007199254740993.0', false],
    ['(1,)', '(1)', false],
    ['(1, 2)', '1, 2', true],
    ['{1, 2}', 'frozenset([2, 1])', true],
    ["{'a': 1, 'b': [2]}", "{'b': [2], 'a': 1}", true],
    ["{'a': 1}", "{'a': 2}", false],
    ['set()', '{}', false],
    ["'a\\n'", '"""a\n"""', true],
    ["'a\\n'", "r'a\\n'", false],
    ["b'\\x00a'", "b'\\0' b'a'", true],
    ["'bye'", 'bye', false],
    ["''", "''", true],
    ['None', '0', false],
    ['-0.0', '0', true],
    ['1e400', "float('inf')", true],
    ['[1, nan]', '[1, nan]', false],
    ["'x'", "__import__('os').system('id') or 'x'", false],
    ['2', '1 + 1', false],
    ["'x'", "f'{chr(120)}'", false],
    ['[[]]', `${'['.repeat(5000)}${']'.repeat(5000)}`, false],
  ]
  test.each(equal)('%s against %s: %s', async (expected, given, right) => {
    expect((await status(predict({ expected }), answer(given))) === 'accepted').toBe(right)
  })

  const replies: [reply: string, status: string][] = [
    ['It is [3, 2, 5] first.\n[ANSWER]\n[3, 2, 6]\n[/ANSWER]', 'accepted'],
    ['[ANSWER]f(3) == [3, 2, 6][/ANSWER]', 'accepted'],
    ['[ANSWER][3, 2, 5][/ANSWER] though it might be `[3, 2, 6]`', 'wrong_answer'],
    ['<think>[ANSWER]1[/ANSWER]</think>So **Answer:** `[3, 2, 6]`.', 'accepted'],
    ['The program:\n```python\ndef f(a): pass\n```\nreturns\n```\n[3, 2, 6]\n```', 'accepted'],
    ['```python\nassert f(3) == [3, 2, 6]\n```', 'accepted'],
    ['First `[1]`, and the output is **[3, 2, 6]**.', 'accepted'],
    ['Output: [3, 2, 5]\nOn reflection:\nOutput: [3, 2, 6]', 'accepted'],
    ['f(3) returns [3, 2, 6]', 'accepted'],
    ['Working through it.\n\n[3, 2, 6]', 'accepted'],
    ['$[3, 2, 6]$', 'accepted'],
    ['I cannot tell what it returns.', 'no_answer'],
    ['<think>[3, 2, 6]', 'no_answer'],
    ['', 'no_answer'],
  ]
  test.each(replies)('is found in %j', async (reply, expected) => {
    expect(await status(predict({}), chat(reply))).toBe(expected)
  })

  const completions: [prefix: string, text: string, status: string][] = [
    ['assert f(3) ==', ' [3, 2, 6]\n\nassert f(4) == [4, 2, 9]\n', 'accepted'],
    ['Now.\n[ANSWER]\n', '[3, 2, 6]\n[/ANSWER]\n\n[ANSWER]\n1\n[/ANSWER]', 'accepted'],
    ['', '[ANSWER][3, 2, 6][/ANSWER]\n[ANSWER]1[/ANSWER]', 'accepted'],
    ['assert f(3) ==', ' [3, 2]\nassert f(3) == [3, 2, 6]', 'wrong_answer'],
  ]
  test.each(completions)('goes on from %j with %j', async (prefix, text, expected) => {
    const submission: Submission = { kind: 'reply', form: 'any', style: 'completion', prefix, text }
    expect(await status(predict({}), submission)).toBe(expected)
  })

  test('needs no sandbox', async () => {
    const { verdict, answer: read } = await createVerify({ exec: nothing.exec })(predict({}), chat('Output: [3,2,6]'))
    expect(verdict).toMatchObject({ status: 'accepted', score: 1, evidence: { runs: 0, verifier: 'output' } })
    expect(read).toBe('[3,2,6]')
    expect(nothing.requests).toHaveLength(0)
  })

  test.each([
    ['an expression', '[x]'],
    ['nan', "float('nan')"],
    ['nothing', ' '],
  ])('cannot be told where %s is expected', async (_, expected) => {
    expect(await status(predict({ expected }), answer('1'))).toBe('bad_problem')
  })

  test('of a program that prints is compared word by word', async () => {
    const program = 'def f(n):\n    return n + 1\n\nprint(f(int(input())))'
    const printing = predict({ program, input: '1', expected: '2 three\n' }, { entryPoint: undefined })
    expect(await status(printing, chat('Output:\n```\n2\nthree\n```'))).toBe('accepted')
    expect(await status(printing, answer('2 three'))).toBe('accepted')
    expect(await status(printing, answer('2 four'))).toBe('wrong_answer')
  })

  test('in a program where it is asked for is none', async () => {
    expect(await status(predict({}), { kind: 'code', code: 'print([3, 2, 6])' })).toBe('no_answer')
  })
})

for (const backend of isolating) {
  describeOn(backend, 'predicted inputs', ({ sandbox }) => {
    const limits = { cpuMs: 500, wallMs: 3_000 }
    const verify = (more: object, submission: Submission, rest: Partial<Problem> = {}) =>
      createVerify({ exec: sandbox().exec })(
        predict({ direction: 'input', ...more }, { limits, ...rest }),
        submission,
      ).then(({ verdict }) => verdict)
    const kinds = 'def f(x, *rest, **named):\n    return [type(x).__name__, x, list(rest), named]\n'

    const inputs: [given: string, more: object, status: string][] = [
      ['3', {}, 'accepted'],
      ['3, 2', {}, 'accepted'],
      ['a=3, b=2', {}, 'accepted'],
      ['3, b = 2', {}, 'accepted'],
      ['f(3)', {}, 'accepted'],
      ['assert f(3) == [3, 2, 6]', {}, 'accepted'],
      ['4', {}, 'wrong_answer'],
      ["'3'", {}, 'wrong_answer'],
      ['(3, 2)', {}, 'wrong_answer'],
      ['', {}, 'no_answer'],
      ['3, 2, 1', {}, 'runtime_error'],
      ['c=1', {}, 'runtime_error'],
      ['1.0', { program: kinds, input: '1.0', expected: "['float', 1, [], {}]" }, 'accepted'],
      ['1', { program: kinds, input: '1.0', expected: "['float', 1, [], {}]" }, 'wrong_answer'],
      ["b'x'", { program: kinds, input: "b'x'", expected: "['bytes', b'x', [], {}]" }, 'accepted'],
      [
        '(1, 2), k={3: {4}}',
        { program: kinds, input: '0', expected: "['tuple', (1, 2), [], {'k': {3: {4}}}]" },
        'accepted',
      ],
      ['', { program: 'def f():\n    return 5\n', input: '', expected: '5' }, 'accepted'],
      [
        "''.join(['a'])",
        { program: 'def f(x):\n    return x\n', input: "''.join(['a'])", expected: "'a'" },
        'accepted',
      ],
      ["'a'", { program: 'def f(x):\n    return x\n', input: "''.join(['a'])", expected: "'a'" }, 'accepted'],
      [
        "''.join('a')",
        { program: 'def f(x):\n    return x\n', input: "''.join(['a'])", expected: "'a'" },
        'wrong_answer',
      ],
      ["__import__('os')._exit(0)", {}, 'wrong_answer'],
      ["type('A', (), {'__eq__': lambda *a: True})()", {}, 'wrong_answer'],
      ['range(10 ** 9)', {}, 'wrong_answer'],
      ['99999999999', { program: 'def f(n):\n    return sum(range(n))\n', input: '3', expected: '3' }, 'time_limit'],
    ]
    test.each(inputs)('%s with %j: %s', async (given, more, expected) => {
      const verdict = await verify(more, answer(given))
      expect(verdict.status, verdict.reason).toBe(expected)
      expect(verdict.blame).toBe(expected === 'bad_problem' ? 'problem' : 'candidate')
    })

    test('are proved in a fork of their own', async () => {
      expect(await verify({}, chat('Take this one:\n```python\nf(3)\n```'))).toMatchObject({
        status: 'accepted',
        score: 1,
        evidence: { mode: 'strict', runs: 2 },
      })
    })

    test('are not judged by a program that fails on its own input', async () => {
      const broken = { program: 'def f(x):\n    return x.missing\n' }
      expect(await verify(broken, answer('4'))).toMatchObject({ status: 'bad_problem', blame: 'problem' })
      expect((await verify(broken, answer('3'))).reason).toContain('for its own input')
    })

    test('of programs that print are what they read, in any language', async () => {
      const printing = { entryPoint: undefined }
      const python = { program: 'a, b = map(int, input().split())\nprint(a + b)', input: '1 2', expected: '3' }
      expect((await verify(python, answer('2 1'), printing)).status).toBe('accepted')
      expect((await verify(python, answer('2 2'), printing)).status).toBe('wrong_answer')
      expect((await verify(python, answer('x'), printing)).status).toBe('runtime_error')
    })
  })
}
