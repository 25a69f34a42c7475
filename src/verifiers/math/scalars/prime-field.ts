/**
 * Whole numbers modulo a prime of 120 bits, at two points at once. -1 and the first primes have square roots there, which
 * stand for i, √2, √3 and so on: sums, products and quotients of such are exact.
 */
import type { Rational } from '../value/rational.js'

/** 2^120 + 29505. */
const prime = 1329227995784915872903807060280374081n

/** The values of one expression at the points; undefined where one has none. */
export type Pair = readonly [bigint, bigint]

const reduced = (value: bigint) => {
  const rest = value % prime
  return rest < 0n ? rest + prime : rest
}

const both = (value: bigint): Pair => [value, value]
export const zeros = both(0n)
export const ones = both(1n)

const roots = new Map<bigint, Pair>(
  (
    [
      [-1n, 73364871644900652020211698237273144n],
      [2n, 520699368082150085487620836207099033n],
      [3n, 152161024310761505730931534081469394n],
      [5n, 1154137368582277458947826243535886472n],
      [7n, 471558238628319794157279164050759977n],
      [11n, 174370577912614921127515370593341992n],
      [13n, 1199486523033091020248177338239111538n],
    ] as const
  ).map(([value, root]) => [value, both(root)]),
)

/** The square root of -1 or of a small prime. */
export const rootOf = (value: bigint): Pair | undefined => roots.get(value)
export const imaginary = rootOf(-1n) as Pair

/** Values that stand for themselves: the same for the same number, and of no meaning. */
export function arbitrary(index: number): Pair {
  const mixed = (salt: bigint) => {
    let value = (BigInt(index) + 1n) * 0x9e3779b97f4a7c15f39cc0605cedc8n + salt
    for (let turn = 0; turn < 3; turn++) value = reduced(value * value + salt)
    return value
  }
  return [mixed(0x2545f4914f6cdd1dn), mixed(0xd1342543de82ef95n)]
}

export function ofRational({ n, d }: Rational): Pair | undefined {
  const below = reduced(d)
  return below === 0n ? undefined : both(reduced(n * (d === 1n ? 1n : inverse(below))))
}

export const add = (a: Pair, b: Pair): Pair => [reduced(a[0] + b[0]), reduced(a[1] + b[1])]
export const subtract = (a: Pair, b: Pair): Pair => [reduced(a[0] - b[0]), reduced(a[1] - b[1])]
export const multiply = (a: Pair, b: Pair): Pair => [(a[0] * b[0]) % prime, (a[1] * b[1]) % prime]
export const negate = (a: Pair): Pair => subtract(zeros, a)
export const equal = (a: Pair, b: Pair) => a[0] === b[0] && a[1] === b[1]
export const isZero = (a: Pair) => a[0] === 0n && a[1] === 0n

export const divide = (a: Pair, b: Pair): Pair | undefined =>
  b[0] === 0n || b[1] === 0n ? undefined : [(a[0] * inverse(b[0])) % prime, (a[1] * inverse(b[1])) % prime]

/** To a whole power; undefined for zero to one that is not positive. */
export function power(a: Pair, exponent: bigint): Pair | undefined {
  if (exponent === 0n) return isZero(a) ? undefined : ones
  const base = exponent < 0n ? divide(ones, a) : a
  return base && [powered(base[0], exponent), powered(base[1], exponent)]
}

function powered(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let k = exponent < 0n ? -exponent : exponent; k > 0n; k >>= 1n) {
    if (k & 1n) result = (result * square) % prime
    if (k > 1n) square = (square * square) % prime
  }
  return result
}

function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value, prime, 1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return reduced(x)
}

const small = 1n << 28n

/** The small fraction by which a is b at both points. */
export function factorOf(a: Pair, b: Pair): Rational | undefined {
  const quotient = divide(a, b)
  if (!quotient || quotient[0] !== quotient[1]) return undefined
  // Euclid's algorithm stopped half-way gives the one fraction with a small numerator and denominator, if there is one.
  let [r0, r1, t0, t1] = [prime, quotient[0], 0n, 1n]
  while (r1 >= small) {
    const q = r0 / r1
    ;[r0, r1] = [r1, r0 - q * r1]
    ;[t0, t1] = [t1, t0 - q * t1]
  }
  const d = t1 < 0n ? -t1 : t1
  if (d === 0n || d >= small || r1 === 0n) return undefined
  return { n: t1 < 0n ? -r1 : r1, d }
}
