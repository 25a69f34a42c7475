/** Polynomials in one name with whole coefficients, lowest first, without zeros at the end; [] is zero. */
import type { Budget } from '../budget.js'
import { bitLength, gcd as commonDivisor, type Rational } from '../value/rational.js'
import { Unsettled } from './unsettled.js'

export type Polynomial = readonly bigint[]

const maxDegree = 40
const maxBits = 8000

export function trimmed(coefficients: Polynomial): Polynomial {
  let length = coefficients.length
  while (length > 0 && coefficients[length - 1] === 0n) length--
  return length === coefficients.length ? coefficients : coefficients.slice(0, length)
}

export const degreeOf = (p: Polynomial) => p.length - 1
export const leadingOf = (p: Polynomial) => p.at(-1) ?? 0n
const at = (p: Polynomial, index: number) => p[index] ?? 0n

/** Roughly how many machine words it fills past the first. */
const words = (value: bigint) => (value < 1n << 64n && value > -(1n << 64n) ? 0 : bitLength(value) / 64)

export const plus = (a: Polynomial, b: Polynomial): Polynomial =>
  trimmed(Array.from({ length: Math.max(a.length, b.length) }, (_, index) => at(a, index) + at(b, index)))

export const scaled = (p: Polynomial, by: bigint): Polynomial => (by === 0n ? [] : p.map((one) => one * by))

/** Throws Unsettled when it grows too large. */
export function times(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  if (a.length === 0 || b.length === 0) return []
  if (a.length + b.length - 2 > maxDegree) throw new Unsettled('a polynomial of too high a degree')
  const result = new Array<bigint>(a.length + b.length - 1).fill(0n)
  budget.spend(a.length * b.length)
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) result[i + j] = at(result, i + j) + at(a, i) * at(b, j)
  }
  if (result.some((one) => bitLength(one) > maxBits)) throw new Unsettled('coefficients too large')
  return result
}

export function raised(p: Polynomial, exponent: number, budget: Budget): Polynomial {
  let result: Polynomial = [1n]
  for (let count = 0; count < exponent; count++) result = times(result, p, budget)
  return result
}

export const derivative = (p: Polynomial): Polynomial => p.slice(1).map((one, index) => one * BigInt(index + 1))

/** Divided by the positive content. */
function primitive(p: Polynomial): Polynomial {
  let content = 0n
  for (const one of p) content = commonDivisor(content, one)
  return content > 1n ? p.map((one) => one / content) : p
}

/** A positive multiple of the remainder of a by b; b is not zero. */
function remainder(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  const leading = leadingOf(b)
  const size = leading < 0n ? -leading : leading
  let rest = a
  while (rest.length >= b.length) {
    budget.spend(Math.ceil(b.length * (2 + words(leading) + words(leadingOf(rest)))))
    const factor = leading < 0n ? -leadingOf(rest) : leadingOf(rest)
    const shift = rest.length - b.length
    rest = primitive(trimmed(rest.map((one, index) => one * size - factor * at(b, index - shift)).slice(0, -1)))
  }
  return rest
}

/** The greatest common divisor, primitive and with a positive leading coefficient. */
export function gcdOf(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  let [one, other] = [primitive(a), primitive(b)]
  while (other.length > 0) [one, other] = [other, remainder(one, other, budget)]
  return leadingOf(one) < 0n ? scaled(one, -1n) : one
}

/** a / b as a primitive polynomial, where b divides a up to a constant. */
export function quotient(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  const leading = leadingOf(b)
  let rest = a
  let result: bigint[] = []
  while (rest.length >= b.length) {
    budget.spend(b.length * 2)
    const factor = leadingOf(rest)
    const shift = rest.length - b.length
    result = result.map((one) => one * leading)
    result[shift] = factor
    rest = trimmed(rest.map((one, index) => one * leading - factor * at(b, index - shift)).slice(0, -1))
  }
  return primitive(Array.from(result, (one) => one ?? 0n))
}

/** The same zeros, each once; primitive, with a positive leading coefficient. */
export function squarefree(p: Polynomial, budget: Budget): Polynomial {
  if (p.length === 0) return p
  const common = p.length < 3 ? [1n] : gcdOf(p, derivative(p), budget)
  const result = common.length > 1 ? quotient(p, common, budget) : primitive(p)
  return leadingOf(result) < 0n ? scaled(result, -1n) : result
}

/** p without the zeros that it shares with q. */
export function without(p: Polynomial, q: Polynomial, budget: Budget): Polynomial {
  let result = p
  for (;;) {
    const common = gcdOf(result, q, budget)
    if (common.length < 2) return result
    result = quotient(result, common, budget)
  }
}

/** A positive multiple of the value at x: its sign is that of the value. */
export function valueAt(p: Polynomial, { n, d }: Rational, budget: Budget): bigint {
  budget.spend(Math.ceil(p.length * (1 + ((words(n) + words(d)) * p.length) / 2)))
  let value = 0n
  let below = 1n
  for (let index = p.length - 1; index >= 0; index--) {
    value = value * n + at(p, index) * below
    below *= d
  }
  return value
}

export const signAt = (p: Polynomial, x: Rational, budget: Budget): number => {
  const value = valueAt(p, x, budget)
  return value > 0n ? 1 : value < 0n ? -1 : 0
}

/** Sturm's chain of a polynomial that has no repeated zero. */
export function sturmChain(p: Polynomial, budget: Budget): readonly Polynomial[] {
  const chain = [p, primitive(derivative(p))]
  for (;;) {
    const next = scaled(remainder(chain.at(-2) as Polynomial, chain.at(-1) as Polynomial, budget), -1n)
    if (next.length === 0) return chain
    chain.push(next)
  }
}

/** Changes of sign along the chain at x. */
export function changesAt(chain: readonly Polynomial[], x: Rational, budget: Budget): number {
  let [changes, last] = [0, 0]
  for (const one of chain) {
    const sign = signAt(one, x, budget)
    if (sign !== 0 && last !== 0 && sign !== last) changes++
    if (sign !== 0) last = sign
  }
  return changes
}
