/**
 * Runs a program on its cases: batch first, strict on doubt and, unless told otherwise, before anything is accepted.
 * One request runs all cases in a batch. When all pass, every case runs again in a fork of its own: a program that passes only
 * on what earlier cases left behind fails there twice and is wrong; one that fails there once is flaky. When the batch fails,
 * its first failing case runs again alone; if it fails there too, the verdict stands, else all failing ones do so.
 */
import type { ExecCaseResult, ExecRequest, ExecResult, SlotInfo } from '../schemas/exec.js'
import type { VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { VerdictStatus } from '../schemas/verdict.js'
import { told } from './verdict.js'

export interface CaseOutcome {
  readonly status: VerdictStatus
  readonly reason?: string
}

export interface CasesJob {
  readonly problem: Problem
  readonly code: string
  readonly cases: NonNullable<ExecRequest['cases']>
  /** Says whether a case that ended normally is right. */
  readonly judge: (index: number, result: ExecCaseResult) => CaseOutcome | Promise<CaseOutcome>
  readonly ports: VerifierPorts
}

export interface CasesProof {
  /** One entry a case, in the order of the job. */
  readonly outcomes: readonly CaseOutcome[]
  /** Set when the same case passed and failed under the same conditions. */
  readonly flaky?: string
  readonly mode: 'batch' | 'strict'
  readonly runs: number
  readonly slot?: SlotInfo
}

type Outcomes = Map<number, CaseOutcome>

const passed = (outcome: CaseOutcome | undefined) => outcome?.status === 'accepted'
const failing = (outcomes: Outcomes) => [...outcomes].filter(([, one]) => !passed(one)).map(([index]) => index)
const ours = (outcomes: Outcomes) => [...outcomes.values()].some(({ status }) => status === 'sandbox_error')
const final = (outcomes: Outcomes) => [...outcomes.values()].some(({ status }) => status === 'compile_error')

export async function proveCases(job: CasesJob): Promise<CasesProof> {
  let runs = 0
  let slot: SlotInfo | undefined
  let known: Outcomes = new Map()
  const run = async (indexes: readonly number[], mode: 'batch' | 'strict'): Promise<Outcomes> => {
    runs++
    const result = await job.ports.exec(request(job, indexes, mode), { signal: job.ports.signal })
    slot = result.slot
    const outcomes = await judged(job, indexes, result)
    known = new Map([...known, ...outcomes])
    return outcomes
  }
  const proof = (mode: 'batch' | 'strict', flaky?: string): CasesProof => {
    const outcomes = job.cases.map((_, index): CaseOutcome => known.get(index) ?? missing)
    return { outcomes, flaky, mode, runs, slot }
  }
  const every = job.cases.map((_, index) => index)

  const batch = await run(every, 'batch')
  if (ours(batch) || final(batch)) return proof('batch')
  const doubtful = failing(batch)
  const [first] = doubtful
  if (first !== undefined) {
    const alone = await run([first], 'strict')
    if (ours(alone) || !passed(alone.get(first))) return proof('strict')
    const again = await run(doubtful, 'strict')
    if (ours(again)) return proof('strict')
    if (!passed(again.get(first)))
      return proof('strict', `case ${caseName(first)} passed alone once and failed alone once`)
    if (failing(again).length > 0) return proof('strict')
  }
  if (!job.ports.strict) return proof(first === undefined ? 'batch' : 'strict')
  return proof('strict', await disagreement(run, every))
}

/** Runs every case in a fork of its own; what fails there must fail twice, or the program is flaky. */
async function disagreement(
  run: (indexes: readonly number[], mode: 'strict') => Promise<Outcomes>,
  every: readonly number[],
): Promise<string | undefined> {
  const strict = await run(every, 'strict')
  const failed = failing(strict)
  if (failed.length === 0 || ours(strict)) return undefined
  const again = await run(failed, 'strict')
  const unsteady = failed.find((index) => passed(again.get(index)))
  return unsteady === undefined || ours(again)
    ? undefined
    : `case ${caseName(unsteady)} passed alone once and failed alone once`
}

export const caseName = (index: number) => String(index + 1)

const missing: CaseOutcome = { status: 'sandbox_error', reason: 'the sandbox gave no result for this case' }

function request(
  { problem, code, cases }: CasesJob,
  indexes: readonly number[],
  mode: 'batch' | 'strict',
): ExecRequest {
  const chosen = indexes.flatMap((index) => {
    const one = cases[index]
    return one ? [{ ...one, id: caseName(index) }] : []
  })
  return { language: problem.language ?? 'python', code, cases: chosen, limits: problem.limits, mode }
}

async function judged(job: CasesJob, indexes: readonly number[], { compile, cases }: ExecResult): Promise<Outcomes> {
  if (compile && compile.status !== 'ok') {
    const outcome = notCompiled(compile)
    return new Map(indexes.map((index) => [index, outcome]))
  }
  const byId = new Map(cases.map((result) => [result.id, result]))
  const outcomes: Outcomes = new Map()
  for (const index of indexes) {
    const result = byId.get(caseName(index))
    const outcome = !result ? missing : result.status === 'ok' ? await job.judge(index, result) : stopped(result)
    outcomes.set(index, outcome)
  }
  return outcomes
}

function notCompiled({ status, stderr, stdout }: NonNullable<ExecResult['compile']>): CaseOutcome {
  const reason = lastLine(stderr) || lastLine(stdout) || 'the program does not compile'
  return { status: status === 'sandbox_error' ? 'sandbox_error' : 'compile_error', reason }
}

const words: Partial<Record<ExecCaseResult['status'], string>> = {
  time_limit: 'the time limit was reached',
  memory_limit: 'the memory limit was reached',
  output_limit: 'the output limit was reached',
  sandbox_error: 'the sandbox failed',
}

/** What a case that did not end normally is told as. */
export function stopped({ status, error, stderr, exitCode, signal }: ExecCaseResult): CaseOutcome {
  const detail = error || lastLine(stderr)
  const fallback = signal
    ? `ended by ${signal}`
    : exitCode === null
      ? 'ended early'
      : `ended with exit code ${exitCode}`
  const reason = words[status] ?? (detail ? told(detail) : fallback)
  return { status: status === 'ok' ? 'accepted' : status, reason }
}

const lastLine = (text: string) => told(text.trimEnd().slice(-2000).split('\n').at(-1) ?? '')
