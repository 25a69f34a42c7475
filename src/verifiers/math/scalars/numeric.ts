/** Evaluation of a tree as a complex number with an error bound. Undefined where there is no value or none can be trusted. */
import type { Budget } from '../budget.js'
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import { integer, isInteger } from '../value/rational.js'
import { holds } from './condition.js'
import { type Arithmetic, arithmetic, type Complex, type Real, type Reals } from './enclosure.js'
import { evaluateExactly, type Point } from './exact.js'
import { termsOf } from './series.js'

const doubleReals: Reals<number> = {
  unit: 2 ** -52,
  cost: 1,
  pi: Math.PI,
  of: ({ n, d }) => {
    const direct = Number(n) / Number(d)
    return Number.isFinite(direct) ? direct : Number.NaN
  },
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  atan2: Math.atan2,
  floor: Math.floor,
  number: (a) => a,
}

export const doubles = arithmetic(doubleReals)

export function evaluate<R>(on: Arithmetic<R>, node: Node, point: Point, budget: Budget): Complex<R> | undefined {
  budget.spend(node.kind === 'apply' || node.kind === 'power' ? on.cost : Math.max(1, on.cost / 50))
  const exact = node.kind === 'apply' || node.kind === 'power' ? evaluateExactly(node, point, budget) : undefined
  if (exact) return fromReal(on, on.rational(exact))
  const at = (inner: Node) => evaluate(on, inner, point, budget)
  switch (node.kind) {
    case 'number':
      return fromReal(on, on.rational(node.value))
    case 'variable': {
      const value = point.get(node.name)
      return value && fromReal(on, on.rational(value))
    }
    case 'constant':
      return constant(on, node.name)
    case 'apply': {
      const args = node.args.map(at)
      return args.includes(undefined) ? undefined : applied(on, node.name, args as Complex<R>[])
    }
    case 'percent': {
      const [value, hundred] = [at(node.value), fromReal(on, on.rational(integer(100)))]
      return value && hundred && divide(on, value, hundred)
    }
    case 'sum':
    case 'product':
      return folded(on, node, point, budget)
    case 'cases': {
      for (const { value, when } of node.pieces) {
        const met = when === undefined ? true : holds(when, point, budget)
        if (met === undefined) return undefined
        if (met) return at(value)
      }
      return undefined
    }
    case 'power': {
      const exponent = evaluateExactly(node.right, point, budget)
      const base = at(node.left)
      if (base && exponent && isInteger(exponent) && exponent.n >= -200n && exponent.n <= 200n) {
        return integerPower(on, base, Number(exponent.n))
      }
      const raised = at(node.right)
      return base && raised && generalPower(on, base, raised)
    }
    case 'add':
    case 'multiply':
    case 'divide': {
      const [left, right] = [at(node.left), at(node.right)]
      if (!left || !right) return undefined
      if (node.kind === 'add') return pair(on.add(left.re, right.re), on.add(left.im, right.im))
      return node.kind === 'multiply' ? multiply(on, left, right) : divide(on, left, right)
    }
    default:
      return undefined
  }
}

function folded<R>(
  on: Arithmetic<R>,
  node: KindOf<'sum' | 'product'>,
  point: Point,
  budget: Budget,
): Complex<R> | undefined {
  const [from, to] = [evaluateExactly(node.from, point, budget), evaluateExactly(node.to, point, budget)]
  const terms = from && to && termsOf(from, to, budget)
  let result = fromReal(on, on.rational(integer(node.kind === 'sum' ? 0 : 1)))
  for (const k of terms ?? []) {
    const term = evaluate(on, node.body, new Map(point).set(node.name, integer(k)), budget)
    if (!term || !result) return undefined
    result =
      node.kind === 'product'
        ? multiply(on, result, term)
        : pair(on.add(result.re, term.re), on.add(result.im, term.im))
  }
  return terms && result
}

function constant<R>(on: Arithmetic<R>, name: string): Complex<R> | undefined {
  if (name === 'pi') return { re: on.pi, im: on.nil }
  const one = on.rational({ n: 1n, d: 1n })
  if (!one || name === 'infinity') return undefined
  return name === 'i' ? { re: on.nil, im: one } : fromReal(on, on.exp(one))
}

