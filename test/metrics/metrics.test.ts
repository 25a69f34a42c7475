import { describe, expect, test } from 'vitest'
import { wilson } from '../../src/metrics/intervals.js'
import { passAtK } from '../../src/metrics/pass-at-k.js'

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways
}

describe('pass@k', () => {
  test('is 1 - C(n-c, k) / C(n, k) for all small counts', () => {
    for (let n = 1; n <= 12; n++) {
      for (let c = 0; c <= n; c++) {
        for (let k = 1; k <= n; k++) {
          const wanted = n - c < k ? 1 : 1 - choose(n - c, k) / choose(n, k)
          expect(passAtK(n, c, k), `n ${n} c ${c} k ${k}`).toBeCloseTo(wanted, 12)
        }
      }
    }
  })

  test('stays exact where factorials would overflow', () => {
    expect(passAtK(10_000, 1, 1)).toBeCloseTo(1e-4, 12)
    expect(passAtK(10_000, 5_000, 100)).toBeCloseTo(1, 12)
  })

  test.each([
    [3, 1, 4],
    [3, 4, 1],
    [3, -1, 1],
    [0, 0, 1],
    [3, 1, 0],
    [3, 1.5, 1],
  ])('n %d, c %d, k %d is refused', (n, c, k) => {
    expect(() => passAtK(n, c, k)).toThrow(expect.objectContaining({ code: 'metrics/bad-count' }))
  })
})

describe('the Wilson interval', () => {
  test('agrees with published values', () => {
    // Newcombe 1998, table I: 81 of 263, and 15 of 148.
    expect(wilson(81, 263).map((edge) => edge.toFixed(4))).toEqual(['0.2553', '0.3662'])
    expect(wilson(15, 148).map((edge) => edge.toFixed(4))).toEqual(['0.0624', '0.1605'])
  })

  test('stays within 0..1 at the edges and says nothing about nothing', () => {
    expect(wilson(0, 20)).toEqual([0, expect.closeTo(0.1611, 4)])
    expect(wilson(1, 1)).toEqual([expect.closeTo(0.2065, 4), 1])
    expect(wilson(0, 0)).toEqual([0, 1])
  })
})
