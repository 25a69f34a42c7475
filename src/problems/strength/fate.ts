/** What a verdict on a wrong program says about the tests. */
import type { VerdictStatus } from '../../schemas/verdict.js'

export type Fate = 'accepted' | 'killed' | 'notJudged'

/** Since the reference passes, tests that break on a mutant have told it apart: `bad_problem` is a kill too. */
export function fateOf(status: VerdictStatus): Fate {
  switch (status) {
    case 'accepted':
      return 'accepted'
    case 'sandbox_error':
    case 'flaky':
    case 'unknown':
    case 'compile_error':
      return 'notJudged'
    default:
      return 'killed'
  }
}