const pair = <R>(re: Real<R> | undefined, im: Real<R> | undefined) => (re && im ? { re, im } : undefined)
const fromReal = <R>(on: Arithmetic<R>, re: Real<R> | undefined) => pair(re, on.nil)
const half = { n: 1n, d: 2n }

function multiply<R>(on: Arithmetic<R>, a: Complex<R>, b: Complex<R>): Complex<R> | undefined {
  const [rr, ii, ri, ir] = [
    on.multiply(a.re, b.re),
    on.multiply(a.im, b.im),
    on.multiply(a.re, b.im),
    on.multiply(a.im, b.re),
  ]
  if (!rr || !ii || !ri || !ir) return undefined
  return pair(on.isZero(ii) ? rr : on.add(rr, on.negate(ii)), on.isZero(ri) ? ir : on.isZero(ir) ? ri : on.add(ri, ir))
}

function divide<R>(on: Arithmetic<R>, a: Complex<R>, b: Complex<R>): Complex<R> | undefined {
  if (on.isZero(b.im)) return pair(on.divide(a.re, b.re), on.divide(a.im, b.re))
  const [x, y] = [on.multiply(b.re, b.re), on.multiply(b.im, b.im)]
  const norm = x && y && on.add(x, y)
  const above = multiply(on, a, { re: b.re, im: on.negate(b.im) })
  return norm && above && pair(on.divide(above.re, norm), on.divide(above.im, norm))
}

function integerPower<R>(on: Arithmetic<R>, base: Complex<R>, exponent: number): Complex<R> | undefined {
  if (exponent === 0 && on.isZero(base.re) && on.isZero(base.im)) return undefined
  let result = fromReal(on, on.rational({ n: 1n, d: 1n }))
  let square: Complex<R> | undefined = base
  for (let k = Math.abs(exponent); k > 0 && result && square; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = multiply(on, result, square)
    if (k > 1) square = multiply(on, square, square)
  }
  const unit = fromReal(on, on.rational({ n: 1n, d: 1n }))
  return exponent >= 0 ? result : unit && result && divide(on, unit, result)
}

/** Principal power; a negative base with an exponent that is no integer has several readings and gets none. */
function generalPower<R>(on: Arithmetic<R>, base: Complex<R>, exponent: Complex<R>): Complex<R> | undefined {
  if (!on.isZero(base.im) || !on.surelyPositive(base.re)) return undefined
  const log = fromReal(on, on.ln(base.re))
  const product = log && multiply(on, log, exponent)
  return product && exponential(on, product)
}

function exponential<R>(on: Arithmetic<R>, z: Complex<R>): Complex<R> | undefined {
  const radius = on.exp(z.re)
  if (!radius) return undefined
  if (on.isZero(z.im)) return { re: radius, im: on.nil }
  const [c, s] = [on.cos(z.im), on.sin(z.im)]
  return c && s && pair(on.multiply(radius, c), on.multiply(radius, s))
}

function squareRoot<R>(on: Arithmetic<R>, z: Complex<R>): Complex<R> | undefined {
  if (on.isZero(z.im)) {
    if (on.surelyNegative(z.re)) return pair(on.nil, on.sqrt(on.negate(z.re)))
    return fromReal(on, on.sqrt(z.re))
  }
  const log = logarithm(on, z)
  const scaled = log && on.rational(half) && multiply(on, log, { re: on.rational(half) as Real<R>, im: on.nil })
  return scaled && exponential(on, scaled)
}

function logarithm<R>(on: Arithmetic<R>, z: Complex<R>): Complex<R> | undefined {
  if (on.isZero(z.im) && on.surelyPositive(z.re)) return fromReal(on, on.ln(z.re))
  const modulus = absolute(on, z)
  return modulus && pair(on.ln(modulus.re), on.angle(z.im, z.re))
}

