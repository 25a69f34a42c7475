/** Powers, degrees, and what else is raised: a transpose, an inverse, primes. */
import type { Node } from '../tree/node.js'
import { braces } from './brackets.js'
import type { Cursor } from './cursor.js'
import { add, constant, degreeFactor, divide, int, minus, multiply, name, power } from './nodes.js'
import { plainNumber } from './numbers.js'
import { bracketless } from './operands.js'
import { primes } from './scripts.js'

/** Stands at `^`; right-associative. */
export function raised(c: Cursor, left: Node): Node {
  c.at++
  if (left.kind === 'named-set') return signedSet(c, left)
  if (c.token.type === 'sign' && (c.token.text === '+' || c.token.text === "'")) c.fail('a raised sign')
  if (c.takeCommand('top')) return power(left, name('T'))
  const exponent = exponentOf(c)
  if (left.kind === 'number' && isOrdinal(exponent)) c.fail('an ordinal')
  return power(left, exponent)
}

/** The exponent behind `^`: signed, one operand, perhaps raised itself. */
export function exponentOf(c: Cursor): Node {
  c.enter()
  const exponent = signed(c)
  c.leave()
  return exponent
}

function signed(c: Cursor): Node {
  if (c.take('-')) return minus(exponentOf(c))
  if (c.take('+')) return exponentOf(c)
  const base = c.is('{') ? braces(c) : bracketless(c)
  return c.is('^') && !isDegreePower(c) ? raised(c, base) : base
}

const isOrdinal = (node: Node) =>
  node.kind === 'words' ||
  (node.kind === 'multiply' &&
    node.left.kind === 'variable' &&
    node.right.kind === 'variable' &&
    ['th', 'st', 'nd', 'rd'].includes(node.left.name + node.right.name))

/** `R^+`, `Z^{+}`, `R^*`, `R^-`. */
function signedSet(c: Cursor, set: Node): Node {
  if (c.token.type === 'number') return power(set, bracketless(c))
  const braced = c.take('{')
  const sign = c.token.text
  if (!['+', '-', '*'].includes(sign)) c.fail('a power of a set')
  c.at++
  if (braced) c.expect('}', 'a brace')
  return restricted(c, set, sign === '+' ? '>' : sign === '-' ? '<' : '!=')
}

/** The members of a set of numbers on one side of zero. */
export function restricted(c: Cursor, set: Node, sign: '>' | '<' | '>=' | '<=' | '!='): Node {
  if (set.kind !== 'named-set') return c.fail('a part of a set')
  const [zero, endless] = [int(0), constant('infinity')]
  if (set.name === 'reals') {
    if (sign === '!=')
      return { kind: 'difference', left: set, right: { kind: 'group', open: '{', close: '}', items: [zero] } }
    return sign.startsWith('>')
      ? { kind: 'group', open: sign === '>' ? '(' : '[', close: ')', items: [zero, endless] }
      : { kind: 'group', open: '(', close: sign === '<' ? ')' : ']', items: [minus(endless), zero] }
  }
  const n = name('n')
  const where: Node = { kind: 'relation', sides: [n, zero], signs: [sign] }
  return { kind: 'builder', element: { kind: 'member', left: n, right: set, negated: false }, where }
}

/** Stands at `^`: is it `^\circ` or `^{\circ}`? */
export const isDegreePower = (c: Cursor): boolean =>
  isRing(c, 1) || (c.isAhead(1, '{') && isRing(c, 2) && c.isAhead(3, '}'))

const isRing = (c: Cursor, count: number) => c.isAhead(count, '∘') || c.isAhead(count, '°')

/** Stands at the sign of degrees. A unit, but a factor inside a function of an angle. Minutes and seconds may follow. */
export function degreesFrom(c: Cursor, left: Node): Node {
  const braced = c.isAhead(1, '{')
  if (c.is('∘') && left.kind !== 'number') c.fail('a composition')
  c.at += isRing(c, 0) ? 1 : braced ? 4 : 2
  const scale = scaleOf(c)
  if (scale) return { kind: 'quantity', value: left, unit: scale }
  const value = left.kind === 'number' ? withMinutes(c, left) : left
  return c.angle > 0 ? multiply(value, degreeFactor) : { kind: 'quantity', value, unit: 'degree' }
}

/** Degrees of a temperature. */
function scaleOf(c: Cursor): string | undefined {
  const { type, text, gap } = c.token
  if ((type !== 'name' && type !== 'word') || (gap && !c.token.roman && !/^[CF]$/.test(text))) return undefined
  const scale = /^(?:C|Celsius|celsius)$/.test(text)
    ? '°C'
    : /^(?:F|Fahrenheit|fahrenheit)$/.test(text)
      ? '°F'
      : undefined
  if (scale) c.at++
  return scale
}

function withMinutes(c: Cursor, degrees: Node): Node {
  let value = degrees
  for (const [count, part] of [
    [1, 60],
    [2, 3600],
  ] as const) {
    if (c.token.type !== 'number') break
    const start = c.at
    const minutes = plainNumber(c)
    if (primes(c) === count) value = add(value, divide(minutes, int(part)))
    else c.at = start
  }
  return value
}
