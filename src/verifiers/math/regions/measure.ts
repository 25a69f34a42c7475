/** Bounds with units: `0 < t <= 5 s`. One unit all through is taken out; degrees and percents become numbers. */
import { numeral, over, times } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { mapChildren, some } from '../tree/walk.js'

export interface Unmeasured {
  readonly node: Node
  readonly unit?: string
}

/** As it is when there are no units, or several. */
export function unmeasured(node: Node): Unmeasured {
  if (!some(node, ({ kind }) => kind === 'quantity' || kind === 'percent')) return { node }
  const units = new Set<string>()
  const stripped = (one: Node): Node => {
    if (one.kind === 'percent') return over(stripped(one.value), numeral(100))
    if (one.kind !== 'quantity') return mapChildren(one, stripped)
    if (one.unit === 'degree') return times(stripped(one.value), over({ kind: 'constant', name: 'pi' }, numeral(180)))
    units.add(one.unit)
    return stripped(one.value)
  }
  const result = stripped(node)
  return units.size > 1 ? { node } : { node: result, ...(units.size === 1 && { unit: [...units][0] as string }) }
}
