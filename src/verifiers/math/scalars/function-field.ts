/**
 * Equality by exact arithmetic alone. What is not rational stands for a value of its own: an exponential by the exponents of
 * its base, a sine and a cosine by one parameter of the circle, anything else by its arguments; the same one wherever these are
 * the same, so that the laws of exponents, angles and logarithms hold by construction. Expressions that agree then, agree
 * whatever these values are. Values are taken modulo a prime of 120 bits at two points (Schwartz 1980: expressions of degree d
 * that differ agree there with a chance below d/2^240). False says nothing.
 */
import type { Budget } from '../budget.js'
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import {
  floor,
  integer,
  isInteger,
  one,
  add as plus,
  type Rational,
  multiply as times,
  zero,
} from '../value/rational.js'
import { exactAngle } from './angles.js'
import { type Circle, circular, hyperbolic, turned, unitOf } from './circle.js'
import {
  add,
  arbitrary,
  divide,
  equal,
  factorOf,
  imaginary,
  isZero,
  multiply,
  ofRational,
  ones,
  type Pair,
  power,
  rootOf,
  zeros,
} from './prime-field.js'

/** Exponents and angles are counted in such parts of their terms, so that halves, thirds and quarters are whole. */
const parts = integer(12)
const maxTurns = 4000n

/** A sum of terms with rational factors; terms are numbers in the field's list, i times a term is kept apart. */
interface Linear {
  readonly real: ReadonlyMap<number, Rational>
  readonly imaginary: ReadonlyMap<number, Rational>
}

const constantTerm = 0
const piTerm = 1

/** Owns the values given so far. */
class Field {
  readonly #budget: Budget
  readonly #standIns = new Map<string, Pair>()
  readonly #terms: Pair[] = [ones]
  readonly #values = new Map<Node, Pair | null>()
  /** Primes by their logarithms. */
  readonly #logarithms = new Map<string, bigint>()

  constructor(budget: Budget) {
    this.#budget = budget
    this.#terms.push(this.#standIn('pi'))
  }

  at(node: Node): Pair | undefined {
    const known = this.#values.get(node)
    if (known !== undefined) return known ?? undefined
    this.#budget.spend(2)
    const found = this.#evaluated(node)
    this.#values.set(node, found ?? null)
    return found
  }

