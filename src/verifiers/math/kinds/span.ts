/** Spaces of functions, compared by determinants: of derivatives (Wronski), or of shifts where a name runs in whole steps (Casorati). */
import type { How } from '../finding.js'
import { determinant } from '../matrices/determinant.js'
import { difference, num } from '../scalars/build.js'
import { derivativeOf } from '../scalars/derivative.js'
import { sameScalar } from '../scalars/same-scalar.js'
import type { Node } from '../tree/node.js'
import { substitute } from '../tree/walk.js'
import { type Family, isSmall, stepping } from './arbitrary-constants.js'

const maxBasis = 4
const nothing = num(0)

/** Do the functions depend on one another linearly, as functions of the name? Undefined where that is not found. */
function dependent(functions: readonly Node[], name: string, how: How): boolean | undefined {
  return stepping.has(name) ? bySteps(functions, name, how) : bySlopes(functions, name, how)
}

function bySlopes(functions: readonly Node[], name: string, how: How): boolean | undefined {
  let row = functions
  const rows = [row]
  while (rows.length < functions.length) {
    const next = row.map((one) => derivativeOf(one, name))
    if (!next.every((one) => one !== undefined && isSmall(one))) return undefined
    row = next as Node[]
    rows.push(row)
  }
  return vanishes(determinant(rows, how.budget), how)
}

const steps = 10

/** At so many places in a row; sequences of this kind that depend there do so throughout. */
function bySteps(functions: readonly Node[], name: string, how: How): boolean | undefined {
  for (let start = 1; start <= steps; start++) {
    const rows = functions.map((_, k) => functions.map((one) => substitute(one, name, num(start + k))))
    const zero = vanishes(determinant(rows, how.budget), how)
    if (zero !== true) return zero
  }
  return true
}

const vanishes = (node: Node | undefined, how: How) => node && (sameScalar(node, nothing, how).equal ?? undefined)

/** A basis of what the functions span; undefined where that is not found. */
function independent(functions: readonly Node[], name: string, how: How): Node[] | undefined {
  const basis: Node[] = []
  for (const one of functions) {
    const spare = dependent([...basis, one], name, how)
    if (spare === undefined) return undefined
    if (!spare) basis.push(one)
  }
  return basis
}

/** The same functions, whatever the constants? Undefined where that is not found. */
export function sameFamily(a: Family, b: Family, name: string, how: How): boolean | undefined {
  if (a.basis.length > maxBasis || b.basis.length > maxBasis) return undefined
  const [first, second] = [independent(a.basis, name, how), independent(b.basis, name, how)]
  if (!first || !second) return undefined
  if (first.length !== second.length) return false
  for (const one of [...second, difference(a.particular, b.particular)]) {
    const within = dependent([...first, one], name, how)
    if (!within) return within
  }
  return true
}
