import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import type { StrengthPorts } from '../../../src/problems/strength/compare.js'
import { measureStrength } from '../../../src/problems/strength/measure.js'
import { strengthen } from '../../../src/problems/strength/strengthen.js'
import type { ExecCaseResult, ExecResult } from '../../../src/schemas/exec.js'
import type { Checked } from '../../../src/schemas/ports.js'
import { type Problem, problemSchema } from '../../../src/schemas/problem.js'
import { problemStrengthSchema } from '../../../src/schemas/strength.js'
import type { VerdictCase, VerdictStatus } from '../../../src/schemas/verdict.js'

const options = { mutants: 40, seed: 1, atLeast: 0.9 }

/** Stand-ins that run the small JavaScript programs of this test in this process, where nothing loops. */
const call = (code: string, args: readonly unknown[]): unknown =>
  new Function(`${code}\nreturn f(...${JSON.stringify(args)})`)()

function attempt(code: string, args: readonly unknown[]): { value?: unknown; failed: boolean } {
  try {
    return { value: call(code, args), failed: false }
  } catch {
    return { failed: true }
  }
}

const exec: StrengthPorts['exec'] = async (request) => {
  const cases = (request.cases ?? []).map((one) => {
    const { value, failed } = attempt(request.code ?? '', one.call?.args ?? [])
    const status = failed || value === undefined ? 'runtime_error' : 'ok'
    return { id: one.id, status, value, stdout: '', cpuMs: 1, truncated: false } as unknown as ExecCaseResult
  })
  return { compile: null, cases, mode: 'batch' } as unknown as ExecResult
}

const verdictOf = (status: VerdictStatus, cases: readonly VerdictCase[] = []) =>
  ({
    verdict: {
      status,
      blame: status === 'sandbox_error' ? 'infrastructure' : 'candidate',
      reason: 'as told',
      cases,
      evidence: {},
    },
  }) as Checked

const verify: StrengthPorts['verify'] = async ({ check }, submission) => {
  if (check.type !== 'call' || submission.kind !== 'code') throw new Error('unexpected')
  const cases = check.cases.map(({ args, expected }, at) => {
    const fine = isDeepStrictEqual(attempt(submission.code, args).value, expected)
    return { id: String(at + 1), status: fine ? ('accepted' as const) : ('wrong_answer' as const) }
  })
  return verdictOf(cases.every(({ status }) => status === 'accepted') ? 'accepted' : 'wrong_answer', cases)
}

const ports = { exec, verify }

const problem = (cases: [unknown[], unknown][], code: string): Problem =>
  problemSchema.parse({
    v: 1,
    id: 's/p',
    kind: 'code',
    set: 's',
    license: 'CC0-1.0',
    source: 'a test',
    statement: 'Write f.',
    language: 'javascript',
    check: { type: 'call', function: 'f', cases: cases.map(([args, expected]) => ({ args, expected })) },
    reference: { code },
    skills: ['numbers'],
    level: 0,
  })

const largest = 'function f(a, b) {\n  if (a >= b) return a\n  return b\n}\n'
const weak = problem(
  [
    [[2, 1], 2],
    [[7, 3], 7],
  ],
  largest,
)

test('a weak check leaves survivors, each with the shortest input that tells it apart', async () => {
  const { line } = await measureStrength(weak, ports, options)
  expect(problemStrengthSchema.parse(line)).toEqual(line)
  expect(line.weak).toBe(true)
  const never = line.survivors.find(({ operator, after }) => operator === 'return-value' && after === 'null')
  expect(never).toMatchObject({ line: 3, before: 'b', got: 'null' })
  expect(never?.input).toMatchObject({ args: [expect.any(Number), expect.any(Number)] })
  expect(line.killRate).toBe(line.killed / (line.killed + line.survivors.length))
  expect(line.mutants).toBe(line.killed + line.survivors.length + line.equivalent + line.notJudged)
})

