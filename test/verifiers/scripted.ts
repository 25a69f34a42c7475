/** Problems and a scripted sandbox for tests of verifiers. */
import { checkSchema } from '../../src/schemas/check.js'
import { defaultLimits, type ExecCaseResult, type ExecRequest, type ExecResult } from '../../src/schemas/exec.js'
import type { Exec, ExecOptions } from '../../src/schemas/ports.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'

export const slot = { backend: 'scripted', image: 'none', agent: '0', versions: {} }

export function problemWith(check: object, more: Partial<Problem> = {}): Problem {
  const parsed = checkSchema.parse(check)
  return problemSchema.parse({
    v: 1,
    id: 'test/one',
    kind: parsed.type === 'answer' ? 'math' : 'code',
    set: 'test',
    license: 'Apache-2.0',
    source: 'test',
    statement: 'Do it.',
    skills: ['test'],
    level: 0,
    ...more,
    check: parsed,
  })
}

export type OneCase = Partial<ExecCaseResult>

export const caseResult = (id: string, more: OneCase): ExecCaseResult => ({
  id,
  status: 'ok',
  exitCode: 0,
  signal: null,
  stdout: '',
  stderr: '',
  truncated: false,
  cpuMs: 1,
  wallMs: 1,
  memoryBytes: 1,
  ...more,
})

export interface ScriptedExec {
  readonly exec: Exec
  readonly requests: ExecRequest[]
  /** What each request was asked with, e.g. `alone`. */
  readonly asked: ExecOptions[]
}

/** A sandbox whose answer to each case is given by its id, the mode, the number of the request, and how it was asked. */
export function scriptedExec(
  reply: (about: {
    id: string
    mode: 'batch' | 'strict'
    request: number
    alone: boolean
    timeFactor: number
    code: string
  }) => OneCase,
  more: Partial<ExecResult> = {},
): ScriptedExec {
  const requests: ExecRequest[] = []
  const asked: ExecOptions[] = []
  const exec: Exec = async (request, { signal: _, ...options } = {}) => {
    requests.push(request)
    asked.push(options)
    const limits = { ...defaultLimits, ...request.limits }
    const { alone = false, timeFactor = 1 } = options
    const code = request.code ?? ''
    const mode = request.mode ?? 'batch'
    const cases = (request.cases ?? []).map(({ id = '' }) =>
      caseResult(id, reply({ id, mode, request: requests.length, alone, timeFactor, code })),
    )
    return { compile: null, cases, mode, limits, slot, ...more }
  }
  return { exec, requests, asked }
}

export type Tests = NonNullable<ExecResult['tests']>

/** A sandbox that answers a request with tests. */
export function testsExec(...results: Tests[]): ScriptedExec {
  const requests: ExecRequest[] = []
  const asked: ExecOptions[] = []
  const exec: Exec = async (request, { signal: _, ...options } = {}) => {
    requests.push(request)
    asked.push(options)
    const limits = { ...defaultLimits, ...request.limits }
    const tests = results[Math.min(requests.length, results.length) - 1]
    return { compile: null, cases: [], mode: request.mode ?? 'batch', limits, slot, ...(tests ? { tests } : {}) }
  }
  return { exec, requests, asked }
}

export const testsHeld: Tests = {
  ran: 3,
  failed: [],
  status: 'ok',
  blame: 'candidate',
  isolation: 'separate',
  stderr: '',
}