function absolute<R>(on: Arithmetic<R>, z: Complex<R>): Complex<R> | undefined {
  if (on.isZero(z.im)) return fromReal(on, on.reals.number(z.re.v) < 0 ? on.negate(z.re) : z.re)
  const [x, y] = [on.multiply(z.re, z.re), on.multiply(z.im, z.im)]
  const sum = x && y && on.add(x, y)
  return fromReal(on, sum && on.sqrt(sum))
}

type Rule = <R>(on: Arithmetic<R>, args: readonly Complex<R>[]) => Complex<R> | undefined

/** A function of real numbers only. */
const ofReal =
  (rule: <R>(on: Arithmetic<R>, x: Real<R>) => Real<R> | undefined): Rule =>
  (on, [z]) =>
    z && on.isZero(z.im) ? fromReal(on, rule(on, z.re)) : undefined

const quotient =
  (above: 'sin' | 'cos' | 'one', below: 'sin' | 'cos') =>
  <R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined => {
    const top = above === 'one' ? on.rational({ n: 1n, d: 1n }) : on[above](x)
    const bottom = on[below](x)
    return top && bottom && on.divide(top, bottom)
  }

/** Leg of the right triangle with hypotenuse 1: sqrt(1 - x²). */
function leg<R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined {
  const [one, square] = [on.rational({ n: 1n, d: 1n }), on.multiply(x, x)]
  const rest = one && square && on.add(one, on.negate(square))
  return rest && on.sqrt(rest)
}

function arctan<R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined {
  const one = on.rational(integer(1))
  return one && on.angle(x, one)
}

function arcsin<R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined {
  const other = leg(on, x)
  return other && on.angle(x, other)
}

function arccos<R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined {
  const other = leg(on, x)
  return other && on.angle(other, x)
}

function reciprocal<R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined {
  const one = on.rational(integer(1))
  return one && on.divide(one, x)
}

const inverted = <R>(on: Arithmetic<R>, x: Real<R> | undefined) => x && reciprocal(on, x)

/** ln(x + sqrt(x² ± 1)) */
function areaFunction<R>(on: Arithmetic<R>, x: Real<R>, sign: 1 | -1): Real<R> | undefined {
  const [square, one] = [on.multiply(x, x), on.rational(integer(sign))]
  const inner = square && one && on.add(square, one)
  const leg = inner && on.sqrt(inner)
  const sum = leg && on.add(x, leg)
  return sum && on.ln(sum)
}

const hyperbolic =
  (kind: 'sinh' | 'cosh' | 'tanh') =>
  <R>(on: Arithmetic<R>, x: Real<R>): Real<R> | undefined => {
    const [up, down] = [on.exp(x), on.exp(on.negate(x))]
    if (!up || !down) return undefined
    const [sum, difference, two] = [on.add(up, down), on.add(up, on.negate(down)), on.rational({ n: 2n, d: 1n })]
    if (!sum || !difference || !two) return undefined
    if (kind === 'tanh') return on.divide(difference, sum)
    return on.divide(kind === 'sinh' ? difference : sum, two)
  }

