import { expect, test } from 'vitest'
import { meanRate, parts, slide } from '../../../src/viewer/plot/bins.js'
import { linear, roundTicks } from '../../../src/viewer/plot/frame.js'
import { passRatePlot } from '../../../src/viewer/plot/pass-rate.js'
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
  const draw = { draw: 0, topic: 't', level: 0 }
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
