/** How well the pass rates that the curriculum expected of its draws agree with those that were seen. Pure. */
import { wilson } from './intervals.js'

export interface ExpectedDraw {
  /** Pass rate that was expected before it was asked. */
  readonly expected: number
  readonly attempts: number
  readonly passes: number
}

export interface CalibrationBin {
  /** Expected pass rates of the bin: from ≤ expected < to, and the last one holds 1. */
  readonly from: number
  readonly to: number
  readonly draws: number
  readonly attempts: number
  readonly passes: number
  /** Means over attempts. */
  readonly expected: number
  readonly seen: number
  /** 95 % interval of seen. */
  readonly low: number
  readonly high: number
}

const BINS = 10

/**
 * Independent trials that the attempts of a bin are worth: attempts at one problem go alike, so the draw is the unit.
 * Between the number of draws and the number of attempts. Source: design effect of a ratio estimator (Kish 1965).
 */
function worth(draws: readonly ExpectedDraw[], attempts: number, rate: number): number {
  const count = draws.length
  const binomial = rate * (1 - rate)
  if (count < 2 || binomial === 0) return count
  const squares = draws.reduce((sum, draw) => sum + (draw.passes - rate * draw.attempts) ** 2, 0)
  const variance = (count / (count - 1)) * (squares / attempts ** 2)
  if (variance === 0) return attempts
  return Math.min(attempts, Math.max(count, binomial / variance))
}

/** Draws by what was expected of them, in ten bins; only bins that hold a draw with an attempt that counts. */
export function calibration(draws: readonly ExpectedDraw[]): CalibrationBin[] {
  const bins = Array.from({ length: BINS }, (): ExpectedDraw[] => [])
  for (const draw of draws) {
    if (draw.attempts > 0) bins[Math.min(BINS - 1, Math.max(0, Math.floor(draw.expected * BINS)))]?.push(draw)
  }
  return bins.flatMap((own, i): CalibrationBin[] => {
    if (own.length === 0) return []
    const attempts = own.reduce((sum, draw) => sum + draw.attempts, 0)
    const passes = own.reduce((sum, draw) => sum + draw.passes, 0)
    const expected = own.reduce((sum, draw) => sum + draw.expected * draw.attempts, 0) / attempts
    const seen = passes / attempts
    const trials = worth(own, attempts, seen)
    const [low, high] = wilson(seen * trials, trials)
    return [{ from: i / BINS, to: (i + 1) / BINS, draws: own.length, attempts, passes, expected, seen, low, high }]
  })
}
