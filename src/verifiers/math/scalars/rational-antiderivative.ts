/** Antiderivatives of rational functions with rational coefficients. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { add, divide, integer, multiply, negate, one, type Rational, zero } from '../value/rational.js'
import { apply, difference, num, over, plus, power, times } from './build.js'
import { apart, overQuadratics, type Part, type Quadratic } from './partial-fractions.js'
import { at, nodeOf, type Poly, type Quotient, trimmed } from './polynomial.js'

/** Undefined when what is below has a factor of degree 3 or more. x: the name, or what stands for it. */
export function rationalAntiderivative(quotient: Quotient, x: Node, budget: Budget): Node | undefined {
  const { whole, parts, rest } = apart(quotient, budget)
  let total = nodeOf(integrated(whole), x)
  for (const part of parts) total = plus(total, overLinear(part, x))
  if (!rest) return total
  const quadratics = overQuadratics(rest, budget)
  if (!quadratics) return undefined
  for (const one of quadratics) total = plus(total, overQuadratic(one, x))
  return total
}

const integrated = (p: Poly): Poly => trimmed([zero, ...p.map((c, k) => divide(c, integer(k + 1)) ?? zero)])

function overLinear({ root, order, c }: Part, x: Node): Node {
  const base = difference(x, num(root))
  if (order === 1) return times(num(c), apply('ln', apply('abs', base)))
  return times(num(divide(c, integer(1 - order)) ?? c), power(base, num(1 - order)))
}

/** (m x + n) / (x² + b x + c)^power, with no real root below unless its roots are irrational. */
function overQuadratic({ below, power: order, above }: Quadratic, x: Node): Node {
  const leading = at(below, 2)
  const [b, c] = [at(below, 1), at(below, 0)].map((one) => divide(one, leading) ?? zero) as [Rational, Rational]
  let scale = one
  for (let k = 0; k < order; k++) scale = divide(scale, leading) ?? scale
  const [m, n] = [multiply(at(above, 1), scale), multiply(at(above, 0), scale)]
  const q = nodeOf([c, b, one], x)
  const half: Rational = { n: 1n, d: 2n }
  // m/2 (2x + b) / q^k + (n - m b / 2) / q^k
  const first =
    m.n === 0n
      ? num(0)
      : order === 1
        ? times(num(multiply(m, half)), apply('ln', apply('abs', q)))
        : times(num(divide(multiply(m, half), integer(1 - order)) ?? m), power(q, num(1 - order)))
  const constant = add(n, negate(multiply(multiply(m, b), half)))
  return constant.n === 0n ? first : plus(first, times(num(constant), powerOfQuadratic(b, c, order, x)))
}

/** 1 / (x² + b x + c)^order, by reduction. */
function powerOfQuadratic(b: Rational, c: Rational, order: number, x: Node): Node {
  const d = add(multiply(integer(4), c), negate(multiply(b, b)))
  const slope = plus(times(num(2), x), num(b))
  if (order === 1) {
    if (d.n > 0n) {
      const root = apply('sqrt', num(d))
      return times(over(num(2), root), apply('arctan', over(slope, root)))
    }
    const root = apply('sqrt', num(negate(d)))
    const inner = over(difference(slope, root), plus(slope, root))
    return over(apply('ln', apply('abs', inner)), root)
  }
  const below = multiply(integer(order - 1), d)
  const q = nodeOf([c, b, one], x)
  const direct = over(slope, times(num(below), power(q, num(order - 1))))
  const factor = divide(integer(2 * (2 * order - 3)), below) ?? zero
  return plus(direct, times(num(factor), powerOfQuadratic(b, c, order - 1, x)))
}
