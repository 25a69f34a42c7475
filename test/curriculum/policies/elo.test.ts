import { describe, expect, test } from 'vitest'
import { elo } from '../../../src/curriculum/policies/elo.js'
import { uniform } from '../../../src/curriculum/policies/uniform.js'
import { compareHarvests } from '../../../src/curriculum/simulation/harvest.js'
import { ORACLE, play } from '../../../src/curriculum/simulation/simulate.js'
import { worlds } from '../../../src/curriculum/simulation/worlds.js'
import type { CurriculumResult } from '../../../src/schemas/curriculum.js'
import type { Curriculum } from '../../../src/schemas/ports.js'
import { stocked } from '../stocked.js'

const init = { seed: 3, topics: ['lists', 'sums'], levels: 8, k: 4, band: [0.2, 0.8] as [number, number], batch: 1 }
const result = (topic: string, level: number, passes: number, model = 'm'): CurriculumResult => ({
  id: 'x',
  topic,
  level,
  attempts: 4,
  passes,
  tokens: 100,
  model,
})

/** A solver that passes everything below a level, half at it and nothing above. */
function letPass(curriculum: Curriculum, below: number, draws: number, model = 'm'): number[] {
  return Array.from({ length: draws }, () => {
    const [pick] = curriculum.next(1)
    const { topic, level } = pick!
    curriculum.report([result(topic, level, level < below ? 4 : level === below ? 2 : 0, model)])
    return level
  })
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('elo', () => {
  test('finds the level that the solver passes half of the time', () => {
    const curriculum = elo.create(init)
    letPass(curriculum, 5, 60)
    expect(curriculum.levelOf('lists')).toBeGreaterThanOrEqual(4)
    expect(curriculum.levelOf('lists')).toBeLessThanOrEqual(5)
    const low = elo.create(init)
    letPass(low, 0, 60)
    expect(low.levelOf('sums')).toBe(0)
  })

  test('goes down again after a drop', () => {
    const curriculum = elo.create(init)
    letPass(curriculum, 6, 80)
    const before = curriculum.levelOf('lists')
    letPass(curriculum, 2, 80)
    expect(before).toBeGreaterThanOrEqual(5)
    expect(curriculum.levelOf('lists')).toBeLessThanOrEqual(before - 2)
  })

  test('moves faster when the solver is said to be another one', () => {
    const standsAfter = (model: string) => {
      const curriculum = elo.create(init)
      letPass(curriculum, 1, 120)
      letPass(curriculum, 7, 12, model)
      return curriculum.levelOf('lists') + curriculum.levelOf('sums')
    }
    expect(standsAfter('other')).toBeGreaterThan(standsAfter('m'))
  })

  test('one result moves every level of its topic, and other topics less', () => {
    const curriculum = elo.create(init)
    for (const topic of init.topics) curriculum.report([result(topic, 1, 2), result(topic, 5, 2)])
    const rates = () => new Map(curriculum.estimates().map((arm) => [`${arm.topic} ${arm.level}`, arm.passRate]))
    const before = rates()
    curriculum.report([result('lists', 3, 4)])
    const after = rates()
    for (const level of [1, 5]) {
      const gain = (topic: string) => after.get(`${topic} ${level}`)! - before.get(`${topic} ${level}`)!
      expect(gain('sums')).toBeGreaterThan(0)
      expect(gain('lists')).toBeGreaterThan(2 * gain('sums'))
    }
  })

  test('attempts that blame nobody change no estimate', () => {
    const curriculum = elo.create(init)
    curriculum.next(3)
    const before = curriculum.estimates()
    curriculum.report([{ ...result('lists', 2, 0), attempts: 0 }])
    expect(curriculum.estimates()).toEqual(before)
  })

  test('stays within the levels that exist for a topic', () => {
    const curriculum = elo.create(init)
    const available = (topic: string, level: number) => (topic === 'lists' ? level === 2 : level > 4)
    for (let i = 0; i < 30; i++) {
      const [pick] = curriculum.next(1, stocked(available))
      expect(available(pick!.topic, pick!.level)).toBe(true)
      curriculum.report([result(pick!.topic, pick!.level, 0)])
    }
    expect(curriculum.levelOf('lists')).toBe(2)
    expect(curriculum.levelOf('sums')).toBe(5)
  })

  test('replays and explores: a few draws lie one level under and over the rest', () => {
    const curriculum = elo.create({ ...init, topics: ['lists'] })
    letPass(curriculum, 4, 100)
    const levels = letPass(curriculum, 4, 300)
    const stands = curriculum.levelOf('lists')
    expect(levels.filter((level) => level < stands).length).toBeGreaterThan(0)
    expect(levels.filter((level) => level > stands).length).toBeGreaterThan(0)
  })
})

describe('against simulated solvers of fresh seeds', () => {
  const seeds = [101, 102]
  const small = { ...worlds.learn, budget: 8_000 }

  test('the drawn levels rise as a solver learns', () => {
    for (const seed of seeds) {
      const levels = play({ world: small, seed, policy: elo }).draws.map(({ level }) => level)
      const quarter = Math.floor(levels.length / 4)
      expect(mean(levels.slice(-quarter))).toBeGreaterThan(mean(levels.slice(0, quarter)) + 1)
    }
  })

  test.each(['learn', 'swap', 'silent', 'noisy', 'cold'] as const)(
    'in the world "%s" it harvests at least 1.5 times what uniform does, and most of what an oracle would',
    (name) => {
      const world = { ...worlds[name], budget: Math.min(8_000, worlds[name].budget) }
      for (const seed of seeds) {
        const oracle = play({ world, seed, policy: ORACLE })
        const own = compareHarvests(play({ world, seed, policy: elo }), oracle)
        expect(own.share / compareHarvests(play({ world, seed, policy: uniform }), oracle).share).toBeGreaterThan(1.5)
        expect(own.share).toBeGreaterThan(0.65)
      }
    },
  )

  test('most draws lie in the band', () => {
    for (const seed of seeds) {
      const { useful, attempts } = play({ world: { ...worlds.fixed, budget: 8_000 }, seed, policy: elo })
      // Of an oracle's attempts about 53 in 100 are useful passes; of uniform draws about 20.
      expect(useful / attempts).toBeGreaterThan(0.42)
    }
  })

  test('topics that nobody can solve do not swallow the budget', () => {
    const { byTopic, useful, attempts } = play({ world: worlds.cold, seed: 103, policy: elo })
    expect(byTopic.some((harvest) => harvest === 0)).toBe(true)
    expect(useful / attempts).toBeGreaterThan(0.3)
  })
})
