import { expect, test } from 'vitest'
import { staircase } from '../../../src/curriculum/policies/staircase.js'
import type { Curriculum } from '../../../src/schemas/ports.js'
import { stocked } from '../stocked.js'

const init = { seed: 3, topics: ['lists'], levels: 6, k: 10, band: [0.2, 0.8] as [number, number], batch: 1 }

function tell(curriculum: Curriculum, level: number, passes: readonly number[]): number {
  for (const one of passes) {
    curriculum.report([{ id: 'x', topic: 'lists', level, attempts: 10, passes: one, tokens: 1, model: 'm' }])
  }
  return curriculum.levelOf('lists')
}

test.each([
  ['goes up when four results are above .70 on average', [10, 10, 5, 4], 2],
  ['stays at exactly .70', [7, 7, 7, 7], 1],
  ['stays between the two thresholds', [5, 4, 6, 3], 1],
  ['goes down when they are below .35', [3, 3, 4, 3], 0],
  ['does not move on three results', [10, 10, 10], 1],
  ['looks at the latest four only', [0, 10, 10, 10, 10], 2],
])('%s', (_name, passes, level) => {
  const curriculum = staircase.create(init)
  expect(tell(curriculum, 0, [10, 10, 10, 10])).toBe(1)
  expect(tell(curriculum, 1, passes)).toBe(level)
})

test('after a move the results begin anew', () => {
  const curriculum = staircase.create(init)
  tell(curriculum, 0, [10, 10, 10, 10])
  expect(tell(curriculum, 1, [0, 0, 0])).toBe(1)
  expect(tell(curriculum, 1, [0])).toBe(0)
})

test('late results of the level that was left do not count', () => {
  const curriculum = staircase.create(init)
  tell(curriculum, 0, [10, 10, 10, 10])
  expect(tell(curriculum, 0, [0, 0, 0, 0, 10, 10, 10, 10])).toBe(1)
})

test('stays within the lowest and the highest level', () => {
  const curriculum = staircase.create(init)
  expect(tell(curriculum, 0, Array(9).fill(0))).toBe(0)
  for (let level = 0; level < 6; level++) tell(curriculum, level, [10, 10, 10, 10])
  expect(tell(curriculum, 5, [10, 10, 10, 10])).toBe(5)
})

test('climbs over levels that have run out, and comes back to them when they have something again', () => {
  const curriculum = staircase.create(init)
  const draw = (levels: readonly number[]) =>
    curriculum.next(
      1,
      stocked((_topic, level) => levels.includes(level)),
    )[0]!.level
  expect(draw([0, 1, 2, 3])).toBe(0)
  expect(draw([0, 3])).toBe(0)
  tell(curriculum, 0, [10, 10, 10, 10])
  expect(draw([0, 3])).toBe(3)
  expect(draw([0, 2, 3])).toBe(3)
  tell(curriculum, 3, [0, 0, 0, 0])
  expect(draw([0, 2, 3])).toBe(2)
})

test('each topic has a level of its own', () => {
  const curriculum = staircase.create({ ...init, topics: ['lists', 'sums'] })
  tell(curriculum, 0, [10, 10, 10, 10])
  expect([curriculum.levelOf('lists'), curriculum.levelOf('sums')]).toEqual([1, 0])
})
