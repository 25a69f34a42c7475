/** Subscripts and raised marks: `x_1`, `f'`, `{}_5C_2`, `\mathbb{R}_{>0}`. */
import type { Node } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { apply, int } from './nodes.js'
import { argument, bracketless } from './operands.js'
import { restricted } from './powers.js'

const scriptSigns = new Set(['+', '-', ',', '*', '(', ')', '/', "'"])

/** The text of the subscript at `_`, taken; undefined when there is none. */
export function subscript(c: Cursor): string | undefined {
  if (!c.is('_')) return undefined
  c.at++
  if (!c.take('{')) {
    const { type, text } = c.token
    if (type !== 'number' && type !== 'name' && type !== 'word' && type !== 'command') c.fail('a subscript')
    c.at++
    return text
  }
  let script = ''
  while (!c.is('}')) {
    const { type, text } = c.token
    if (type === 'end' || (type === 'sign' && !scriptSigns.has(text)) || script.length > 24) c.fail('a subscript')
    script += text
    c.at++
  }
  c.at++
  return script
}

/** The primes at the cursor, taken: `'`, `^\prime`, `^{\prime\prime}`. */
export function primes(c: Cursor): number {
  let count = 0
  for (;;) {
    if (c.take("'")) count++
    else if (c.is('^') && c.isAhead(1, "'")) c.at++
    else if (c.is('^') && c.isAhead(1, '{') && c.isAhead(2, "'")) {
      c.at += 2
      while (c.take("'")) count++
      c.expect('}', 'primes')
    } else return count
  }
}

/** `_5C_2`, `^5C_2`, `_nP_k` at the first script; for a set, the bound of its members. */
export function leftScript(c: Cursor, _least: number, set?: Node): Node {
  if (set) return bounded(c, set)
  c.at++
  const above = c.is('{') ? argument(c) : bracketless(c)
  const letter = c.token
  if (letter.type !== 'name' || (letter.text !== 'C' && letter.text !== 'P')) c.fail('a script without a letter')
  c.at++
  if (!c.take('_')) c.fail('a script')
  const below = c.is('{') ? argument(c) : bracketless(c)
  return apply(letter.text === 'C' ? 'binomial' : 'permutations', above, below)
}

/** `\mathbb{R}_{\ge 0}`, `\mathbb{R}_+`. */
function bounded(c: Cursor, set: Node): Node {
  c.at++
  const braced = c.take('{')
  const sign = c.token.text
  c.at++
  const inner = sign === '+' ? restricted(c, set, '>') : atZero(c, set, sign)
  if (braced) c.expect('}', 'a brace')
  return inner
}

function atZero(c: Cursor, set: Node, sign: string): Node {
  if (sign !== '>' && sign !== '<' && sign !== '>=' && sign !== '<=' && sign !== '!=') return c.fail('a part of a set')
  const bound = expression(c, levels.sum)
  if (bound.kind !== 'number' || bound.value.n !== int0.value.n) c.fail('a part of a set')
  return restricted(c, set, sign)
}

const int0 = int(0) as Extract<Node, { kind: 'number' }>
