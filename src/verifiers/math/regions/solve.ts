/** Equations and inequalities of one name as the subset of the reals where they hold. */
import type { How } from '../finding.js'
import { minus } from '../matrices/arithmetic.js'
import type { FunctionName, KindOf, Node, Sign } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { zero } from '../value/rational.js'
import { type Cut, cutAt, cutOf } from './cut.js'
import { infinityOf } from './infinity.js'
import { preimage } from './preimage.js'
import { complement, everything, intersection, nothing, pointAt, type Region, span } from './region.js'
import { Unsettled } from './unsettled.js'

const maxRewritings = 6

export const turned: Readonly<Record<Sign, Sign>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '~': '~',
}

/** The values that stand in that relation to the cut. */
function beside(sign: Sign, cut: Cut): Region {
  switch (sign) {
    case '=':
      return pointAt(cut)
    case '!=':
      return complement(pointAt(cut))
    case '<':
    case '<=':
      return span(undefined, { cut, closed: sign === '<=' })
    case '>':
    case '>=':
      return span({ cut, closed: sign === '>=' }, undefined)
    default:
      throw new Unsettled('about equal')
  }
}

/** Where all of the chain holds. Throws Unsettled, OverBudget. */
export function solved({ sides, signs }: KindOf<'relation'>, name: string, how: How): Region {
  let found = everything
  for (const [index, sign] of signs.entries()) {
    const step = solvedStep(sides[index] as Node, sign, sides[index + 1] as Node, { name, how })
    found = intersection(found, step, how)
  }
  return found
}

interface Solving {
  readonly name: string
  readonly how: How
}

function solvedStep(left: Node, sign: Sign, right: Node, solving: Solving): Region {
  const { name, how } = solving
  const [inLeft, inRight] = [left, right].map((side) => variablesOf(side).has(name))
  const place = (node: Node, target: Region) => preimage(node, { name, target, depth: maxRewritings }, how)
  if (!inLeft && inRight) return solvedStep(right, turned[sign], left, solving)
  if (inLeft && !inRight) {
    const endless = infinityOf(right)
    return place(left, endless ? besideInfinity(sign, endless) : beside(sign, cutOf(right, how)))
  }
  if (inLeft) {
    const inner = sameFunction(left, right)
    if (!inner) return place(minus(left, right), beside(sign, cutAt(zero)))
    const steps = [solvedStep(inner[0], sign, inner[1], solving), place(left, everything), place(right, everything)]
    return steps.reduce((all, one) => intersection(all, one, how), everything)
  }
  return place({ kind: 'add', left, right: minus({ kind: 'number', value: zero }, right) }, beside(sign, cutAt(zero)))
}

const besideInfinity = (sign: Sign, endless: 1 | -1): Region => {
  if (sign === '!=') return everything
  if (sign === '<' || sign === '<=') return endless === 1 ? everything : nothing
  return sign === '=' || endless === 1 ? nothing : everything
}

const ascending: readonly FunctionName[] = ['ln', 'log', 'exp', 'sqrt']

/** Both sides are one function that keeps the order: what it is applied to. */
function sameFunction(left: Node, right: Node): readonly [Node, Node] | undefined {
  if (left.kind !== 'apply' || right.kind !== 'apply' || left.name !== right.name) return undefined
  if (!ascending.includes(left.name) || left.args.length !== 1 || right.args.length !== 1) return undefined
  return [left.args[0] as Node, right.args[0] as Node]
}
