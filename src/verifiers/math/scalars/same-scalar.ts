/** Comparison of values: closed forms, then the same for all values of their names. */
import type { Budget } from '../budget.js'
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { mapChildren, some, usesFunction } from '../tree/walk.js'
import { closedForm } from './closed-form.js'
import { constantQuotientOf, orderOf, sameForAll } from './compare.js'
import { exactValue } from './exact.js'

import { doubles, evaluate } from './numeric.js'
import { differByBounds } from './quadrature.js'

export { exactValue }

/** Are two scalars the same for all values of their names? Symmetric. Throws OverBudget. */
export function sameScalar(a: Node, b: Node, how: How): Finding {
  const [left, right] = [closedForm(a, how), closedForm(b, how)]
  if (!left || !right) {
    if (differByBounds(left ?? a, right ?? b, how)) return no('numeric', 'bounds of the integrals share no number')
    return unsure('exact', 'an integral, a limit or a sum that is not solved here')
  }
  const infinite = [signOfInfinity(left), signOfInfinity(right)]
  if (infinite[0] !== 0 || infinite[1] !== 0) {
    if (infinite.includes(undefined)) return unsure('exact', 'infinity inside an expression')
    return infinite[0] === infinite[1]
      ? yes('exact', 'infinity')
      : no('exact', 'one side is infinite, or the signs differ')
  }
  const found = sameForAll(left, right, how.budget)
  return found.equal === false ? unlessOtherLog(left, right, found, how) : found
}

/** `log` without a base means the one to base 10 or the natural one; unequal in one reading must be so in the other. */
function unlessOtherLog(left: Node, right: Node, found: Finding, how: How): Finding {
  if (![left, right].some((side) => usesFunction(side, ['log']))) return found
  const [a, b] = [natural(left), natural(right)]
  if (a === left && b === right) return found
  return sameForAll(a, b, how.budget).equal === false ? found : unsure('exact', 'the base of log is not said')
}

function natural(node: Node): Node {
  if (!some(node, (one) => one.kind === 'apply' && one.name === 'log' && one.args.length === 1)) return node
  return mapChildren(
    node.kind === 'apply' && node.name === 'log' && node.args.length === 1 ? { ...node, name: 'ln' } : node,
    natural,
  )
}

/** 1 or -1 for infinity alone, 0 where there is none, undefined where it stands inside. */
function signOfInfinity(node: Node): 1 | -1 | 0 | undefined {
  if (node.kind === 'constant' && node.name === 'infinity') return 1
  if (!some(node, (one) => one.kind === 'constant' && one.name === 'infinity')) return 0
  if (node.kind === 'multiply' && node.left.kind === 'number' && node.left.value.n !== 0n) {
    const inner = signOfInfinity(node.right)
    if (inner === undefined || inner === 0) return undefined
    return node.left.value.n > 0n ? inner : inner === 1 ? -1 : 1
  }
  return undefined
}

/** Certified order of two constants, infinities included. */
export function order(a: Node, b: Node, how: How): -1 | 0 | 1 | undefined {
  const [left, right] = [closedForm(a, how), closedForm(b, how)]
  if (!left || !right) return undefined
  const [x, y] = [signOfInfinity(left), signOfInfinity(right)]
  if (x === undefined || y === undefined) return undefined
  if (x !== 0 || y !== 0) return x === y ? 0 : x < y ? -1 : 1
  return orderOf(left, right, how.budget)
}

/** Is a = c · b with one constant c other than 0? `no` is proved, undefined is open. */
export function constantQuotient(a: Node, b: Node, how: How): 'positive' | 'negative' | 'no' | undefined {
  const [left, right] = [closedForm(a, how), closedForm(b, how)]
  return left && right ? constantQuotientOf(left, right, how.budget) : undefined
}

/** A real constant as a double; undefined where it is none. A hint, never a proof. */
export function approximately(node: Node, budget: Budget): number | undefined {
  const value = evaluate(doubles, node, new Map(), budget)
  return value && doubles.isZero(value.im) ? value.re.v : undefined
}
