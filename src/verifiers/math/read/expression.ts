/**
 * The Pratt loop: an operand, then as many operators as bind tighter than what stands in front of it. An operator is a row
 * of `infix`; what stands side by side is a product.
 */
import type { KindOf, Node, Sign } from '../tree/node.js'
import { isSide } from './big-operators.js'
import { plainSet } from './brackets.js'
import { isMemberInBrackets } from './conditions.js'
import type { Cursor } from './cursor.js'
import { levels } from './levels.js'
import { add, apply, divide, isSetLike, isStatement, minus, multiply, plusOrMinus, relation } from './nodes.js'
import { operand } from './operands.js'
import { degreesFrom, isDegreePower, raised } from './powers.js'
import { isMathematical, startsOperand } from './starts.js'
import { isUnitAhead, withUnit } from './unit-tail.js'

interface Infix {
  readonly level: number
  readonly read: (c: Cursor, left: Node) => Node
}

/** An expression of operators that bind at least as tight as `least`. */
export function expression(c: Cursor, least: number): Node {
  c.enter()
  let left = operand(c, least)
  for (;;) {
    c.budget.spend()
    const next = continued(c, left, least)
    if (next === undefined) break
    left = next
  }
  c.leave()
  return left
}

function continued(c: Cursor, left: Node, least: number): Node | undefined {
  const { type, text } = c.token
  if (type === 'end') return undefined
  if (type === 'sign') {
    if (text === '(' && c.ahead(1).text === 'mod' && c.ahead(1).type !== 'name')
      return least <= levels.relation ? modulo(c, left) : undefined
    if (text === '(' && isMemberInBrackets(c)) return undefined
    if (text === '&' && c.systems > 0) {
      c.at++
      return left
    }
    const rule = infix.get(text)
    if (rule) {
      if (rule.level < least || stops(c, text)) return undefined
      return rule.read(c, left)
    }
  }
  if (least <= levels.unit && isUnitAhead(c, left)) return withUnit(c, left)
  if (type === 'word' && text === 'mod') return least <= levels.modulo ? remainder.read(c, left) : undefined
  if (least > levels.product) return undefined
  if (type === 'word' && text === 'in') return least <= levels.relation ? member(c, left, false) : undefined
  if (type === 'name' && (text === 'U' || text === 'u') && isSetLike(left) && startsSet(c, 1)) {
    if (least > levels.sets) return undefined
    return binary('union', levels.sets).read(c, left)
  }
  return startsOperand(c) ? beside(c, left) : undefined
}

/** A colon that separates the two parts of a set-builder, `&` between the cells of a row. */
const stops = (c: Cursor, text: string) =>
  (c.builder && (text === ':' || text === '\\mid')) ||
  (c.environments > 0 && text === '&') ||
  (c.sided && text === '^' && isSide(c)) ||
  (text === '/' && c.ahead(1).type === 'word' && !isMathematical(c.ahead(1).text))

function startsSet(c: Cursor, count: number): boolean {
  const { type, text } = c.ahead(count)
  return type === 'set' || (type === 'sign' && ['(', '[', '\\{', '{'].includes(text))
}

/** Side by side. */
function beside(c: Cursor, left: Node): Node {
  const { previous, token } = c
  if (token.type === 'number' && previous) {
    // `C_2 2^n`: the first is a subscript.
    const script = c.isAhead(-2, '_') && c.isAhead(1, '^') && token.gap
    if ((previous.type === 'number' && !script) || left.kind === 'number') c.fail('two numbers side by side')
    if ((previous.type === 'name' || previous.type === 'word') && !c.isAhead(1, '^')) c.fail('a number behind a name')
  }
  if (token.type === 'name' && token.gap && previous?.type === 'number' && c.isAhead(-2, '=') && c.isAhead(1, '='))
    c.fail('two equations without a comma')
  if (isSetLike(left) && (token.type === 'set' || token.text === '\\{')) c.fail('two sets side by side')
  const right = expression(c, levels.power)
  if (left.kind === 'words' || right.kind === 'words') c.fail('words inside an expression')
  if (isStatement(right)) return { kind: 'family', body: left, where: right }
  return multiply(left, right)
}

const relations: Readonly<Record<string, Sign>> = {
  '=': '=',
  '!=': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '~': '~',
  '≡': '=',
}

/** A chain of any length: `a < b <= c`. */
function chain(c: Cursor, left: Node): Node {
  const sides = [left]
  const signs: Sign[] = []
  let congruent = false
  let remainder = false
  for (;;) {
    const sign = c.token.type === 'sign' ? relations[c.token.text] : undefined
    if (!sign) break
    congruent ||= c.token.text === '≡'
    c.at++
    const start = c.token
    sides.push(expression(c, levels.relation + 1))
    remainder = !(start.type === 'sign' && start.text === '(')
    signs.push(sign)
  }
  const node = relation(sides, signs)
  if (!congruent) return node
  const right = sides[1]
  if (remainder && sides.length === 2 && right?.kind === 'apply' && right.name === 'mod')
    return { kind: 'congruence', left, right: right.args[0] as Node, modulus: right.args[1] as Node }
  c.loose.add(node)
  return node
}

function member(c: Cursor, left: Node, negated: boolean): Node {
  c.at++
  const right = c.is('{') ? plainSet(c) : expression(c, levels.relation + 1)
  return { kind: 'member', left, right: letterSet(right), negated }
}

