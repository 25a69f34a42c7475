/** 97.5 % point of the normal distribution: two-sided 95 %. */
export const Z95 = 1.959963984540054

/**
 * Wilson score interval of a rate: holds near 0 and 1 and for few trials, where the usual ± fails.
 * passes, trials: counts, 0 ≤ passes ≤ trials. Returns [low, high] in 0..1; [0, 1] when nothing was tried.
 * Source: Wilson 1927.
 */
export function wilson(passes: number, trials: number, z = Z95): [number, number] {
  if (trials === 0) return [0, 1]
  const rate = passes / trials
  const share = z ** 2 / trials
  const middle = (rate + share / 2) / (1 + share)
  const half = (z * Math.sqrt((rate * (1 - rate)) / trials + share / (4 * trials))) / (1 + share)
  return [passes === 0 ? 0 : Math.max(0, middle - half), passes === trials ? 1 : Math.min(1, middle + half)]
}
