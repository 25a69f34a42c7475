/** Systems of linear equations with rational coefficients: the same when they have the same solution space. */
import type { How } from '../finding.js'
import { fractionOf, type Known } from '../regions/fraction.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, equalTo, multiply, negate, one, type Rational, zero } from '../value/rational.js'
import type { Form } from './form.js'

const maxNames = 12

/** Coefficients of the names, then the constant: reduced rows without rows of zeros. */
export type Echelon = readonly (readonly Rational[])[]

/** Undefined when an equation is not linear. */
export function echelonOf(forms: readonly Form[], names: readonly string[], how: How): Echelon | undefined {
  if (names.length > maxNames || forms.length > 2 * maxNames) return undefined
  const rows: Rational[][] = []
  for (const { difference, sign } of forms) {
    const row = sign === '=' ? rowOf(difference, names, how) : undefined
    if (!row) return undefined
    rows.push(row)
  }
  return reduced(rows, how)
}

function rowOf(node: Node, names: readonly string[], how: How): Rational[] | undefined {
  if (!isLinear(node)) return undefined
  const at = (which: number): Rational | undefined => {
    const known: Known = new Map(names.map((name, index) => [name, index === which ? one : zero]))
    const found = fractionOf(node, '', how.budget, known)
    return found && divide({ n: found.above[0] ?? 0n, d: 1n }, { n: found.below[0] as bigint, d: 1n })
  }
  const constant = at(-1)
  const row = names.map((_, index) => {
    const value = at(index)
    return value && constant && add(value, negate(constant))
  })
  return constant && !row.includes(undefined) ? [...(row as Rational[]), constant] : undefined
}

/** No product of names, no name in a divisor, a power or a function. */
function isLinear(node: Node): boolean {
  if (node.kind === 'variable' || variablesOf(node).size === 0) return true
  if (node.kind === 'add') return isLinear(node.left) && isLinear(node.right)
  if (node.kind === 'divide') return variablesOf(node.right).size === 0 && isLinear(node.left)
  if (node.kind !== 'multiply') return false
  const free = [node.left, node.right].filter((side) => variablesOf(side).size === 0)
  return free.length > 0 && isLinear(node.left) && isLinear(node.right)
}

/** Gauss and Jordan. */
function reduced(given: readonly Rational[][], how: How): Echelon {
  const rows = given.map((row) => [...row])
  const width = rows[0]?.length ?? 0
  let top = 0
  for (let column = 0; column < width && top < rows.length; column++) {
    const found = rows.findIndex((row, index) => index >= top && (row[column] as Rational).n !== 0n)
    if (found === -1) continue
    const pivot = rows[found] as Rational[]
    rows[found] = rows[top] as Rational[]
    const scaled = pivot.map((value) => divide(value, pivot[column] as Rational) as Rational)
    rows[top] = scaled
    for (const [index, row] of rows.entries()) {
      const factor = row[column] as Rational
      if (index === top || factor.n === 0n) continue
      how.budget.spend(width * 4)
      rows[index] = row.map((value, at) => add(value, negate(multiply(factor, scaled[at] as Rational))))
    }
    top++
  }
  return rows.slice(0, top)
}

export const sameEchelon = (a: Echelon, b: Echelon) =>
  a.length === b.length && a.every((row, index) => row.every((value, at) => equalTo(value, b[index]?.[at] as Rational)))
