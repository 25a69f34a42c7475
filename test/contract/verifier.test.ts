import { describe, expect, test } from 'vitest'
import type { Submission } from '../../src/schemas/candidate.js'
import type { CheckType } from '../../src/schemas/check.js'
import { defaultLimits, type ExecRequest, type ExecResult } from '../../src/schemas/exec.js'
import type { Exec } from '../../src/schemas/ports.js'
import type { Problem } from '../../src/schemas/problem.js'
import { verdictSchema } from '../../src/schemas/verdict.js'
import { verifiers } from '../../src/verifiers/index.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { problemWith, scriptedExec, slot, testsExec, testsHeld } from '../verifiers/scripted.js'

// A verifier is tested by being registered; its sample says what a right and a wrong run look like.
interface Sample {
  check: object
  empty: object
  right: Submission
  nearMiss: Submission
  /** A sandbox in which the right program passes, and one in which the near miss shows. */
  passing: () => Exec
  failing: () => Exec
  needsSandbox: boolean
  more?: Partial<Problem>
  /** A request that may hold what decides, since no candidate has part in it. */
  decides?: (request: ExecRequest) => boolean
}
const code = (text: string): Submission => ({ kind: 'code', code: text })
const failedTests = { ...testsHeld, failed: ['assert f(1) == 2'] }
const counterexample = {
  ...testsHeld,
  failed: ['AssertionError: assay property counterexample: prop_adds(1): it is not 2'],
}
/** A sandbox in which every checker prints the same points. */
const judgedExec =
  (points: string): Exec =>
  (request, options) =>
    scriptedExec(() => ({ stdout: request.files ? points : 'printed' })).exec(request, options)

const samples: Record<keyof typeof verifiers, Sample> = {
  stdio: {
    check: {
      type: 'stdio',
      cases: [
        { stdin: '1', stdout: '2' },
        { stdin: '2', stdout: '3' },
      ],
    },
    empty: { type: 'stdio', cases: [] },
    right: code('print(int(input()) + 1)'),
    nearMiss: code('print(int(input()) + 2)'),
    passing: () => scriptedExec(({ id }) => ({ stdout: `${Number(id) + 1}\n` })).exec,
    failing: () => scriptedExec(({ id }) => ({ stdout: `${Number(id) + 2}\n` })).exec,
    needsSandbox: true,
  },
  call: {
    check: {
      type: 'call',
      function: 'f',
      cases: [
        { args: [1], expected: 2 },
        { args: [2], expected: 3 },
      ],
    },
    empty: { type: 'call', function: 'f', cases: [] },
    right: code('def f(x):\n    return x + 1'),
    nearMiss: code('def f(x):\n    return str(x + 1)'),
    passing: () => scriptedExec(({ id }) => ({ value: Number(id) + 1 })).exec,
    failing: () => scriptedExec(({ id }) => ({ value: `${Number(id) + 1}` })).exec,
    needsSandbox: true,
  },
  unit: {
    check: { type: 'unit', code: 'assert f(1) == 2' },
    empty: { type: 'unit', code: '# nothing' },
    right: code('def f(x):\n    return x + 1'),
    nearMiss: code('def f(x):\n    return x'),
    passing: () => testsExec(testsHeld).exec,
    failing: () => testsExec(failedTests).exec,
    needsSandbox: true,
  },
  checker: {
    check: {
      type: 'checker',
      cases: [{ stdin: '1', answer: 'the gold' }, { stdin: '2' }],
      checker: { language: 'python', code: 'print(1)', protocol: 'argv' },
    },
    empty: { type: 'checker', cases: [], checker: { language: 'python', code: 'print(1)', protocol: 'argv' } },
    right: code('print(int(input()) + 1)'),
    nearMiss: code('print(int(input()) + 2)'),
    passing: () => judgedExec('1'),
    failing: () => judgedExec('0'),
    needsSandbox: true,
    // Of a checker, when the candidate is dead.
    decides: ({ files }) => files !== undefined,
  },
  property: {
    check: {
      type: 'property',
      code: 'def generate(rng):\n    return 1\ndef prop_adds(candidate, x):\n    assert candidate(x) == x + 1',
      seed: 1,
      runs: 5,
    },
    empty: { type: 'property', code: 'def generate(rng):\n    return 1', seed: 1, runs: 5 },
    right: code('def f(x):\n    return x + 1'),
    nearMiss: code('def f(x):\n    return x'),
    passing: () => testsExec(testsHeld).exec,
    failing: () => testsExec(counterexample).exec,
    needsSandbox: true,
    more: { entryPoint: 'f' },
  },
  output: {
    check: { type: 'output', program: 'def f(x):\n    return x + 1', input: '1', expected: '2', direction: 'input' },
    empty: { type: 'output', program: ' ', input: '1', expected: '2', direction: 'input' },
    right: { kind: 'answer', answer: '1' },
    nearMiss: { kind: 'answer', answer: '2' },
    passing: () => scriptedExec(() => ({ value: 2 })).exec,
    failing: () => scriptedExec(({ code }) => ({ value: code.includes('f(1') ? 2 : 3 })).exec,
    needsSandbox: true,
    more: { entryPoint: 'f' },
  },
  answer: {
    check: { type: 'answer', gold: '\\frac{1}{2}' },
    empty: { type: 'answer', gold: ' ' },
    right: { kind: 'answer', answer: '0.5' },
    nearMiss: { kind: 'answer', answer: '0.05' },
    passing: () => scriptedExec(() => ({})).exec,
    failing: () => scriptedExec(() => ({})).exec,
    needsSandbox: false,
  },
}

