/**
 * Tells one bad request from a model, or a sandbox, that does not work at all. One failure among successes costs one
 * candidate; failures in a row, or before anything worked, end the run, and none of them is recorded as final.
 */

/** As many as a busy server may refuse by chance; more mean that it is broken. */
const IN_A_ROW = 8

export interface Failures {
  worked(): void
  /** May this failure be put down to its own request? */
  isolated(): boolean
}

/** workedBefore: did anything work in an earlier process of this run? */
export function countFailures(workedBefore: boolean): Failures {
  let everWorked = workedBefore
  let inARow = 0
  return {
    worked: () => {
      everWorked = true
      inARow = 0
    },
    isolated: () => everWorked && ++inARow < IN_A_ROW,
  }
}
