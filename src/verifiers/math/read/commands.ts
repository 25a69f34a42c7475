/** Commands with arguments of their own, and commands that are names. */
import type { Node } from '../tree/node.js'
import { integral, limit, total } from './big-operators.js'
import type { Cursor } from './cursor.js'
import { leibniz } from './derivatives.js'
import { matrixFrom } from './environments.js'
import { applied, root } from './functions.js'
import { named } from './names.js'
import { add, apply, constant, divide, multiply, name } from './nodes.js'
import { argument, bracketless } from './operands.js'
import { subscript } from './scripts.js'
import { constants, functions, greek } from './vocabulary.js'

type Read = (c: Cursor) => Node

const commands: Readonly<Record<string, Read>> = {
  frac: (c) => leibniz(c) ?? divide(argument(c), argument(c)),
  sqrt: root,
  cbrt: (c) => applied(c, 'root', 'cbrt'),
  binom: (c) => apply('binomial', argument(c), argument(c)),
  sum: (c) => total(c, 'sum'),
  prod: (c) => total(c, 'product'),
  int: integral,
  lim: limit,
  begin: (c) => {
    c.at--
    return matrixFrom(c, false)
  },
  det: determinant,
  hat: (c) => marked(c, 'hat'),
  widehat: (c) => marked(c, 'hat'),
  bar: overlined,
  overline: overlined,
  tilde: (c) => marked(c, 'tilde'),
  widetilde: (c) => marked(c, 'tilde'),
  dot: (c) => marked(c, 'dot'),
  ddot: (c) => marked(c, 'ddot'),
  emptyset: () => ({ kind: 'named-set', name: 'empty' }),
  cis,
  top: () => ({ kind: 'truth', value: true }),
  bot: () => ({ kind: 'truth', value: false }),
  angle: (c) => figure(c, 'angle'),
  triangle: (c) => figure(c, 'triangle'),
}

/** The command at the cursor. */
export function command(c: Cursor): Node {
  const { text } = c.token
  if (greek.has(text)) return named(c)
  const read = Object.hasOwn(commands, text) ? commands[text] : undefined
  if (read) {
    c.at++
    return read(c)
  }
  const known = constants.get(text)
  if (known) {
    c.at++
    return constant(known)
  }
  const called = functions.get(text)
  if (called) {
    c.at++
    return applied(c, called, text)
  }
  return c.fail(`\\${text.slice(0, 20)} is not read here`)
}

/** A letter with a mark above it: the name `hat i`. */
function marked(c: Cursor, mark: string): Node {
  const inner = argument(c)
  const letter = inner.kind === 'variable' ? inner.name : inner.kind === 'constant' ? inner.name : undefined
  if (letter === undefined) return c.fail('a mark above more than one letter')
  const full = letter.startsWith(`${mark} `) ? letter : `${mark} ${letter}`
  const script = subscript(c)
  return name(script === undefined ? full : `${full}_${script}`)
}

/** A conjugate above `z`, `w` or an expression, else a name of its own. */
function overlined(c: Cursor): Node {
  const inner = argument(c)
  if (inner.kind === 'variable' && !/^[zw](?:_|$)/.test(inner.name)) return name(`bar ${inner.name}`)
  const letters = lettersOf(inner)
  if (letters && /^[A-Z]{2,}$/.test(letters)) return name(`bar ${letters}`)
  if (inner.kind === 'number') return c.fail('a line above a number')
  if (letters && letters.length > 1) return c.fail('a line above letters')
  return apply('conjugate', inner)
}

/** The letters of a product of nothing but letters. */
function lettersOf(node: Node): string | undefined {
  if (node.kind === 'variable') return node.name
  if (node.kind !== 'multiply') return undefined
  const [left, right] = [lettersOf(node.left), lettersOf(node.right)]
  return left === undefined || right === undefined ? undefined : left + right
}

/** cos + i sin of an angle. */
export function cis(c: Cursor): Node {
  c.angle++
  const angle = c.is('(') || c.is('{') ? argument(c) : bracketlessProduct(c)
  c.angle--
  return add(apply('cos', angle), multiply(constant('i'), apply('sin', angle)))
}

const bracketlessProduct = (c: Cursor): Node => {
  const sine = applied(c, 'sin', 'cis')
  return sine.kind === 'apply' ? (sine.args[0] as Node) : c.fail('an angle')
}

/** `\det A` of a written-out matrix. */
export function determinant(c: Cursor): Node {
  const inner = c.is('(') || c.is('{') ? argument(c) : bracketless(c)
  if (inner.kind === 'group' && inner.items.every((item) => item.kind === 'group'))
    return { kind: 'matrix', fence: '|', rows: inner.items.map((item) => (item.kind === 'group' ? item.items : [])) }
  return inner.kind === 'matrix' ? { ...inner, fence: '|' } : { kind: 'call', name: 'det', primes: 0, args: [inner] }
}

/** `\angle ABC` is one name. */
function figure(c: Cursor, kind: string): Node {
  let letters = ''
  while (c.token.type === 'name' && /^[A-Z](?:_|$)/.test(c.token.text)) {
    letters += c.token.text
    c.at++
  }
  if (letters === '' && c.token.type === 'word' && /^[A-Z]+$/.test(c.token.text)) {
    letters = c.token.text
    c.at++
  }
  return letters === '' ? c.fail(`\\${kind} without letters`) : name(`${kind} ${letters}`)
}
