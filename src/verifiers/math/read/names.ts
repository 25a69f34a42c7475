/** Names, what hangs on them, and when one in front of brackets is a function that only the answer knows. */
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { items } from './brackets.js'
import type { Cursor } from './cursor.js'
import { add, apply, constant, int, name, num, power } from './nodes.js'
import { exponentOf } from './powers.js'
import { primes, subscript } from './scripts.js'

const always = new Set(['f', 'F', 'G', 'H', 'O', 'Gamma', 'zeta'])
/** Called with one name or number, or with something in x, t or n. */
const often = new Set(['g', 'h'])
/** Called with one name or number only; before anything else it is a factor. */
const sometimes = new Set(['y', 'p', 'q', 'phi', 'sigma', 'tau', 'psi', 'mu'])
const inTime = new Set(['x', 'v', 's', 'u', 'r', 'w', 'z', 'a'])

/** A name at the cursor. `bare`: as an exponent takes it, brackets behind it are not its own. */
export function named(c: Cursor, bare = false): Node {
  const { text } = c.token
  c.at++
  const script = subscript(c)
  if (script === undefined) {
    const known = constantOf(c, text)
    if (known) return known
    if (!bare && (text === 'C' || text === 'P') && isChoice(c)) return choice(c, text)
  }
  if (script === undefined && c.isVector && (text === 'j' || text === 'k')) return name(`hat ${text}`)
  const full = script === undefined ? text : `${text}_${script}`
  if (script !== undefined && text === 'C' && isChosen(c, script)) return chosen(c, script)
  if (bare) return name(full)
  return suffixed(c, text, full)
}

function constantOf(c: Cursor, text: string): Node | undefined {
  if ((text !== 'e' && text !== 'i') || c.counters.includes(text)) return undefined
  return text === 'i' && c.isVector ? name('hat i') : constant(text)
}

function suffixed(c: Cursor, letter: string, full: string): Node {
  const order = primes(c) || derivativeOrder(c, letter)
  const callable = always.has(letter) || often.has(letter) || sometimes.has(letter)
  const inverse = order === 0 && callable && isInverse(c)
  if (inverse) c.at += 5
  const called = inverse ? `${full}^-1` : full
  if (letter === 'P' && isConditional(c)) return conditional(c, full)
  const args = isCall(c, letter, order > 0 || inverse) ? argumentsOf(c) : []
  const gamma =
    letter === 'Gamma' && full === letter && order === 0 && args.length === 1 ? factorialOf(args[0] as Node) : undefined
  if (gamma) return gamma
  if (args.length > 0) return { kind: 'call', name: called, primes: order, args }
  if (inverse) return name(called)
  if (order === 0) return name(full)
  return callable || letter === 'u' || letter === 'v'
    ? { kind: 'call', name: full, primes: order, args: [] }
    : name(full + "'".repeat(order))
}

/** `\Gamma(n)` is (n - 1)! for whole numbers, which the names of indices are. */
function factorialOf(arg: Node): Node | undefined {
  const names = [...variablesOf(arg)]
  if (!names.every((one) => /^[nkm]$/.test(one)) || (names.length === 0 && arg.kind !== 'number')) return undefined
  if (arg.kind === 'number' && arg.value.d !== 1n) return undefined
  return apply('factorial', arg.kind === 'number' ? num({ n: arg.value.n - 1n, d: 1n }) : add(arg, int(-1)))
}

/** `f^{(4)}`. */
function derivativeOrder(c: Cursor, letter: string): number {
  if (!always.has(letter) && !often.has(letter) && letter !== 'y') return 0
  const order = c.ahead(3)
  if (!c.is('^') || !c.isAhead(1, '{') || !c.isAhead(2, '(') || order.type !== 'number') return 0
  if (!c.isAhead(4, ')') || !c.isAhead(5, '}') || !/^\d{1,2}$/.test(order.text)) return 0
  c.at += 6
  return Number(order.text)
}

/** `f^{-1}(x)`, not `y^{-1}`. */
const isInverse = (c: Cursor) =>
  c.is('^') &&
  c.isAhead(1, '{') &&
  c.isAhead(2, '-') &&
  c.ahead(3).text === '1' &&
  c.isAhead(4, '}') &&
  c.isAhead(5, '(')

