/**
 * Exact duplicates: two candidates of one problem whose solutions are the same text once layout and remarks are gone.
 * Renamed variables and reordered lines are other solutions here; near and structural duplicates have their own step.
 */
import { hashOf } from '../base/hash.js'
import type { Problem } from '../schemas/problem.js'
import { normalisePython } from './python-text.js'
import type { CurationStep } from './step.js'

const withoutLayout = (text: string) => text.trim().split(/\s+/u).join(' ')

const normalisers: Readonly<Record<string, (code: string) => string>> = { python: normalisePython }

/**
 * Hash of a solution; two solutions of one problem are duplicates when it is equal. A program is compared as a program
 * even when it printed an answer.
 * Throws when there is neither program nor answer: nothing was solved.
 */
export function solutionHash(
  problem: Pick<Problem, 'language'>,
  { code, answer }: { readonly code?: string; readonly answer?: string },
): string {
  if (code !== undefined) {
    const language = problem.language ?? 'python'
    const normalise = Object.hasOwn(normalisers, language) ? normalisers[language] : undefined
    return hashOf({ language, code: (normalise ?? withoutLayout)(code) })
  }
  if (answer === undefined) throw new Error('a solution is a program or an answer')
  return hashOf({ answer: withoutLayout(answer) })
}

/** Leaves out a solution that its problem already has. A mark set by the run stands; unmarked rows are compared here. */
export const exact: CurationStep = {
  id: 'exact',
  describe: 'solutions that the same problem already has, apart from layout and comments',
  create: () => {
    const firstIds = new Map<string, string>()
    return ({ id, problemId, problem, code, answer, duplicateOf }) => {
      const key = `${problemId}\n${solutionHash(problem, { code, answer })}`
      const first = duplicateOf ?? firstIds.get(key)
      if (!firstIds.has(key)) firstIds.set(key, id)
      return first === undefined ? { keep: true } : { keep: false, reason: 'duplicate', because: first }
    }
  },
}
