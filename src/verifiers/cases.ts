/**
 * Runs a program on its cases: batch first, strict on doubt and, unless told otherwise, before anything is accepted.
 * One request runs all cases in a batch. When all pass, every case runs again in a fork of its own: a program that passes only
 * on what earlier cases left behind fails there twice and is wrong; one that fails there once is flaky. When the batch fails,
 * its first failing case (one left open is none while another fails) runs again by itself; if it fails there too, the verdict stands, else all failing ones do so.
 * A limit that was reached is settled as doubt.ts says, before anything is made of it.
 */
import type { ExecCaseResult, ExecRequest, ExecResult } from '../schemas/exec.js'
import type { ExecOptions, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { VerdictStatus } from '../schemas/verdict.js'
import { compilerWords } from './compiler-words.js'
import { isDoubtful, settled } from './doubt.js'
import { type Ran, told } from './verdict.js'

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
  /** Gets the cases of a request that ended normally, all at once, before any of them is judged. */
  readonly lookAt?: (ended: ReadonlyMap<number, ExecCaseResult>) => Promise<void>
  readonly ports: VerifierPorts
}

export interface CasesProof {
  /** One entry a case, in the order of the job. */
  readonly outcomes: readonly CaseOutcome[]
  /** Set when the same case passed and failed under the same conditions. */
  readonly flaky?: string
  readonly mode: 'batch' | 'strict'
  readonly runs: number
  readonly ran?: Ran
}

type Outcomes = Map<number, CaseOutcome>

const passed = (outcome: CaseOutcome | undefined) => outcome?.status === 'accepted'
const failing = (outcomes: Outcomes) => [...outcomes].filter(([, one]) => !passed(one)).map(([index]) => index)
const ours = (outcomes: Outcomes) => [...outcomes.values()].some(({ status }) => status === 'sandbox_error')
const final = (outcomes: Outcomes) => [...outcomes.values()].some(({ status }) => status === 'compile_error')

export async function proveCases(job: CasesJob): Promise<CasesProof> {
  const runner = new Runner(job)
  const every = job.cases.map((_, index) => index)
  const batch = await runner.run(every, 'batch')
  if (ours(batch) || final(batch)) return runner.proof('batch')
  const doubtful = failing(batch)
  const first = doubtful.find((index) => batch.get(index)?.status !== 'unknown') ?? doubtful[0]
  if (first !== undefined) {
    const byItself = await runner.settle(first, batch.get(first))
    if (!passed(byItself)) return runner.proof('strict')
    const again = await runner.strictly(doubtful.filter((index) => !runner.settled.has(index)))
    if (ours(again)) return runner.proof('strict')
    if (again.has(first) && !passed(again.get(first))) return runner.proof('strict', unsteady(first))
    if (failing(again).length > 0) return runner.proof('strict')
  }
  if (!job.ports.strict) return runner.proof(first === undefined ? 'batch' : 'strict')
  return runner.proof('strict', await disagreement(runner, every))
}

/** Runs every case in a fork of its own; what fails there must fail twice, or the program is flaky. */
async function disagreement(runner: Runner, every: readonly number[]): Promise<string | undefined> {
  const strict = await runner.strictly(every.filter((index) => !runner.settled.has(index)))
  const failed = failing(strict)
  if (failed.length === 0 || ours(strict)) return undefined
  const again = await runner.strictly(failed.filter((index) => !runner.settled.has(index)))
  const changed = failed.find((index) => passed(again.get(index)))
  return changed === undefined || ours(again) ? undefined : unsteady(changed)
}

const unsteady = (index: number) => `case ${caseName(index)} passed by itself once and failed by itself once`

/** The requests of one proof, and what they said last about each case. */
class Runner {
  /** Cases whose last outcome came from a run that had all the time or memory it may have, with nothing in its way. */
  readonly settled = new Set<number>()
  #job: CasesJob
  #known: Outcomes = new Map()
  #runs = 0
  #ran: Ran | undefined

  constructor(job: CasesJob) {
    this.#job = job
  }

  async run(indexes: readonly number[], mode: 'batch' | 'strict', options: ExecOptions = {}): Promise<Outcomes> {
    if (indexes.length === 0) return new Map()
    this.#runs++
    const { exec, signal } = this.#job.ports
    const result = await exec(request(this.#job, indexes, mode), { ...options, signal })
    this.#ran = result
    const outcomes = await judged(this.#job, indexes, result)
    for (const [index, outcome] of outcomes) this.#known.set(index, outcome)
    return outcomes
  }

  /** Cases in forks of their own. Limits that were reached are settled, in order, until a case has failed for certain. */
  async strictly(indexes: readonly number[]): Promise<Outcomes> {
    const outcomes = await this.run(indexes, 'strict')
    for (const index of failing(outcomes)) {
      const outcome = outcomes.get(index)
      if (outcome && isDoubtful(outcome.status)) outcomes.set(index, await this.settle(index, outcome))
      if (!passed(outcomes.get(index))) break
    }
    return outcomes
  }

  /** The outcome of one case in a fork of its own, where `seen` was its last. */
  async settle(index: number, seen: CaseOutcome | undefined): Promise<CaseOutcome> {
    const once = async (options: ExecOptions) => (await this.run([index], 'strict', options)).get(index) ?? missing
    const outcome = seen && isDoubtful(seen.status) ? seen : await once({})
    if (!isDoubtful(outcome.status)) return outcome
    this.settled.add(index)
    return settled(outcome, once)
  }

  proof(mode: 'batch' | 'strict', flaky?: string): CasesProof {
    const outcomes = this.#job.cases.map((_, index): CaseOutcome => this.#known.get(index) ?? missing)
    return { outcomes, flaky, mode, runs: this.#runs, ran: this.#ran }
  }
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
  const ended = indexes.flatMap((index) => {
    const result = byId.get(caseName(index))
    return result?.status === 'ok' ? [[index, result] as const] : []
  })
  if (ended.length > 0) await job.lookAt?.(new Map(ended))
  const outcomes: Outcomes = new Map()
  for (const index of indexes) {
    const result = byId.get(caseName(index))
    const outcome = !result ? missing : result.status === 'ok' ? await job.judge(index, result) : stopped(result)
    outcomes.set(index, outcome)
  }
  return outcomes
}

function notCompiled(compile: NonNullable<ExecResult['compile']>): CaseOutcome {
  const reason = compilerWords(compile) || 'the program does not compile'
  return { status: compile.status === 'sandbox_error' ? 'sandbox_error' : 'compile_error', reason }
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
