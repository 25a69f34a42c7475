import { expect, test } from 'vitest'
import { adarft } from '../../../src/curriculum/policies/adarft.js'
import type { Curriculum } from '../../../src/schemas/ports.js'
import { stocked } from '../stocked.js'

/** A result that passed moves the target by η/16·tanh(1) = .5·8/16·.762 = .19 levels. */
const init = { seed: 3, topics: ['lists', 'sums'], levels: 8, k: 4, band: [0.2, 0.8] as [number, number], batch: 1 }

function tell(curriculum: Curriculum, passes: number, times: number, topic = 'lists'): number {
  for (let i = 0; i < times; i++) {
    const level = curriculum.levelOf(topic)
    curriculum.report([{ id: 'x', topic, level, attempts: 4, passes, tokens: 1, model: 'm' }])
  }
  return curriculum.levelOf(topic)
}

test('the target rises by its rule: the next level is nearer after three passed results, the one after it five later', () => {
  const curriculum = adarft.create(init)
  expect(tell(curriculum, 4, 2)).toBe(0)
  expect(tell(curriculum, 4, 1)).toBe(1)
  expect(tell(curriculum, 4, 4)).toBe(1)
  expect(tell(curriculum, 4, 1)).toBe(2)
})

test('half of the attempts passed leaves the target where it is', () => {
  const curriculum = adarft.create(init)
  expect(tell(curriculum, 4, 10)).toBe(2)
  expect(tell(curriculum, 2, 1_000)).toBe(2)
})

test('three of four passed raise it less than four of four', () => {
  const [all, most] = [adarft.create(init), adarft.create(init)]
  expect(tell(all, 4, 10)).toBeGreaterThan(tell(most, 3, 10))
  expect(most.levelOf('lists')).toBeGreaterThan(0)
})

test('failures at the lowest level and passes at the highest one pile up no debt', () => {
  const curriculum = adarft.create(init)
  expect(tell(curriculum, 0, 500)).toBe(0)
  expect(tell(curriculum, 4, 3)).toBe(1)
  expect(tell(curriculum, 4, 500)).toBe(7)
  expect(tell(curriculum, 0, 3)).toBe(6)
})

test('the target stays within the levels that exist', () => {
  const curriculum = adarft.create(init)
  curriculum.next(
    4,
    stocked((_topic, level) => level >= 2 && level <= 4),
  )
  expect(curriculum.levelOf('lists')).toBe(2)
  tell(curriculum, 4, 500)
  expect(tell(curriculum, 0, 3)).toBe(3)
})

test('each topic has a target of its own, and topics come in turn', () => {
  const curriculum = adarft.create(init)
  tell(curriculum, 4, 20)
  const picks = curriculum.next(10)
  expect(picks.filter(({ topic, level }) => topic === 'sums' && level === 0)).toHaveLength(5)
  expect(picks.filter(({ topic, level }) => topic === 'lists' && level === 4)).toHaveLength(5)
})
