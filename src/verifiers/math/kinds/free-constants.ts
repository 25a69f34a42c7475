/** Names that stand for constants of integration, and names that a function runs over. */

import { resultOf } from '../tree/chain.js'
import type { KindOf, Node } from '../tree/node.js'
import { childrenOf, variablesOf } from '../tree/walk.js'

/** Sure by their spelling: C, K, C_1, c_2. */
const sure = /^(?:C|K|[CcKkAB]_\w+|const(?:ant)?)$/
/** Constants beside a sure one only. */
const possible = /^(?:[cdkABD]|[ab]_\w+)$/

export const isSureConstant = (name: string) => sure.test(name)
export const isPossibleConstant = (name: string) => sure.test(name) || possible.test(name)

const running = /^(?:[x-z]|[r-w]|theta|phi|varphi|xi|rho)(?:_\w+)?$/

/** Does a function usually run over a name like this? */
export const isRunning = (name: string) => running.test(name)

/** The names that a function of x, t, θ … runs over; all of them where there is none of these. */
export function runningNames(names: Iterable<string>): string[] {
  const all = [...names].sort()
  const usual = all.filter((name) => running.test(name))
  return usual.length > 0 ? usual : all
}

const wordsForConstant =
  /^(?:(?:an?|some|any|the)?\s*(?:arbitrary|integration|real)?\s*)?const(?:ant)?\.?(?: of integration)?$/i

/** `x^2 + constant` with a name for it. */
function withNamedConstant(node: Node): Node {
  if (node.kind === 'words') return wordsForConstant.test(node.text) ? { kind: 'variable', name: 'constant' } : node
  if (node.kind !== 'add') return node
  return { ...node, left: withNamedConstant(node.left), right: withNamedConstant(node.right) }
}

export const occurrences = (node: Node, name: string): number =>
  (node.kind === 'variable' && node.name === name ? 1 : 0) +
  childrenOf(node).reduce((total, child) => total + occurrences(child, name), 0)

/** The value of `y = …`, `F(x) = …`, `∫ f dx = …`, with what is named; the node itself where it is no equation. */
export function valueFor(node: Node): { readonly name?: string; readonly value: Node } | undefined {
  if (node.kind !== 'relation') return { value: withNamedConstant(node) }
  const [left] = node.sides
  const right = resultOf(node)
  if (!left || !right) return undefined
  const value = withNamedConstant(right)
  if (left.kind === 'integral' && !left.from) return { value }
  const name = nameOf(left)
  return name !== undefined && !variablesOf(value).has(name) ? { name, value } : undefined
}

function nameOf(node: Node): string | undefined {
  if (node.kind === 'variable') return node.name
  return node.kind === 'call' && node.primes === 0 ? nameOfCall(node) : undefined
}
const nameOfCall = ({ name, args }: KindOf<'call'>) =>
  args.every(({ kind }) => kind === 'variable') ? name : undefined
