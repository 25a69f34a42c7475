/**
 * Series for t → 0+ in the scale c · t^e · L^j · exp(P), where L = -ln t grows without end and P is a sum of such terms that
 * grow themselves. Enough to tell which of two expressions of calculus grows faster, and by which factor.
 */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, negate, type Rational, zero } from '../value/rational.js'
import { minus, num, over } from './build.js'
import { orderOf, sameForAll } from './compare.js'
import { evaluateExactly } from './exact.js'
import { type Range, rangeOf } from './range.js'
import { tidyProduct, tidySum } from './tidy.js'

/** It is not known here how this behaves. */
export class Unknown extends Error {}
/** It has no real value near there. */
export class NotReal extends Error {}

export interface Monomial {
  readonly e: Rational
  readonly j: number
  /** Grows; from the fastest; none for no exponential. */
  readonly p: readonly Term[]
}
export interface Term extends Monomial {
  readonly c: Node
}
/** From the fastest term down; `rest` is of that size at most, and missing when there is none. */
export interface Series {
  readonly terms: readonly Term[]
  readonly rest?: Monomial
}

export interface Ground {
  readonly budget: Budget
  /** Terms that are kept. */
  readonly terms: number
  /** Set when a sign was taken with other names positive. */
  assumed: boolean
}

export const unit: Monomial = { e: zero, j: 0, p: [] }
export const nothing: Series = { terms: [] }
export const only = (term: Term): Series => ({ terms: [term] })

export function constantly(c: Node, on: Ground): Series {
  return isZero(c, on) ? nothing : only({ ...unit, c })
}

/** Throws Unknown where that is not certain. */
function isZero(c: Node, on: Ground): boolean {
  on.budget.spend()
  if (c.kind === 'number') return c.value.n === 0n
  if (variablesOf(c).size === 0) {
    const value = evaluateExactly(c, new Map(), on.budget)
    if (value) return value.n === 0n
    const order = orderOf(c, num(0), on.budget)
    if (order !== undefined) return order === 0
  }
  const found = sameForAll(c, num(0), on.budget).equal
  if (found === null) throw new Unknown()
  return found
}

const positive: Range = { low: 1e-100, high: 1e100 }

/** 1 or -1 of a constant that is not zero; with every other name positive, where it has any. Throws Unknown. */
export function signOf(c: Node, on: Ground): 1 | -1 {
  if (c.kind === 'number') return c.value.n > 0n ? 1 : -1
  const names = variablesOf(c)
  if (names.size === 0) {
    const order = orderOf(c, num(0), on.budget)
    if (order === undefined || order === 0) throw new Unknown()
    return order
  }
  const range = rangeOf(c, new Map([...names].map((name) => [name, positive])), on.budget)
  if (!range || !(range.low > 0 || range.high < 0)) throw new Unknown()
  on.assumed = true
  return range.low > 0 ? 1 : -1
}

/** The size of an exponent against another: which of two monomials is larger as t → 0+. 1 when it is the first. */
export function compareMonomials(a: Monomial, b: Monomial, on: Ground): number {
  on.budget.spend()
  // The logarithm of a / b: P - P' - (e - e') L + (j - j') ln L.
  const power = add(b.e, negate(a.e))
  if (a.p.length + b.p.length === 0) return power.n === 0n ? Math.sign(a.j - b.j) : power.n > 0n ? 1 : -1
  const log: Term = { e: zero, j: 1, p: [], c: num(power) }
  const difference = sum(sum({ terms: a.p }, negated({ terms: b.p }), on), power.n === 0n ? nothing : only(log), on)
  const [leading] = difference.terms
  return leading ? signOf(leading.c, on) : Math.sign(a.j - b.j)
}

export const negated = ({ terms, rest }: Series): Series => ({
  terms: terms.map((term) => ({ ...term, c: minus(term.c) })),
  ...(rest && { rest }),
})

const larger = (a: Monomial | undefined, b: Monomial | undefined, on: Ground) =>
  a && b ? (compareMonomials(a, b, on) >= 0 ? a : b) : (a ?? b)

