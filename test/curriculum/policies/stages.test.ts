import { expect, test } from 'vitest'
import { stages } from '../../../src/curriculum/policies/stages.js'
import { stocked } from '../stocked.js'

/** A hundred picks. */
const init = {
  seed: 3,
  topics: ['lists', 'sums'],
  levels: 5,
  k: 4,
  band: [0.2, 0.8] as [number, number],
  batch: 1,
  budget: 400,
}
function tally(levels: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1
  return counts
}

test('gives every level the same share of the budget, in rising order, and stays at the highest one after it', () => {
  const curriculum = stages.create(init)
  const levels = curriculum.next(100).map(({ level }) => level)
  expect(tally(levels)).toEqual({ 0: 20, 1: 20, 2: 20, 3: 20, 4: 20 })
  expect(levels).toEqual([...levels].sort())
  expect(tally(curriculum.next(30).map(({ level }) => level))).toEqual({ 4: 30 })
})

test('draws the topics in turn', () => {
  const topics = stages
    .create(init)
    .next(40)
    .map(({ topic }) => topic)
  for (let i = 0; i < 40; i += 2) expect(topics[i]).not.toBe(topics[i + 1])
})

test('without a budget a topic has 20 picks of each level', () => {
  const { budget, ...endless } = init
  const picks = stages.create(endless).next(240)
  expect(tally(picks.map(({ level }) => level))).toEqual({ 0: 40, 1: 40, 2: 40, 3: 40, 4: 80 })
})

test('is blind to results', () => {
  const [told, untold] = [stages.create(init), stages.create(init)]
  for (const { id, topic, level } of told.next(10))
    told.report([{ id, topic, level, attempts: 4, passes: 4, tokens: 1, model: 'm' }])
  untold.next(10)
  expect(told.next(50)).toEqual(untold.next(50))
})

test('divides the budget among the levels that a topic has', () => {
  const curriculum = stages.create(init)
  const has = (topic: string, level: number) => topic === 'lists' || level === 1 || level === 3
  const picks = curriculum.next(100, stocked(has))
  expect(tally(picks.flatMap(({ topic, level }) => (topic === 'sums' ? [level] : [])))).toEqual({ 1: 25, 3: 25 })
  expect(curriculum.levelOf('sums')).toBe(3)
})

test('takes the nearest level when that of the stage has run out, the lower one of two', () => {
  const curriculum = stages.create(init)
  curriculum.next(50)
  const picks = curriculum.next(
    4,
    stocked((_topic, level) => level !== 2),
  )
  expect(new Set(picks.map(({ level }) => level))).toEqual(new Set([1]))
})
