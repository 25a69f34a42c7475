/** Brackets of every sort: around an expression, a tuple, an interval, a set, a value's size. */
import type { Close, FunctionName, Node, Open } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { matrixFrom } from './environments.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { apply, divide, isStatement, name } from './nodes.js'
import { leftScript, subscript } from './scripts.js'
import { statement } from './statements.js'

/** Items between separators, up to a closing sign, which stays. */
export function items(c: Cursor, logical = false): Node[] {
  const found = [statement(c, logical)]
  while (c.take(',') || c.take(';')) {
    c.take('quad')
    found.push(statement(c, logical))
  }
  return found
}

/** `(…)`, `[…]`, half open ones too. */
export function rounded(c: Cursor): Node {
  const open = c.token.text as '(' | '['
  const nested = open === '[' && (c.previous?.text === '[' || c.previous?.text === ',')
  const composed = composition(c)
  if (composed) return composed
  c.at++
  const inner = c.inside(() => items(c, open === '('))
  const close = c.token.text
  if (c.token.type !== 'sign' || (close !== ')' && close !== ']')) c.fail('a bracket without its end')
  c.at++
  const [only] = inner
  if (inner.length > 1 || !only) return { kind: 'group', open, close: close as Close, items: inner }
  if ((open === '(') !== (close === ')')) c.fail('two different brackets around one item')
  if (only.kind === 'matrix' && only.fence === '') return { ...only, fence: open }
  const row = nested && close === ']' && (c.is(',') || c.is(']'))
  return row ? { kind: 'group', open, close, items: inner } : only
}

/** `(f \circ g)(x)` is f(g(x)). */
function composition(c: Cursor): Node | undefined {
  const [f, g] = [c.ahead(1), c.ahead(3)]
  if (f.type !== 'name' || !c.isAhead(2, '∘') || g.type !== 'name' || !c.isAhead(4, ')') || !c.isAhead(5, '('))
    return undefined
  c.at += 6
  const args = c.inside(() => items(c))
  c.expect(')', 'a bracket')
  return { kind: 'call', name: f.text, primes: 0, args: [{ kind: 'call', name: g.text, primes: 0, args }] }
}

/** `{…}` groups, `free` where no command takes it; with several items, or a condition, it is a set of plain text. */
export function braces(c: Cursor, free = false): Node {
  c.at++
  if (c.take('}')) return c.is('_') || c.is('^') ? leftScript(c, levels.power) : c.fail('nothing in braces')
  return c.inside(() => {
    c.builder = free
    const first = statement(c)
    c.builder = false
    if (c.take('over')) return ended(c, divide(first, statement(c)))
    if (c.take('choose')) return ended(c, apply('binomial', first, statement(c)))
    const goes = [',', ';', '|', ':', '\\mid'].some((sign) => c.is(sign))
    return goes ? setFrom(c, first, '}') : ended(c, first)
  })
}

function ended(c: Cursor, node: Node): Node {
  c.expect('}', 'a brace')
  if (node.kind !== 'variable' || !c.is('_')) return node
  return name(`${node.name}_${subscript(c)}`)
}

/** `\{…\}`: a set written out, described, empty, or the open brace of cases. */
export function setBraces(c: Cursor): Node {
  c.at++
  if (c.take('\\}')) return { kind: 'named-set', name: 'empty' }
  return c.inside(() => {
    if (c.token.type === 'command' && c.token.text === 'begin') {
      const cases = matrixFrom(c, true)
      if (!c.is('\\}') && !c.is(',')) return cases
    }
    c.builder = true
    const first = statement(c)
    c.builder = false
    return setFrom(c, first, '\\}')
  })
}

/** `{0}` of plain text where only a set can stand. */
export function plainSet(c: Cursor): Node {
  c.at++
  return c.inside(() => {
    c.builder = true
    const first = statement(c)
    c.builder = false
    return setFrom(c, first, '}')
  })
}

function setFrom(c: Cursor, first: Node, close: string): Node {
  if (c.take('|') || c.take('\\mid') || c.take(':')) {
    const where = items(c).reduce((left, right): Node => ({ kind: 'and', left, right }))
    c.expect(close, 'a set')
    if (!isStatement(where) && where.kind !== 'words') c.fail('a set without its condition')
    return { kind: 'builder', element: first, where }
  }
  const all = [first]
  while (c.take(',') || c.take(';')) all.push(statement(c))
  c.expect(close, 'a set')
  return {
    kind: 'group',
    open: '{',
    close: '}',
    items: all.flatMap((one) => (one.kind === 'list' ? one.items : [one])),
  }
}

/** `\langle 1, 2 \rangle`, `<1, 2>`. */
export function angled(c: Cursor, close: '>>' | '>'): Node {
  c.at++
  return c.inside(() => {
    const found = [expression(c, levels.sets)]
    while (c.take(',')) found.push(expression(c, levels.sets))
    c.expect(close, 'an angle bracket')
    if (found.length < 2) c.fail('one item in angle brackets')
    return { kind: 'group', open: '<' as Open, close: '>' as Close, items: found }
  })
}

/** `|x|`. Bars nest where an operand must begin. */
export function absolute(c: Cursor, close: '|' | '\\rvert' | '\\|' | '\\mid'): Node {
  c.at++
  const inner = c.inside(() => {
    c.bars = close === '\\rvert' ? 0 : 1
    return expression(c, levels.sum)
  })
  c.expect(close, 'a bar')
  return inner.kind === 'matrix' ? { ...inner, fence: '|' } : apply('abs', inner)
}

export function fenced(c: Cursor, called: FunctionName, close: string): Node {
  c.at++
  const inner = c.inside(() => expression(c, levels.sum))
  c.expect(close, 'a bracket')
  return apply(called, inner)
}
