/** Determinants by minors: exact for any entries, and cheap enough up to the allowed size. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { folded, isZero, minus, numeral, plus, times } from './arithmetic.js'

export const maxSize = 6

/**
 * The determinant as one tree, a number where the entries are numbers; undefined when the rows are no square of at most
 * six. Shares minors between the rows (2^n of them), so that it does not grow like n!. Throws OverBudget.
 */
export function determinant(rows: readonly (readonly Node[])[], budget: Budget): Node | undefined {
  const size = rows.length
  if (size === 0 || size > maxSize || rows.some((row) => row.length !== size)) return undefined
  const entries = rows.map((row) => row.map(folded))
  // minors.get(columns): of the lowest rows, as many as there are bits in the set of columns.
  let minors = new Map<number, Node>([[0, numeral(1)]])
  for (let row = size - 1; row >= 0; row--) {
    const next = new Map<number, Node>()
    for (const [columns, minor] of minors) {
      for (let column = 0; column < size; column++) {
        if (columns & (1 << column)) continue
        budget.spend(2)
        const term = times(entries[row]?.[column] as Node, minor)
        const wider = columns | (1 << column)
        const sum = next.get(wider) ?? numeral(0)
        next.set(wider, isZero(term) ? sum : before(columns, column) % 2 === 0 ? plus(sum, term) : minus(sum, term))
      }
    }
    minors = next
  }
  return minors.get(2 ** size - 1)
}

/** How many of the columns stand before this one: each costs a change of sign. */
function before(columns: number, column: number): number {
  let count = 0
  for (let at = 0; at < column; at++) if (columns & (1 << at)) count++
  return count
}
