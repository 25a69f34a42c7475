/**
 * Definite integrals without an elementary antiderivative: by symmetry about the middle, Gauss's and Euler's, and those of
 * Dirichlet. Sources: standard tables, each checked against quadrature in the tests.
 */
import type { How } from '../finding.js'
import type { Node } from '../tree/node.js'
import { substitute, variablesOf } from '../tree/walk.js'
import { add, divide, equalTo, integer, isInteger, multiply, one, type Rational } from '../value/rational.js'
import { apply, difference, fraction, infinity, minus, num, over, pi, plus, power, times, variable } from './build.js'
import { constantQuotientOf, orderOf, sameForAll } from './compare.js'
import { exactValue } from './exact.js'
import { factorsOf, productOf } from './factors.js'
import { gammaAt } from './infinite-product.js'
import { type Definite, integralOf, signOfInfinity, spanOf } from './integral.js'
import { quadraticIn } from './known-antiderivatives.js'
import { positiveOnly } from './limit.js'
import { polynomialIn } from './polynomial.js'
import { rangeOf } from './range.js'
import { isContinuous } from './regular.js'

export function knownIntegral(given: Definite, how: How): Node | undefined {
  return overExponential(given, how) ?? euler(given, how) ?? listed(given, how) ?? bySymmetry(given, how)
}

/** f(x) + f(a + b - x) = c throughout: c (b - a) / 2. And x h(x), where h is the same at a + b - x: (a + b) / 2 of its integral. */
function bySymmetry(given: Definite, how: How): Node | undefined {
  const { name, body, from, to } = given
  if (variablesOf(body).size > 1 || variablesOf(from).size + variablesOf(to).size > 0) return undefined
  const span = spanOf(name, from, to, how)
  if (!span || span === 'empty' || !span.from.node || !span.to.node || !isContinuous(body, span, how.budget))
    return undefined
  if (!isBounded(body, name, span.from.about, span.to.about, how)) return undefined
  const width = difference(to, from)
  const at = (f: Node, s: Rational) => substitute(f, name, plus(from, times(num(s), width)))
  const constant = times(num(2), at(body, { n: 1n, d: 2n }))
  const inside = [2n, 5n, 11n, 17n].map(
    (n) =>
      [
        { n, d: 43n },
        { n: 43n - n, d: 43n },
      ] as const,
  )
  if (inside.every(([s, t]) => sameForAll(plus(at(body, s), at(body, t)), constant, how.budget).equal))
    return over(times(constant, width), num(2))
  const { constant: factor, factors } = factorsOf(body, name, how.budget)
  const own = factors.find(({ base, exponent }) => base.kind === 'variable' && equalTo(exponent, one))
  const rest = own && productOf({ constant: factor, factors: factors.filter((one) => one !== own) })
  if (!rest || !variablesOf(rest).has(name)) return undefined
  if (!inside.every(([s, t]) => sameForAll(at(rest, s), at(rest, t), how.budget).equal)) return undefined
  const inner = integralOf({ kind: 'integral', name, from, to, body: rest }, how)
  return inner && over(times(plus(from, to), inner), num(2))
}

function isBounded(body: Node, name: string, low: number, high: number, how: How): boolean {
  const step = (high - low) / 16
  return Array.from({ length: 16 }).every((_, k) => {
    const piece = { low: low + k * step, high: k === 15 ? high : low + (k + 1) * step }
    const range = rangeOf(body, new Map([[name, piece]]), how.budget)
    return range !== undefined && Math.abs(range.low) < 1e6 && Math.abs(range.high) < 1e6
  })
}

const isZero = (node: Node) => node.kind === 'number' && node.value.n === 0n

/** 1 or -1 of a constant; other names positive. */
function signOf(node: Node, how: How): number | undefined {
  const names = variablesOf(node)
  if (names.size === 0) return orderOf(node, num(0), how.budget) || undefined
  const range = rangeOf(node, new Map([...names].map((name) => [name, { low: 1e-100, high: 1e100 }])), how.budget)
  return range && range.low > 0 ? 1 : range && range.high < 0 ? -1 : undefined
}

