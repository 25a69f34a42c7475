/**
 * Antiderivatives by rules on the tree. Each rule holds wherever both sides have a value; where the result is continuous is a
 * question for who uses it. Undefined where no rule fits.
 */
import type { How } from '../finding.js'
import type { FunctionName, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { equalTo, integer, isInteger, one, type Rational } from '../value/rational.js'
import { apply, difference, fraction, minus, num, over, plus, power, times, variable } from './build.js'
import { derivativeOf } from './derivative.js'
import { type Factor, factorsOf, productOf, raised } from './factors.js'
import { ofLinear, ofQuadratic, overRootOfQuadratic, quadraticIn } from './known-antiderivatives.js'
import { linearIn, polynomialIn, quotientIn } from './polynomial.js'
import { rationalAntiderivative } from './rational-antiderivative.js'
import { bySubstitution } from './substitution.js'
import { trigonometric } from './trigonometric.js'

export interface Search {
  readonly how: How
  /** Steps of substitution and by parts so far. */
  readonly depth: number
}

const maxDepth = 7

export function antiderivativeOf(f: Node, x: string, how: How): Node | undefined {
  return search(f, x, { how, depth: 0 })
}

export function search(f: Node, x: string, at: Search): Node | undefined {
  const { budget } = at.how
  budget.spend(10)
  if (at.depth > maxDepth) return undefined
  const deeper = { ...at, depth: at.depth + 1 }
  if (!variablesOf(f).has(x)) return times(f, variable(x))
  if (f.kind === 'add') {
    const rational = rationalPart(f, x, at)
    if (rational) return rational
    const left = search(f.left, x, at)
    const right = left && search(f.right, x, at)
    return left && right && plus(left, right)
  }
  const rational = rationalPart(f, x, at)
  if (rational) return rational
  const { constant, factors } = factorsOf(f, x, budget)
  const inner = productOf({ constant: num(1), factors })
  const found =
    single(factors, x, at) ??
    namedPower(factors, x) ??
    polynomialByRoot(factors, x, at) ??
    trigonometric(factors, x, at) ??
    byParts(factors, x, deeper) ??
    expanded(factors, x, deeper) ??
    bySubstitution(factors, inner, x, deeper)
  return found && times(constant, found)
}

function rationalPart(f: Node, x: string, { how }: Search): Node | undefined {
  const quotient = quotientIn(f, x, how.budget)
  return quotient && rationalAntiderivative(quotient, variable(x), how.budget)
}

/** One power of one thing. */
function single(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const [factor, another] = factors
  if (!factor || another) return undefined
  const { base, exponent } = factor
  const linear = linearIn(base, x)
  if (linear) return ofLinear(base, linear.slope, exponent)
  const quadratic = ofQuadratic(base, x, exponent, at.how)
  if (quadratic) return quadratic
  if (!equalTo(exponent, one) || base.kind !== 'apply') return undefined
  const [argument] = base.args
  const inner = argument && base.args.length === 1 ? linearIn(argument, x) : undefined
  const table = argument && inner ? functions[base.name]?.(argument) : undefined
  return table && inner ? over(table, inner.slope) : undefined
}

/** x^r x^n with a name as the exponent; (a x + b)^n. */
function namedPower(factors: readonly Factor[], x: string): Node | undefined {
  const held = factors.find(({ base }) => base.kind === 'power' && !variablesOf(base.right).has(x))
  if (held?.base.kind !== 'power' || !equalTo(held.exponent, one)) return undefined
  const others = factors.filter((factor) => factor !== held)
  const [other, another] = others
  const linear = linearIn(held.base.left, x)
  const isSame = !other || (other.base.kind === 'variable' && held.base.left.kind === 'variable')
  if (another || !linear || !isSame) return undefined
  const next = plus(plus(held.base.right, num(other ? other.exponent : integer(0))), num(1))
  return over(power(held.base.left, next), times(linear.slope, next))
}

/** A polynomial times a half power of a quadratic. */
function polynomialByRoot(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const held = factors.find(({ base, exponent }) => base.kind === 'add' && exponent.d === 2n && exponent.n >= -1n)
  const quadratic = held && !linearIn(held.base, x) ? quadraticIn(held.base, x) : undefined
  if (!held || !quadratic || held.exponent.n > 5n) return undefined
  const rest = productOf({ constant: num(1), factors: factors.filter((factor) => factor !== held) })
  const p = polynomialIn(rest, x, at.how.budget)
  if (!p || p.length > 8) return undefined
  // √Q = Q / √Q
  let terms: readonly Node[] = p.map((c) => num(c))
  for (let k = held.exponent.n; k > 0n; k -= 2n) terms = timesQuadratic(terms, quadratic)
  let total: Node = num(0)
  for (const [n, c] of terms.entries()) {
    if (c.kind === 'number' && c.value.n === 0n) continue
    const found = overRootOfQuadratic(n, held.base, x, at.how)
    if (!found) return undefined
    total = plus(total, times(c, found))
  }
  return total
}

const timesQuadratic = (terms: readonly Node[], { p, q, c }: { p: Node; q: Node; c: Node }): Node[] =>
  Array.from({ length: terms.length + 2 }, (_, k) =>
    [c, q, p].reduce<Node>((total, by, j) => plus(total, times(by, terms[k - j] ?? num(0))), num(0)),
  )

const ln = (u: Node) => apply('ln', apply('abs', u))
const root = (u: Node) => apply('sqrt', u)
const square = (u: Node) => power(u, num(2))

/** The antiderivative by the one argument. */
const functions: Partial<Record<FunctionName, (u: Node) => Node>> = {
  exp: (u) => apply('exp', u),
  sin: (u) => minus(apply('cos', u)),
  cos: (u) => apply('sin', u),
  sinh: (u) => apply('cosh', u),
  cosh: (u) => apply('sinh', u),
  ln: (u) => difference(times(u, apply('ln', u)), u),
  log: (u) => over(difference(times(u, apply('ln', u)), u), apply('ln', num(10))),
  arctan: (u) => difference(times(u, apply('arctan', u)), times(fraction(1, 2), ln(plus(num(1), square(u))))),
  arcsin: (u) => plus(times(u, apply('arcsin', u)), root(difference(num(1), square(u)))),
  arccos: (u) => difference(times(u, apply('arccos', u)), root(difference(num(1), square(u)))),
  arsinh: (u) => difference(times(u, apply('arsinh', u)), root(plus(square(u), num(1)))),
  artanh: (u) => plus(times(u, apply('artanh', u)), times(fraction(1, 2), ln(difference(num(1), square(u))))),
  abs: (u) => over(times(u, apply('abs', u)), num(2)),
}

const inverse = new Set<FunctionName>(['ln', 'log', 'arctan', 'arcsin', 'arccos', 'arsinh', 'artanh', 'arcosh'])

/** A power or polynomial times a logarithm or an inverse function, or times exponentials and waves. */
function byParts(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const chosen = factors.find(
    ({ base, exponent }) => base.kind === 'apply' && inverse.has(base.name) && isInteger(exponent) && exponent.n > 0n,
  )
  if (chosen) {
    const others = factors.filter((factor) => factor !== chosen)
    if (others.some(({ base }) => base.kind === 'apply')) return undefined
    const rest = productOf({ constant: num(1), factors: others })
    const u = raised(chosen.base, chosen.exponent)
    return parts(u, rest, x, at)
  }
  const waves = factors.filter(({ base }) => base.kind === 'apply' && isWave(base.name))
  if (waves.length === 0 || waves.some(({ exponent }) => !equalTo(exponent, one))) return undefined
  const rest = productOf({ constant: num(1), factors: factors.filter((factor) => !waves.includes(factor)) })
  if (!isPolynomial(rest, x, at)) return undefined
  const wave = productOf({ constant: num(1), factors: waves })
  if (!variablesOf(rest).has(x)) return waveProduct(waves, x)
  return tabular(rest, wave, waves, x, at)
}

const isWave = (name: FunctionName) => ['exp', 'sin', 'cos', 'sinh', 'cosh'].includes(name)

function isPolynomial(node: Node, x: string, at: Search): boolean {
  if (polynomialIn(node, x, at.how.budget)) return true
  const isPlain = (part: Node): boolean =>
    !variablesOf(part).has(x) ||
    part.kind === 'variable' ||
    ((part.kind === 'add' || part.kind === 'multiply') && isPlain(part.left) && isPlain(part.right)) ||
    (part.kind === 'divide' && isPlain(part.left) && !variablesOf(part.right).has(x)) ||
    (part.kind === 'power' && isPlain(part.left) && part.right.kind === 'number' && isSmall(part.right.value))
  return isPlain(node)
}
const isSmall = (value: Rational) => isInteger(value) && value.n >= 0n && value.n <= 12n

/** u v - ∫ u' v, where v is an antiderivative of the rest. */
function parts(u: Node, rest: Node, x: string, at: Search): Node | undefined {
  const v = search(rest, x, at)
  const slope = derivativeOf(u, x)
  if (!v || !slope) return undefined
  const left = search(times(slope, v), x, at)
  return left && difference(times(u, v), left)
}

/** p w1 - p' w2 + p'' w3 - …, with w1, w2, … the repeated antiderivatives of the wave. */
function tabular(p: Node, wave: Node, waves: readonly Factor[], x: string, at: Search): Node | undefined {
  let total: Node = num(0)
  let slope: Node = p
  let current: Node | undefined = waveProduct(waves, x)
  for (let k = 0; k <= 16 && current; k++) {
    total = plus(total, times(num(k % 2 === 0 ? 1 : -1), times(slope, current)))
    const next = derivativeOf(slope, x)
    if (!next) return undefined
    slope = flat(next, x, at)
    if (slope.kind === 'number' && slope.value.n === 0n) return total
    current = search(current, x, at)
  }
  return wave && undefined
}

/** With rational coefficients in their normal form, so that the last derivative is seen to be zero. */
function flat(node: Node, x: string, at: Search): Node {
  const p = polynomialIn(node, x, at.how.budget)
  if (!p) return node
  return p.reduce<Node>((total, c, k) => plus(total, times(num(c), power(variable(x), num(k)))), num(0))
}

/** One of them, or an exponential times a sine or a cosine. */
function waveProduct(waves: readonly Factor[], x: string): Node | undefined {
  const [first, second, third] = waves.map(({ base }) => base)
  if (first?.kind !== 'apply' || third) return undefined
  const slopeOf = (node: Node) => (node.kind === 'apply' && node.args[0] ? linearIn(node.args[0], x)?.slope : undefined)
  const a = slopeOf(first)
  if (!a) return undefined
  if (!second) {
    const table = first.args[0] && functions[first.name]?.(first.args[0])
    return table && over(table, a)
  }
  const [growth, wave] = first.name === 'exp' ? [first, second] : [second, first]
  if (growth.kind !== 'apply' || growth.name !== 'exp' || wave.kind !== 'apply') return undefined
  if (wave.name !== 'sin' && wave.name !== 'cos') return undefined
  const [p, q, u] = [slopeOf(growth), slopeOf(wave), wave.args[0]]
  if (!p || !q || !u) return undefined
  // e^(px) sin(qx): e^(px) (p sin - q cos) / (p² + q²)
  const [s, c] = [apply('sin', u), apply('cos', u)]
  const inner = wave.name === 'sin' ? difference(times(p, s), times(q, c)) : plus(times(p, c), times(q, s))
  return over(times(growth, inner), plus(square(p), square(q)))
}

/** A product of sums as a sum, when one of the sums is not below a line. */
function expanded(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const sum = factors.find(
    ({ base, exponent }) => base.kind === 'add' && isInteger(exponent) && exponent.n > 0n && exponent.n <= 6n,
  )
  if (sum?.base.kind !== 'add') return undefined
  // A single power of a sum of powers is left to substitution unless it is a whole power.
  const left = sum.exponent.n - 1n
  const others = factors.filter((factor) => factor !== sum)
  const rest = productOf({
    constant: num(1),
    factors: left > 0n ? [...others, { base: sum.base, exponent: integer(left) }] : others,
  })
  const [a, b] = [times(rest, sum.base.left), times(rest, sum.base.right)].map((part) => search(part, x, at))
  return a && b && plus(a, b)
}
