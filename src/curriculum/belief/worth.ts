/**
 * What an attempt at each arm promises: the chance of a useful trace, a pass of a problem whose pass rate lies in the band.
 * Beliefs about a skill change with its own results; those of all others move a little with the shared ability, so their
 * promises are computed again only when it has moved.
 */
import type { Tried } from '../../schemas/curriculum.js'
import { expect, expectWithin, relativeLikelihood, sigmoid } from './logit.js'
import type { Solver } from './solver.js'

/** Standard deviations of optimism: an arm that is not well known is taken to be easier. */
const OPTIMISM = 0.15
/** Share of the doubt about an arm's logit that spreads what it promises; the rest would keep a new arm from being tried. */
const DOUBT = 0.5
/** Attempts at one problem that are reckoned with: by then it is known well enough. */
const SHARPEST = 32
/** How far the shared ability may move, in logits, before what others promise is computed again. */
const MOVED = 0.03

/** Of an attempt at one problem. */
interface Outlook {
  /** Expected useful traces. */
  readonly harvest: number
  /** The chance that the problem lies in the band. */
  readonly inBand: number
}

interface Promises {
  /** By level: to choose a level by. */
  readonly choice: Float64Array
  /** By level: expected useful traces of an attempt. */
  readonly harvest: Float64Array
  readonly at: readonly [ability: number, deviation: number]
}

export class Worth {
  readonly #solver: Solver
  readonly #levels: number
  readonly #edges: readonly [number, number]
  readonly #known: (Promises | undefined)[]
  /** Of problems that were tried before, by skill, then level and record; their own record says most, so it outlasts the ability. */
  readonly #again: Map<string, Outlook>[]

  /** edges: the band, in logits. */
  constructor(
    solver: Solver,
    { skills, levels, edges }: { skills: number; levels: number; edges: readonly [number, number] },
  ) {
    this.#solver = solver
    this.#levels = levels
    this.#edges = edges
    this.#known = new Array<Promises | undefined>(skills).fill(undefined)
    this.#again = Array.from({ length: skills }, () => new Map())
  }

  /** The skill's beliefs changed; none: those of every skill. */
  forget(skill?: number): void {
    if (skill === undefined) {
      this.#known.fill(undefined)
      for (const records of this.#again) records.clear()
      return
    }
    this.#known[skill] = undefined
    this.#again[skill]?.clear()
  }

  of(skill: number): Promises {
    const { mean, covariance } = this.#solver.shared
    const deviation = Math.sqrt(covariance[0])
    const known = this.#known[skill]
    if (known && Math.abs(known.at[0] - mean[0]) < MOVED && Math.abs(known.at[1] - deviation) < MOVED) return known
    const found = this.#compute(skill, [mean[0], deviation])
    this.#known[skill] = found
    return found
  }

  /** Of one more attempt at a problem of which this is known. */
  again(skill: number, level: number, tried: Tried): Outlook {
    const again = this.#again[skill] as Map<string, Outlook>
    const key = `${level} ${tried.passes}/${tried.attempts}`
    const known = again.get(key)
    if (known) return known
    const found = this.#weigh(skill, level, tried)
    again.set(key, found)
    return found
  }

  /** What the best arm that there can be would promise. */
  ideal(): number {
    const { variance } = this.#solver.noise
    const useful = this.#useful()
    let best = 0
    for (let mean = -3; mean <= 4; mean += 0.25)
      best = Math.max(best, expectWithin({ mean, variance }, this.#edges, useful))
    return best
  }

  #weigh(skill: number, level: number, made: Tried): Outlook {
    const { variance: spread } = this.#solver.noise
    const useful = this.#useful()
    // Sharper than so many attempts make it, a likelihood falls between the nodes of the integrals.
    const attempts = Math.min(made.attempts, SHARPEST)
    const passes = made.attempts === 0 ? 0 : (made.passes * attempts) / made.attempts
    const likelihood = (x: number) => relativeLikelihood(useful(x), attempts, passes)
    let [total, harvest, inBand] = [0, 0, 0]
    for (const { weight, belief } of this.#solver.arm(skill, level)) {
      if (weight < 0.002) continue
      const problem = { mean: belief.mean, variance: belief.variance + spread }
      total += weight * expect(problem, likelihood)
      harvest += weight * expectWithin(problem, this.#edges, (x) => useful(x) * likelihood(x))
      inBand += weight * expectWithin(problem, this.#edges, likelihood)
    }
    // Of a record that no belief explains nothing is expected.
    return total > 1e-9 ? { harvest: harvest / total, inBand: Math.min(1, inBand / total) } : { harvest: 0, inBand: 0 }
  }

  #useful(): (x: number) => number {
    const { luck, loss } = this.#solver.noise
    return (x) => luck + (1 - luck - loss) * sigmoid(x)
  }

  #compute(skill: number, at: readonly [number, number]): Promises {
    const { variance: spread } = this.#solver.noise
    const useful = this.#useful()
    const choice = new Float64Array(this.#levels)
    const harvest = new Float64Array(this.#levels)
    for (let level = 0; level < this.#levels; level++)
      for (const { weight, belief } of this.#solver.arm(skill, level)) {
        if (weight < 0.002) continue
        const { mean, variance } = belief
        const hoped = { mean: mean + OPTIMISM * Math.sqrt(variance), variance: DOUBT * variance + spread }
        const problem = { mean, variance: variance + spread }
        choice[level] = (choice[level] as number) + weight * expectWithin(hoped, this.#edges, useful)
        harvest[level] = (harvest[level] as number) + weight * expectWithin(problem, this.#edges, useful)
      }
    return { choice, harvest, at }
  }
}
