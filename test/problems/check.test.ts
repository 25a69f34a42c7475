import { expect, test } from 'vitest'
import { checkProblem, checkProblems, references } from '../../src/problems/check.js'
import { toProblem } from '../../src/problems/problem-row.js'
import type { Submission } from '../../src/schemas/candidate.js'
import type { Verify } from '../../src/schemas/ports.js'
import type { Problem } from '../../src/schemas/problem.js'
import type { VerdictStatus } from '../../src/schemas/verdict.js'
import { collect } from './collect.js'

const math = (gold: string, more: object = {}): Problem =>
  toProblem(
    {
      v: 1,
      id: `tiny/${gold}`,
      kind: 'math',
      set: 'tiny',
      license: 'CC0-1.0',
      source: 'test',
      statement: 's',
      check: { type: 'answer', gold },
      skills: ['x'],
      level: 0,
      ...more,
    },
    'here',
  )

const textOf = (submission: Submission): string =>
  submission.kind === 'reply' ? submission.text : submission.kind === 'code' ? submission.code : submission.answer

/** A verifier that answers by the text of the submission. */
const judge =
  (statusOf: (text: string) => VerdictStatus): Verify =>
  async (_, submission) => {
    const status = statusOf(textOf(submission))
    const blame = status === 'sandbox_error' ? 'infrastructure' : status === 'bad_problem' ? 'problem' : 'candidate'
    const evidence = { checkHash: 'h', verifier: 'answer', verifierVersion: '1', runs: 0 }
    return { verdict: { status, blame, score: 0, reason: `it is ${status}`, cases: [], evidence } }
  }

const accepting = (...right: string[]) => judge((text) => (right.includes(text) ? 'accepted' : 'wrong_answer'))

test('a right gold whose wrong answers are refused is accepted and not weak', async () => {
  expect(await checkProblem(math('4'), accepting('4'))).toEqual({
    id: 'tiny/4',
    status: 'accepted',
    blame: 'candidate',
    reason: 'the gold answer passes',
    wrong: { kind: 'off-by-one', status: 'wrong_answer' },
    weak: false,
    tried: [
      { kind: 'off-by-one', given: false, status: 'wrong_answer' },
      { kind: 'negated', given: false, status: 'wrong_answer' },
      { kind: 'doubled', given: false, status: 'wrong_answer' },
    ],
  })
})

test('a derived wrong answer that passes makes the check weak, not the problem bad', async () => {
  const result = await checkProblem(math('4'), accepting('4', '-4'))
  expect(result).toMatchObject({ status: 'accepted', weak: true, wrong: { kind: 'negated', status: 'accepted' } })
})

test('a given wrong answer that passes beside the reference makes the check weak and is named', async () => {
  const problem = math('4', {
    meta: {
      wrong: [
        { kind: 'slip', answer: '9' },
        { kind: 'guess', answer: '5' },
      ],
    },
  })
  const result = await checkProblem(problem, accepting('4', '9', '-4'))
  expect(result).toMatchObject({ status: 'accepted', blame: 'candidate', weak: true, wrong: { kind: 'slip' } })
  expect(result.reason).toBe("the gold answer passes; the tests are weak, known to be wrong and accepted: 'slip'")
})

test('a wrong answer that passes does not save a reference that fails', async () => {
  const problem = math('4', { meta: { wrong: [{ kind: 'slip', answer: '9' }] } })
  expect(await checkProblem(problem, accepting('9'))).toMatchObject({ status: 'bad_problem', weak: true })
})

test('a reference that is refused makes the problem bad and says which and why', async () => {
  const problem = math('4', { reference: { answer: 'It is 5.\n#### 5' } })
  expect(await checkProblem(problem, accepting('4'))).toMatchObject({
    status: 'bad_problem',
    blame: 'problem',
    reason: 'the worked answer is wrong_answer: it is wrong_answer',
  })
})

test.each([
  ['sandbox_error', 'sandbox_error', 'infrastructure'],
  ['unknown', 'unknown', 'problem'],
  ['flaky', 'bad_problem', 'problem'],
  ['time_limit', 'bad_problem', 'problem'],
  ['bad_problem', 'bad_problem', 'problem'],
] as const)('a reference that comes back %s is %s', async (status, expected, blame) => {
  const result = await checkProblem(
    math('4'),
    judge(() => status),
  )
  expect(result).toMatchObject({ status: expected, blame })
})

test('a program without a reference is unknown', async () => {
  const problem = math('4', { kind: 'code', check: { type: 'stdio', cases: [{ stdin: '', stdout: '4' }] } })
  expect(await checkProblem(problem, accepting())).toMatchObject({
    status: 'unknown',
    reason: expect.stringContaining('no reference'),
  })
})

