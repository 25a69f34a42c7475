/** Small exact arithmetic that the math families share. */

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b)
}

export const lcm = (a: number, b: number): number => (a / gcd(a, b)) * b

/** Remainder in 0..m-1. */
export const mod = (value: number, m: number): number => ((value % m) + m) % m

/** `3` or `-2/3`, in lowest terms with a positive denominator. */
export function fractionText(top: number, bottom: number): string {
  const shared = gcd(top, bottom) * (bottom < 0 ? -1 : 1)
  return bottom / shared === 1 ? String(top / shared) : `${top / shared}/${bottom / shared}`
}

/** The first integer from `from` that fits. For brute-force proofs of a computed answer. */
export function firstFrom(from: number, fits: (n: number) => boolean): number {
  for (let n = from; n < from + 10_000_000; n++) if (fits(n)) return n
  throw new Error(`no integer from ${from} on fits`)
}
