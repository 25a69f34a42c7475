/** Lines given by a point and a direction: `(1, 2, 3) + t(1, 0, 1)` is the same for every point on it. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { folded, isZero, minus, numeral, over, plus, times } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { sameMember } from './members.js'
import type { Components } from './vector.js'

interface Line {
  readonly point: readonly Node[]
  readonly direction: readonly Node[]
}

/** found: the comparison by components, which settles it when it says equal. */
export function sameLine(a: Components, b: Components, found: Finding, how: How): Finding {
  if (found.equal) return found
  const [left, right] = [lineOf(a.items), lineOf(b.items)]
  if (!left || !right) {
    const names = [a, b].map(({ items }) => namesIn(items).size)
    return names.every((count) => count === 0) || names.includes(0) ? found : unsure('structure', 'several parameters')
  }
  if (!isSome(left.direction, how) || !isSome(right.direction, how)) return unsure('structure', 'a direction of zero')
  const between = left.point.map((item, index) => minus(right.point[index] as Node, item))
  const equal = [parallel(left.direction, right.direction, how), parallel(left.direction, between, how)]
  if (equal.includes(false)) return no('structure', 'another line')
  return equal.includes(null) ? unsure('structure', 'a line that is not settled') : yes('structure', 'the same line')
}

const namesIn = (items: readonly Node[]) => {
  const names = new Set<string>()
  for (const item of items) variablesOf(item, names)
  return names
}

function lineOf(items: readonly Node[]): Line | undefined {
  const [name, more] = namesIn(items)
  if (name === undefined || more !== undefined) return undefined
  const parts = items.map((item) => linear(item, name))
  if (parts.includes(undefined)) return undefined
  const [point, direction] = [0, 1].map((index) => parts.map((part) => folded(part?.[index] as Node)))
  return point && direction && { point, direction }
}

const isSome = (direction: readonly Node[], how: How) =>
  direction.some((part) => !isZero(part) && sameMember(part, numeral(0), how) === false)

/** Constant and slope, when the name stands in sums and multiples only. */
function linear(node: Node, name: string): readonly [Node, Node] | undefined {
  if (node.kind === 'variable' && node.name === name) return [numeral(0), numeral(1)]
  if (!variablesOf(node).has(name)) return [node, numeral(0)]
  if (node.kind === 'add') {
    const [a, b] = [linear(node.left, name), linear(node.right, name)]
    return a && b && [plus(a[0], b[0]), plus(a[1], b[1])]
  }
  if (node.kind === 'divide' && !variablesOf(node.right).has(name)) {
    const a = linear(node.left, name)
    return a && [over(a[0], node.right), over(a[1], node.right)]
  }
  if (node.kind !== 'multiply') return undefined
  const [factor, rest] = variablesOf(node.left).has(name) ? [node.right, node.left] : [node.left, node.right]
  const a = variablesOf(factor).has(name) ? undefined : linear(rest, name)
  return a && [times(factor, a[0]), times(factor, a[1])]
}

/** All the areas spanned by two components vanish. A vector of zeros is parallel to any. */
function parallel(a: readonly Node[], b: readonly Node[], how: How): boolean | null {
  let open: true | null = true
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const equal = sameMember(times(a[i] as Node, b[j] as Node), times(a[j] as Node, b[i] as Node), how)
      if (equal === false) return false
      if (equal === null) open = null
    }
  }
  return open
}