test('a mutant that never differs is likely equivalent, not a survivor', async () => {
  const { line } = await measureStrength(weak, ports, options)
  // Of two equal numbers either one may be returned.
  expect(line.survivors.filter(({ before, after }) => before === '>=' && after === '>')).toEqual([])
  expect(line.equivalent).toBeGreaterThan(0)
})

test('strengthening kills the survivors with few cases and leaves the old ones', async () => {
  const measured = await measureStrength(weak, ports, { ...options, everyInput: true })
  const { line, problem: stronger } = await strengthen(weak, measured, { ...ports, maxCases: 10 })
  expect(line.after?.survivors).toBe(0)
  expect(line.added).toBeLessThanOrEqual(3)
  const { check, meta } = stronger
  if (check.type !== 'call' || weak.check.type !== 'call') throw new Error('unexpected')
  expect(check.cases.slice(0, 2)).toEqual(weak.check.cases)
  expect(check.cases).toHaveLength(2 + (line.added ?? 0))
  expect(meta.strengthened).toEqual({ cases: line.added, killed: line.survivors.length })
  expect(stronger.hash).toBeUndefined()
  expect((await measureStrength(stronger, ports, options)).line).toMatchObject({
    survivors: [],
    killRate: 1,
    weak: false,
  })
})

test('no case is added with which the reference does not pass, and the line says so', async () => {
  const measured = await measureStrength(weak, ports, { ...options, everyInput: true })
  const refusing: StrengthPorts = { exec, verify: async () => verdictOf('wrong_answer') }
  const { line, problem: same } = await strengthen(weak, measured, { ...refusing, maxCases: 10 })
  expect([line.added, line.after?.survivors]).toEqual([0, line.survivors.length])
  expect(line.notAdded).toMatch(/^the reference does not pass with them: wrong_answer, /)
  expect(same.check).toEqual(weak.check)
})

test.each<[string, VerdictStatus, Partial<Record<string, number>>]>([
  ['a time-out is a kill that is told', 'time_limit', { killed: 8, timedOut: 8, notJudged: 0 }],
  ['tests that break on a mutant have told it apart', 'bad_problem', { killed: 8, timedOut: 0, notJudged: 0 }],
  ['trouble of ours is no kill', 'sandbox_error', { killed: 0, notJudged: 8 }],
  ['what does not compile is no kill', 'compile_error', { killed: 0, notJudged: 8 }],
  ['flaky programs are left out', 'flaky', { killed: 0, notJudged: 8 }],
])('%s', async (_, status, expected) => {
  const given: StrengthPorts['verify'] = async (_problem, submission) =>
    verdictOf(submission.kind === 'code' && submission.code === largest ? 'accepted' : status)
  const { line } = await measureStrength(weak, { exec, verify: given }, { ...options, mutants: 4 })
  expect(line).toMatchObject(expected)
})

test.each<[string, Problem, RegExp]>([
  ['a reference that fails', problem([[[1, 2], 1]], largest), /reference is not accepted: wrong_answer/],
  ['no reference', { ...weak, reference: undefined }, /no reference/],
  ['a language without operators', { ...weak, language: 'bash' }, /no mutation operators for bash/],
  ['an answer', { ...weak, kind: 'math', check: { type: 'answer', gold: '3' } }, /compares an answer/],
])('%s cannot be measured, and the line says why', async (_, given, reason) => {
  const { line } = await measureStrength(given, ports, options)
  expect(line).toMatchObject({ mutants: 0, killRate: null, weak: false, skipped: expect.stringMatching(reason) })
  const measured = await measureStrength(given, ports, options)
  expect((await strengthen(given, measured, { ...ports, maxCases: 3 })).problem).toEqual(given)
})

test('without inputs to compare on, what the tests accept is a survivor', async () => {
  const none: Problem = { ...weak, check: { type: 'unit', code: 'x', framework: 'plain' } }
  const accepting: StrengthPorts = { exec, verify: async () => verdictOf('accepted') }
  const { line } = await measureStrength(none, accepting, { ...options, mutants: 3 })
  expect(line.survivors[0]).toMatchObject({ input: null, expected: null, got: null })
  expect(line).toMatchObject({ equivalent: 0, inputs: 0, killRate: 0 })
})

