import { expect, test } from 'vitest'
import { exp3 } from '../../../src/curriculum/policies/exp3.js'
import type { Curriculum } from '../../../src/schemas/ports.js'

/** A thousand picks of two arms: γ = √(2·ln 2 / ((e - 1)·.5·1000)) = .04. */
const init = {
  seed: 3,
  topics: ['lists'],
  levels: 2,
  k: 4,
  band: [0.2, 0.8] as [number, number],
  batch: 1,
  budget: 4_000,
}

const tell = (curriculum: Curriculum, id: string, level: number, passes: number, attempts = 4) =>
  curriculum.report([{ id, topic: 'lists', level, attempts, passes, tokens: 1, model: 'm' }])

/** Share of level 0 among picks of which no result is told. */
const shareOfLowest = (curriculum: Curriculum): number =>
  curriculum.next(2_000).filter(({ level }) => level === 0).length / 2_000

/** Level 1 brings rewards, level 0 brings none, and some picks of level 0 from the beginning stay unreported. */
function learned(): { curriculum: Curriculum; held: string[] } {
  const curriculum = exp3.create(init)
  const held = curriculum.next(80).flatMap(({ id, level }) => (level === 0 ? [id] : []))
  for (let i = 0; i < 600; i++)
    for (const { id, level } of curriculum.next(1)) tell(curriculum, id, level, level === 1 ? 2 : 4)
  return { curriculum, held: held.slice(0, 30) }
}

test('draws both levels alike at first, and hardly ever the one without reward in the end; never not at all', () => {
  expect(shareOfLowest(exp3.create(init))).toBeCloseTo(0.5, 1)
  const { curriculum } = learned()
  const share = shareOfLowest(curriculum)
  // Half of γ is what exploration alone gives it.
  expect(share).toBeGreaterThan(0.01)
  expect(share).toBeLessThan(0.04)
  expect(curriculum.levelOf('lists')).toBe(1)
})

test('a late reward is weighed with the probability that its pick had, not with that of now', () => {
  const [known, unknown] = [learned(), learned()]
  for (const id of known.held) tell(known.curriculum, id, 0, 2)
  for (const id of unknown.held) tell(unknown.curriculum, `not ${id}`, 0, 2)
  expect(shareOfLowest(known.curriculum)).toBeLessThan(0.06)
  expect(shareOfLowest(unknown.curriculum)).toBeGreaterThan(0.1)
})

test('a report that names the pick of another arm does not use up its probability', () => {
  const [plain, mixed] = [learned(), learned()]
  for (const id of mixed.held) tell(mixed.curriculum, id, 1, 4)
  for (const { curriculum, held } of [plain, mixed]) for (const id of held) tell(curriculum, id, 0, 2)
  expect(mixed.curriculum.next(300)).toEqual(plain.curriculum.next(300))
})

test('single attempts are rewarded when they differ from the one before at their level', () => {
  const curriculum = exp3.create({ ...init, k: 1 })
  for (let i = 0; i < 1_000; i++)
    for (const { id, level } of curriculum.next(1)) tell(curriculum, id, level, level === 0 ? 1 : i % 2, 1)
  expect(curriculum.levelOf('lists')).toBe(1)
  expect(shareOfLowest(curriculum)).toBeLessThan(0.1)
})

test('one arm alone is always drawn', () => {
  const curriculum = exp3.create({ ...init, levels: 1 })
  for (const { id } of curriculum.next(20)) tell(curriculum, id, 0, 2)
  expect(curriculum.next(20).every(({ level }) => level === 0)).toBe(true)
})
