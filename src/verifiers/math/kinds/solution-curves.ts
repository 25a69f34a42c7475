/**
 * General solutions that are not solved for a name: `x^2 - y^2 = C`, `ln y = x + C`. With the constant alone on one side, the
 * other side has the same level curves when its gradient has the same direction everywhere.
 */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { constantQuotient } from '../regions/certified.js'
import { difference, minus, num, over, plus, times, variable } from '../scalars/build.js'
import { isScalar } from '../scalars/closed-form.js'
import { derivativeOf } from '../scalars/derivative.js'
import { sameScalar } from '../scalars/same-scalar.js'
import type { Node } from '../tree/node.js'
import { signName } from '../tree/node.js'
import { mapChildren, some, variablesOf } from '../tree/walk.js'
import {
  constantNames,
  explicitOf,
  familyOf,
  isDoubtful,
  isSmall,
  mayHoldConstants,
  runningNames,
} from './arbitrary-constants.js'
import { type Answer, defineKind } from './kind.js'

interface Curves {
  /** What is constant along each curve. */
  readonly level: Node
  /** Its slopes by the two names. */
  readonly slopes: readonly [Node, Node]
}

/** Behind solutions solved for their function, and before the kind of relations. */
export const solutionCurvesKind = defineKind<Curves>({
  id: 'solution-curves',
  read: (answer, how, other) => read(answer, other, how),
  same,
})

function read({ node }: Answer, { node: other }: Answer, how: How): Curves | undefined {
  if (!node || !other || !mayHoldConstants(node, how)) return undefined
  const [own, others] = [differenceOf(node), differenceOf(other)]
  if (!own || !others || (explicitOf(node) && explicitOf(other))) return undefined
  const names = constantNames(variablesOf(own), variablesOf(others))
  if (names?.[0].length !== 1 || names[1].length !== 1 || isDoubtful(names.flat())) return undefined
  const [x, y, ...more] = runningNames([own, others], new Set(names.flat()))
  if (x === undefined || y === undefined || more.length > 0) return undefined
  return levelOf(own, names[0][0] ?? '', [x, y])
}

function differenceOf(node: Node): Node | undefined {
  if (node.kind !== 'relation' || node.sides.length !== 2 || node.signs[0] !== '=') return undefined
  const [left, right] = node.sides
  const plain = left && right && [left, right].every(isScalar) && !some(node, ({ kind }) => kind === 'call')
  return plain && !variablesOf(node).has(signName) ? difference(left, right) : undefined
}

/** The equation solved for its constant. */
function levelOf(equation: Node, constant: string, [x, y]: readonly [string, string]): Curves | undefined {
  const family = familyOf(absorbed(equation, constant), [constant])
  const [factor] = family?.basis ?? []
  if (!family || !factor || (factor.kind === 'number' && factor.value.n === 0n)) return undefined
  const level = over(minus(family.particular), factor)
  const slopes = [derivativeOf(level, x), derivativeOf(level, y)] as const
  return slopes[0] && slopes[1] && slopes.every((slope) => slope && isSmall(slope))
    ? { level, slopes: [slopes[0], slopes[1]] }
    : undefined
}

/** `C^2`, `ln C` and `2C` are any constant, as C is. */
function absorbed(node: Node, constant: string): Node {
  const names = variablesOf(node)
  if (!names.has(constant)) return node
  return names.size === 1 ? variable(constant) : mapChildren(node, (child) => absorbed(child, constant))
}

const zero = num(0)
const open = unsure('structure', 'curves that are not settled')

function same(a: Curves, b: Curves, how: How): Finding {
  const [[ax, ay], [bx, by]] = [a.slopes, b.slopes]
  const turned = sameScalar(times(ax, by), times(ay, bx), how)
  if (turned.equal === false) return no(turned.layer, 'other curves, whatever the constant')
  if (turned.equal === null) return open
  // One level may still hold several curves of the other: only what takes each value once will do.
  const isOne =
    proportional(a.slopes, b.slopes, how) ||
    isConstant(plus(times(ax, b.level), times(a.level, bx)), plus(times(ay, b.level), times(a.level, by)), how) ||
    proportional([times(ax, b.level), times(ay, b.level)], b.slopes, how) ||
    proportional(a.slopes, [times(bx, a.level), times(by, a.level)], how)
  return isOne ? yes('structure', 'the same curves for all constants') : open
}

const isConstant = (byX: Node, byY: Node, how: How) => [byX, byY].every((slope) => sameScalar(slope, zero, how).equal)

function proportional(a: readonly [Node, Node], b: readonly [Node, Node], how: How): boolean {
  return a.every((slope, k) => {
    const other = b[k] as Node
    if (sameScalar(slope, zero, how).equal && sameScalar(other, zero, how).equal) return true
    const quotient = constantQuotient(slope, other, how)
    return quotient === 'positive' || quotient === 'negative'
  })
}
