import type { VerifiedRow } from '../schemas/trace.js'

/** keep, or drop with a reason that names the other row when there is one. */
export type Decision =
  | { readonly keep: true }
  | { readonly keep: false; readonly reason: string; readonly because?: string }

/** Decides row by row which verified traces go into a dataset. Nothing is deleted: a step only says what it would leave out. */
export interface CurationStep {
  readonly id: string
  /** What it leaves out, in words for the command line and the dataset card. */
  readonly describe: string
  /** A judge for one pass over the rows, in their order; it remembers what it has seen. */
  create(): (row: VerifiedRow) => Decision
}