  #evaluated(node: Node): Pair | undefined {
    switch (node.kind) {
      case 'number':
        return ofRational(node.value)
      case 'percent': {
        const value = this.at(node.value)
        return value && divide(value, ofRational(integer(100)) as Pair)
      }
      case 'variable':
        return this.#standIn(`name ${node.name}`)
      case 'constant':
        if (node.name === 'infinity') return undefined
        if (node.name === 'i') return imaginary
        return node.name === 'e' ? this.#exponential('e', new Map([[constantTerm, one]])) : this.#standIn('pi')
      case 'add':
      case 'multiply':
      case 'divide': {
        const [left, right] = [this.at(node.left), this.at(node.right)]
        if (!left || !right) return undefined
        if (node.kind === 'divide') return divide(left, right)
        return node.kind === 'add' ? add(left, right) : multiply(left, right)
      }
      case 'power':
        return this.#power(node.left, node.right)
      case 'apply':
        return this.#applied(node)
      default:
        return undefined
    }
  }

  #power(base: Node, exponent: Node): Pair | undefined {
    if (exponent.kind === 'number' && isInteger(exponent.value)) {
      const value = this.at(base)
      const size = exponent.value.n
      return value && size < maxTurns && size > -maxTurns ? power(value, size) : undefined
    }
    const linear = this.#linear(exponent)
    if (!linear) return undefined
    if (base.kind === 'constant' && base.name === 'e') return this.#exponentialOf(linear)
    if (linear.imaginary.size > 0) return undefined
    if (base.kind === 'number' && base.value.n !== 0n) return this.#ofNumber(base.value, linear.real)
    const value = this.at(base)
    return value && this.#exponential(value.join(), linear.real)
  }

  /** A rational to a power: by the powers of its primes, with exact square roots. Of a negative one square roots only. */
  #ofNumber(base: Rational, exponent: ReadonlyMap<number, Rational>): Pair | undefined {
    const [n, d] = [primesOf(base.n < 0n ? -base.n : base.n), primesOf(base.d)]
    let result: Pair | undefined = ones
    if (base.n < 0n) {
      const half =
        exponent.size === 1 && exponent.get(constantTerm)?.d === 2n ? exponent.get(constantTerm)?.n : undefined
      result = half === undefined ? undefined : power(imaginary, half)
    }
    for (const [prime, count] of [...n, ...d.map(([p, k]): [bigint, bigint] => [p, -k])]) {
      const scaled = new Map([...exponent].map(([term, factor]) => [term, times(factor, integer(count))]))
      const known = this.#knownPart(prime, scaled)
      const rest = this.#exponential(String(prime), scaled)
      result = result && known && rest && multiply(multiply(result, known), rest)
    }
    return result
  }

  /** Takes the whole and the half powers of a prime out of an exponent; their value. */
  #knownPart(prime: bigint, exponent: Map<number, Rational>): Pair | undefined {
    const constant = exponent.get(constantTerm) ?? zero
    const root = rootOf(prime)
    const halves = root ? floor(times(constant, integer(2))) : 2n * floor(constant)
    exponent.set(
      constantTerm,
      plus(constant, { n: -halves, d: 2n }.n % 2n === 0n ? integer(-halves / 2n) : { n: -halves, d: 2n }),
    )
    if (halves > maxTurns || halves < -maxTurns) return undefined
    return root ? power(root, halves) : power(ofRational(integer(prime)) as Pair, halves / 2n)
  }

  #exponentialOf({ real, imaginary: angle }: Linear): Pair | undefined {
    const size = this.#exponential('e', real)
    if (angle.size === 0 || !size) return size
    const point = this.#onCircle(angle)
    return point && multiply(size, add(point.cos, multiply(imaginary, point.sin)))
  }

  #exponential(base: string, exponent: ReadonlyMap<number, Rational>): Pair | undefined {
    let result: Pair | undefined = ones
    for (const [term, factor] of exponent) {
      const prime = base === 'e' ? this.#logarithms.get((this.#terms[term] ?? ones).join()) : undefined
      const raised: Pair | undefined =
        prime === undefined
          ? this.#standInPower(`${base}^${term}`, factor)
          : this.#ofNumber(integer(prime), new Map([[constantTerm, factor]]))
      result = result && raised && multiply(result, raised)
    }
    return result
  }

  #standInPower(key: string, factor: Rational): Pair | undefined {
    const turns = times(factor, parts)
    if (!isInteger(turns) || turns.n > maxTurns || turns.n < -maxTurns) return undefined
    return power(this.#standIn(key), turns.n)
  }

  #logarithmOf(prime: bigint): Pair {
    const value = this.#standIn(`ln ${prime}`)
    this.#logarithms.set(value.join(), prime)
    return value
  }

  #applied({ name, args }: KindOf<'apply'>): Pair | undefined {
    const [argument, second] = args
    if (!argument || piecewise.has(name)) return undefined
    const ofCircle = circular[name]
    const ofExponential = hyperbolic[name]
    if (ofCircle || ofExponential || name === 'exp') {
      const linear = this.#linear(argument)
      if (!linear) return undefined
      if (name === 'exp') return this.#exponentialOf(linear)
      if (linear.imaginary.size > 0) return undefined
      if (ofExponential) {
        const up = this.#exponential('e', linear.real)
        return up && ofExponential(up)
      }
      const point = this.#onCircle(linear.real)
      return point && ofCircle?.(point)
    }
    if (name === 'sqrt') return this.#power(argument, { kind: 'number', value: { n: 1n, d: 2n } })
    if (name === 'ln') return this.#logarithm(argument)
    if (name === 'log') {
      const [above, below] = [this.#logarithm(argument), this.#logarithm(second ?? ten)]
      return above && below && divide(above, below)
    }
    const values = args.map((arg) => this.at(arg))
    return values.includes(undefined) ? undefined : this.#standIn(`${name}(${values.join(';')})`)
  }

  /** Of a positive number by its primes; of a power of e the exponent, where that is real. */
  #logarithm(argument: Node): Pair | undefined {
    if (argument.kind === 'number' && argument.value.n > 0n) {
      let result = zeros
      const { n, d } = argument.value
      for (const [prime, count] of [...primesOf(n), ...primesOf(d).map(([p, k]): [bigint, bigint] => [p, -k])]) {
        result = add(result, multiply(this.#logarithmOf(prime), ofRational(integer(count)) as Pair))
      }
      return result
    }
    if (argument.kind === 'constant' && argument.name === 'e') return ones
    if (argument.kind === 'apply' && argument.name === 'sqrt' && argument.args[0]) {
      const inner = this.#logarithm(argument.args[0])
      return inner && divide(inner, add(ones, ones))
    }
    if (argument.kind === 'power' && argument.left.kind === 'constant' && argument.left.name === 'e') {
      const linear = this.#linear(argument.right)
      return linear && linear.imaginary.size === 0 ? this.at(argument.right) : undefined
    }
    const value = this.at(argument)
    return value && this.#standIn(`ln(${value.join()})`)
  }

  /** The point of the circle at an angle, by one parameter for each term of it; twelfths of pi are known. */
  #onCircle(angle: ReadonlyMap<number, Rational>): Circle | undefined {
    let point: Circle | undefined = { cos: ones, sin: zeros }
    for (const [term, factor] of angle) {
      const turns = times(factor, parts)
      if (!isInteger(turns) || turns.n > maxTurns || turns.n < -maxTurns) return undefined
      this.#budget.spend(8)
      const unit = term === piTerm ? exactAngle : unitOf(this.#standIn(`tan ${term}`))
      const part = unit && turned(unit, turns.n)
      point = point &&
        part && {
          cos: add(multiply(point.cos, part.cos), multiply(multiply(point.sin, part.sin), minusOne)),
          sin: add(multiply(point.cos, part.sin), multiply(point.sin, part.cos)),
        }
    }
    return point
  }

  #linear(node: Node): Linear | undefined {
    const found = { real: new Map<number, Rational>(), imaginary: new Map<number, Rational>() }
    return this.#collect(node, one, false, found) ? found : undefined
  }

  #collect(
    node: Node,
    factor: Rational,
    turnedBy: boolean,
    found: { real: Map<number, Rational>; imaginary: Map<number, Rational> },
  ): boolean {
    this.#budget.spend()
    if (node.kind === 'add') {
      return this.#collect(node.left, factor, turnedBy, found) && this.#collect(node.right, factor, turnedBy, found)
    }
    const product = factorsOf(node)
    const sign = product.turns % 4 >= 2 ? -1n : 1n
    const isTurned = product.turns % 2 === 1
    let value: Pair | undefined = ones
    for (const part of product.above) {
      const own = this.at(part)
      value = value && own && multiply(value, own)
    }
    for (const part of product.below) {
      const own = this.at(part)
      value = value && own && divide(value, own)
    }
    if (!value) return false
    if (isZero(value) || product.number.n === 0n) return true
    const [term, own] = this.#term(value)
    const both = turnedBy !== isTurned
    const scale = times(times(factor, times(own, product.number)), integer(turnedBy && isTurned ? -sign : sign))
    const into = both ? found.imaginary : found.real
    into.set(term, plus(into.get(term) ?? zero, scale))
    return true
  }

  /** The term that a value is a multiple of, and how often. */
  #term(value: Pair): [number, Rational] {
    for (const [index, term] of this.#terms.entries()) {
      const factor = factorOf(value, term)
      if (factor) return [index, factor]
    }
    this.#terms.push(value)
    return [this.#terms.length - 1, one]
  }

  #standIn(key: string): Pair {
    const known = this.#standIns.get(key)
    if (known) return known
    const value = arbitrary(this.#standIns.size)
    this.#standIns.set(key, value)
    return value
  }
}