const letterSets: Readonly<Record<string, KindOf<'named-set'>['name']>> = {
  R: 'reals',
  Z: 'integers',
  N: 'naturals',
  Q: 'rationals',
  C: 'complexes',
}

/** `x in R`: a letter alone behind the sign names a set. */
function letterSet(node: Node): Node {
  const set = node.kind === 'variable' ? letterSets[node.name] : undefined
  return set ? { kind: 'named-set', name: set } : node
}

/** `x = 3 (mod 7)`, `10 (mod 7)`: of a relation it makes a congruence, of a value its remainder. */
function modulo(c: Cursor, left: Node): Node {
  const bracketed = c.take('(')
  c.at++
  const modulus = !bracketed && (c.is('{') || c.is('(')) ? operand(c, levels.power) : expression(c, levels.product)
  if (bracketed) c.expect(')', 'a bracket')
  if (left.kind === 'relation' && left.signs.length === 1 && left.signs[0] === '=') {
    c.loose.delete(left)
    return { kind: 'congruence', left: left.sides[0] as Node, right: left.sides[1] as Node, modulus }
  }
  if (isStatement(left)) c.fail('a modulus of a statement')
  return apply('mod', left, modulus)
}

function binary(kind: 'or' | 'and' | 'xor' | 'iff' | 'union' | 'intersection' | 'difference', level: number): Infix {
  return {
    level,
    read: (c, left) => {
      c.at++
      const right = level === levels.sets && c.is('{') ? plainSet(c) : expression(c, level + 1)
      return { kind, left, right } as Node
    },
  }
}

const sum = (build: (left: Node, right: Node) => Node): Infix => ({
  level: levels.sum,
  read: (c, left) => {
    c.at++
    return build(left, inUnit(c, left, expression(c, levels.modulo)))
  },
})

/** A set less a written-out set is a difference of sets. */
const difference = (left: Node, right: Node): Node =>
  isSetLike(left) && (right.kind === 'named-set' || (right.kind === 'group' && right.open === '{'))
    ? { kind: 'difference', left, right }
    : add(left, minus(right))

const factor = (build: (left: Node, right: Node) => Node): Infix => ({
  level: levels.product,
  read: (c, left) => {
    c.at++
    return build(left, inUnit(c, left, expression(c, levels.power)))
  },
})

/** Behind a quantity the next number has a unit of its own: `3 m + 4 m`. */
const inUnit = (c: Cursor, left: Node, right: Node): Node =>
  left.kind === 'quantity' && isUnitAhead(c, right) ? withUnit(c, right) : right

const remainder: Infix = {
  level: levels.modulo,
  read: (c, left) => {
    c.at++
    return apply('mod', left, expression(c, levels.product))
  },
}

const relational: Infix = { level: levels.relation, read: chain }

const infix: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ['↔', binary('iff', levels.iff)],
  [
    '→',
    {
      level: levels.implies,
      read: (c, left) => {
        c.at++
        return { kind: 'implies', left, right: expression(c, levels.implies) }
      },
    },
  ],
  ['∨', binary('or', levels.or)],
  ['⊕', binary('xor', levels.or)],
  ['∧', binary('and', levels.and)],
  ['&', binary('and', levels.and)],
  ...Object.keys(relations).map((sign) => [sign, relational] as const),
  ['∈', { level: levels.relation, read: (c, left) => member(c, left, false) }],
  ['∉', { level: levels.relation, read: (c, left) => member(c, left, true) }],
  ['pmod', { level: levels.relation, read: modulo }],
  [':', { level: levels.ratio, read: ratio }],
  ['∪', binary('union', levels.sets)],
  ['∩', binary('intersection', levels.sets)],
  ['∖', binary('difference', levels.sets)],
  ['+', sum(add)],
  ['-', sum(difference)],
  ['±', sum((left, right) => add(left, multiply(plusOrMinus, right)))],
  ['∓', sum((left, right) => add(left, minus(multiply(plusOrMinus, right))))],
  ['*', factor(multiply)],
  ['/', factor(divide)],
  ['bmod', remainder],
  ['mod', remainder],
  ['%', { level: levels.product, read: percent }],
  ['^', { level: levels.power, read: (c, left) => (isDegreePower(c) ? degreesFrom(c, left) : raised(c, left)) }],
  ['∘', { level: levels.power, read: degreesFrom }],
  ['°', { level: levels.power, read: degreesFrom }],
  ['!', { level: levels.power, read: factorial }],
  ['!!', { level: levels.power, read: factorial }],
])

function ratio(c: Cursor, left: Node): Node {
  const parts = [left]
  while (c.take(':')) parts.push(expression(c, levels.ratio + 1))
  if (parts.some((part) => isSetLike(part) || part.kind === 'words')) c.fail('a ratio of no numbers')
  return { kind: 'ratio', parts }
}

function percent(c: Cursor, left: Node): Node {
  const { token } = c
  c.at++
  if (c.token.type === 'number' && c.token.gap && token.gap) return apply('mod', left, expression(c, levels.power))
  if (left.kind === 'percent') c.fail('a percent sign twice')
  return { kind: 'percent', value: left }
}

function factorial(c: Cursor, left: Node): Node {
  if (left.kind === 'power') c.fail('a factorial behind a power')
  const double = c.is('!!')
  c.at++
  return apply(double ? 'doublefactorial' : 'factorial', left)
}