/** x^s e^(-a x² + b x + c) over the line or half of it, and x^s e^(-a x) for half s. */
function overExponential({ name, body, from, to }: Definite, how: How): Node | undefined {
  if (signOfInfinity(to) !== 1) return undefined
  const { constant, factors } = factorsOf(body, name, how.budget)
  const [growth] = factors.filter(({ base }) => base.kind === 'apply' && base.name === 'exp')
  const exponent = growth?.base.kind === 'apply' ? growth.base.args[0] : undefined
  const quadratic = exponent && quadraticIn(exponent, name)
  if (!growth || !quadratic) return undefined
  const others = factors.filter((factor) => factor !== growth)
  const restricted = (value: Node) => {
    const names = [...variablesOf(quadratic.p), ...variablesOf(quadratic.q)]
    return positiveOnly(times(times(constant, value), exponential(quadratic.c)), [...new Set(names)])
  }
  const wholeLine = signOfInfinity(from) === -1
  if (!wholeLine && !isZero(from)) return undefined
  if (isNothing(quadratic.p, how)) {
    const s = others.length === 0 ? integer(0) : ownPower(others, name)
    if (wholeLine || !s || signOf(quadratic.q, how) !== -1) return undefined
    const gamma = gammaOf(add(s, one))
    return gamma && restricted(over(gamma, power(minus(quadratic.q), num(add(s, one)))))
  }
  const a = minus(quadratic.p)
  if (signOf(a, how) !== 1) return undefined
  const p = polynomialIn(productOf({ constant: num(1), factors: others }), name, how.budget)
  if (!p) return undefined
  if (!isNothing(quadratic.q, how)) {
    if (!wholeLine || p.length !== 1) return undefined
    const shift = over(power(quadratic.q, num(2)), times(num(4), a))
    return restricted(times(num(p[0] ?? one), times(apply('sqrt', over(pi, a)), exponential(shift))))
  }
  let total: Node = num(0)
  for (const [k, c] of p.entries()) {
    if (c.n === 0n || (wholeLine && k % 2 === 1)) continue
    const half: Rational = { n: BigInt(k + 1), d: 2n }
    const s = k % 2 === 1 ? integer((k + 1) / 2) : half
    const gamma = gammaOf(s)
    if (!gamma) return undefined
    total = plus(total, times(times(num(c), fraction(1, wholeLine ? 1 : 2)), over(gamma, power(a, num(s)))))
  }
  return restricted(total)
}

const exponential = (node: Node) => (isZero(node) ? num(1) : apply('exp', node))
const isNothing = (node: Node, how: How) => variablesOf(node).size === 0 && exactValue(node, how.budget)?.n === 0n

function ownPower(others: ReturnType<typeof factorsOf>['factors'], name: string): Rational | undefined {
  const [own, another] = others
  if (!own || another || own.base.kind !== 'variable' || own.base.name !== name) return undefined
  return own.exponent
}

function gammaOf(s: Rational): Node | undefined {
  const gamma = gammaAt(s)
  return gamma && (gamma.half ? times(num(gamma.factor), apply('sqrt', pi)) : num(gamma.factor))
}

/** x^(m - 1) / (1 + x^n) from 0 to infinity: pi / (n sin(pi m / n)). */
function euler({ name, body, from, to }: Definite, how: How): Node | undefined {
  const wholeLine = signOfInfinity(from) === -1
  if (signOfInfinity(to) !== 1 || (!wholeLine && !isZero(from))) return undefined
  const { constant, factors } = factorsOf(body, name, how.budget)
  const [below] = factors.filter(({ base }) => base.kind === 'add')
  if (!below || !equalTo(below.exponent, integer(-1)) || below.base.kind !== 'add') return undefined
  const others = factors.filter((factor) => factor !== below)
  const s = others.length === 0 ? integer(0) : ownPower(others, name)
  const p = polynomialIn(below.base, name, how.budget)
  if (!s || !p || p.slice(1, -1).some(({ n }) => n !== 0n) || !equalTo(p[0] ?? one, p.at(-1) ?? one)) return undefined
  const degree = p.length - 1
  if (wholeLine && (degree % 2 === 1 || !isInteger(s) || s.n % 2n !== 0n)) return undefined
  const m = divide(add(s, one), integer(degree))
  if (!m || m.n <= 0n || m.n >= m.d) return undefined
  const value = over(pi, times(num(multiply(p[0] ?? one, integer(degree))), apply('sin', times(num(m), pi))))
  return times(constant, wholeLine ? times(num(2), value) : value)
}

const x = variable('x')
const ln = (node: Node) => apply('ln', node)
const [sin, cos, tan] = (['sin', 'cos', 'tan'] as const).map((name) => apply(name, x)) as [Node, Node, Node]
const growth = difference(apply('exp', x), num(1))
const squared = (node: Node) => power(node, num(2))

