/** Functions of a fixed meaning: their base, their power, and how far an argument without brackets reaches. */
import type { FunctionName, Node } from '../tree/node.js'
import { integer } from '../value/rational.js'
import { braces, items, setBraces } from './brackets.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { apply, divide, int, minus, multiply, power } from './nodes.js'
import { argument, bracketless } from './operands.js'
import { exponentOf, isDegreePower } from './powers.js'
import { startsOperand } from './starts.js'
import { angular, functions, inverses, prefixFunctions } from './vocabulary.js'

/** A function whose name was taken; `written` is its spelling. */
export function applied(c: Cursor, name: FunctionName, written: string): Node {
  c.enter()
  const base = name === 'log' ? baseOf(c, written) : undefined
  if (c.is('_')) c.fail('a subscript of a function')
  let called: FunctionName = name
  let raised: Node | undefined
  if (c.is('^') && !isDegreePower(c)) {
    if (!prefixFunctions.has(name)) c.fail('a power of a function')
    c.at++
    raised = digitOf(c, written) ?? exponentOf(c)
    if (raised.kind === 'number' && raised.value.n === -1n && raised.value.d === 1n) {
      called = inverses.get(name) ?? c.fail('an inverse or a reciprocal')
      raised = undefined
    }
  }
  const late = base ?? (called === 'log' && c.is('_') ? baseOf(c, written) : undefined)
  if (angular.has(called)) c.angle++
  const args = argumentsOf(c, called)
  if (angular.has(called)) c.angle--
  const node = build(c, { name: called, written, args, base: late })
  c.leave()
  return raised ? power(node, raised) : node
}

/** `\sin^22x` raises to 2, as TeX sets it. */
function digitOf(c: Cursor, written: string): Node | undefined {
  if (c.token.type !== 'number' || !/^[2-9]\d+$/.test(c.token.text) || c.ahead(-2).type !== 'command') return undefined
  return c.ahead(-2).text === written ? int(BigInt(c.takeDigit())) : undefined
}

function baseOf(c: Cursor, written: string): Node | undefined {
  if (written === 'lg') return int(10)
  if (!c.take('_')) return undefined
  if (c.is('{')) return braces(c)
  // `\log_28`: the base is 2 when nothing else is left for the argument.
  if (c.token.type === 'number' && /^\d{2,}$/.test(c.token.text) && isBare(c)) return int(BigInt(c.takeDigit()))
  return bracketless(c)
}

function isBare(c: Cursor): boolean {
  c.at++
  const bare = !startsOperand(c) && !c.is('^')
  c.at--
  return bare
}

const arity: Partial<Record<FunctionName, readonly [least: number, most: number]>> = {
  log: [1, 2],
  root: [2, 2],
  round: [1, 2],
  binomial: [2, 2],
  permutations: [2, 2],
  mod: [2, 2],
  gcd: [1, 20],
  lcm: [1, 20],
  max: [1, 60],
  min: [1, 60],
}

interface Call {
  readonly name: FunctionName
  readonly written: string
  readonly args: readonly Node[]
  readonly base: Node | undefined
}

function build(c: Cursor, { name, written, args, base }: Call): Node {
  if (written === 'cbrt') return apply('root', ...args, int(3))
  const [least, most] = arity[name] ?? [1, 1]
  // `\max f` is a value of f that is not told.
  if ((name === 'max' || name === 'min') && args.length === 1 && args[0]?.kind === 'variable')
    c.fail('a greatest value')
  if (args.length < least || args.length > most) c.fail(`${written} of ${args.length} arguments`)
  if (base && args.length > 1) c.fail('two bases')
  return base ? apply('log', ...args, base) : apply(name, ...args)
}

