import { expect, test } from 'vitest'
import { uniform } from '../../../src/curriculum/policies/uniform.js'
import { stocked } from '../stocked.js'

const init = { seed: 3, topics: ['lists', 'sums'], levels: 4, k: 4, band: [0.2, 0.8] as [number, number], batch: 1 }

test('draws every arm about as often as any other', () => {
  const arms = uniform
    .create(init)
    .next(4_000)
    .map(({ topic, level }) => `${topic} ${level}`)
  const counts = [...new Set(arms)].map((arm) => arms.filter((one) => one === arm).length)
  expect(counts).toHaveLength(8)
  // 500 each, standard deviation 21.
  for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(90)
})

test('is blind to results', () => {
  const [told, untold] = [uniform.create(init), uniform.create(init)]
  for (const { id, topic, level } of told.next(10))
    told.report([{ id, topic, level, attempts: 4, passes: 4, tokens: 1, model: 'm' }])
  untold.next(10)
  expect(told.next(50)).toEqual(untold.next(50))
})

test('stands in the middle of the levels that there are', () => {
  const curriculum = uniform.create(init)
  expect(curriculum.levelOf('sums')).toBe(1)
  curriculum.next(
    1,
    stocked((_topic, level) => level > 0),
  )
  expect(curriculum.levelOf('sums')).toBe(2)
})

test('its estimates are about the latest results: those of a weaker solver of before are soon outweighed', () => {
  const curriculum = uniform.create(init)
  const tell = (passes: number, times: number) => {
    for (let i = 0; i < times; i++)
      curriculum.report([{ id: 'x', topic: 'sums', level: 1, attempts: 4, passes, tokens: 1, model: 'm' }])
    return curriculum.estimates()[0]!
  }
  expect(tell(0, 200).passRate).toBeLessThan(0.05)
  const after = tell(4, 60)
  expect(after.passRate).toBeGreaterThan(0.9)
  expect([after.attempts, after.passes]).toEqual([1040, 240])
})
