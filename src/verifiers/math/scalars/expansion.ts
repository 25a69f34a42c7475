/** The series of an expression as its name comes to a place: rule by rule, from the inside out. */
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import { substitute, variablesOf } from '../tree/walk.js'
import {
  add,
  divide,
  integer,
  isInteger,
  multiply,
  negate,
  one,
  type Rational,
  ratio,
  zero,
} from '../value/rational.js'
import { apply, difference, fraction, minus, num, over, pi, plus, power, times } from './build.js'
import { derivativeOf } from './derivative.js'
import { exactValue } from './exact.js'
import {
  compareMonomials,
  composed,
  constantly,
  type Ground,
  isConstant,
  leadingOf,
  NotReal,
  negated,
  nothing,
  only,
  parts,
  product,
  type Series,
  scaledBy,
  signOf,
  sum,
  type Term,
  Unknown,
  unit,
} from './growth.js'

/** `place`: the series of the name itself. Throws Unknown, NotReal, OverBudget. */
export function expansion(node: Node, name: string, place: Series, on: Ground): Series {
  on.budget.spend(4)
  const of = (inner: Node) => expansion(inner, name, place, on)
  if (!variablesOf(node).has(name)) return constantly(node, on)
  switch (node.kind) {
    case 'variable':
      return place
    case 'add':
      return sum(of(node.left), of(node.right), on)
    case 'multiply':
      return product(of(node.left), of(node.right), on)
    case 'divide':
      return product(of(node.left), raised(of(node.right), integer(-1), on), on)
    case 'power':
      return powerOf(node.left, node.right, name, of, on)
    case 'apply':
      return applied(node, of, on)
    default:
      throw new Unknown()
  }
}

const rationalOf = (node: Node, on: Ground): Rational | undefined =>
  variablesOf(node).size === 0 ? exactValue(node, on.budget) : undefined

function powerOf(left: Node, right: Node, name: string, of: (node: Node) => Series, on: Ground): Series {
  if (!variablesOf(right).has(name)) {
    const exponent = rationalOf(right, on)
    if (exponent) return raised(of(left), exponent, on)
  }
  if (left.kind === 'constant' && left.name === 'e') return exponential(of(right), on)
  const base = of(left)
  const leading = base.terms[0]
  if (leading && isConstant(base) && signOf(leading.c, on) < 0) return alternating(minus(leading.c), of(right), on)
  return exponential(product(of(right), logarithm(base, on), on), on)
}

/** (-c)^k over whole numbers: of the size of c^k, with signs that change. */
function alternating(size: Node, exponent: Series, on: Ground): Series {
  if (parts(exponent, on).grows.length === 0) throw new Unknown()
  const [rest] = exponential(product(exponent, logarithm(constantly(size, on), on), on), on).terms
  if (!rest) throw new Unknown()
  return { terms: [], rest: { e: rest.e, j: rest.j, p: rest.p } }
}

/** To a rational power. Roots of what is negative are not real. */
function raised(series: Series, exponent: Rational, on: Ground): Series {
  if (exponent.n === 0n) return constantly(num(1), on)
  if (series.terms.length === 0 && !series.rest && exponent.n > 0n) return nothing
  if (isInteger(exponent) && exponent.n > 0n && exponent.n <= 4n) {
    let result = series
    for (let k = 1n; k < exponent.n; k++) result = product(result, series, on)
    return result
  }
  const { leading, h } = leadingOf(series, on)
  if (!isInteger(exponent) && signOf(leading.c, on) < 0) throw new NotReal()
  const j = multiply(integer(leading.j), exponent)
  if (!isInteger(j)) throw new Unknown()
  const term: Term = {
    e: multiply(leading.e, exponent),
    j: Number(j.n),
    p: scaledBy({ terms: leading.p }, { ...unit, c: num(exponent) }, on).terms,
    c: isInteger(exponent) && exponent.n === -1n ? over(num(1), leading.c) : power(leading.c, num(exponent)),
  }
  return scaledBy(composed(binomials(exponent, on), h, on), term, on)
}

function binomials(exponent: Rational, on: Ground): Node[] {
  const all: Rational[] = [one]
  for (let k = 1; k <= on.terms; k++) {
    const factor = divide(add(exponent, integer(1 - k)), integer(k)) ?? zero
    all.push(multiply(all[k - 1] ?? zero, factor))
  }
  return all.map(num)
}

const factorials = (on: Ground): Rational[] => {
  const all: Rational[] = [one]
  for (let k = 1; k <= on.terms; k++) all.push(divide(all[k - 1] ?? one, integer(k)) ?? zero)
  return all
}

function exponential(series: Series, on: Ground): Series {
  const { grows, constant, vanishes } = parts(series, on)
  if (grows.some(({ p }) => p.length > 0)) throw new Unknown()
  // exp(c L) is a power of t.
  let e = zero
  const p = grows.filter((term) => {
    const c = term.e.n === 0n && term.j === 1 ? rationalOf(term.c, on) : undefined
    if (c) e = add(e, negate(c))
    return c === undefined
  })
  const c = constant.kind === 'number' && constant.value.n === 0n ? num(1) : exponentialOf(constant)
  return scaledBy(composed(factorials(on).map(num), vanishes, on), { e, j: 0, p, c }, on)
}

