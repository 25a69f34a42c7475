/** What an operator stands between: numbers, names, brackets, functions, signs in front. */
import type { Node } from '../tree/node.js'
import { unionOf } from './big-operators.js'
import { absolute, angled, braces, fenced, items, rounded, setBraces } from './brackets.js'
import { cis, command, determinant } from './commands.js'
import type { Cursor } from './cursor.js'
import { plainLeibniz } from './derivatives.js'
import { expression } from './expression.js'
import { applied } from './functions.js'
import { levels } from './levels.js'
import { named } from './names.js'
import { constant, int, minus, multiply, name, plusOrMinus } from './nodes.js'
import { numeral, plainNumber } from './numbers.js'
import { leftScript } from './scripts.js'
import { isPrintedConstant, isSympy, printedConstant, sympyCall } from './sympy.js'
import { moneyInFront } from './unit-tail.js'
import { constants, functions, greek, moneyCodes, moneySigns } from './vocabulary.js'
import { isWordsAhead, wordsFrom } from './words.js'

/** One operand; a sign in front binds looser than a product unless `least` is tighter. */
export function operand(c: Cursor, least: number): Node {
  const { type, text } = c.token
  switch (type) {
    case 'number':
      return numeral(c)
    case 'name':
      return least <= levels.ratio && isWordsAhead(c) ? wordsFrom(c) : nameOf(c)
    case 'word':
      return word(c)
    case 'command':
      return command(c)
    case 'set':
      return namedSet(c)
    case 'differential':
      return differential(c)
    case 'sign':
      return (prefixes[text] ?? other)(c, least)
    default:
      return c.fail('an operand is missing')
  }
}

function nameOf(c: Cursor): Node {
  const { text } = c.token
  if (text === 'd') return plainLeibniz(c) ?? named(c)
  return (text === 'I' || text === 'E') && isPrintedConstant(c) ? printedConstant(c) : named(c)
}

/** An operand without brackets around it, as `^` and `\frac` take one: a number or a letter is one, not their product. */
export function bracketless(c: Cursor): Node {
  const { type } = c.token
  if (type === 'number') return plainNumber(c)
  if (type === 'name') return named(c, true)
  return operand(c, levels.power)
}

/** An argument as TeX takes it: braces, one digit, one letter or one command. */
export function argument(c: Cursor): Node {
  if (c.is('{')) return braces(c)
  if (c.token.type === 'number') return int(BigInt(c.takeDigit()))
  if (c.token.type === 'sign' && c.token.text !== '(' && c.token.text !== '|') c.fail('an argument is missing')
  return bracketless(c)
}

type Prefix = (c: Cursor, least: number) => Node

const signed =
  (build: (node: Node) => Node): Prefix =>
  (c, least) => {
    c.at++
    return build(expression(c, Math.max(levels.product, Math.min(least, levels.power))))
  }

const negation: Prefix = (c) => {
  c.at++
  const inner = expression(c, levels.not)
  return inner.kind === 'words' ? { kind: 'words', text: `not ${inner.text}` } : { kind: 'not', inner }
}

const prefixes: Readonly<Record<string, Prefix>> = {
  '-': signed(minus),
  '+': signed((node) => node),
  '±': signed((node) => multiply(plusOrMinus, node)),
  '∓': signed((node) => minus(multiply(plusOrMinus, node))),
  '¬': negation,
  '!': negation,
  '(': rounded,
  '[': rounded,
  '{': (c) => braces(c, true),
  '\\{': setBraces,
  '<<': (c) => angled(c, '>>'),
  '<': (c) => angled(c, '>'),
  '|': (c) => absolute(c, '|'),
  // Read by machine, bars come out so.
  '\\mid': (c) => absolute(c, '\\mid'),
  '\\lvert': (c) => absolute(c, '\\rvert'),
  '\\|': (c) => absolute(c, '\\|'),
  '\\lfloor': (c) => fenced(c, 'floor', '\\rfloor'),
  '\\lceil': (c) => fenced(c, 'ceil', '\\rceil'),
  _: leftScript,
  '^': leftScript,
  '&': (c, least) => (c.systems > 0 && c.take('&') ? operand(c, least) : c.fail('an operand is missing')),
  '…': dots,
  '∪': unionOf,
}

/** Items left out; inside an expression nobody can say what they are. */
function dots(c: Cursor): Node {
  const before = c.previous
  const after = c.ahead(1)
  const alone = (sign: string) => [',', ';', '\\{', '{', '(', '[', '\\}', '}', ')', ']'].includes(sign)
  if ((before && !alone(before.text)) || (after.type !== 'end' && !alone(after.text))) c.fail('something left out')
  c.at++
  return name('ldots')
}

const other: Prefix = (c) => (moneySigns.has(c.token.text) ? moneyInFront(c) : c.fail('an operand is missing'))

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  True: true,
  False: false,
  TRUE: true,
  FALSE: false,
}

function word(c: Cursor): Node {
  const { text } = c.token
  if (text === 'not' || text === 'NOT') return negation(c, levels.not)
  if (isWordsAhead(c)) return wordsFrom(c)
  const truth = Object.hasOwn(truths, text) ? truths[text] : undefined
  if (truth !== undefined) {
    c.at++
    return { kind: 'truth', value: truth }
  }
  const known = constants.get(text)
  if (known) {
    c.at++
    return constant(known)
  }
  if (text === 'cis') {
    c.at++
    return cis(c)
  }
  if (text === 'det') {
    c.at++
    return determinant(c)
  }
  if (isSympy(c)) return sympyCall(c)
  const called = functions.get(text) ?? functions.get(text.toLowerCase())
  if (called) {
    c.at++
    return applied(c, called, text)
  }
  if (greek.has(text)) return named(c)
  if (moneyCodes.has(text)) return moneyInFront(c)
  if (c.token.roman && c.isAhead(1, '(') && !c.ahead(1).gap) return calledByWord(c)
  return c.fail('a word')
}

/** `\operatorname{Var}(X)`. */
function calledByWord(c: Cursor): Node {
  const { text } = c.token
  c.at += 2
  const args = c.inside(() => items(c))
  c.expect(')', 'a bracket')
  return { kind: 'call', name: text, primes: 0, args }
}

const setNames = { R: 'reals', Z: 'integers', N: 'naturals', Q: 'rationals', C: 'complexes' } as const

function namedSet(c: Cursor): Node {
  const { text } = c.token
  if (!Object.hasOwn(setNames, text)) c.fail('a set without a name')
  c.at++
  const set: Node = { kind: 'named-set', name: setNames[text as keyof typeof setNames] }
  return c.is('_') ? leftScript(c, levels.power, set) : set
}

/** The `dx` of an integral inside a fraction: `\int \frac{dx}{x}`. */
function differential(c: Cursor): Node {
  if (c.integrals === 0 || c.differential !== undefined) c.fail('a differential outside an integral')
  c.differential = c.token.text
  c.at++
  return int(1)
}
