/** Powers of linear and of quadratic expressions, whose coefficients may hold other names. */
import type { How } from '../finding.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, equalTo, integer, isInteger, one, type Rational } from '../value/rational.js'
import { apply, difference, minus, num, over, plus, power, times, variable } from './build.js'
import { orderOf } from './compare.js'
import { raised } from './factors.js'
import { linearIn } from './polynomial.js'
import { rangeOf } from './range.js'

/** (a x + b)^r */
export function ofLinear(base: Node, slope: Node, exponent: Rational): Node {
  if (isInteger(exponent) && exponent.n === -1n) return over(apply('ln', apply('abs', base)), slope)
  const next = add(exponent, one)
  return over(raised(base, next), times(slope, num(next)))
}

interface Quadratic {
  readonly p: Node
  readonly q: Node
  readonly c: Node
}

/** p x² + q x + c with parts that are free of x. */
export function quadraticIn(node: Node, x: string): Quadratic | undefined {
  const linear = linearIn(node, x)
  if (linear) return { p: num(0), q: linear.slope, c: linear.constant }
  if (node.kind === 'power' && node.right.kind === 'number' && equalTo(node.right.value, integer(2)))
    return squareOf(node.left, node.left, x)
  if (node.kind === 'divide' && !variablesOf(node.right).has(x)) {
    const inner = quadraticIn(node.left, x)
    return inner && scaledBy(inner, over(num(1), node.right))
  }
  if (node.kind === 'multiply') {
    const [left, right] = [node.left, node.right].map((side) => variablesOf(side).has(x))
    if (left && right) return squareOf(node.left, node.right, x)
    const inner = quadraticIn(left ? node.left : node.right, x)
    return inner && scaledBy(inner, left ? node.right : node.left)
  }
  if (node.kind !== 'add') return undefined
  const [a, b] = [quadraticIn(node.left, x), quadraticIn(node.right, x)]
  return a && b && { p: plus(a.p, b.p), q: plus(a.q, b.q), c: plus(a.c, b.c) }
}

const scaledBy = ({ p, q, c }: Quadratic, by: Node): Quadratic => ({
  p: times(by, p),
  q: times(by, q),
  c: times(by, c),
})

function squareOf(left: Node, right: Node, x: string): Quadratic | undefined {
  const [a, b] = [linearIn(left, x), linearIn(right, x)]
  return (
    a &&
    b && {
      p: times(a.slope, b.slope),
      q: plus(times(a.slope, b.constant), times(a.constant, b.slope)),
      c: times(a.constant, b.constant),
    }
  )
}

/** 1 or -1; other names positive. */
function signOf(node: Node, how: How): number | undefined {
  const names = variablesOf(node)
  if (names.size === 0) return orderOf(node, num(0), how.budget) || undefined
  const range = rangeOf(node, new Map([...names].map((name) => [name, { low: 1e-100, high: 1e100 }])), how.budget)
  return range && range.low > 0 ? 1 : range && range.high < 0 ? -1 : undefined
}

const root = (node: Node) => apply('sqrt', node)

/** (p x² + q x + c)^r for r = -2, -3/2, -1, -1/2, 1/2, 3/2. */
export function ofQuadratic(base: Node, x: string, exponent: Rational, how: How): Node | undefined {
  const quadratic = quadraticIn(base, x)
  if (!quadratic || exponent.d > 2n || exponent.n > 3n || exponent.n < -3n) return undefined
  const { p, q, c } = quadratic
  // 2 p x + q, and 4 p c - q².
  const slope = plus(times(num(2), times(p, variable(x))), q)
  const d = difference(times(num(4), times(p, c)), power(q, num(2)))
  const sign = signOf(p, how)
  if (sign === undefined) return undefined
  const at = `${exponent.n}/${exponent.d}`
  if (at === '-1/1') return reciprocal(slope, d, how)
  if (at === '-2/1') {
    const inner = reciprocal(slope, d, how)
    return inner && plus(over(slope, times(d, base)), times(over(times(num(2), p), d), inner))
  }
  if (at === '-3/2') return over(times(num(2), slope), times(d, root(base)))
  const inverseRoot = overRoot({ p, slope, d, base, sign }, how)
  if (at === '-1/2' || !inverseRoot) return at === '-1/2' ? inverseRoot : undefined
  const half = plus(over(times(slope, root(base)), times(num(4), p)), times(over(d, times(num(8), p)), inverseRoot))
  if (at === '1/2') return half
  if (at !== '3/2') return undefined
  return plus(
    over(times(slope, power(base, num({ n: 3n, d: 2n }))), times(num(8), p)),
    times(over(times(num(3), d), times(num(16), p)), half),
  )
}

/** x^n / √(p x² + q x + c), down to n = 0; the root itself is x² … over the root. */
export function overRootOfQuadratic(n: number, base: Node, x: string, how: How): Node | undefined {
  const quadratic = quadraticIn(base, x)
  if (!quadratic || n > 12) return undefined
  if (n === 0) return ofQuadratic(base, x, { n: -1n, d: 2n }, how)
  const { p, q, c } = quadratic
  if (signOf(p, how) === undefined) return undefined
  const below = times(num(n), p)
  const one = overRootOfQuadratic(n - 1, base, x, how)
  if (!one) return undefined
  const first = over(times(power(variable(x), num(n - 1)), root(base)), below)
  const second = over(times(times(num(2 * n - 1), q), one), times(num(2), below))
  if (n === 1) return difference(first, second)
  const two = overRootOfQuadratic(n - 2, base, x, how)
  return two && difference(difference(first, second), over(times(times(num(n - 1), c), two), below))
}

function reciprocal(slope: Node, d: Node, how: How): Node | undefined {
  const sign = signOf(d, how)
  if (sign === undefined) return undefined
  if (sign > 0) return times(over(num(2), root(d)), apply('arctan', over(slope, root(d))))
  const r = root(minus(d))
  return over(apply('ln', apply('abs', over(difference(slope, r), plus(slope, r)))), r)
}

function overRoot(
  { p, slope, d, base, sign }: { p: Node; slope: Node; d: Node; base: Node; sign: number },
  how: How,
): Node | undefined {
  if (sign > 0) {
    const inner = plus(times(times(num(2), root(p)), root(base)), slope)
    return over(apply('ln', apply('abs', inner)), root(p))
  }
  if (signOf(d, how) !== -1) return undefined
  // The arctangent comes to its limit where the root vanishes; an arcsine of 1 is at the end of its domain.
  const r = root(minus(p))
  return minus(over(apply('arctan', over(slope, times(times(num(2), r), root(base)))), r))
}
