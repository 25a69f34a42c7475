/** Sums with an end in closed form: powers of k, geometric ones, fractions that cancel from term to term. */
import type { Budget } from '../budget.js'
import type { How } from '../finding.js'
import type { KindOf, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, integer, isInteger, multiply, negate, one, type Rational, zero } from '../value/rational.js'
import { difference, num, over, plus, power, times } from './build.js'
import { exactValue } from './exact.js'
import { type GeneralTerm, generalTerms } from './general-term.js'
import { apart } from './partial-fractions.js'
import { at, degreeOf, nodeOf, type Poly, productOf, scaled, sumOf, valueFor } from './polynomial.js'

/** Undefined where there is none that is found here. The bounds may hold names. */
export function closedSum(node: KindOf<'sum' | 'product'>, how: How): Node | undefined {
  const terms = node.kind === 'sum' ? generalTerms(node.body, node.name, how.budget) : undefined
  let total: Node = num(0)
  for (const term of terms ?? []) {
    const found = closedTerm(term, node.from, node.to, how.budget)
    if (!found) return undefined
    total = plus(total, times(term.constant, found))
  }
  return terms && total
}

function closedTerm({ ratio, quotient, factorials }: GeneralTerm, from: Node, to: Node, budget: Budget) {
  if (factorials.length > 0) return undefined
  const { whole, parts, rest } = apart(quotient, budget)
  const fixed = variablesOf(ratio).size === 0 ? exactValue(ratio, budget) : undefined
  const isOne = fixed?.n === 1n && fixed.d === 1n
  if (rest || (parts.length > 0 && !isOne)) return undefined
  const telescoped = parts.length > 0 ? telescope(parts, from, to, budget) : num(0)
  if (!telescoped) return undefined
  if (isOne) {
    const sum = antidifference(whole, budget)
    const end = plus(to, num(1))
    return plus(telescoped, difference(nodeOf(sum, end), nodeOf(sum, from)))
  }
  const g = geometric(whole, ratio)
  const at = (k: Node) => times(g(k), power(ratio, k))
  return difference(at(plus(to, num(1))), at(from))
}

/** S with S(k + 1) - S(k) = p(k), from Newton's differences. */
function antidifference(p: Poly, budget: Budget): Poly {
  let values = p.map((_, k) => valueFor(p, integer(k)))
  let result: Poly = []
  // The binomial of k over j + 1, as a polynomial.
  let binomial: Poly = [zero, one]
  for (let j = 0; values.length > 0; j++) {
    result = sumOf(result, scaled(binomial, values[0] ?? zero))
    values = values.slice(1).map((value, k) => add(value, negate(values[k] ?? zero)))
    const by = divide(one, integer(j + 2)) ?? one
    binomial = scaled(productOf(binomial, [integer(-j - 1), one], budget), by)
  }
  return result
}

/** G with r · G(k + 1) - G(k) = p(k), r not 1. */
export function geometric(p: Poly, r: Node): (k: Node) => Node {
  const coefficients: Node[] = []
  const below = difference(r, num(1))
  for (let i = degreeOf(p); i >= 0; i--) {
    let higher: Node = num(0)
    for (let j = i + 1; j <= degreeOf(p); j++) {
      higher = plus(higher, times(num(choose(j, i)), coefficients[j] ?? num(0)))
    }
    coefficients[i] = over(difference(num(at(p, i)), times(r, higher)), below)
  }
  return (k) => coefficients.reduce<Node>((total, c, i) => plus(total, times(c, power(k, num(i)))), num(0))
}

const choose = (n: number, k: number): Rational => {
  let result = one
  for (let j = 0; j < k; j++) result = multiply(result, divide(integer(n - j), integer(j + 1)) ?? one)
  return result
}

/** Poles at whole distances whose weights cancel; numbers as bounds or not. */
function telescope(
  parts: readonly { root: Rational; order: number; c: Rational }[],
  from: Node,
  to: Node,
  budget: Budget,
): Node | undefined {
  let total: Node = num(0)
  const groups = new Map<string, { root: Rational; order: number; c: Rational }[]>()
  for (const part of parts) {
    const { n, d } = part.root
    const key = `${part.order}:${((n % d) + d) % d}/${d}`
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  for (const group of groups.values()) {
    if (group.reduce((sum, { c }) => add(sum, c), zero).n !== 0n) return undefined
    const highest = group.reduce((a, b) => (a.root.n * b.root.d > b.root.n * a.root.d ? a : b))
    for (const { root, order, c } of group) {
      const distance = add(highest.root, negate(root))
      if (!isInteger(distance) || distance.n > 60n) return undefined
      // c / (k - root)^order runs `distance` terms behind the one with the highest root.
      for (let j = 0n; j < distance.n; j++) {
        budget.spend()
        const term = (k: Node) => over(num(c), power(difference(k, num(add(root, integer(j)))), num(order)))
        // The highest root's sum starts earlier, and this one's ends later.
        total = plus(total, difference(term(plus(to, num(0))), term(difference(from, num(1)))))
      }
    }
  }
  return total
}
