import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { childrenOf } from '../tree/walk.js'

/** Is the name anywhere in it, bound or not? */
export function mentions(node: Node, name: string, budget: Budget): boolean {
  budget.spend()
  return node.kind === 'variable' ? node.name === name : childrenOf(node).some((child) => mentions(child, name, budget))
}
