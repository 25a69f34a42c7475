/**
 * Test code over the candidate. The sandbox runs the tests apart from the candidate and says whose fault a failure is;
 * here that becomes a verdict. Tests in which nothing ran prove nothing: they are a bad problem, never a pass.
 */
import type { CheckOf } from '../schemas/check.js'
import type { ExecRequest, ExecResult } from '../schemas/exec.js'
import type { Checked, ExecOptions, Verifier, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { Blame, VerdictStatus } from '../schemas/verdict.js'
import { compilerWords } from './compiler-words.js'
import { isDoubtful, settled } from './doubt.js'
import { chunks } from './extract/python.js'
import { programOf } from './submission.js'
import { makeVerdict, type Ran, told } from './verdict.js'

const id = { id: 'unit', version: '1' } as const
const placeholder = '{entryPoint}'
const maxFailures = 50

export const unit: Verifier = {
  ...id,
  check: async (problem, submission, ports) => {
    const { check } = problem
    if (check.type !== 'unit') throw new Error(`unit was given a check of type ${check.type}`)
    const about = { problem, verifier: id, score: 0 }
    const defect = checkDefect(problem, check)
    if (defect) return { verdict: makeVerdict({ ...about, status: 'bad_problem', reason: defect }) }
    const found = programOf(problem, submission, problem.entryPoint)
    if ('missing' in found) return { verdict: makeVerdict({ ...about, status: 'no_answer', reason: found.missing }) }
    return prove(problem, check, found.code, ports)
  },
}

function checkDefect(problem: Problem, check: CheckOf<'unit'>): string | undefined {
  if (check.call?.includes(placeholder) && !problem.entryPoint)
    return 'the check calls an entry point that the problem does not name'
  const runnable =
    (problem.language ?? 'python') === 'python'
      ? chunks(check.code).some((chunk) => !isText(chunk.text))
      : check.code.trim() !== ''
  return runnable ? undefined : 'there is nothing to run in the test code'
}

/** A string that stands alone as a statement. */
const isText = (statement: string) => /^(?:"[^"]*"|'[^']*'|"""[\s\S]*"""|'''[\s\S]*''')$/.test(statement.trim())

interface Finding {
  readonly status: VerdictStatus
  readonly blame: Blame
  readonly reason: string
  readonly failed: readonly string[]
  readonly ran: number
  readonly isolation?: 'separate' | 'shared'
}

interface Run {
  readonly status: VerdictStatus
  readonly mode: 'batch' | 'strict'
  readonly ran: Ran
  readonly finding: Finding
}

/** One run decides, but a limit that was reached is settled first, and strict proof wants every acceptance twice. */
async function prove(problem: Problem, check: CheckOf<'unit'>, code: string, ports: VerifierPorts): Promise<Checked> {
  let runs = 0
  const once = async (mode: 'batch' | 'strict', options?: ExecOptions): Promise<Run> => {
    runs++
    const result = await ports.exec(request(problem, check, code, mode), { ...options, signal: ports.signal })
    const found = finding(result)
    return { status: found.status, mode, ran: result, finding: found }
  }
  const run = async (mode: 'batch' | 'strict'): Promise<Run> => {
    const seen = await once(mode)
    return isDoubtful(seen.status) ? settled(seen, (options) => once('strict', options)) : seen
  }
  let last = await run('batch')
  let flaky = false
  if (ports.strict && last.status === 'accepted') {
    last = await run('strict')
    const turned = last.status !== 'sandbox_error' && last.status !== 'accepted'
    if (turned) flaky = (await run('strict')).status !== last.status
  }
  const { status, blame, reason, failed, ran, isolation } = last.finding
  const evidence = { problem, verifier: id, checked: code, mode: last.mode, ran: last.ran, runs, isolation }
  const cases =
    flaky || status === 'accepted'
      ? []
      : failed.slice(0, maxFailures).map((line, index) => ({ id: String(index + 1), status, reason: told(line) }))
  const score =
    status === 'accepted' && !flaky ? 1 : ran > 0 && failed.length > 0 ? Math.max(0, ran - failed.length) / ran : 0
  const verdict = flaky
    ? makeVerdict({
        ...evidence,
        status: 'flaky',
        blame: isDoubtful(status) ? 'infrastructure' : 'candidate',
        score: 0,
        reason: `passed once and failed once: ${reason}`,
      })
    : makeVerdict({
        ...evidence,
        status,
        blame,
        score,
        reason,
        cases: status === 'accepted' ? [{ id: 'tests', status }] : cases,
      })
  return { code, verdict }
}

function request(problem: Problem, check: CheckOf<'unit'>, code: string, mode: 'batch' | 'strict'): ExecRequest {
  const call = check.call?.replaceAll(placeholder, problem.entryPoint ?? '')
  const { starter: support, entryPoint } = problem
  const tests = { code: check.code, support, framework: check.framework, call, entryPoint }
  return { language: problem.language ?? 'python', code, cases: [], limits: problem.limits, mode, tests }
}

function finding({ compile, tests }: ExecResult): Finding {
  const none = { failed: [], ran: 0 }
  if (compile && compile.status !== 'ok') {
    const reason = compilerWords(compile) || 'the program does not compile'
    return compile.status === 'sandbox_error'
      ? { ...none, status: 'sandbox_error', blame: 'infrastructure', reason }
      : { ...none, status: 'compile_error', blame: 'candidate', reason }
  }
  if (!tests)
    return { ...none, status: 'sandbox_error', blame: 'infrastructure', reason: 'the sandbox gave no test result' }
  const { failed, ran, status, blame, isolation, stderr } = tests
  const seen = { failed, ran, isolation }
  const first = told(failed[0] ?? stderr.trimEnd().split('\n').at(-1) ?? '')
  if (blame === 'infrastructure' || status === 'sandbox_error') {
    return { ...seen, status: 'sandbox_error', blame: 'infrastructure', reason: first || 'the sandbox failed' }
  }
  if (failed.length === 0 && status === 'ok') {
    if (ran > 0) return { ...seen, status: 'accepted', blame: 'candidate', reason: `every test held (${ran} run)` }
    return { ...seen, status: 'bad_problem', blame: 'problem', reason: 'nothing ran in the tests' }
  }
  if (blame === 'problem')
    return { ...seen, status: 'bad_problem', blame, reason: first || 'the tests failed by their own fault' }
  if (status === 'ok') return { ...seen, status: 'wrong_answer', blame, reason: first || 'a test failed' }
  return { ...seen, status, blame, reason: first || status }
}