const hostile = [
  '',
  '\u0000'.repeat(100),
  '<think>',
  '</think></think>',
  '```'.repeat(1000),
  '```python\n',
  '\\boxed{'.repeat(500),
  '\\boxed{\\frac{1}{'.repeat(300),
  '#### ',
  '#### ((10!)!)!',
  '#### 9^9^9^9',
  '\\boxed{constructor}',
  '{"status":"accepted"}',
  '('.repeat(5000),
  'def solution(',
  '\ud800',
]

for (const [type, verifier] of Object.entries(verifiers)) {
  const sample = samples[type as keyof typeof verifiers]
  const problem = problemWith(sample.check, sample.more)
  const verified = async (submission: Submission, exec: Exec, strict = false) =>
    (await createVerify({ exec, strict })(problem, submission)).verdict

  describe(`verifier ${type}`, () => {
    test('its id is the check type that it is registered under', () => {
      expect(verifier.id).toBe(type as CheckType)
      expect(verifier.version).not.toBe('')
    })

    test.each([false, true])('accepts a right submission with evidence (strict: %s)', async (strict) => {
      const verdict = await verified(sample.right, sample.passing(), strict)
      expect(verdict).toMatchObject({ status: 'accepted', blame: 'candidate', score: 1 })
      expect(verdict.evidence).toMatchObject({ verifier: type, verifierVersion: verifier.version })
      expect(verdict.evidence.codeHash).toBeDefined()
    })

    test('refuses a near miss with a reason in words', async () => {
      const verdict = await verified(sample.nearMiss, sample.failing())
      expect(verdict.status).toBe('wrong_answer')
      expect(verdict.blame).toBe('candidate')
      expect(verdict.score).toBeLessThan(1)
      expect(verdict.reason.length).toBeGreaterThan(5)
    })

    test('an empty check is a bad problem, never a pass', async () => {
      const { verdict } = await createVerify({ exec: sample.passing() })(
        problemWith(sample.empty, sample.more),
        sample.right,
      )
      expect(verdict).toMatchObject({ status: 'bad_problem', blame: 'problem', score: 0 })
    })

    test('the same submission gives the same bytes', async () => {
      const [one, two] = await Promise.all([1, 2].map(() => verified(sample.right, sample.passing())))
      expect(JSON.stringify(one)).toBe(JSON.stringify(two))
    })

    test('a verdict is what its schema says, also after a trip through JSON', async () => {
      for (const [submission, exec] of [
        [sample.right, sample.passing()],
        [sample.nearMiss, sample.failing()],
      ] as const) {
        const verdict = await verified(submission, exec)
        expect(verdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict)
      }
    })

    if (sample.needsSandbox)
      test('trouble of the sandbox is never a wrong answer', async () => {
        const broken: ExecResult = { compile: null, cases: [], mode: 'batch', limits: defaultLimits, slot }
        const verdict = await verified(sample.right, async () => broken)
        expect(verdict).toMatchObject({ status: 'sandbox_error', blame: 'infrastructure' })
      })

    if (sample.needsSandbox)
      test('what decides never enters a request', async () => {
        const asked: unknown[] = []
        const exec = sample.passing()
        await verified(sample.right, (request) => {
          if (!sample.decides?.(request)) asked.push({ ...request, tests: undefined })
          return exec(request)
        })
        expect(JSON.stringify(asked)).not.toMatch(/expected|stdout|gold|assert/)
      })

    test.each(hostile)('a hostile reply gets a verdict, never a pass and never a throw: %j', async (text) => {
      for (const style of ['chat', 'completion'] as const) {
        const reply: Submission = { kind: 'reply', form: 'any', style, prefix: '', text }
        const verdict = await verified(reply, sample.failing())
        expect(verdictSchema.safeParse(verdict).success).toBe(true)
        expect(verdict.status).not.toBe('accepted')
        expect(verdict.reason).not.toContain('the verifier failed')
      }
    })
  })
}
