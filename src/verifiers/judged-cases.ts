/** From the proof of a program's cases to a verdict; shared by the verifiers whose check is a list of cases. */
import type { Checked, Verifier } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { VerdictStatus } from '../schemas/verdict.js'
import { type CaseOutcome, type CasesProof, caseName } from './cases.js'
import { makeVerdict } from './verdict.js'

/** Our own trouble comes first, since it leaves the rest in doubt; a proven cheat comes before what it failed at. */
const precedence: readonly VerdictStatus[] = ['sandbox_error', 'bad_problem', 'cheat']

export function verdictOfCases(
  proof: CasesProof,
  { problem, verifier, code }: { problem: Problem; verifier: Pick<Verifier, 'id' | 'version'>; code: string },
): Checked {
  const { outcomes, flaky, mode, runs, ran } = proof
  const right = outcomes.filter(({ status }) => status === 'accepted').length
  const at = decisive(outcomes)
  const outcome = outcomes[at]
  const common = {
    problem,
    verifier,
    checked: code,
    mode,
    runs,
    ran,
    score: right / outcomes.length,
    cases: told(outcomes),
  }
  if (flaky) {
    // A time limit that comes and goes says more about the machine than about the program.
    const slow = outcomes.some(({ status }) => status === 'time_limit')
    return {
      code,
      verdict: makeVerdict({ ...common, status: 'flaky', blame: slow ? 'infrastructure' : 'candidate', reason: flaky }),
    }
  }
  if (!outcome) {
    const reason = `${outcomes.length} of ${outcomes.length} cases passed`
    return { code, verdict: makeVerdict({ ...common, status: 'accepted', reason }) }
  }
  const { status } = outcome
  const reason =
    status === 'compile_error' ? (outcome.reason ?? status) : `case ${caseName(at)}: ${outcome.reason ?? status}`
  return { code, verdict: makeVerdict({ ...common, status, reason }) }
}

function decisive(outcomes: readonly CaseOutcome[]): number {
  for (const status of precedence) {
    const at = outcomes.findIndex((outcome) => outcome.status === status)
    if (at !== -1) return at
  }
  // What one case leaves open, another may decide.
  const failed = outcomes.findIndex(({ status }) => status !== 'accepted' && status !== 'unknown')
  return failed === -1 ? outcomes.findIndex(({ status }) => status === 'unknown') : failed
}

const told = (outcomes: readonly CaseOutcome[]) =>
  outcomes.map(({ status, reason }, index) =>
    reason === undefined ? { id: caseName(index), status } : { id: caseName(index), status, reason },
  )
