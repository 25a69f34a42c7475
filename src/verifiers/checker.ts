/**
 * Special judges. The candidate runs on its cases as for `stdio`; when it is dead, the checker runs on what it printed, in
 * requests of its own, so that the answers never were where the candidate was. One request judges all cases that ended
 * normally, each in a fork of its own; the same output of a case is judged once.
 * A checker that does not compile is a bad problem. One that breaks on an output is tried on the case's own answer, since
 * many break on whatever they do not expect: no program may make a problem bad by what it prints.
 */
import type { Submission } from '../schemas/candidate.js'
import type { CheckOf } from '../schemas/check.js'
import type { Checked, Verifier, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { proveCases } from './cases.js'
import { Judge } from './checker-judge.js'
import { checkerLanguages, checkerProgram } from './checker-programs.js'
import type { Judged } from './checker-protocols.js'
import { verdictOfCases } from './judged-cases.js'
import { programOf } from './submission.js'
import { makeVerdict } from './verdict.js'

const id = { id: 'checker', version: '1' } as const

export const checker: Verifier = {
  ...id,
  check: async (problem, submission, ports) => {
    const { check } = problem
    if (check.type !== 'checker') throw new Error(`checker was given a check of type ${check.type}`)
    const about = { problem, verifier: id, score: 0 }
    const defect = defectOf(check)
    if (defect) return { verdict: makeVerdict({ ...about, ...defect }) }
    return checkWith({ problem, check, submission, ports })
  },
}

function defectOf({ cases, checker }: CheckOf<'checker'>) {
  const bad = (reason: string) => ({ status: 'bad_problem', reason }) as const
  if (cases.length === 0) return bad('the check has no cases')
  if (checker.code.trim() === '') return bad('the checker is empty')
  if (checkerProgram(checker)) return undefined
  const known = checkerLanguages.join(', ')
  return {
    status: 'unknown',
    reason: `a checker in ${checker.language} cannot be run here, one in ${known} can`,
  } as const
}

interface Job {
  readonly problem: Problem
  readonly check: CheckOf<'checker'>
  readonly submission: Submission
  readonly ports: VerifierPorts
}

async function checkWith({ problem, check, submission, ports }: Job): Promise<Checked> {
  const found = programOf(problem, submission)
  if ('missing' in found) {
    return { verdict: makeVerdict({ problem, verifier: id, score: 0, status: 'no_answer', reason: found.missing }) }
  }
  const judge = new Judge({ check, ports, isReference: found.code === problem.reference?.code })
  const proof = await proveCases({
    problem,
    code: found.code,
    ports,
    cases: check.cases.map(({ stdin }) => ({ stdin })),
    lookAt: (ended) => judge.lookAt(ended),
    judge: (index, result) => outcomeOf(judge.about(index, result)),
  })
  const { code, verdict } = verdictOfCases(proof, { problem, verifier: id, code: found.code })
  // Points of cases that are right in part count for the score, and nothing else.
  const partial = judge.points(proof.outcomes.map(({ status }) => status === 'wrong_answer'))
  const score = Math.min(1, verdict.score + partial / check.cases.length)
  const runs = verdict.evidence.runs + judge.runs
  return { code, verdict: { ...verdict, score, evidence: { ...verdict.evidence, runs } } }
}

const outcomeOf = ({ status, reason }: Judged) => (reason === undefined ? { status } : { status, reason })
