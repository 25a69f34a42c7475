/** Sums over factorials: the exponential series and those of the sine and the cosine, plain and hyperbolic. */
import type { How } from '../finding.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, equalTo, integer, isInteger, negate, one, type Rational, zero } from '../value/rational.js'
import { apply, difference, num, over, plus, power, times } from './build.js'
import { orderOf } from './compare.js'
import type { Factorial, GeneralTerm } from './general-term.js'
import { reduced } from './partial-fractions.js'
import { degreeOf, dividedBy, type Poly, productOf, rationalZeros, shifted, valueFor } from './polynomial.js'
import { rangeOf } from './range.js'

const e: Node = { kind: 'constant', name: 'e' }
const maxShift = 40n

/** Σ R(k) r^k / (k + s)! and Σ c r^k / (2k + s)!, from k = from. */
export function overFactorial(
  { ratio, quotient, factorials }: Pick<GeneralTerm, 'ratio' | 'quotient' | 'factorials'>,
  from: Rational,
  how: How,
): Node | undefined {
  const [factorial, another] = factorials
  if (!factorial || another || factorial.power !== -1) return undefined
  const start = from.n * BigInt(factorial.slope) + BigInt(factorial.shift)
  if (start < 0n || start > maxShift) return undefined
  const { above, below } = reduced(quotient, how.budget)
  if (factorial.slope === 1) return exponentialSum({ above, below }, ratio, factorial, from, how)
  if (degreeOf(above) !== 0 || degreeOf(below) !== 0) return undefined
  const sum = waveSum(ratio, factorial, from, how)
  return sum && times(num(divide(above[0] ?? zero, below[0] ?? one) ?? zero), sum)
}

function exponentialSum(
  { above, below }: { above: Poly; below: Poly },
  ratio: Node,
  { shift }: Factorial,
  from: Rational,
  how: How,
): Node | undefined {
  const cleared = clear(above, below, shift, how)
  if (!cleared) return undefined
  // With j = k + s: Σ P(j - s) r^(j - s) / j!, P in falling factorials of j.
  let rest = shifted(cleared.above, integer(-cleared.shift), how.budget)
  const first = from.n + BigInt(cleared.shift)
  if (first < 0n || first > maxShift) return undefined
  let total: Node = num(0)
  for (let i = 0; rest.length > 0; i++) {
    const c = valueFor(rest, integer(i))
    const { quotient } = dividedBy(rest, [integer(-i), one], how.budget)
    total = plus(total, times(num(c), times(power(ratio, num(i)), tailOfExponential(ratio, first - BigInt(i)))))
    rest = quotient
  }
  return times(total, power(ratio, num(-cleared.shift)))
}

/** e^r less its first terms. */
function tailOfExponential(ratio: Node, first: bigint): Node {
  let result: Node = ratio.kind === 'number' && equalTo(ratio.value, one) ? e : power(e, ratio)
  let below = 1n
  for (let l = 0n; l < first; l++) {
    if (l > 0n) below *= l
    const term = l === 0n ? num(1) : power(ratio, num(integer(l)))
    result = difference(result, over(term, num(integer(below))))
  }
  return result
}

/** 1 / (k! (k + 2)) = (k + 1) / (k + 2)!: factors below that complete the factorial. */
function clear(above: Poly, below: Poly, shift: number, how: How): { above: Poly; shift: number } | undefined {
  if (degreeOf(below) === 0) {
    return { above: above.map((c) => divide(c, below[0] ?? one) ?? zero), shift }
  }
  const zeros = rationalZeros(below, how.budget)
  const highest = zeros.reduce((a, b) => (-b.n > a ? -b.n : a), BigInt(shift))
  if (zeros.some((root) => !isInteger(root) || -root.n <= BigInt(shift)) || highest > 20n) return undefined
  let raised = above
  for (let a = shift + 1; a <= Number(highest); a++) raised = productOf(raised, [integer(a), one], how.budget)
  const { quotient, rest } = dividedBy(raised, below, how.budget)
  return rest.length === 0 ? { above: quotient, shift: Number(highest) } : undefined
}

/** Σ r^k / (2k)! and Σ r^k / (2k + 1)!; other shifts are steps of these. */
function waveSum(ratio: Node, { shift }: Factorial, from: Rational, how: How): Node | undefined {
  const odd = ((shift % 2) + 2) % 2
  // k' = k + (shift - odd) / 2 brings the shift to 0 or 1.
  const moved = (shift - odd) / 2
  const sign = signOf(ratio, how)
  if (sign === undefined) return undefined
  const root = apply('sqrt', sign > 0 ? ratio : times(num(-1), ratio))
  let total: Node
  if (odd === 0) total = apply(sign > 0 ? 'cosh' : 'cos', root)
  else total = over(apply(sign > 0 ? 'sinh' : 'sin', root), root)
  let below = 1n
  const first = add(from, integer(moved))
  for (let k = 0n; k < first.n; k++) {
    const top = 2n * k + BigInt(odd)
    if (k > 0n) below *= top * (top - 1n)
    total = difference(total, over(k === 0n ? num(1) : power(ratio, num(integer(k))), num(integer(below))))
  }
  return times(total, power(ratio, num(negate(integer(moved)))))
}

/** 1 or -1; other names positive. Undefined for zero, and where it is not certain. */
export function signOf(ratio: Node, { budget }: How): number | undefined {
  const names = variablesOf(ratio)
  if (names.size === 0) return orderOf(ratio, num(0), budget) || undefined
  const range = rangeOf(ratio, new Map([...names].map((name) => [name, { low: 1e-100, high: 1e100 }])), budget)
  return range && range.low > 0 ? 1 : range && range.high < 0 ? -1 : undefined
}
