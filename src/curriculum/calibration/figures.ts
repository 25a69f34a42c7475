/** The figures of a calibration, from the fit and what is believed about each problem. */
import type { CalibratedLevel, CalibratedProblem, Calibration } from '../../schemas/calibration.js'
import type { Fit, Group } from './fit.js'
import { compare, type Sorted } from './groups.js'

/** 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054
/** How many problems the spread of all levels counts as, beside a level's own. */
const SPREAD_COUNT = 10

/** What is believed about the problems of one group. */
export interface Belief {
  readonly mean: number
  readonly variance: number
  /** Probability of each level of the skill to be the right one. */
  readonly levels: readonly number[]
}

export const round = (value: number) => Math.round(value * 1e4) / 1e4 || 0
export const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
const around = (mean: number, variance: number): [number, number] => {
  const half = Z95 * Math.sqrt(variance)
  return [round(mean - half), round(mean + half)]
}

export function modelFigures({ results, modelNames }: Sorted, fit: Fit): Calibration['models'] {
  const abilities = fit.abilities()
  return modelNames.map((model, m) => {
    const own = results.flatMap(({ byModel }) => byModel.filter((one) => one.model === model && one.attempts > 0))
    const { mean, variance } = abilities[m] as { mean: number; variance: number }
    return {
      model,
      ability: round(mean),
      interval: around(mean, variance),
      problems: own.length,
      attempts: sum(own.map(({ attempts }) => attempts)),
      passes: sum(own.map(({ passes }) => passes)),
    }
  })
}

export function skillFigures({ skillNames, modelNames }: Sorted, fit: Fit): Calibration['skills'] {
  return skillNames.map((skill, s) => {
    // A skill's abilities are the same at all its levels.
    const { abilities, covariance } = fit.cell(s, 0)
    const width = abilities.length + 1
    return {
      skill,
      abilities: modelNames.map((model, m) => {
        const mean = abilities[m] as number
        return { model, ability: round(mean), interval: around(mean, covariance[(m + 1) * (width + 1)] as number) }
      }),
    }
  })
}

export function levelFigures(sorted: Sorted, fit: Fit, beliefs: readonly Belief[]): CalibratedLevel[] {
  const { skills, skillNames, results, groupOf, groups } = sorted
  const cells = skills.map((levels) =>
    levels.map(() => ({ problems: 0, attempts: 0, passes: 0, weight: 0, squares: 0 })),
  )
  for (const [i, { byModel }] of results.entries()) {
    const { skill, level } = groups[groupOf[i] as number] as Group
    const { mean, variance, levels } = beliefs[groupOf[i] as number] as Belief
    const cell = cells[skill]?.[level]
    if (!cell) continue
    cell.problems++
    cell.attempts += sum(byModel.map(({ attempts }) => attempts))
    cell.passes += sum(byModel.map(({ passes }) => passes))
    const weight = levels[level] as number
    cell.weight += weight
    cell.squares += weight * ((mean - fit.cell(skill, level).mean) ** 2 + variance)
  }
  return cells.flatMap((own, skill) =>
    own.map(({ problems, attempts, passes, weight, squares }, level) => {
      const { mean, covariance } = fit.cell(skill, level)
      return {
        skill: skillNames[skill] as string,
        level: (skills[skill] as readonly number[])[level] as number,
        difficulty: round(mean),
        interval: around(mean, covariance[0] as number),
        spread: round(Math.sqrt((squares + SPREAD_COUNT * fit.itemSpread ** 2) / (weight + SPREAD_COUNT))),
        problems,
        attempts,
        passes,
      }
    }),
  )
}

export function problemFigures({ results, groupOf }: Sorted, beliefs: readonly Belief[]): CalibratedProblem[] {
  return results
    .map(({ id, hash, skill, level, byModel }, i) => {
      const { mean, variance } = beliefs[groupOf[i] as number] as Belief
      const tried = byModel.filter(({ attempts }) => attempts > 0)
      return {
        id,
        hash,
        skill,
        level,
        difficulty: round(mean),
        interval: around(mean, variance),
        attempts: sum(tried.map(({ attempts }) => attempts)),
        passes: sum(tried.map(({ passes }) => passes)),
        byModel: tried
          .map(({ model, attempts, passes }) => ({ model, attempts, passes }))
          .sort((a, b) => compare(a.model, b.model)),
      }
    })
    .sort((a, b) => compare(a.id, b.id))
}
