/** Programs that read standard input and print: every case ends normally and its output compares equal. */
import type { Verifier } from '../schemas/ports.js'
import { type CaseOutcome, proveCases } from './cases.js'
import { verdictOfCases } from './judged-cases.js'
import { outputDefect } from './output.js'
import { programOf } from './submission.js'
import { makeVerdict } from './verdict.js'

const id = { id: 'stdio', version: '1' } as const

export const stdio: Verifier = {
  ...id,
  check: async (problem, submission, ports) => {
    const { check } = problem
    if (check.type !== 'stdio') throw new Error(`stdio was given a check of type ${check.type}`)
    const about = { problem, verifier: id, score: 0 }
    if (check.cases.length === 0) {
      return { verdict: makeVerdict({ ...about, status: 'bad_problem', reason: 'the check has no cases' }) }
    }
    const found = programOf(problem, submission)
    if ('missing' in found) return { verdict: makeVerdict({ ...about, status: 'no_answer', reason: found.missing }) }
    const { code } = found
    const proof = await proveCases({
      problem,
      code,
      ports,
      cases: check.cases.map(({ stdin }) => ({ stdin })),
      judge: (index, result): CaseOutcome => {
        const reason = outputDefect(check.cases[index]?.stdout ?? '', result, check)
        return reason === undefined ? { status: 'accepted' } : { status: 'wrong_answer', reason }
      },
    })
    return verdictOfCases(proof, { problem, verifier: id, code })
  },
}
