import { AppError } from '../base/errors.js'

const isCount = (value: number, low: number, high: number) => Number.isInteger(value) && value >= low && value <= high

/**
 * Unbiased pass@k over n samples with c correct: the chance that k of them, drawn without putting back, hold a correct one.
 * n, c, k: counts, 0 ≤ c ≤ n, 1 ≤ k ≤ n. Returns a rate in 0..1.
 * Throws `metrics/bad-count` for other counts. Source: Chen et al. 2021, eq. 1 (product form, no factorials).
 */
export function passAtK(n: number, c: number, k: number): number {
  if (!isCount(n, 1, Number.MAX_SAFE_INTEGER) || !isCount(c, 0, n) || !isCount(k, 1, n)) {
    throw new AppError('metrics/bad-count', {
      message: `pass@${k} cannot be told from ${n} samples with ${c} correct`,
      hint: 'pass@k needs at least k samples of each problem: raise --samples or lower k',
      details: { n, c, k },
    })
  }
  if (n - c < k) return 1
  let allWrong = 1
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i
  return 1 - allWrong
}