const e: Node = { kind: 'constant', name: 'e' }
/** exp(r ln a) is a^r. */
function exponentialOf(node: Node): Node {
  const log = node.kind === 'multiply' && node.left.kind === 'number' ? node.right : node
  const inner = log.kind === 'apply' && log.name === 'ln' ? log.args[0] : undefined
  if (!inner) return power(e, node)
  return node.kind === 'multiply' ? power(inner, node.left) : inner
}

function logarithm(series: Series, on: Ground): Series {
  const { leading, h } = leadingOf(series, on)
  if (signOf(leading.c, on) < 0) throw new NotReal()
  if (leading.j !== 0) throw new Unknown()
  const coefficients = Array.from({ length: on.terms + 1 }, (_, k) =>
    k === 0 ? num(0) : fraction(k % 2 === 0 ? -1 : 1, k),
  )
  const log: Series = leading.e.n === 0n ? nothing : only({ e: zero, j: 1, p: [], c: num(negate(leading.e)) })
  const constant =
    leading.c.kind === 'number' && leading.c.value.n === leading.c.value.d ? num(0) : apply('ln', leading.c)
  const fixed = sum({ terms: leading.p }, sum(log, constantly(constant, on), on), on)
  return sum(fixed, composed(coefficients, h, on), on)
}

function applied({ name, args }: KindOf<'apply'>, of: (node: Node) => Series, on: Ground): Series {
  const [x, second] = args
  if (!x) throw new Unknown()
  const rewritten = args.length === 1 ? asOthers[name]?.(x) : undefined
  if (rewritten) return of(rewritten)
  if (second) return ofTwo(name, x, second, of, on)
  const series = of(x)
  switch (name) {
    case 'sqrt':
      return raised(series, { n: 1n, d: 2n }, on)
    case 'exp':
      return exponential(series, on)
    case 'ln':
      return logarithm(series, on)
    case 'abs': {
      const { leading } = leadingOf(series, on)
      return signOf(leading.c, on) > 0 ? series : negated(series)
    }
    case 'sgn':
      return constantly(num(signOf(leadingOf(series, on).leading.c, on)), on)
    case 'sin':
    case 'cos':
      return wave(name, series, on)
    case 'arctan':
      return arctangent(series, on)
    case 'factorial':
      return stirling(series, on)
    case 'floor':
    case 'ceil':
      return rounded(name, series, on)
    default:
      throw new Unknown()
  }
}

const half = (node: Node) => over(node, num(2))
const exp = (node: Node) => apply('exp', node)
const squared = (node: Node) => power(node, num(2))
const root = (node: Node) => apply('sqrt', node)

const asOthers: Partial<Record<FunctionName, (x: Node) => Node>> = {
  tan: (x) => over(apply('sin', x), apply('cos', x)),
  cot: (x) => over(apply('cos', x), apply('sin', x)),
  sec: (x) => over(num(1), apply('cos', x)),
  csc: (x) => over(num(1), apply('sin', x)),
  sinh: (x) => half(difference(exp(x), exp(minus(x)))),
  cosh: (x) => half(plus(exp(x), exp(minus(x)))),
  tanh: (x) => over(difference(exp(x), exp(minus(x))), plus(exp(x), exp(minus(x)))),
  coth: (x) => over(plus(exp(x), exp(minus(x))), difference(exp(x), exp(minus(x)))),
  sech: (x) => over(num(2), plus(exp(x), exp(minus(x)))),
  csch: (x) => over(num(2), difference(exp(x), exp(minus(x)))),
  arsinh: (x) => apply('ln', plus(x, root(plus(squared(x), num(1))))),
  arcosh: (x) => apply('ln', plus(x, root(difference(squared(x), num(1))))),
  // At 1 and -1 the arctangent comes to its own limit.
  arcsin: (x) => apply('arctan', over(x, root(difference(num(1), squared(x))))),
  arccos: (x) => difference(half(pi), apply('arctan', over(x, root(difference(num(1), squared(x)))))),
  artanh: (x) => half(difference(apply('ln', plus(num(1), x)), apply('ln', difference(num(1), x)))),
}

function ofTwo(name: FunctionName, x: Node, second: Node, of: (node: Node) => Series, on: Ground): Series {
  if (name === 'log') return of(over(apply('ln', x), apply('ln', second)))
  if (name === 'root') {
    const index = rationalOf(second, on)
    if (!index) return exponential(product(logarithm(of(x), on), raised(of(second), integer(-1), on), on), on)
    const exponent = ratio(index.d, index.n)
    if (!exponent || index.n <= 0n) throw new Unknown()
    const series = of(x)
    const odd = isInteger(index) && index.n % 2n === 1n && series.terms[0] && signOf(series.terms[0].c, on) < 0
    return odd ? negated(raised(negated(series), exponent, on)) : raised(series, exponent, on)
  }
  if (name !== 'binomial' && name !== 'permutations') throw new Unknown()
  const k = rationalOf(second, on)
  if (k && isInteger(k) && k.n >= 0n && k.n <= 12n) {
    let product: Node = num(1)
    for (let j = 0; j < Number(k.n); j++) {
      const factor = difference(x, num(j))
      product = times(product, name === 'binomial' ? over(factor, num(j + 1)) : factor)
    }
    return of(product)
  }
  const below = apply('factorial', difference(x, second))
  return of(over(apply('factorial', x), name === 'binomial' ? times(apply('factorial', second), below) : below))
}

