import { expect, test } from 'vitest'
import { rng } from '../../src/base/rng.js'
import { calibration, type ExpectedDraw } from '../../src/metrics/calibration.js'

test('draws fall into ten bins by what was expected, both ends included, and empty ones are left out', () => {
  const bins = calibration([
    { expected: 0, attempts: 2, passes: 0 },
    { expected: 0.1, attempts: 2, passes: 1 },
    { expected: 0.19, attempts: 4, passes: 1 },
    { expected: 1, attempts: 1, passes: 1 },
    { expected: 0.55, attempts: 0, passes: 0 },
  ])
  expect(bins.map(({ from, to, draws, attempts, passes }) => [from, to, draws, attempts, passes])).toEqual([
    [0, 0.1, 1, 2, 0],
    [0.1, 0.2, 2, 6, 2],
    [0.9, 1, 1, 1, 1],
  ])
  expect(bins[1]?.expected).toBeCloseTo((0.1 * 2 + 0.19 * 4) / 6, 10)
  for (const { seen, low, high } of bins) expect(low <= seen && seen <= high).toBe(true)
})

/** Draws of problems whose own pass rates spread around .5; spread 0: all alike. */
function simulated(spread: number, seed: number): ExpectedDraw[] {
  const random = rng(seed, 'calibration')
  return Array.from({ length: 60 }, () => {
    const rate = 0.5 + spread * (random.next() < 0.5 ? -1 : 1)
    const passes = Array.from({ length: 8 }, () => random.next() < rate).filter(Boolean).length
    return { expected: 0.55, attempts: 8, passes }
  })
}

test.each([0, 0.3, 0.5])(
  'the interval holds the truth about as often as it says, with problems that differ by %f',
  (spread) => {
    const trials = 600
    let held = 0
    for (let seed = 0; seed < trials; seed++) {
      const [bin] = calibration(simulated(spread, seed))
      if (bin && bin.low <= 0.5 && 0.5 <= bin.high) held++
    }
    expect(held / trials).toBeGreaterThan(0.92)
    expect(held / trials).toBeLessThan(0.98)
  },
)

test('a draw without an attempt that counts says nothing', () => {
  expect(calibration([{ expected: 0.3, attempts: 0, passes: 0 }])).toEqual([])
})