/** In order, like terms together, cut off where the rest begins and at the number of terms that are kept. */
function settled(terms: readonly Term[], rest: Monomial | undefined, on: Ground): Series {
  const kept: Term[] = []
  for (const term of terms) {
    if (rest && compareMonomials(term, rest, on) <= 0) continue
    let k = kept.length
    let order = 1
    while (k > 0) {
      order = compareMonomials(kept[k - 1] as Term, term, on)
      if (order >= 0) break
      k--
    }
    const like = k > 0 && order === 0 ? kept[k - 1] : undefined
    if (!like) kept.splice(k, 0, term)
    else kept[k - 1] = { ...like, c: tidySum(like.c, term.c, on.budget) }
  }
  const nonzero = kept.filter(({ c }) => !isZero(c, on))
  if (nonzero.length <= on.terms) return { terms: nonzero, ...(rest && { rest }) }
  const cut = nonzero[on.terms] as Term
  return { terms: nonzero.slice(0, on.terms), rest: { e: cut.e, j: cut.j, p: cut.p } }
}

export const sum = (a: Series, b: Series, on: Ground): Series =>
  settled([...a.terms, ...b.terms], larger(a.rest, b.rest, on), on)

const timesMonomial = (a: Monomial, b: Monomial, on: Ground): Monomial => ({
  e: add(a.e, b.e),
  j: a.j + b.j,
  p: a.p.length === 0 ? b.p : b.p.length === 0 ? a.p : sum({ terms: a.p }, { terms: b.p }, on).terms,
})

export function product(a: Series, b: Series, on: Ground): Series {
  const terms = a.terms.flatMap((x) =>
    b.terms.map((y): Term => ({ ...timesMonomial(x, y, on), c: tidyProduct(x.c, y.c, on.budget) })),
  )
  const [first, second] = [a.terms[0] ?? a.rest, b.terms[0] ?? b.rest]
  let rest: Monomial | undefined
  if (a.rest && second) rest = timesMonomial(a.rest, second, on)
  if (b.rest && first) rest = larger(rest, timesMonomial(first, b.rest, on), on)
  return settled(terms, rest, on)
}

/** Multiplied by one term. */
export const scaledBy = (a: Series, term: Term, on: Ground): Series => product(a, only(term), on)

/** The leading term, and h in leading · (1 + h). Throws Unknown where nothing is known to be left. */
export function leadingOf(series: Series, on: Ground): { readonly leading: Term; readonly h: Series } {
  const [leading, ...others] = series.terms
  if (!leading) throw new Unknown()
  const inverse: Term = {
    e: negate(leading.e),
    j: -leading.j,
    p: negated({ terms: leading.p }).terms,
    c: over(num(1), leading.c),
  }
  const tail: Series = { terms: others, ...(series.rest && { rest: series.rest }) }
  return { leading, h: scaledBy(tail, inverse, on) }
}

/** Σ coefficients[k] h^k for h that vanishes, cut off where the coefficients end. */
export function composed(coefficients: readonly Node[], h: Series, on: Ground): Series {
  let result: Series = nothing
  let raised: Series = only({ ...unit, c: num(1) })
  const size = h.terms[0] ?? h.rest
  for (const c of coefficients) {
    if (c.kind !== 'number' || c.value.n !== 0n) result = sum(result, scaledBy(raised, { ...unit, c }, on), on)
    raised = product(raised, h, on)
    if (raised.terms.length === 0 && !raised.rest) return result
  }
  if (!size) return result
  let cut: Monomial = unit
  for (let k = 0; k < coefficients.length; k++) cut = timesMonomial(cut, size, on)
  return sum(result, { terms: [], rest: cut }, on)
}

/** Terms that grow, the constant, and what vanishes. Throws Unknown where the rest does not vanish. */
export function parts(series: Series, on: Ground): { grows: Term[]; constant: Node; vanishes: Series } {
  const { rest } = series
  if (rest && compareMonomials(rest, unit, on) >= 0) throw new Unknown()
  const grows: Term[] = []
  const small: Term[] = []
  let constant: Node = num(0)
  for (const term of series.terms) {
    const order = compareMonomials(term, unit, on)
    if (order > 0) grows.push(term)
    else if (order < 0) small.push(term)
    else constant = term.c
  }
  return { grows, constant, vanishes: { terms: small, ...(rest && { rest }) } }
}

const isUnit = ({ e, j, p }: Monomial) => e.n === 0n && j === 0 && p.length === 0
export const isConstant = (series: Series) =>
  !series.rest && (series.terms.length === 0 || (series.terms.length === 1 && isUnit(series.terms[0] as Term)))