test('cases that are added to a strengthened problem are counted with those added before', async () => {
  const marked: Problem = { ...weak, meta: { strengthened: { cases: 2, killed: 5 } } }
  const measured = await measureStrength(marked, ports, { ...options, everyInput: true })
  const { line, problem: stronger } = await strengthen(marked, measured, { ...ports, maxCases: 10 })
  expect(stronger.meta.strengthened).toEqual({ cases: 2 + (line.added ?? 0), killed: 5 + line.survivors.length })
})

const divisor = problemSchema.parse({
  ...weak,
  hash: undefined,
  check: {
    type: 'checker',
    cases: [{ stdin: '6\n' }, { stdin: '15\n' }],
    checker: { language: 'python', code: 'accepts any divisor', protocol: 'argv' },
  },
  reference: { code: '(n) => { let d = n - 1; while (d > 1 && n % d !== 0) d -= 1; return d }' },
})

/** Programs are functions of the number that is read; the judge accepts each divisor of it, but the number itself. */
const printed = (code: string, stdin: string): string => {
  try {
    return `${new Function(`return (${code.replace('while (', 'let left = 9999; while (left-- > 0 && ')})(${Number(stdin)})`)()}\n`
  } catch {
    return 'nothing'
  }
}
const printing: StrengthPorts['exec'] = async ({ code = '', cases = [] }) => {
  const results = cases.map(({ id, stdin = '' }) => ({
    id,
    status: 'ok',
    stdout: printed(code, stdin),
    cpuMs: 1,
    truncated: false,
  }))
  return { compile: null, cases: results, mode: 'batch' } as unknown as ExecResult
}
const judging =
  (accepts: (n: number, output: string) => boolean): StrengthPorts['verify'] =>
  async ({ check }, submission) => {
    if (check.type !== 'checker' || submission.kind !== 'code') throw new Error('unexpected')
    const cases = check.cases.map(({ stdin }, at) => {
      const fine = accepts(Number(stdin), printed(submission.code, stdin))
      return { id: String(at + 1), status: fine ? ('accepted' as const) : ('wrong_answer' as const) }
    })
    return verdictOf(cases.every(({ status }) => status === 'accepted') ? 'accepted' : 'wrong_answer', cases)
  }
const divides = (n: number, output: string) => n > 1 && Number(output) < n && n % Number(output) === 0

test('a program that a special judge accepts everywhere is no survivor, however much its output differs', async () => {
  const { line } = await measureStrength(divisor, { exec: printing, verify: judging(divides) }, options)
  expect(line.skipped).toBeUndefined()
  for (const { input, got } of line.survivors) {
    const n = input && 'stdin' in input ? Number(input.stdin) : 0
    expect(divides(n, got ?? ''), `${n}: ${got}`).toBe(false)
  }
  // A smaller divisor, or always 1, is as right as the largest one.
  expect(line.equivalent).toBeGreaterThan(0)
  expect(line.survivors.length).toBeGreaterThan(0)
})

test('inputs on which the reference takes long are few', async () => {
  const slow: StrengthPorts['exec'] = async (...request) => {
    const result = await exec(...request)
    return { ...result, cases: result.cases.map((one) => ({ ...one, cpuMs: 100 })) }
  }
  const quick = await measureStrength(weak, ports, options)
  const { line } = await measureStrength(weak, { exec: slow, verify }, options)
  expect(quick.line.inputs).toBeGreaterThan(100)
  // 2 seconds of CPU time a round of drawing.
  expect(line.inputs).toBeLessThanOrEqual(3 * 21)
})

test('where the special judge refuses the reference on generated inputs, nothing is made of what passes', async () => {
  const given = (n: number, output: string) => [6, 15].includes(n) && divides(n, output)
  const { line } = await measureStrength(divisor, { exec: printing, verify: judging(given) }, options)
  expect(line).toMatchObject({ killRate: null, survivors: [], weak: false })
  expect(line.skipped).toMatch(/special judge could be asked on 2 generated inputs only, where 10 are needed/)
})
