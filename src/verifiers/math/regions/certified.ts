/** What regions, equations and residues ask of the value layer. */
import { Budget } from '../budget.js'
import { approximately as approximatelyWithin } from '../scalars/same-scalar.js'
import type { Node } from '../tree/node.js'

export { constantQuotient, exactValue, order } from '../scalars/same-scalar.js'

const maxWork = 5_000

/** A real constant as a double; undefined where it is none. A hint, never a proof. */
export const approximately = (node: Node): number | undefined => approximatelyWithin(node, new Budget(maxWork))
