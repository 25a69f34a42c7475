import { expect, test } from 'vitest'
import { NotRun, type Observed } from '../../../src/problems/strength/behaviour.js'
import { hasJudge, judgedDifference } from '../../../src/problems/strength/judged-difference.js'
import type { Checked, Verify } from '../../../src/schemas/ports.js'
import { problemSchema } from '../../../src/schemas/problem.js'
import type { VerdictStatus } from '../../../src/schemas/verdict.js'

const problem = problemSchema.parse({
  v: 1,
  id: 's/p',
  kind: 'code',
  set: 's',
  license: 'CC0-1.0',
  source: 'a test',
  statement: 'Print any divisor.',
  language: 'python',
  check: {
    type: 'checker',
    cases: [{ stdin: '6\n', answer: '2\n' }],
    checker: { language: 'python', code: 'a checker', protocol: 'testlib' },
  },
  reference: { code: 'reference' },
  skills: ['numbers'],
  level: 0,
})
if (!hasJudge(problem)) throw new Error('it has a checker')

const observed = ['1', '2', '3'].map((stdin): Observed => ({ input: { stdin }, shown: { stdout: `of ${stdin}` } }))

/** Verdicts by program and input; the rest is accepted. */
const judge =
  (verdicts: Readonly<Record<string, VerdictStatus>>, asked: string[] = []): Verify =>
  async ({ check }, submission) => {
    const [one] = check.type === 'checker' ? check.cases : []
    const key = `${submission.kind === 'code' && submission.code} ${one?.stdin}`
    asked.push(`${key} ${one?.answer}`)
    return { verdict: { status: verdicts[key] ?? 'accepted' } } as Checked
  }

const differs = (verify: Verify, seen = [0, 2]) => judgedDifference(problem, 'mutant', { seen, observed, verify })

test('another output that the judge accepts is no difference', async () => {
  const asked: string[] = []
  expect(await differs(judge({}, asked))).toEqual([])
  expect(asked).toEqual(['mutant 1 of 1', 'mutant 3 of 3'])
})

test('the first one that it refuses is', async () => {
  expect(await differs(judge({ 'mutant 3': 'wrong_answer' }))).toEqual([2])
})

test('a judge that refuses the reference too says nothing, and then nothing is known', async () => {
  const verify = judge({ 'mutant 1': 'wrong_answer', 'reference 1': 'wrong_answer' })
  await expect(differs(verify)).rejects.toThrow(NotRun)
  expect(await differs(judge({ 'mutant 1': 'unknown', 'mutant 3': 'runtime_error' }))).toEqual([2])
})
