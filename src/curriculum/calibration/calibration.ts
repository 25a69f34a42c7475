/**
 * How hard problems are, from what models did with them: difficulties in logits with intervals, by problem and by level
 * of a skill, apart from the abilities of the models, so that they carry over to other solvers. Pure and deterministic.
 */
import type { Calibration } from '../../schemas/calibration.js'
import { type Belief, levelFigures, modelFigures, problemFigures, round, skillFigures, sum, Z95 } from './figures.js'
import { type CellFit, type Fit, Fitting, type Group, type Population } from './fit.js'
import { compare, type ProblemResult, type Sorted, sortedResults } from './groups.js'
import { product } from './matrix.js'
import { bandOf, type LevelBelief, levelsOutOfOrder, SURE } from './mislabelled.js'
import { logEvidenceOf, type Posterior, posteriorOf } from './problem-posterior.js'

/** The share of wrong labels is 1 % before the data, known as well as from so many problems. */
const LABEL_PRIOR = { share: 0.01, problems: 50 }
const LABEL_PASSES = 4

export type { ProblemResult }
export type Calibrated = Omit<Calibration, 'v' | 'set' | 'runs'>

/**
 * Difficulties and abilities from results. Problems that nobody tried are left out. The order of the results does not
 * matter. Throws `input/malformed` when nothing was tried, or for counts that cannot be.
 */
export function calibrate(results: readonly ProblemResult[]): Calibrated {
  const sorted = sortedResults(results)
  const fitting = new Fitting(sorted)
  let share = LABEL_PRIOR.share
  let fit = fitting.fit(
    sorted.groups.map(() => 1),
    true,
  )
  let beliefs: Belief[] = []
  for (let pass = 0; pass < LABEL_PASSES; pass++) {
    // A wrong label must not widen its level: its problem counts there as far as the label is believed.
    const labels = labelBeliefs(sorted, fit, share)
    share = labels.share
    if (pass === LABEL_PASSES - 1) beliefs = problemBeliefs(sorted, fit, labels.levels)
    else {
      const weights = labels.levels.map((by, i) => trusted(ownOf(sorted, by, i)))
      fit = fitting.fit(weights, pass < LABEL_PASSES - 2)
    }
  }
  const levels = levelFigures(sorted, fit, beliefs)
  return {
    counts: {
      problems: sorted.results.length,
      attempts: sum(levels.map(({ attempts }) => attempts)),
      passes: sum(levels.map(({ passes }) => passes)),
    },
    models: modelFigures(sorted, fit),
    skills: skillFigures(sorted, fit),
    levels,
    problems: problemFigures(sorted, beliefs),
    mislabelled: mislabelled(sorted, fit, beliefs),
    labelErrorRate: round(share),
    itemSpread: round(fit.itemSpread),
    rounds: fit.rounds,
  }
}

/** How far a problem counts for its level: whole, unless its label is more likely wrong than right. */
const trusted = (probability: number) => (probability >= 0.5 ? 1 : probability)

const cellsOf = ({ skills }: Population, fit: Fit): CellFit[][] =>
  skills.map((levels, skill) => levels.map((_, level) => fit.cell(skill, level)))

/** By group, the probability of each level of its skill to be its own; and the share of labels that are wrong. */
function labelBeliefs(sorted: Sorted, fit: Fit, first: number) {
  const cells = cellsOf(sorted, fit)
  const evidences = sorted.groups.map(({ skill, tries }) => {
    const logs = (cells[skill] as CellFit[]).map(({ mean, abilities, covariance }) => {
      const variance = fit.itemSpread ** 2 + (covariance[0] as number)
      return logEvidenceOf(tries, mean, variance, abilities)
    })
    const most = Math.max(...logs)
    return logs.map((log) => Math.exp(log - most))
  })
  const total = sorted.results.length
  let share = first
  let levels: number[][] = []
  for (let pass = 0; pass < 20; pass++) {
    levels = evidences.map((by, i) => {
      const own = (sorted.groups[i] as Group).level
      const raw = by.map((one, level) => one * (level === own ? 1 - share : share / (by.length - 1)))
      const all = sum(raw)
      return raw.map((one) => one / all)
    })
    const wrong = sum(levels.map((by, i) => (sorted.groups[i] as Group).count * (1 - ownOf(sorted, by, i))))
    share = (wrong + LABEL_PRIOR.share * LABEL_PRIOR.problems) / (total + LABEL_PRIOR.problems)
  }
  return { levels, share }
}

const ownOf = ({ groups }: Population, by: readonly number[], group: number) =>
  by[(groups[group] as Group).level] as number

/** Difficulties as mixtures over the levels that a problem may belong to. */
function problemBeliefs(sorted: Sorted, fit: Fit, labels: readonly (readonly number[])[]): Belief[] {
  const cells = cellsOf(sorted, fit)
  return sorted.groups.map(({ skill, tries }, group) => {
    const levels = labels[group] as readonly number[]
    const parts = levels.flatMap((weight, level) => {
      if (weight < 1e-4) return []
      const cell = (cells[skill] as CellFit[])[level] as CellFit
      const posterior = posteriorOf(tries, cell.mean, fit.itemSpread ** 2, cell.abilities)
      return [{ weight, mean: cell.mean + posterior.mean, variance: totalVariance(posterior, cell, fit.itemSpread) }]
    })
    const all = sum(parts.map(({ weight }) => weight))
    const mean = sum(parts.map((part) => part.weight * part.mean)) / all
    const variance = sum(parts.map((part) => part.weight * (part.variance + (part.mean - mean) ** 2))) / all
    return { mean, variance, levels }
  })
}

/** Variance of a difficulty, with that of the level and of the abilities that it rests on (delta method). */
function totalVariance({ variance, covariance }: Posterior, cell: CellFit, itemSpread: number): number {
  const width = cell.abilities.length + 1
  const slopes = Float64Array.from({ length: width }, (_, i) =>
    i === 0 ? (covariance[0] as number) / itemSpread ** 2 : (covariance[i] as number),
  )
  const through = product(slopes, cell.covariance, 1, width, width)
  return variance + slopes.reduce((total, one, i) => total + one * (through[i] as number), 0)
}

function mislabelled(sorted: Sorted, fit: Fit, beliefs: readonly Belief[]): Calibration['mislabelled'] {
  const { results, groupOf, groups, skills, skillNames } = sorted
  const bySkill: LevelBelief[][] = skills.map((levels, skill) =>
    levels.map((level, k) => ({ level, difficulty: fit.cell(skill, k).mean })),
  )
  const problems = results.flatMap(({ id, skill, level }, i) => {
    const belief = beliefs[groupOf[i] as number] as Belief
    const group = groups[groupOf[i] as number] as Group
    const probability = 1 - (belief.levels[group.level] as number)
    if (probability < SURE) return []
    const [low, high] = bandOf(level, bySkill[group.skill] as LevelBelief[])
    const half = Z95 * Math.sqrt(belief.variance)
    if (belief.mean + half > low && belief.mean - half < high) return []
    const best = belief.levels.indexOf(Math.max(...belief.levels))
    const suggestedLevel = (skills[group.skill] as readonly number[])[best] as number
    return [{ id, skill, level, suggestedLevel, probability: round(probability) }]
  })
  const levels = bySkill.flatMap((own, skill) => levelsOutOfOrder(skillNames[skill] as string, own, fit.levels(skill)))
  return {
    problems: problems.sort((a, b) => b.probability - a.probability || compare(a.id, b.id)),
    levels: levels.map((doubt) => ({ ...doubt, probability: round(doubt.probability) })),
  }
}