const ten: Node = { kind: 'number', value: integer(10) }
const minusOne = ofRational(integer(-1)) as Pair

/** Functions in pieces: what stands in for a value has no size and no sign. */
const piecewise = new Set<FunctionName>([
  ...([
    'abs',
    'sgn',
    'floor',
    'ceil',
    'round',
    'max',
    'min',
    'mod',
    'gcd',
    'lcm',
    'root',
    're',
    'im',
    'conjugate',
  ] as const),
  ...(['arg', 'factorial', 'doublefactorial', 'binomial', 'permutations'] as const),
])

interface Product {
  readonly number: Rational
  /** How often i is a factor. */
  readonly turns: number
  readonly above: readonly Node[]
  readonly below: readonly Node[]
}

/** A product of numbers, of i and of the rest. */
function factorsOf(node: Node): Product {
  const above: Node[] = []
  const below: Node[] = []
  let number = one
  let turns = 0
  const visit = (part: Node): void => {
    if (part.kind === 'number') number = times(number, part.value)
    else if (part.kind === 'constant' && part.name === 'i') turns++
    else if (part.kind === 'multiply') {
      visit(part.left)
      visit(part.right)
    } else if (part.kind === 'divide') {
      visit(part.left)
      if (part.right.kind === 'number' && part.right.value.n !== 0n) {
        const { n, d } = part.right.value
        number = times(number, n < 0n ? { n: -d, d: -n } : { n: d, d: n })
      } else below.push(part.right)
    } else above.push(part)
  }
  visit(node)
  return { number, turns: turns % 4, above, below }
}

/** Primes with their exponents; what is left after trial division by small ones counts as one. */
function primesOf(value: bigint): [bigint, bigint][] {
  const found: [bigint, bigint][] = []
  let rest = value
  for (let p = 2n; p < 200n && p * p <= rest; p++) {
    let count = 0n
    for (; rest % p === 0n; rest /= p) count++
    if (count > 0n) found.push([p, count])
  }
  return rest > 1n ? [...found, [rest, 1n]] : found
}

/** true is a proof, false says nothing. Throws OverBudget. */
export function equalInField(left: Node, right: Node, budget: Budget): boolean {
  const field = new Field(budget)
  // Names first, in one order, so that the two sides may be swapped.
  for (const name of [...variablesOf(right, variablesOf(left))].sort()) field.at({ kind: 'variable', name })
  const [a, b] = [field.at(left), field.at(right)]
  return a !== undefined && b !== undefined && equal(a, b)
}