function argumentsOf(c: Cursor, name: FunctionName): readonly Node[] {
  if (c.is('(') || c.is('[')) {
    const close = c.is('(') ? ')' : ']'
    c.at++
    const args = c.inside(() => items(c))
    c.expect(close, 'a bracket')
    return args
  }
  if (c.is('\\{')) {
    const set = setBraces(c)
    return set.kind === 'group' ? set.items : [set]
  }
  if (c.is('{')) {
    const inner = braces(c)
    if (inner.kind === 'group' && inner.open === '{') return inner.items
    return name === 'sqrt' || !continues(c, false) ? [inner] : [further(c, inner, false)]
  }
  if (name === 'sqrt' || name === 'root') return [bracketless(c)]
  // `max 5, min 3` names values; it computes none.
  if (ofSeveral.has(name)) c.fail(`${name} of one argument`)
  return [unbracketed(c, name)]
}

const ofSeveral: ReadonlySet<FunctionName> = new Set(['max', 'min', 'gcd', 'lcm'])

/** `\sin 2x`, `\ln x^2`, `\cos \frac{\pi}{3}`: a product up to the next function, bracket or sign. */
function unbracketed(c: Cursor, name: FunctionName): Node {
  if (c.take('-')) return minus(unbracketed(c, name))
  if (c.take('+')) return unbracketed(c, name)
  if (!startsOperand(c) && !c.is('|') && !c.is('\\|')) c.fail('a function without its argument')
  const start = c.at
  const inner = expression(c, levels.power)
  const simple = inner.kind === 'number' || isPi(inner)
  const whole = further(c, inner, simple)
  return angular.has(name) && c.is('/') && onlyPi(c, start) ? quotient(c, whole) : whole
}

function further(c: Cursor, first: Node, simpleStart: boolean): Node {
  let node = first
  let simple = simpleStart
  while (continues(c, simple)) {
    const next = expression(c, levels.power)
    simple &&= next.kind === 'number' || isPi(next) || (next.kind === 'apply' && next.name === 'sqrt')
    node = multiply(node, next)
  }
  return node
}

const isPi = (node: Node) => node.kind === 'constant' && node.name === 'pi'

/** Behind a name only names and numbers go on; behind numbers alone whatever can be multiplied, but no other function. */
function continues(c: Cursor, simple: boolean): boolean {
  if (!startsOperand(c)) return false
  const { type, text } = c.token
  if (text === 'sqrt') return simple
  if (functions.has(text) && type !== 'name') return false
  if (type === 'name') return simple || (text !== 'e' && text !== 'i')
  if (type === 'number') return false
  if (simple) return true
  return (type === 'command' || type === 'word') && (text === 'pi' || !layout.has(text))
}

const layout = new Set('frac sqrt binom begin sum prod int lim overline hat bar det oint iint'.split(' '))

/** `\sin \pi/6`: a quotient, for the sine of pi says nothing. */
function onlyPi(c: Cursor, start: number): boolean {
  let pi = false
  for (let back = start; back < c.at; back++) {
    const { type, text } = c.ahead(back - c.at)
    if (text === 'pi') pi = true
    else if (type !== 'number') return false
  }
  return pi && c.ahead(1).type === 'number'
}

function quotient(c: Cursor, above: Node): Node {
  c.at++
  return divide(above, bracketless(c))
}

/** `\sqrt{x}`, `\sqrt[3]{x}`, `\sqrt2`, `\sqrt(x+1)`. */
export function root(c: Cursor): Node {
  if (!c.is('[')) return apply('sqrt', radicand(c))
  c.at++
  const index = c.inside(() => expression(c, levels.sum))
  c.expect(']', 'an index')
  const inside = radicand(c)
  return index.kind === 'number' && index.value.d === 1n && index.value.n === integer(2).n
    ? apply('sqrt', inside)
    : apply('root', inside, index)
}

const radicand = (c: Cursor) =>
  c.is('{') ? braces(c) : c.token.type === 'number' ? bracketless(c) : argumentOrBracket(c)

const argumentOrBracket = (c: Cursor) => (c.is('(') ? expressionInBrackets(c) : argument(c))

function expressionInBrackets(c: Cursor): Node {
  c.at++
  const inner = c.inside(() => expression(c, levels.sum))
  c.expect(')', 'a bracket')
  return inner
}
