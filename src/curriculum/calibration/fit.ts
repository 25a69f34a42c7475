/**
 * The fit behind a calibration. logit(pass) = ability(model, skill) − difficulty(problem); a problem's difficulty is
 * normal around its level's, a level's is normal around its skill's line over the levels, and that around the line of
 * all skills. Problems are integrated out; the rest is found by Newton's method on the penalised marginal likelihood,
 * which is concave, and its curvature gives the intervals (Laplace). The variances are estimated from the same data.
 * Abilities sum to zero over the models, in each skill too: difficulty 0 is what the mean of the models passes half of.
 */

import { inverse, type Matrix, product, sandwich } from './matrix.js'
import { type Posterior, posteriorOf, type Tries } from './problem-posterior.js'
import { addProblem, blockStep, doubtAbout, eliminate, type Gathered, jointCovariance, spreadOver } from './system.js'

/** Problems of one level of one skill with the same results. */
export interface Group {
  readonly skill: number
  /** Index of its level among the skill's. */
  readonly level: number
  readonly tries: Tries
  readonly count: number
}

export interface Population {
  readonly models: number
  /** Level numbers of each skill, ascending. */
  readonly skills: readonly (readonly number[])[]
  readonly groups: readonly Group[]
}

/** Standard deviations, logits. */
interface Spreads {
  /** Of problems around their level. */
  item: number
  /** Of levels around their skill's line. */
  level: number
  /** Of skills. */
  skill: number
  /** Of the skills' steps from level to level. */
  slope: number
  /** Of a model's ability from skill to skill. */
  ability: number
}

/** First guesses; each counts as much as PRIOR_COUNT observed ones, the spread of problems by its own prior below. */
const FIRST: Readonly<Spreads> = { item: 0.7, level: 0.35, skill: 1, slope: 0.2, ability: 0.4 }
const PRIOR_COUNT = 2
/** The spread of problems is log-normal around its first guess before the data. */
const ITEM_LOG_DEVIATION = 0.6
/** Of all skills together: difficulty of the middle level, step from level to level, ability of a model. */
const TOP = { middle: { mean: 0, deviation: 4 }, step: { mean: 0.5, deviation: 0.7 }, ability: 2 }
const LARGEST_STEP = 1.5
/** Steps of expectation-maximisation fall short by a constant factor; going further is as safe below 2. */
const RELAXED = 1.7
const MOST_ROUNDS = 150
const TOLERANCE = 1e-3
/** Relative change of the spreads in a round that ends a fit. */
const FINAL_MOVE = 3e-3
const ROUGH_MOVE = 2e-2

/** What is known about one level of a skill. */
export interface CellFit {
  readonly mean: number
  /** Abilities there, by model. */
  readonly abilities: readonly number[]
  /** Covariance of (level's difficulty, abilities), row by row. */
  readonly covariance: Matrix
}

export interface Fit {
  readonly itemSpread: number
  readonly rounds: number
  cell(skill: number, level: number): CellFit
  /** Covariance of the difficulties of a skill's levels, row by row. */
  levels(skill: number): Matrix
  /** By model: over all skills. */
  abilities(): { mean: number; variance: number }[]
}

/** An orthonormal basis of what sums to zero: rows[model][column]. Source: Helmert. */
function contrasts(models: number): Float64Array[] {
  return Array.from({ length: models }, (_, m) =>
    Float64Array.from({ length: models - 1 }, (_, c) => {
      const scale = 1 / Math.sqrt((c + 1) * (c + 2))
      if (m <= c) return scale
      return m === c + 1 ? -(c + 1) * scale : 0
    }),
  )
}

export class Fitting {
  readonly #population: Population
  readonly #contrasts: readonly Float64Array[]
  /** Size of what all skills share: middle, step, abilities. */
  readonly #topSize: number
  readonly #middle: number
  readonly #top: Float64Array
  /** By skill: own middle, own step, levels, abilities. */
  readonly #blocks: readonly Float64Array[]
  readonly #spreads: Spreads = { ...FIRST }
  #posteriors: readonly Posterior[] = []
  #rounds = 0

  constructor(population: Population) {
    this.#population = population
    this.#contrasts = contrasts(population.models)
    this.#topSize = 2 + population.models - 1
    this.#top = new Float64Array(this.#topSize)
    this.#top[0] = TOP.middle.mean
    this.#top[1] = TOP.step.mean
    this.#blocks = population.skills.map((levels) => new Float64Array(2 + levels.length + population.models - 1))
    const numbers = population.skills.flat()
    this.#middle = numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)
  }