const rules: Partial<Record<FunctionName, Rule>> = {
  sqrt: (on, [z]) => z && squareRoot(on, z),
  root: (on, [z, index]) => {
    if (!z || !index || !on.isZero(z.im) || !on.isZero(index.im)) return undefined
    const n = on.reals.number(index.re.v)
    if (!Number.isInteger(n) || n < 2 || n > 99) return undefined
    const negative = on.surelyNegative(z.re)
    if (!negative && !on.surelyPositive(z.re)) return undefined
    if (negative && n % 2 === 0) return undefined
    const inverse = on.rational({ n: 1n, d: BigInt(n) })
    const value =
      inverse && generalPower(on, { re: negative ? on.negate(z.re) : z.re, im: on.nil }, { re: inverse, im: on.nil })
    return value && negative ? { re: on.negate(value.re), im: on.nil } : value
  },
  ln: (on, [z]) => z && logarithm(on, z),
  log: (on, [z, base]) => {
    const ten = fromReal(on, on.rational(integer(10)))
    const [above, below] = [z && logarithm(on, z), base ? logarithm(on, base) : ten && logarithm(on, ten)]
    return above && below && divide(on, above, below)
  },
  exp: (on, [z]) => z && exponential(on, z),
  abs: (on, [z]) => z && absolute(on, z),
  sgn: ofReal((on, x) => {
    const sign = on.surelyPositive(x) ? 1 : on.surelyNegative(x) ? -1 : undefined
    return sign === undefined ? undefined : on.rational(integer(sign))
  }),
  re: (on, [z]) => z && fromReal(on, z.re),
  im: (on, [z]) => z && fromReal(on, z.im),
  conjugate: (on, [z]) => z && { re: z.re, im: on.negate(z.im) },
  arg: (on, [z]) => z && fromReal(on, on.angle(z.im, z.re)),
  sin: ofReal((on, x) => on.sin(x)),
  cos: ofReal((on, x) => on.cos(x)),
  tan: ofReal(quotient('sin', 'cos')),
  cot: ofReal(quotient('cos', 'sin')),
  sec: ofReal(quotient('one', 'cos')),
  csc: ofReal(quotient('one', 'sin')),
  arctan: ofReal((on, x) => arctan(on, x)),
  arccot: ofReal((on, x) => {
    // Of positive arguments only: for negative ones some take (-pi/2, 0), others (pi/2, pi).
    const one = on.rational(integer(1))
    return one && on.surelyPositive(x) ? on.angle(one, x) : undefined
  }),
  arcsin: ofReal((on, x) => arcsin(on, x)),
  arccos: ofReal((on, x) => arccos(on, x)),
  arcsec: ofReal((on, x) => {
    const turned = reciprocal(on, x)
    return turned && arccos(on, turned)
  }),
  arccsc: ofReal((on, x) => {
    const turned = reciprocal(on, x)
    return turned && arcsin(on, turned)
  }),
  arsinh: ofReal((on, x) => areaFunction(on, x, 1)),
  arcosh: ofReal((on, x) => areaFunction(on, x, -1)),
  artanh: ofReal((on, x) => {
    const one = on.rational(integer(1))
    const [above, below] = one ? [on.add(one, x), on.add(one, on.negate(x))] : []
    const quotient = above && below && on.divide(above, below)
    const log = quotient && on.ln(quotient)
    const two = on.rational(integer(2))
    return log && two && on.divide(log, two)
  }),
  sinh: ofReal(hyperbolic('sinh')),
  cosh: ofReal(hyperbolic('cosh')),
  tanh: ofReal(hyperbolic('tanh')),
  coth: ofReal((on, x) => inverted(on, hyperbolic('tanh')(on, x))),
  sech: ofReal((on, x) => inverted(on, hyperbolic('cosh')(on, x))),
  csch: ofReal((on, x) => inverted(on, hyperbolic('sinh')(on, x))),
  floor: ofReal((on, x) => steady(on, x, 0n)),
  ceil: ofReal((on, x) => steady(on, x, 1n)),
  round: ofReal((on, x) => {
    const half = on.rational({ n: 1n, d: 2n })
    const moved = half && on.add(x, half)
    return moved && steady(on, moved, 0n)
  }),
  max: (on, args) => extreme(on, args, 1),
  min: (on, args) => extreme(on, args, -1),
}

const applied = <R>(on: Arithmetic<R>, name: FunctionName, args: readonly Complex<R>[]) => rules[name]?.(on, args)

/** The floor plus a shift, when the enclosure lies between two integers. */
function steady<R>(on: Arithmetic<R>, x: Real<R>, shift: bigint): Real<R> | undefined {
  const value = on.reals.number(x.v)
  if (Math.abs(value) > 1e9 || Math.abs(value - Math.round(value)) <= 4 * x.error + 1e-9) return undefined
  return on.rational({ n: BigInt(Math.floor(value)) + shift, d: 1n })
}

function extreme<R>(on: Arithmetic<R>, args: readonly Complex<R>[], sign: 1 | -1): Complex<R> | undefined {
  if (args.some((z) => !on.isZero(z.im))) return undefined
  return args.reduce((a, b) => ((on.reals.number(a.re.v) - on.reals.number(b.re.v)) * sign >= 0 ? a : b))
}
