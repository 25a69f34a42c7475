/** What `stdio` and `call` share: take the program out of the submission, prove its cases, tell the verdict. */

import type { Submission } from '../schemas/candidate.js'
import type { ExecCaseResult, ExecRequest } from '../schemas/exec.js'
import type { Checked, Verifier, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { type CaseOutcome, type CasesProof, proveCases } from './cases.js'
import { verdictOfCases } from './judged-cases.js'
import { programOf } from './submission.js'
import { makeVerdict } from './verdict.js'

export interface ProgramCases {
  readonly verifier: Pick<Verifier, 'id' | 'version'>
  readonly problem: Problem
  readonly submission: Submission
  readonly ports: VerifierPorts
  /** Function that the program must define, where one is called. */
  readonly entryPoint?: string
  readonly cases: NonNullable<ExecRequest['cases']>
  readonly judge: (index: number, result: ExecCaseResult) => CaseOutcome
  /** A last look at the proof, with the program at hand. */
  readonly review?: (proof: CasesProof, code: string) => CasesProof
}

/** Throws nothing for what a candidate or a problem does: an empty list of cases is `bad_problem`. */
export async function checkProgramCases(input: ProgramCases): Promise<Checked> {
  const { verifier, problem, submission, ports, entryPoint, cases, judge, review } = input
  const about = { problem, verifier, score: 0 }
  if (cases.length === 0) {
    return { verdict: makeVerdict({ ...about, status: 'bad_problem', reason: 'the check has no cases' }) }
  }
  const found = programOf(problem, submission, entryPoint)
  if ('missing' in found) return { verdict: makeVerdict({ ...about, status: 'no_answer', reason: found.missing }) }
  const { code } = found
  const proof = await proveCases({ problem, code, ports, cases, judge })
  return verdictOfCases(review ? review(proof, code) : proof, { problem, verifier, code })
}
