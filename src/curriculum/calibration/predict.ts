/** What a calibration says about a solver: pass rates on its problems and levels, also of a solver that it was not made with. */
import { AppError } from '../../base/errors.js'
import { nearest } from '../../base/nearest.js'
import type { Calibration } from '../../schemas/calibration.js'
import { expectedPass, type Normal } from '../belief/logit.js'
import { posteriorOf } from './problem-posterior.js'

const Z95 = 1.959963984540054
/** Standard deviation of a solver's ability before any result. */
const ABILITY_DEVIATION = 2

/** A model of the calibration, or the ability of another solver, in logits above the reference solver. */
export type SolverAbility = { readonly model: string } | { readonly ability: number }
/** A problem of the calibration, or any problem of one of its levels. */
export type CalibratedTarget = { readonly id: string } | { readonly skill: string; readonly level: number }

export interface Rate {
  readonly passRate: number
  /** 95 % interval: what is not known about the difficulty and the ability; not that of a count. */
  readonly interval: readonly [number, number]
}

const varianceOf = ([low, high]: readonly [number, number]) => ((high - low) / (2 * Z95)) ** 2

/** Throws `usage/bad-option` for a name that is not there. */
function named<T>(list: readonly T[], key: (one: T) => string, name: string, what: string): T {
  const found = list.find((one) => key(one) === name)
  if (found) return found
  const guess = nearest(name, list.map(key))
  throw new AppError('usage/bad-option', {
    message: `the calibration holds no ${what} '${name}'`,
    hint: guess ? `did you mean '${guess}'?` : `known: ${list.slice(0, 20).map(key).join(', ')}`,
  })
}

function abilityIn({ models, skills }: Calibration, solver: SolverAbility, skill: string): Normal {
  if ('ability' in solver) return { mean: solver.ability, variance: 0 }
  const overall = named(models, ({ model }) => model, solver.model, 'model')
  const own = skills.find((one) => one.skill === skill)?.abilities.find(({ model }) => model === solver.model)
  const { ability, interval } = own ?? overall
  return { mean: ability, variance: varianceOf(interval) }
}

/** spread: of problems around what is targeted; part of the mean, not of the interval. */
function difficultyOf(calibration: Calibration, target: CalibratedTarget) {
  if ('id' in target) {
    const { skill, difficulty, interval } = named(calibration.problems, ({ id }) => id, target.id, 'problem')
    return { skill, known: { mean: difficulty, variance: varianceOf(interval) }, spread: 0 }
  }
  const key = ({ skill, level }: { skill: string; level: number }) => `${skill} ${level}`
  const found = named(calibration.levels, key, key(target), 'level')
  return {
    skill: found.skill,
    known: { mean: found.difficulty, variance: varianceOf(found.interval) },
    spread: found.spread ** 2,
  }
}

/** Share of attempts that a solver is expected to pass. Throws `usage/bad-option` for a model, problem or level that is not there. */
export function predict(calibration: Calibration, solver: SolverAbility, target: CalibratedTarget): Rate {
  const { skill, known, spread } = difficultyOf(calibration, target)
  const ability = abilityIn(calibration, solver, skill)
  const logit = { mean: ability.mean - known.mean, variance: ability.variance + known.variance }
  const half = Z95 * Math.sqrt(logit.variance)
  const at = (mean: number) => expectedPass({ mean, variance: spread })
  return {
    passRate: expectedPass({ mean: logit.mean, variance: logit.variance + spread }),
    interval: [at(logit.mean - half), at(logit.mean + half)],
  }
}

/**
 * Ability of a solver that the calibration was not made with, from its results on calibrated problems; those of other
 * problems are left out. Returns logits above the reference solver with a 95 % interval.
 */
export function abilityFrom(
  calibration: Calibration,
  results: readonly { readonly id: string; readonly attempts: number; readonly passes: number }[],
): { ability: number; interval: [number, number] } {
  const byId = new Map(calibration.problems.map((problem) => [problem.id, problem]))
  const known = results.flatMap(({ id, attempts, passes }) => {
    const problem = byId.get(id)
    if (!problem || attempts === 0) return []
    const { difficulty, interval } = problem
    return [{ difficulty, variance: varianceOf(interval), tries: { attempts: [attempts], passes: [passes] } }]
  })
  let ability = 0
  let information = 0
  for (let step = 0; step < 50; step++) {
    let slope = -ability / ABILITY_DEVIATION ** 2
    information = 1 / ABILITY_DEVIATION ** 2
    for (const { difficulty, variance, tries } of known) {
      const seen = posteriorOf(tries, difficulty, variance, [ability])
      slope += seen.residual[0] as number
      information += (seen.information[0] as number) - (seen.covariance[3] as number)
    }
    const move = Math.max(-1.5, Math.min(1.5, slope / information))
    ability += move
    if (Math.abs(move) < 1e-6) break
  }
  const half = Z95 / Math.sqrt(information)
  return { ability, interval: [ability - half, ability + half] }
}
