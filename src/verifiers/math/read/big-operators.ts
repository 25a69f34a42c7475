/** Sums, products, integrals and limits with what they run over. */
import type { KindOf, Node } from '../tree/node.js'
import { braces } from './brackets.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { isInfinite } from './nodes.js'
import { argument } from './operands.js'

/** `\sum_{k=1}^{n} a_k`; the body is a product. */
export function total(c: Cursor, kind: 'sum' | 'product'): Node {
  if (!c.is('_') || !c.isAhead(1, '{')) c.fail(`a ${kind} without its bounds`)
  c.at += 2
  const name = boundName(c)
  c.expect('=', 'a counter')
  const from = c.inside(() => expression(c, levels.sum))
  c.expect('}', 'a bound')
  if (!c.take('^')) c.fail(`a ${kind} without its upper bound`)
  const to = argument(c)
  c.counters.push(name)
  const body = expression(c, levels.product)
  c.counters.pop()
  return { kind, name, from, to, body }
}

/** `\bigcup_{k \in \mathbb{Z}} S`, `\bigcup_{k=-\infty}^{\infty} S`: the members of S for every k. */
export function unionOf(c: Cursor): Node {
  if (!c.isAhead(1, '_') || !c.isAhead(2, '{')) return c.fail('an operand is missing')
  c.at += 3
  const over = c.inside(() => expression(c, levels.relation))
  c.expect('}', 'a bound')
  const where = over.kind === 'member' ? over : overIntegers(c, over)
  return { kind: 'family', body: expression(c, levels.sets), where }
}

function overIntegers(c: Cursor, over: Node): Node {
  const [left, from] = over.kind === 'relation' ? over.sides : []
  if (!left || !from || left.kind !== 'variable' || !c.take('^')) return c.fail('a union without its bounds')
  const to = argument(c)
  const where: Node = { kind: 'member', left, right: { kind: 'named-set', name: 'integers' }, negated: false }
  const bounds: Node[] = []
  if (!isInfinite(from)) bounds.push({ kind: 'relation', sides: [left, from], signs: ['>='] })
  if (!isInfinite(to)) bounds.push({ kind: 'relation', sides: [left, to], signs: ['<='] })
  return bounds.reduce((all, bound): Node => ({ kind: 'and', left: all, right: bound }), where)
}

function boundName(c: Cursor): string {
  const { type, text } = c.token
  if (type !== 'name' && type !== 'command') c.fail('a counter without a name')
  c.at++
  return text
}

/** `\int_0^1 x^2 dx`; without bounds an antiderivative. The body is a sum and ends at the differential. */
export function integral(c: Cursor): Node {
  const bounds: { from?: Node; to?: Node } = {}
  for (let turn = 0; turn < 2; turn++) {
    if (c.take('_')) bounds.from = bound(c)
    else if (c.take('^')) bounds.to = bound(c)
  }
  if ((bounds.from === undefined) !== (bounds.to === undefined)) c.fail('an integral with one bound')
  const { differential, integrandNesting } = c
  c.integrals++
  c.differential = undefined
  c.integrandNesting = c.nesting
  const body = c.token.type === 'differential' ? one : expression(c, levels.sum)
  let name = c.differential as string | undefined
  if (name === undefined && c.token.type === 'differential') {
    name = c.token.text
    c.at++
  }
  c.integrals--
  c.differential = differential
  c.integrandNesting = integrandNesting
  if (name === undefined) return c.fail('an integral without its differential')
  return { kind: 'integral', name, ...bounds, body }
}

const one: Node = { kind: 'number', value: { n: 1n, d: 1n } }

function bound(c: Cursor): Node {
  if (c.is('{')) return braces(c)
  const negative = c.is('-')
  return negative ? expression(c, levels.power) : argument(c)
}

/** `\lim_{x \to 0^+} f`. */
export function limit(c: Cursor): Node {
  if (!c.take('_') || !c.take('{')) c.fail('a limit without its place')
  const name = boundName(c)
  if (!c.take('→')) c.fail('a limit without its place')
  const { sided } = c
  c.sided = true
  const to = c.inside(() => expression(c, levels.sum))
  c.sided = sided
  const side = sideOf(c)
  c.expect('}', 'a limit')
  const body = expression(c, levels.product)
  return { kind: 'limit', name, to, side, body }
}

/** Stands at `^`: does it say from which side? */
export const isSide = (c: Cursor): boolean => {
  const count = c.isAhead(1, '{') ? 2 : 1
  return (c.isAhead(count, '+') || c.isAhead(count, '-')) && c.isAhead(count + 1, '}')
}

function sideOf(c: Cursor): KindOf<'limit'>['side'] {
  if (!c.is('^')) return 'both'
  c.at++
  const braced = c.take('{')
  const side = c.take('+') ? 'right' : c.take('-') ? 'left' : c.fail('the side of a limit')
  if (braced) c.expect('}', 'a brace')
  return side
}