/** [from, to, body, value] */
const table: readonly (readonly [Node, Node, Node, Node])[] = [
  [num(0), infinity, over(sin, x), over(pi, num(2))],
  [minus(infinity), infinity, over(sin, x), pi],
  [num(0), infinity, squared(over(sin, x)), over(pi, num(2))],
  [minus(infinity), infinity, squared(over(sin, x)), pi],
  [num(0), over(pi, num(2)), ln(sin), times(fraction(-1, 2), times(pi, ln(num(2))))],
  [num(0), over(pi, num(2)), ln(cos), times(fraction(-1, 2), times(pi, ln(num(2))))],
  [num(0), pi, ln(sin), times(num(-1), times(pi, ln(num(2))))],
  [num(0), over(pi, num(4)), ln(plus(num(1), tan)), times(fraction(1, 8), times(pi, ln(num(2))))],
  [num(0), num(1), over(ln(plus(num(1), x)), plus(num(1), squared(x))), times(fraction(1, 8), times(pi, ln(num(2))))],
  [num(0), num(1), over(ln(x), difference(num(1), x)), times(fraction(-1, 6), squared(pi))],
  [num(0), num(1), over(ln(x), plus(num(1), x)), times(fraction(-1, 12), squared(pi))],
  [num(0), num(1), over(ln(plus(num(1), x)), x), times(fraction(1, 12), squared(pi))],
  [num(0), num(1), over(ln(difference(num(1), x)), x), times(fraction(-1, 6), squared(pi))],
  [num(0), infinity, over(x, growth), times(fraction(1, 6), squared(pi))],
  [num(0), infinity, over(power(x, num(3)), growth), times(fraction(1, 15), power(pi, num(4)))],
]

/** A multiple of an entry of the table. */
function listed({ name, body, from, to }: Definite, how: How): Node | undefined {
  if (variablesOf(body).size > 1) return periodic({ name, body, from, to }, how)
  const own = substitute(body, name, x)
  for (const [a, b, f, value] of table) {
    if (!sameBound(from, a, how) || !sameBound(to, b, how)) continue
    const sign = constantQuotientOf(own, f, how.budget)
    if (sign !== 'positive' && sign !== 'negative') continue
    const at = (node: Node) => substitute(node, 'x', num({ n: 1n, d: 2n }))
    return times(value, over(at(own), at(f)))
  }
  return periodic({ name, body, from, to }, how)
}

function sameBound(a: Node, b: Node, how: How): boolean {
  const [p, q] = [signOfInfinity(a), signOfInfinity(b)]
  return p !== 0 || q !== 0 ? p === q : orderOf(a, b, how.budget) === 0
}

/** 1 / (a + b cos x), or of the sine, over a whole turn; over half a turn for the cosine. a > |b|. */
function periodic({ name, body, from, to }: Definite, how: How): Node | undefined {
  const { constant, factors } = factorsOf(body, name, how.budget)
  const [only, another] = factors
  if (!only || another || !equalTo(only.exponent, integer(-1)) || only.base.kind !== 'add') return undefined
  const wave = waveIn(only.base, name)
  if (!wave || variablesOf(wave.a).size + variablesOf(wave.b).size > 0) return undefined
  if (variablesOf(from).size + variablesOf(to).size > 0 || signOfInfinity(from) !== 0 || signOfInfinity(to) !== 0)
    return undefined
  const width = difference(to, from)
  const whole = orderOf(width, times(num(2), pi), how.budget) === 0
  const half = isZero(from) && wave.name === 'cos' && orderOf(to, pi, how.budget) === 0
  if (!whole && !half) return undefined
  if (orderOf(wave.a, apply('abs', wave.b), how.budget) !== 1) return undefined
  const root = apply('sqrt', difference(squared(wave.a), squared(wave.b)))
  return times(constant, over(times(num(whole ? 2 : 1), pi), root))
}

function waveIn(node: Node, name: string): { a: Node; b: Node; name: string } | undefined {
  if (node.kind !== 'add') return undefined
  const [left, right] = [node.left, node.right].map((side) => variablesOf(side).has(name))
  if (left === right) return undefined
  const [a, wave] = left ? [node.right, node.left] : [node.left, node.right]
  const { constant, factors } = { ...split(wave, name) }
  return factors && constant ? { a, b: constant, name: factors } : undefined
}

function split(node: Node, name: string): { constant?: Node; factors?: string } {
  if (node.kind === 'apply' && (node.name === 'sin' || node.name === 'cos')) {
    const [argument] = node.args
    return argument?.kind === 'variable' && argument.name === name ? { constant: num(1), factors: node.name } : {}
  }
  if (node.kind !== 'multiply' || variablesOf(node.left).has(name)) return {}
  const inner = split(node.right, name)
  return inner.constant ? { ...inner, constant: times(node.left, inner.constant) } : {}
}
