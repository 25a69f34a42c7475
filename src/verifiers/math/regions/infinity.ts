/** Infinity as an end: `\infty`, `+\infty`, `-\infty`. */
import type { Node } from '../tree/node.js'

/** 1, -1, or 0 when it is not infinite. */
export function infinityOf(node: Node): 1 | -1 | 0 {
  if (node.kind === 'constant') return node.name === 'infinity' ? 1 : 0
  if (node.kind !== 'multiply') return 0
  const [factor, rest] = node.left.kind === 'number' ? [node.left, node.right] : [node.right, node.left]
  if (factor.kind !== 'number' || factor.value.n === 0n) return 0
  const inner = infinityOf(rest)
  return factor.value.n < 0n ? (-inner as 1 | -1 | 0) || 0 : inner
}
