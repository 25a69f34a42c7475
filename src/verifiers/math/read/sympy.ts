/** Calls as sympy and Python print them: `Rational(1, 2)`, `FiniteSet(1, 2)`, `Interval.open(0, 1)`, `Matrix([[1, 2]])`. */
import type { Node } from '../tree/node.js'
import { items } from './brackets.js'
import type { Cursor } from './cursor.js'
import { constant, divide, isInfinite } from './nodes.js'
import { sympy } from './starts.js'

export const isSympy = (c: Cursor) => sympy.has(c.token.text)

const printed = /\*\*|[*/] ?[IE](?![A-Za-z(])|(?<![A-Za-z])[IE] ?[*/]|(?:sqrt|exp|Rational|cos|sin|log)\(/

/** `I` and `E` among signs that only a program prints. */
export const isPrintedConstant = (c: Cursor): boolean =>
  !c.isLatex && !c.isAhead(1, '_') && !c.isAhead(1, '(') && printed.test(c.text)

export function printedConstant(c: Cursor): Node {
  const { text } = c.token
  c.at++
  return constant(text === 'I' ? 'i' : 'e')
}

const relations = { Eq: '=', Ne: '!=', Lt: '<', Le: '<=', Gt: '>', Ge: '>=' } as const
const sets = { EmptySet: 'empty', Reals: 'reals', Integers: 'integers', Naturals: 'naturals' } as const

/** Stands at the name. */
export function sympyCall(c: Cursor): Node {
  const { text } = c.token
  c.at++
  if (Object.hasOwn(sets, text)) {
    if (c.is('(') && c.isAhead(1, ')')) c.at += 2
    return { kind: 'named-set', name: sets[text as keyof typeof sets] }
  }
  const form = c.take('.') ? c.ahead(0).text : ''
  if (form !== '') c.at++
  if (!c.take('(')) c.fail(`${text} without brackets`)
  const args = c.is(')') ? [] : c.inside(() => items(c))
  c.expect(')', 'a call')
  return build(c, text, args, form)
}

function build(c: Cursor, name: string, args: readonly Node[], form: string): Node {
  const [first, second] = args
  if (Object.hasOwn(relations, name) && first && second)
    return { kind: 'relation', sides: [first, second], signs: [relations[name as keyof typeof relations]] }
  if (!first) return name === 'FiniteSet' ? { kind: 'named-set', name: 'empty' } : c.fail(`${name} without arguments`)
  switch (name) {
    case 'Integer':
    case 'Float':
      return first
    case 'Rational':
      return second ? divide(first, second) : first
    case 'FiniteSet':
      return { kind: 'group', open: '{', close: '}', items: args }
    case 'Tuple':
      return { kind: 'group', open: '(', close: ')', items: args }
    case 'Interval':
      return interval(c, args, form)
    case 'Union':
    case 'Intersection':
    case 'Complement':
    case 'And':
    case 'Or':
      return args.reduce((left, right) => ({ kind: folds[name], left, right }))
    case 'Not':
      return { kind: 'not', inner: first }
    case 'Pow':
      return second ? { kind: 'power', left: first, right: second } : c.fail('a power')
    case 'Mul':
      return args.reduce((left, right) => ({ kind: 'multiply', left, right }))
    case 'Add':
      return args.reduce((left, right) => ({ kind: 'add', left, right }))
    case 'Matrix':
      return matrix(c, first)
    case 'Piecewise':
      return piecewise(c, args)
    default:
      return c.fail(`${name} is not read here`)
  }
}

const folds = { Union: 'union', Intersection: 'intersection', Complement: 'difference', And: 'and', Or: 'or' } as const

function interval(c: Cursor, [from, to, ...ends]: readonly Node[], form: string): Node {
  if (!from || !to) return c.fail('an interval')
  const truth = (node: Node | undefined) => node?.kind === 'truth' && node.value
  const left = form === 'open' || form === 'Lopen' || truth(ends[0]) || isInfinite(from)
  const right = form === 'open' || form === 'Ropen' || truth(ends[1]) || isInfinite(to)
  return { kind: 'group', open: left ? '(' : '[', close: right ? ')' : ']', items: [from, to] }
}

function matrix(c: Cursor, body: Node): Node {
  if (body.kind !== 'group') return c.fail('a matrix')
  const nested = body.items.every((item) => item.kind === 'group' && item.open === '[')
  const rows = body.items.map((item) => (nested && item.kind === 'group' ? item.items : [item]))
  if (rows.some((row) => row.length !== rows[0]?.length)) c.fail('a matrix with ragged rows')
  return { kind: 'matrix', fence: '[', rows }
}

function piecewise(c: Cursor, args: readonly Node[]): Node {
  const pieces = args.map((arg) => {
    const [value, when] = arg.kind === 'group' ? arg.items : []
    if (!value || !when) return c.fail('a piece without its condition')
    return when.kind === 'truth' && when.value ? { value } : { value, when }
  })
  return { kind: 'cases', pieces }
}