test('the references of a math problem are its gold, its worked answer and its program', () => {
  const known = references(
    math('4', { reference: { answer: '2 + 2 = 4\n#### 4', code: 'def solution():\n    return 4\n' } }),
  )
  expect(known.map(({ submission }) => submission.kind)).toEqual(['answer', 'reply', 'reply'])
  expect(known[2]?.submission).toMatchObject({ form: 'program', text: expect.stringContaining('def solution') })
})

test('many problems are checked side by side and told in their order', async () => {
  const problems = Array.from({ length: 20 }, (_, i) => math(String(i)))
  let [running, most] = [0, 0]
  const slow: Verify = async (problem, submission) => {
    most = Math.max(most, ++running)
    for (let i = Number(problem.id.slice(5)) % 5; i >= 0; i--) await Promise.resolve()
    running--
    return accepting(problem.id.slice(5))(problem, submission)
  }
  const results = await collect(checkProblems(problems, slow, { parallel: 4 }))
  expect(results.map(({ id }) => id)).toEqual(problems.map(({ id }) => id))
  expect(results.every(({ status }) => status === 'accepted')).toBe(true)
  expect(most).toBe(4)
})

test('an interrupt ends the check after what is running', async () => {
  const interrupt = new AbortController()
  const problems = Array.from({ length: 20 }, (_, i) => math(String(i)))
  const done: string[] = []
  for await (const { id } of checkProblems(problems, accepting(), { parallel: 3, signal: interrupt.signal })) {
    done.push(id)
    interrupt.abort()
  }
  expect(done).toHaveLength(3)
})

const program = (meta: object, reference?: object): Problem =>
  math('4', { kind: 'code', check: { type: 'stdio', cases: [{ stdin: '', stdout: '4' }] }, reference, meta })

test.each([
  [
    'a further solution passes where the reference fails',
    program({ solutions: ['no', 'yes'] }, { code: 'broken' }),
    {
      status: 'accepted',
      solution: 2,
      reason:
        'the reference is broken, solution 2 of 2 passes: the reference program is wrong_answer: it is wrong_answer',
    },
  ],
  [
    'none does',
    program({ solutions: ['no'] }, { code: 'broken' }),
    {
      status: 'bad_problem',
      blame: 'problem',
      reason: 'the reference program is wrong_answer: it is wrong_answer (of 1 further solution none passes)',
    },
  ],
  [
    'a solution passes where there is no reference',
    program({ solutions: ['yes'] }),
    { status: 'accepted', solution: 1, reason: 'solution 1 of 1 passes; there is no reference' },
  ],
  [
    'no solution passes and there is no reference',
    program({ solutions: ['no', 'nor'] }),
    { status: 'bad_problem', reason: 'of 2 solutions none passes, and there is no reference' },
  ],
])('%s', async (_, problem, expected) => {
  expect(await checkProblem(problem, accepting('yes'))).toMatchObject(expected)
})

test('further solutions are left alone while the reference passes, and after trouble of ours', async () => {
  const tried: string[] = []
  const watching =
    (status: VerdictStatus): Verify =>
    (problem, submission, options) => {
      tried.push(textOf(submission))
      return judge(() => status)(problem, submission, options)
    }
  const problem = program({ solutions: ['other'] }, { code: 'reference' })
  expect(await checkProblem(problem, watching('accepted'))).toMatchObject({ status: 'accepted' })
  expect(await checkProblem(problem, watching('sandbox_error'))).toMatchObject({ status: 'sandbox_error' })
  expect(tried).not.toContain('other')
})

test('what the reference took stands beside its limit, and the factor that it needed', async () => {
  const limits = { cpuMs: 4000, wallMs: 1, memoryBytes: 1 << 20, outputBytes: 1, processes: 1, fileBytes: 1 }
  const slow: Verify = async (problem, submission) => {
    const { verdict } = await accepting('reference')(problem, submission)
    return { verdict: { ...verdict, evidence: { ...verdict.evidence, limits } } }
  }
  const timed = () => ({ verify: slow, took: () => ({ cpuMs: 1000, slowestCpuMs: 1900 }) })
  expect(await checkProblem(program({}, { code: 'reference' }), slow, { timed })).toMatchObject({
    status: 'accepted',
    reason: 'the reference program passes with 4 times its limit of 1000 ms of CPU time',
    limits: { cpuMs: 1000, slowestCpuMs: 1900, timeFactor: 4 },
  })
})
