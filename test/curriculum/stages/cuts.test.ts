import { describe, expect, test } from 'vitest'
import { cutStages, type StageArm } from '../../../src/curriculum/stages/cuts.js'
import { sigmoid } from '../calibration/calibration-world.js'

const arm = (skill: string, level: number, difficulty: number, deviation = 0.1): StageArm => ({
  skill,
  level,
  difficulty,
  deviation,
  passRate: Math.round(1e4 * sigmoid(-difficulty)) / 1e4,
  interval: [sigmoid(-difficulty - 2 * deviation), sigmoid(-difficulty + 2 * deviation)],
  problems: 10,
})
const names = (stages: readonly { arms: readonly StageArm[] }[]) =>
  stages.map(({ arms }) => arms.map(({ skill, level }) => `${skill}${level}`).join(' '))

const threeGroups = [
  arm('a', 0, -2),
  arm('b', 0, -2.1),
  arm('a', 1, 0.1),
  arm('b', 1, 0),
  arm('c', 0, 0.2),
  arm('c', 5, 2.5),
  arm('b', 2, 2.4),
]

describe('stages are cut', () => {
  test('where the pass rates leave gaps, easiest first', () => {
    expect(names(cutStages(threeGroups, 3))).toEqual(['b0 a0', 'b1 a1 c0', 'b2 c5'])
  })

  test('so that their bands touch and go from one to nought', () => {
    const stages = cutStages(threeGroups, 3)
    expect(stages[0]!.band[1]).toBe(1)
    expect(stages.at(-1)!.band[0]).toBe(0)
    for (const [i, { band, arms, passRate, interval }] of stages.entries()) {
      if (i > 0) expect(band[1]).toBe(stages[i - 1]!.band[0])
      for (const { passRate: rate } of arms) expect(rate >= band[0] && rate <= band[1]).toBe(true)
      expect(interval[0]).toBeLessThan(passRate)
      expect(interval[1]).toBeGreaterThan(passRate)
    }
  })

  test('as finely as the estimates allow when nobody says how often', () => {
    const line = (deviation: number) => Array.from({ length: 12 }, (_, i) => arm('a', i, i / 2 - 3, deviation))
    expect(cutStages(line(0.05))).toHaveLength(6)
    const doubtful = cutStages(line(1.2)).length
    expect(doubtful).toBeGreaterThan(1)
    expect(doubtful).toBeLessThan(6)
    expect(cutStages(line(8))).toHaveLength(1)
  })

  test('never between levels of the same pass rate', () => {
    const same = [arm('a', 0, 1), arm('b', 0, 1), arm('c', 0, -1)]
    expect(names(cutStages(same))).toEqual(['c0', 'a0 b0'])
    expect(() => cutStages(same, 3)).toThrow(/3 stages cannot be made: .* 2 different pass rates/)
  })

  test('in the same way whatever the order of the arms', () => {
    expect(cutStages([...threeGroups].reverse())).toEqual(cutStages(threeGroups))
  })
})
