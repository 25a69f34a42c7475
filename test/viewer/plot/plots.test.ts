import { expect, test } from 'vitest'
import { meanRate, parts, slide } from '../../../src/viewer/plot/bins.js'
import { calibrationPlot } from '../../../src/viewer/plot/calibration.js'
import { coveragePlot } from '../../../src/viewer/plot/coverage.js'
import { linear, roundTicks } from '../../../src/viewer/plot/frame.js'
import { passRatePlot } from '../../../src/viewer/plot/pass-rate.js'
import { targetPaths } from '../../../src/viewer/plot/targets.js'
import { sampleFigures } from '../sample.js'

test('a scale maps its ends to the ends, and a range of one value to the middle', () => {
  const scale = linear([0, 10], [100, 0])
  expect([scale(0), scale(5), scale(10)]).toEqual([100, 50, 0])
  expect(linear([3, 3], [0, 10])(3)).toBe(5)
})

test.each([
  [0, [0]],
  [3, [0, 1, 2, 3]],
  [168, [0, 50, 100, 150]],
  [30_000, [0, 10_000, 20_000, 30_000]],
])('ticks up to %i are round', (max, ticks) => {
  expect(roundTicks(max, 4)).toEqual(ticks)
})

test('the parts of a run hold every draw once, in order', () => {
  const { path } = sampleFigures(37)
  expect(parts(path, 12).flat()).toEqual(path)
  expect(parts(path, 12)).toHaveLength(12)
  expect(parts(path.slice(0, 3), 12)).toHaveLength(3)
})

test('draws without a verdict do not count in a mean', () => {
  const draw = { draw: 0, topic: 't', level: 0, target: 0, expected: 0.5, attempts: 4 }
  expect(
    meanRate([
      { ...draw, passRate: 1 },
      { ...draw, passRate: null },
    ]),
  ).toBe(1)
  expect(meanRate([{ ...draw, passRate: null }])).toBeNull()
})

test('the sliding mean of a steady level is that level, without spread', () => {
  const draws = Array.from({ length: 50 }, (_, at) => ({ at, level: 2 }))
  for (const { mean, spread } of slide(draws)) expect([mean, spread]).toEqual([2, 0])
})

test('the description of the pass-rate plot tells every point with its interval', () => {
  const { markup } = passRatePlot({ levels: sampleFigures(10).levels, width: 480, id: 'p' })
  expect(markup).toContain('code level 0: 90 % of 20 candidates (95 % interval 70 % to 97 %)')
  expect(markup).not.toContain('NaN')
})

test('the description of the calibration tells every bin with its interval', () => {
  const bin = { from: 0.4, to: 0.5, draws: 3, attempts: 12, passes: 6, expected: 0.45, seen: 0.5, low: 0.2, high: 0.8 }
  const { markup } = calibrationPlot({ bins: [bin], width: 480, id: 'c' })
  expect(markup).toContain('expected 45 %, seen 50 % of 12 candidates in 3 draws (95 % interval 20 % to 80 %)')
  for (const axis of ['pass rate expected', 'pass rate seen']) expect(markup).toContain(`>${axis}</text>`)
})

test('the description of the coverage tells the end and the middle', () => {
  const path = [
    { draws: 10, problems: 0.25, arms: 0.5 },
    { draws: 20, problems: 0.5, arms: 1 },
  ]
  const { markup } = coveragePlot({ path, width: 480, id: 'c' })
  expect(markup).toContain('After 20 draws: 50 % of the problems and 100 % of the pairs of skill and level.')
  expect(markup).toContain('After 10: 25 % and 50 %')
})

test('the level of a skill is told from its first draw to where it stands', () => {
  const draw = { topic: 'lists', level: 2, expected: 0.5, attempts: 4, passRate: 0.5 }
  const path = [
    { ...draw, draw: 0, target: 2 },
    { ...draw, draw: 3, target: 4 },
  ]
  const options = { path, kindOf: () => 'code' as const, width: 480, id: 't' }
  const { markup } = targetPaths({ ...options, topics: [{ topic: 'lists', target: 1 }] })
  expect(markup).toContain('lists: level 2 at first, 1 at last, highest 4, in 2 draws')
  expect(targetPaths({ ...options, topics: [{ topic: 'x'.repeat(99), target: 0 }] }).markup).toContain('x…</text>')
})