function wave(name: 'sin' | 'cos', series: Series, on: Ground): Series {
  const bounded: Series = { terms: [], rest: unit }
  const [first] = series.terms
  if (first && compareMonomials(first, unit, on) > 0) return bounded
  if (series.rest && compareMonomials(series.rest, unit, on) >= 0) return bounded
  const { constant, vanishes } = parts(series, on)
  const inverse = factorials(on)
  const signed = (odd: boolean) =>
    inverse.map((c, k) => (k % 2 === (odd ? 1 : 0) ? num(k % 4 > 1 ? negate(c) : c) : num(0)))
  const [s, c] = [signed(true), signed(false)]
  if (constant.kind === 'number' && constant.value.n === 0n) return composed(name === 'sin' ? s : c, vanishes, on)
  const [sine, cosine] = [apply('sin', constant), apply('cos', constant)]
  const by = (node: Node, other: Series) => product(constantly(node, on), other, on)
  const [small, large] = [composed(s, vanishes, on), composed(c, vanishes, on)]
  return name === 'sin'
    ? sum(by(sine, large), by(cosine, small), on)
    : sum(by(cosine, large), negated(by(sine, small)), on)
}

function arctangent(series: Series, on: Ground): Series {
  const [first] = series.terms
  if (first && compareMonomials(first, unit, on) > 0) {
    const turned = negated(arctangent(raised(series, integer(-1), on), on))
    const right = over(pi, num(2 * signOf(first.c, on)))
    return sum(constantly(right, on), turned, on)
  }
  const { constant, vanishes } = parts(series, on)
  if (constant.kind !== 'number' || constant.value.n !== 0n) return taylor(series, on)
  const coefficients = Array.from({ length: on.terms + 1 }, (_, k) =>
    k % 2 === 0 ? num(0) : fraction(k % 4 === 1 ? 1 : -1, k),
  )
  return composed(coefficients, vanishes, on)
}

const maxDerivatives = 5

/** Taylor's series of the arctangent at the value that its argument comes to. */
function taylor(series: Series, on: Ground): Series {
  const { constant, vanishes } = parts(series, on)
  const x: Node = { kind: 'variable', name: '#x' }
  const coefficients: Node[] = []
  let derivative: Node | undefined = apply('arctan', x)
  let below = 1
  for (let k = 0; k <= maxDerivatives && derivative; k++) {
    on.budget.spend(20)
    coefficients.push(over(substitute(derivative, '#x', constant), num(below)))
    derivative = derivativeOf(derivative, '#x')
    below *= k + 1
  }
  return composed(coefficients, vanishes, on)
}

/** n! as n grows, by Stirling's series. */
function stirling(series: Series, on: Ground): Series {
  const { leading } = leadingOf(series, on)
  if (compareMonomials(leading, unit, on) <= 0 || signOf(leading.c, on) < 0) throw new Unknown()
  const log = logarithm(series, on)
  const by = (factor: Node, other: Series) => product(constantly(factor, on), other, on)
  const inverse = raised(series, integer(-1), on)
  const cube = product(product(inverse, inverse, on), inverse, on)
  const fifth = product(product(cube, inverse, on), inverse, on)
  const main = sum(product(series, log, on), negated(series), on)
  const around = sum(by(fraction(1, 2), log), constantly(over(apply('ln', times(num(2), pi)), num(2)), on), on)
  const small = sum(by(fraction(1, 12), inverse), by(fraction(-1, 360), cube), on)
  const [cut] = fifth.terms
  const tail: Series = { terms: [], ...(cut && { rest: { e: cut.e, j: cut.j, p: cut.p } }) }
  return exponential(sum(sum(main, around, on), sum(small, tail, on), on), on)
}

function rounded(name: 'floor' | 'ceil', series: Series, on: Ground): Series {
  const [first] = series.terms
  const bounded: Series = { terms: [], rest: unit }
  if (first && compareMonomials(first, unit, on) > 0) return sum(series, bounded, on)
  const { constant, vanishes } = parts(series, on)
  const down = exactValue(apply('floor', constant), on.budget)
  if (!down) throw new Unknown()
  const whole = exactValue(constant, on.budget)
  if (!whole || !isInteger(whole)) return constantly(num(name === 'floor' ? down : add(down, one)), on)
  const sign = isConstant(vanishes) && vanishes.terms.length === 0 ? 0 : signOf(leadingOf(vanishes, on).leading.c, on)
  const shift = name === 'floor' ? Math.min(sign, 0) : Math.max(sign, 0)
  return constantly(num(add(whole, integer(shift))), on)
}