  /** weights: by group, the probability that its level is right; the groups count in proportion. Goes on from where it was. rough: soon enough for a guess. */
  fit(weights: readonly number[], rough = false): Fit {
    let known: Known = { largest: Number.POSITIVE_INFINITY, top: new Float64Array(0), blocks: [] }
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.#rounds++
      known = this.#step(weights)
      const moved = this.#learnSpreads(weights, known)
      if (known.largest < (rough ? 10 : 1) * TOLERANCE && moved < (rough ? ROUGH_MOVE : FINAL_MOVE)) break
    }
    // The curvature belongs to the last spreads, and the point to it.
    for (let round = 0; !rough && round < 20 && known.largest > 1e-6; round++) known = this.#step(weights)
    return this.#result(this.#step(weights))
  }

  /** Rows of the design: the level's difficulty and each model's ability over [block | top]. */
  #rows(skill: number, level: number): Float64Array[] {
    const levels = this.#population.skills[skill] as readonly number[]
    const block = (this.#blocks[skill] as Float64Array).length
    const away = (levels[level] as number) - this.#middle
    const difficulty = new Float64Array(block + this.#topSize)
    difficulty.set([1, away])
    difficulty[2 + level] = 1
    difficulty.set([1, away], block)
    const abilities = this.#contrasts.map((contrast) => {
      const row = new Float64Array(block + this.#topSize)
      row.set(contrast, 2 + levels.length)
      row.set(contrast, block + 2)
      return row
    })
    return [difficulty, ...abilities]
  }

  #values(skill: number, level: number): number[] {
    const all = this.#joined(skill)
    return this.#rows(skill, level).map((row) => row.reduce((sum, one, i) => sum + one * (all[i] as number), 0))
  }

  #joined(skill: number): Float64Array {
    const block = this.#blocks[skill] as Float64Array
    const all = new Float64Array(block.length + this.#topSize)
    all.set(block)
    all.set(this.#top, block.length)
    return all
  }

  /** One Newton step. Returns how far it went, and the covariances at the point where it began. */
  #step(weights: readonly number[]): Known {
    const gathered = this.#gather(weights)
    const size = this.#topSize
    const system = this.#topPrior()
    const parts = gathered.map((own, skill) => {
      const block = this.#blocks[skill] as Float64Array
      return eliminate(own, { block, spreads: this.#blockSpreads(skill) }, system)
    })
    const top = inverse(system.information, size)
    const topStep = product(top, system.gradient, size, size, 1)
    let largest = this.#move(this.#top, topStep)
    for (const [skill, part] of parts.entries()) {
      largest = Math.max(largest, this.#move(this.#blocks[skill] as Float64Array, blockStep(part, topStep)))
    }
    return { largest, top, blocks: parts.map((part) => jointCovariance(part, top, size)) }
  }

  #move(values: Float64Array, step: Float64Array): number {
    let largest = 0
    for (let i = 0; i < values.length; i++) {
      const move = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step[i] as number))
      values[i] = (values[i] as number) + move
      largest = Math.max(largest, Math.abs(step[i] as number))
    }
    return largest
  }

  /** Gradient and information of every skill over [block | top], from all groups. */
  #gather(weights: readonly number[]): Gathered[] {
    const { groups, models, skills } = this.#population
    const variance = this.#spreads.item ** 2
    const cells = skills.map((levels, skill) =>
      levels.map((_, level) => ({
        values: this.#values(skill, level),
        gradient: new Float64Array(models + 1),
        information: new Float64Array((models + 1) ** 2),
      })),
    )
    this.#posteriors = groups.map(({ skill, level, tries, count }, index) => {
      const cell = cells[skill]?.[level]
      if (!cell) throw new Error(`a group names level ${level} of skill ${skill}, which is not there`)
      const [mean = 0, ...abilities] = cell.values
      const posterior = posteriorOf(tries, mean, variance, abilities)
      addProblem(cell, posterior, variance, count * (weights[index] as number))
      return posterior
    })
    return cells.map((levels, skill) => {
      const size = (this.#blocks[skill] as Float64Array).length + this.#topSize
      const sum = { gradient: new Float64Array(size), information: new Float64Array(size * size) }
      for (const [level, cell] of levels.entries()) spreadOver(sum, cell, this.#rows(skill, level), size)
      return sum
    })
  }

  #topPrior(): Gathered {
    const gradient = new Float64Array(this.#topSize)
    const information = new Float64Array(this.#topSize ** 2)
    const { middle, step, ability } = TOP
    const priors = [middle, step, ...this.#contrasts.slice(1).map(() => ({ mean: 0, deviation: ability }))]
    for (const [i, { mean, deviation }] of priors.entries()) {
      information[i * this.#topSize + i] = 1 / deviation ** 2
      gradient[i] = (mean - (this.#top[i] as number)) / deviation ** 2
    }
    return { gradient, information }
  }

  /** Spread of each entry of a skill's block. */
  #blockSpreads(skill: number): number[] {
    const levels = (this.#population.skills[skill] as readonly number[]).map(() => this.#spreads.level)
    const abilities = this.#contrasts.slice(1).map(() => this.#spreads.ability)
    return [this.#spreads.skill, this.#spreads.slope, ...levels, ...abilities]
  }

  /** Variances by expectation-maximisation, that of the problems by Newton's method. Returns the largest relative change. */
  #learnSpreads(weights: readonly number[], known: Known): number {
    const before = { ...this.#spreads }
    const tally = () => ({ count: 0, squares: 0 })
    const sums = { level: tally(), skill: tally(), slope: tally(), ability: tally() }
    for (const [skill, block] of this.#blocks.entries()) {
      const levels = (this.#population.skills[skill] as readonly number[]).length
      const size = block.length + this.#topSize
      for (let i = 0; i < block.length; i++) {
        const sum = sums[i === 0 ? 'skill' : i === 1 ? 'slope' : i < 2 + levels ? 'level' : 'ability']
        sum.count++
        sum.squares += (block[i] as number) ** 2 + (known.blocks[skill]?.[i * size + i] as number)
      }
    }
    for (const name of ['level', 'skill', 'slope', 'ability'] as const) {
      const { count, squares } = sums[name]
      const found = Math.sqrt((squares + PRIOR_COUNT * FIRST[name] ** 2) / (count + PRIOR_COUNT))
      this.#spreads[name] *= (found / this.#spreads[name]) ** RELAXED
    }
    this.#learnItemSpread(weights, known)
    const names = Object.keys(before) as (keyof Spreads)[]
    return Math.max(...names.map((name) => Math.abs(this.#spreads[name] / before[name] - 1)))
  }

  #learnItemSpread(weights: readonly number[], known: Known): void {
    const { groups, skills } = this.#population
    const variance = this.#spreads.item ** 2
    const precision = 1 / ITEM_LOG_DEVIATION ** 2
    const cells = skills.map((levels, skill) => levels.map((_, level) => this.#cellCovariance(skill, level, known)))
    let slope = -Math.log(this.#spreads.item / FIRST.item) * precision
    let information = precision
    for (const [index, posterior] of this.#posteriors.entries()) {
      const { skill, level, count } = groups[index] as Group
      const weight = count * (weights[index] as number)
      // The level's own doubt is part of how far its problems may lie from it.
      const square = posterior.square + doubtAbout(posterior, variance, cells[skill]?.[level] as Matrix)
      slope += weight * (square / variance - 1)
      information += weight * ((2 * square) / variance - posterior.squareVariance / variance ** 2)
    }
    const step = information > 0 ? slope / information : Math.sign(slope) * 0.1
    this.#spreads.item *= Math.exp(Math.max(-0.4, Math.min(0.4, step)))
  }

  #cellCovariance(skill: number, level: number, { blocks }: Known): Matrix {
    const rows = this.#rows(skill, level)
    return sandwich(rows, blocks[skill] as Matrix, (rows[0] as Float64Array).length)
  }

  #result(known: Known): Fit {
    const { top, blocks } = known
    const size = this.#topSize
    const contrastRows = this.#contrasts.map((contrast) => {
      const row = new Float64Array(size)
      row.set(contrast, 2)
      return row
    })
    return {
      itemSpread: this.#spreads.item,
      rounds: this.#rounds,
      cell: (skill, level) => {
        const [mean = 0, ...abilities] = this.#values(skill, level)
        return { mean, abilities, covariance: this.#cellCovariance(skill, level, known) }
      },
      levels: (skill) => {
        const rows = (this.#population.skills[skill] as readonly number[]).map((_, level) => {
          return this.#rows(skill, level)[0] as Float64Array
        })
        return sandwich(rows, blocks[skill] as Matrix, (rows[0] as Float64Array).length)
      },
      abilities: () => {
        const covariance = sandwich(contrastRows, top, size)
        return contrastRows.map((row, m) => ({
          mean: row.reduce((sum, one, i) => sum + one * (this.#top[i] as number), 0),
          variance: covariance[m * contrastRows.length + m] as number,
        }))
      },
    }
  }
}

interface Known {
  readonly largest: number
  readonly top: Matrix
  /** By skill, over [block | top]. */
  readonly blocks: readonly Matrix[]
}
