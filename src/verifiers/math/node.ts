/** The tree that the parser builds: the only thing that is ever evaluated, never the text itself. */
import type { Rational } from './rational.js'

export type Node =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'infinity' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'add' | 'multiply'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'divide' | 'power'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'apply'; readonly name: FunctionName; readonly args: readonly Node[] }

export const functionNames = [
  'sqrt',
  'root',
  'ln',
  'log',
  'exp',
  'abs',
  'floor',
  'ceil',
  'factorial',
  'doublefactorial',
  'binomial',
  'gcd',
  'lcm',
  'max',
  'min',
  'mod',
  'sin',
  'cos',
  'tan',
  'cot',
  'sec',
  'csc',
  'arcsin',
  'arccos',
  'arctan',
  'sinh',
  'cosh',
  'tanh',
] as const
export type FunctionName = (typeof functionNames)[number]

/** The sign that ± stands for: 1 in one reading, -1 in the other. */
export const signName = '±'

const childrenOf = (node: Node): readonly Node[] => {
  if (node.kind === 'apply') return node.args
  return 'left' in node ? [node.left, node.right] : []
}

export function some(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => some(child, test))
}

export function variablesOf(node: Node, found = new Set<string>()): Set<string> {
  if (node.kind === 'variable') found.add(node.name)
  for (const child of childrenOf(node)) variablesOf(child, found)
  return found
}

export const usesFunction = (node: Node, names: readonly FunctionName[]) =>
  some(node, (one) => one.kind === 'apply' && names.includes(one.name))

/** The tree with a variable replaced. */
export function substitute(node: Node, name: string, by: Node): Node {
  if (node.kind === 'variable') return node.name === name ? by : node
  if (node.kind === 'apply') return { ...node, args: node.args.map((arg) => substitute(arg, name, by)) }
  if ('left' in node) return { ...node, left: substitute(node.left, name, by), right: substitute(node.right, name, by) }
  return node
}
