import { exact } from './exact.js'
import type { CurationStep } from './step.js'

/** Steps that decide which verified traces go into a dataset. */
export const curationSteps = { exact } satisfies Record<string, CurationStep>