function isCall(c: Cursor, letter: string, marked: boolean): boolean {
  if (!c.is('(')) return false
  if (marked || always.has(letter)) return true
  const single = c.isAhead(2, ')') && ['name', 'number', 'command', 'word'].includes(c.ahead(1).type)
  const inner = c.ahead(1)
  if (single && (often.has(letter) || sometimes.has(letter) || /^[A-Z]$/.test(letter))) return true
  // Nobody writes a product with zero, or of a place and its time.
  if (single && (inner.text === '0' || (inner.text === 't' && inTime.has(letter)))) return true
  // `V(t) = …` at the start of an answer says what is called.
  if (single && c.ahead(1).type === 'name' && c.isAhead(3, '=') && c.at <= 3) return true
  if (often.has(letter)) return mentions(c)
  if ((letter === 'P' || letter === 'n') && holdsEvent(c)) return true
  // `n(A)` counts a set.
  if (letter === 'n' && single && /^[A-Z]$/.test(inner.text)) return true
  if ('uvwz'.includes(letter)) return c.ahead(1).type === 'name' && c.isAhead(2, ',') && c.ahead(3).type === 'name'
  return /^[A-Z]$/.test(letter) && isTuple(c)
}

/** Do the brackets hold x, t or n? */
function mentions(c: Cursor): boolean {
  let depth = 0
  for (let count = 0; count < 60; count++) {
    const { type, text } = c.ahead(count)
    if (type === 'end') return false
    if (type === 'name' && 'xtn'.includes(text)) return true
    if (type !== 'sign') continue
    if (text === '(') depth++
    if (text === ')' && --depth === 0) return false
  }
  return false
}

const eventSigns = new Set(['∩', '∪', '<', '>', '<=', '>=', '=', '!=', '∈'])

/** Do the brackets hold an event? */
function holdsEvent(c: Cursor): boolean {
  for (let count = 1; count < 40; count++) {
    const { type, text } = c.ahead(count)
    if (type === 'end' || (type === 'sign' && text === ')')) return false
    if (type === 'sign' && eventSigns.has(text)) return true
  }
  return false
}

/** `P(A | B)`, `P(A \mid B)`, of names. */
const isConditional = (c: Cursor) =>
  c.is('(') && c.ahead(1).type === 'name' && (c.isAhead(2, '|') || c.isAhead(2, '\\mid')) && c.isAhead(4, ')')

function conditional(c: Cursor, full: string): Node {
  const args = [name(c.ahead(1).text), name(c.ahead(3).text)]
  c.at += 5
  return { kind: 'call', name: `${full}|`, primes: 0, args }
}

/** Do the brackets hold a comma of their own? */
function isTuple(c: Cursor): boolean {
  let depth = 0
  for (let count = 0; count < 60; count++) {
    const { type, text } = c.ahead(count)
    if (type === 'end') return false
    if (type !== 'sign') continue
    if (text === '(' || text === '[' || text === '{') depth++
    if (text === ')' || text === ']' || text === '}') depth--
    if (depth === 0) return false
    if (depth === 1 && text === ',') return true
  }
  return false
}

function argumentsOf(c: Cursor): Node[] {
  c.at++
  const args = c.inside(() => items(c))
  c.expect(')', 'a bracket')
  return args
}

const isNumber = (c: Cursor, count: number) => c.ahead(count).type === 'number'

/** `C(5, 2)`, `P(5, 2)`. */
const isChoice = (c: Cursor) => c.is('(') && isNumber(c, 1) && c.isAhead(2, ',') && isNumber(c, 3) && c.isAhead(4, ')')

function choice(c: Cursor, letter: 'C' | 'P'): Node {
  const [above, below] = argumentsOf(c)
  return apply(letter === 'C' ? 'binomial' : 'permutations', above as Node, below as Node)
}

/** `C_5^2`, in the style where the larger number stands below; `C_1` is a constant. */
const isChosen = (c: Cursor, script: string) => /^\d{1,4}$/.test(script) && Number(script) > 2 && c.is('^')

function chosen(c: Cursor, script: string): Node {
  c.at++
  const below = exponentOf(c)
  const above: Node = { kind: 'number', value: { n: BigInt(script), d: 1n } }
  const fits = below.kind === 'number' && below.value.n <= BigInt(script) && variablesOf(below).size === 0
  return fits ? apply('binomial', above, below) : power(name(`C_${script}`), below)
}
