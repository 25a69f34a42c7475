/** Ways to rewrite an expression that holds its name more than once, so that it can be solved for it. */
import type { How } from '../finding.js'
import { minus, negative, numeral, over, plus, times } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { childrenOf, mapChildren } from '../tree/walk.js'
import { zero } from '../value/rational.js'
import { exactValue } from './certified.js'
import { cutAt } from './cut.js'
import { mentions } from './mentions.js'
import { preimage, squareCompleted, type Wanted } from './preimage.js'
import { intersection, type Region, span, union } from './region.js'

const maxCandidates = 4
const fresh: Node = { kind: 'variable', name: '#' }

/** Undefined when none of the ways fits. */
export function rewritten(node: Node, wanted: Wanted, how: How): Region | undefined {
  const [size] = innermost(node, { name: wanted.name, test: isSize }, how)
  if (size?.kind === 'apply') return bySign(node, size, wanted, how)
  for (const inner of innermost(node, { name: wanted.name, test: isTranscendental }, how)) {
    const found = byInner(node, inner, wanted, how)
    if (found) return found
  }
  const [c, b, a] = coefficientsIn(node, wanted.name, how) ?? []
  if (!c || !b) return undefined
  const x: Node = { kind: 'variable', name: wanted.name }
  const rebuilt = a ? squareCompleted(c, b, a, x) : plus(times(b, x), c)
  return preimage(rebuilt, wanted, how)
}

const isSize = (node: Node) => node.kind === 'apply' && node.name === 'abs'
const isTranscendental = (node: Node) =>
  node.kind === 'apply' || (node.kind === 'power' && (node.right.kind !== 'number' || node.right.value.d !== 1n))

interface Search {
  readonly name: string
  readonly test: (node: Node) => boolean
}

/** The innermost ones that hold the name, each once. */
function innermost(node: Node, { name, test }: Search, how: How): readonly Node[] {
  const found: Node[] = []
  const visit = (one: Node): boolean => {
    how.budget.spend()
    const inside = childrenOf(one).map(visit).includes(true)
    if (inside || !test(one) || !mentions(one, name, how.budget)) return inside
    if (found.length < maxCandidates && !found.some((other) => alike(other, one))) found.push(one)
    return true
  }
  visit(node)
  return found
}

/** |u| is u where u is not negative, and -u elsewhere. */
function bySign(node: Node, size: Extract<Node, { kind: 'apply' }>, wanted: Wanted, how: How): Region {
  const inner = size.args[0] as Node
  const origin = { cut: cutAt(zero), closed: true }
  const parts = [
    { by: inner, where: span(origin, undefined) },
    { by: negative(inner), where: span(undefined, { ...origin, closed: false }) },
  ].map(({ by, where }) =>
    intersection(
      preimage(inner, { ...wanted, target: where }, how),
      preimage(replaced(node, size, by, how), wanted, how),
      how,
    ),
  )
  return union(parts[0] as Region, parts[1] as Region, how)
}

/** A function of u alone: solved for u first. A root of a linear u gives the name by its square. */
function byInner(node: Node, inner: Node, wanted: Wanted, how: How): Region | undefined {
  let outer = replaced(node, inner, fresh, how)
  if (mentions(outer, wanted.name, how.budget)) {
    const radicand = inner.kind === 'apply' && inner.name === 'sqrt' ? inner.args[0] : undefined
    const linear = radicand && coefficientsIn(radicand, wanted.name, how)
    if (linear?.length !== 2) return undefined
    const square: Node = { kind: 'power', left: fresh, right: numeral(2) }
    const back = over(minus(square, linear[0] as Node), linear[1] as Node)
    outer = replaced(outer, { kind: 'variable', name: wanted.name }, back, how)
  }
  if (mentions(outer, wanted.name, how.budget)) return undefined
  const target = preimage(outer, { ...wanted, name: '#' }, how)
  return preimage(inner, { ...wanted, target }, how)
}

/** Every occurrence replaced; b^(k u) as the k-th power of b^u. */
function replaced(node: Node, part: Node, by: Node, how: How): Node {
  how.budget.spend(2)
  if (alike(node, part)) return by
  if (node.kind === 'power' && part.kind === 'power' && alike(node.left, part.left)) {
    const times = multipleOf(node.right, part.right, how)
    if (times) return { kind: 'power', left: by, right: times }
  }
  return mapChildren(node, (child) => replaced(child, part, by, how))
}

const multipleOf = (node: Node, unit: Node, how: How): Node | undefined => {
  if (node.kind !== 'multiply') return undefined
  const factor = alike(node.right, unit) ? node.left : alike(node.left, unit) ? node.right : undefined
  const value = factor && exactValue(factor, how.budget)
  return value && numeral(value)
}

function alike(a: Node, b: Node): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  if (a.kind === 'number') return b.kind === 'number' && a.value.n === b.value.n && a.value.d === b.value.d
  if ('name' in a && (!('name' in b) || a.name !== b.name)) return false
  const [ours, theirs] = [childrenOf(a), childrenOf(b)]
  return ours.length > 0 || 'name' in a
    ? ours.length === theirs.length && ours.every((child, index) => alike(child, theirs[index] as Node))
    : false
}

/** Coefficients of degree two at most, lowest first, the last of them not zero; constants of any kind. */
export function coefficientsIn(node: Node, name: string, how: How): Node[] | undefined {
  how.budget.spend(2)
  if (node.kind === 'variable' && node.name === name) return [numeral(0), numeral(1)]
  if (!mentions(node, name, how.budget)) return [node]
  if (node.kind === 'add') {
    const [a, b] = [coefficientsIn(node.left, name, how), coefficientsIn(node.right, name, how)]
    return (
      a &&
      b &&
      cut(Array.from({ length: Math.max(a.length, b.length) }, (_, i) => plus(a[i] ?? numeral(0), b[i] ?? numeral(0))))
    )
  }
  if (node.kind === 'divide' && !mentions(node.right, name, how.budget)) {
    return coefficientsIn(node.left, name, how)?.map((one) => over(one, node.right))
  }
  if (node.kind === 'power') {
    const isSquare = node.right.kind === 'number' && node.right.value.n === 2n && node.right.value.d === 1n
    const base = isSquare ? coefficientsIn(node.left, name, how) : undefined
    return base && product(base, base)
  }
  if (node.kind !== 'multiply') return undefined
  const [a, b] = [coefficientsIn(node.left, name, how), coefficientsIn(node.right, name, how)]
  return a && b && product(a, b)
}

function product(a: readonly Node[], b: readonly Node[]): Node[] | undefined {
  if (a.length + b.length > 4) return undefined
  const result = Array.from({ length: a.length + b.length - 1 }, () => numeral(0))
  for (const [i, x] of a.entries())
    for (const [j, y] of b.entries()) result[i + j] = plus(result[i + j] as Node, times(x, y))
  return cut(result)
}

const cut = (all: Node[]): Node[] => {
  let length = all.length
  while (length > 1 && isNought(all[length - 1] as Node)) length--
  return all.slice(0, length)
}
const isNought = (node: Node) => node.kind === 'number' && node.value.n === 0n
