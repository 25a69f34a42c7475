/** Limits, by the leading term of a series at the place. */
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { some, substitute, variablesOf } from '../tree/walk.js'
import { integer, one } from '../value/rational.js'
import { infinity, minus, num, over, plus, times, variable } from './build.js'
import { sameForAll } from './compare.js'
import { exactValue } from './exact.js'
import { expansion } from './expansion.js'
import { closedSum } from './finite-sum.js'
import {
  compareMonomials,
  constantly,
  type Ground,
  NotReal,
  type Series,
  signOf,
  sum,
  Unknown,
  unit,
} from './growth.js'
import { integralOf } from './integral.js'
import { doubles, evaluate } from './numeric.js'
import { linearIn } from './polynomial.js'
import { isContinuous, type Span } from './regular.js'

export type Side = KindOf<'limit'>['side']

/** Undefined where there is none or none is found. The constant infinity, or minus it, where it grows without end. */
export function limitOf(node: KindOf<'limit'>, how: How): Node | undefined {
  if (signOfInfinity(node.to) === 1) {
    const sum = riemannSum(node.body, node.name, how)
    if (sum) return sum
  }
  const body = withoutSums(node.body, node.name, how)
  const found = oneSided(body, node.name, node.to, node.side, how)
  return found && found !== 'not real' ? found : undefined
}

const signOfInfinity = (node: Node): number =>
  node.kind === 'constant' && node.name === 'infinity'
    ? 1
    : node.kind === 'multiply' && node.left.kind === 'number' && node.right.kind === 'constant'
      ? -signOfInfinity(node.right)
      : 0

type Result = Node | 'not real' | undefined

function oneSided(body: Node, name: string, to: Node, side: Side, how: How): Result {
  const infinite = signOfInfinity(to)
  if (infinite !== 0) return approached(body, name, growing(infinite), how)
  if (some(to, (part) => part.kind === 'constant' && part.name === 'infinity')) return undefined
  const right = side === 'left' ? undefined : approached(body, name, near(to, 1, how), how)
  if (side === 'right' || (side === 'both' && right === undefined)) return right
  const left = approached(body, name, near(to, -1, how), how)
  if (side === 'left' || left === undefined || right === undefined) return left
  // A root at the end of its domain has a limit from inside only.
  if (left === 'not real') return right
  if (right === 'not real') return left
  return agree(left, right, how) ? right : undefined
}

function agree(left: Node, right: Node, how: How): boolean {
  const [a, b] = [signOfInfinity(left), signOfInfinity(right)]
  return a !== 0 || b !== 0 ? a === b : sameForAll(left, right, how.budget).equal === true
}

/** The limit of an expression, as its name runs to the place from one side. */
export function endValue(body: Node, name: string, to: Node, side: 'left' | 'right', how: How): Node | undefined {
  const found = oneSided(body, name, to, side, how)
  return found === 'not real' ? undefined : found
}

const growing = (sign: number) => (): Series => ({ terms: [{ e: integer(-1), j: 0, p: [], c: num(sign) }] })
const near = (to: Node, sign: number, _how: How) => (on: Ground) =>
  sum(constantly(to, on), { terms: [{ e: one, j: 0, p: [], c: num(sign) }] }, on)

/** More terms where what was kept has cancelled. */
function approached(body: Node, name: string, place: (on: Ground) => Series, how: How): Result {
  for (const terms of [5, 10]) {
    const on: Ground = { budget: how.budget, terms, assumed: false }
    try {
      const found = leading(expansion(body, name, place(on), on), on)
      if (found) return on.assumed ? wherePositive(found, body, name) : found
    } catch (error) {
      if (error instanceof NotReal) return 'not real'
      if (!(error instanceof Unknown)) throw error
      if (terms === 10) return undefined
    }
  }
  return undefined
}

function leading({ terms, rest }: Series, on: Ground): Node | undefined {
  const [first] = terms
  if (!first) return !rest || compareMonomials(rest, unit, on) < 0 ? num(0) : undefined
  const order = compareMonomials(first, unit, on)
  if (order < 0) return num(0)
  if (order === 0) return first.c
  return signOf(first.c, on) > 0 ? infinity : minus(infinity)
}

/** A value that was found with the other names positive holds there only. */
function wherePositive(value: Node, body: Node, name: string): Node {
  if (some(value, (part) => part.kind === 'constant' && part.name === 'infinity')) return value
  return positiveOnly(
    value,
    [...variablesOf(body)].filter((one) => one !== name && variablesOf(value).has(one)),
  )
}

/** a + a > a as a condition: it holds no number at which expressions would be compared as well. */
export function positiveOnly(value: Node, names: readonly string[]): Node {
  return names.reduce<Node>((inner, one) => {
    const name = variable(one)
    const when: Node = { kind: 'relation', sides: [plus(name, name), name], signs: ['>'] }
    return { kind: 'cases', pieces: [{ value: inner, when }] }
  }, value)
}

/** Σ f(k, n) up to m n, where n f(n s, n) = g(s) for every n: the integral of g from 0 to m, for g without a jump there. */
function riemannSum(body: Node, name: string, how: How): Node | undefined {
  const held = sumFactor(body, num(1))
  if (!held || !variablesOf(held.sum.to).has(name) || variablesOf(held.sum.from).size > 0) return undefined
  const [n, s] = [variable(name), variable('#s')]
  const to = linearIn(held.sum.to, name)
  const slope = to && exactValue(to.slope, how.budget)
  const start = exactValue(held.sum.from, how.budget)
  if (!slope || !start || slope.n <= 0n || start.n < 0n) return undefined
  const term = times(n, times(held.factor, held.sum.body))
  const scaled = substitute(term, held.sum.name, times(n, s))
  const g = substitute(scaled, name, num(1))
  if (!sameForAll(scaled, g, how.budget).equal) return undefined
  const span: Span = {
    name: '#s',
    from: { node: num(0), about: 0 },
    to: { node: num(slope), about: Number(slope.n) / Number(slope.d) },
    box: new Map(),
  }
  // At the bounds too, which the sum may reach.
  const ends = [num(0), num(slope)].map((end) => evaluate(doubles, substitute(g, '#s', end), new Map(), how.budget))
  if (variablesOf(g).size > 1 || ends.includes(undefined) || !isContinuous(g, span, how.budget)) return undefined
  return integralOf({ kind: 'integral', name: '#s', from: num(0), to: num(slope), body: g }, how)
}

function sumFactor(node: Node, factor: Node): { sum: KindOf<'sum' | 'product'>; factor: Node } | undefined {
  if (node.kind === 'sum') return { sum: node, factor }
  if (node.kind === 'divide') return sumFactor(node.left, over(factor, node.right))
  if (node.kind !== 'multiply') return undefined
  return sumFactor(node.left, times(factor, node.right)) ?? sumFactor(node.right, times(factor, node.left))
}

/** Sums up to the name, in closed form. */
function withoutSums(node: Node, name: string, how: How): Node {
  if (!some(node, ({ kind }) => kind === 'sum')) return node
  if (node.kind === 'sum' && variablesOf(node.to).has(name)) return closedSum(node, how) ?? node
  return node.kind === 'add' || node.kind === 'multiply' || node.kind === 'divide' || node.kind === 'power'
    ? { ...node, left: withoutSums(node.left, name, how), right: withoutSums(node.right, name, how) }
    : node
}
