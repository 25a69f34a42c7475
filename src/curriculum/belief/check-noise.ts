/**
 * How often a check passes what is wrong (luck) and fails what is right (loss), and how much the problems of one arm differ
 * (spread): the pass rate of a problem with logit x is luck + (1 - luck - loss)·sigmoid(x). Flaky verification looks like
 * difficulty, so what is believed about it decides how far a fail counts. Grids with probabilities, by Bayes' rule.
 * Luck and loss show where a right or a wrong answer is all but certain; in between, spread and slope explain the same.
 */
import { type Normal, nodes, relativeLikelihood, sigmoid, weights } from './logit.js'

const LUCK = [0, 0.03, 0.06, 0.1, 0.2]
const LOSS = [0, 0.03, 0.06, 0.1, 0.2]
const PRIOR = [0.5, 0.2, 0.15, 0.1, 0.05]
/** Standard deviation of problems within one arm, logits. */
const SPREAD = [0.3, 0.6, 0.9, 1.3]
const SPREAD_PRIOR = [0.25, 0.4, 0.2, 0.15]
/** Only arms that are passed less or more often than this tell luck or loss. */
const CERTAIN = 0.12
/** Evidence fades, since what is believed of the arm may be wrong in a way that lasts: weight of the last step. */
const MEMORY = 0.995

export interface Noise {
  readonly luck: number
  readonly loss: number
  /** Variance of problems within an arm, squared logits. */
  readonly variance: number
}

const rateOf = (x: number, luck: number, loss: number) => luck + (1 - luck - loss) * sigmoid(x)

/** Probability of `passes` of `attempts`, but for the number of orders, when logits are normal. */
function likelihood({ mean, variance }: Normal, luck: number, loss: number, attempts: number, passes: number): number {
  const sd = Math.sqrt(variance)
  let [sum, total] = [0, 0]
  // Every second node is near enough here.
  for (let i = 0; i < nodes.length; i += 2) {
    const p = rateOf(mean + sd * (nodes[i] as number), luck, loss)
    sum += (weights[i] as number) * relativeLikelihood(p, attempts, passes)
    total += weights[i] as number
  }
  return sum / total
}

/** A discrete belief: one of some values is true. */
class Grid {
  readonly #logs: number[]
  readonly #priors: readonly number[]
  probabilities: number[]

  constructor(priors: readonly number[]) {
    this.#priors = priors.map(Math.log)
    this.#logs = priors.map(() => 0)
    this.probabilities = [...priors]
  }

  observe(likelihoods: readonly number[]): void {
    const most = Math.max(...likelihoods)
    if (!(most > 0)) return
    for (const [i, one] of likelihoods.entries())
      this.#logs[i] = MEMORY * (this.#logs[i] as number) + Math.log(Math.max(1e-9, one / most))
    const totals = this.#logs.map((log, i) => log + (this.#priors[i] as number))
    const highest = Math.max(...totals)
    const raw = totals.map((one) => Math.exp(one - highest))
    const sum = raw.reduce((total, one) => total + one, 0)
    this.probabilities = raw.map((one) => one / sum)
  }
}

const product = (a: readonly number[], b: readonly number[]) => a.flatMap((x) => b.map((y) => x * y))

export class CheckNoise {
  readonly #reliability = new Grid(product(PRIOR, PRIOR))
  readonly #spread = new Grid(SPREAD_PRIOR)
  #now = this.#means()

  /** What is believed now: the means. */
  get now(): Noise {
    return this.#now
  }

  /** Takes in `passes` of `attempts` of a problem whose arm's logit was believed to be `arm`. */
  observe(arm: Normal, attempts: number, passes: number): void {
    const { luck, loss, variance } = this.#now
    const problem = { mean: arm.mean, variance: arm.variance + variance }
    const expected = likelihood(problem, 0, 0, 1, 1)
    if (expected < CERTAIN || expected > 1 - CERTAIN) {
      this.#reliability.observe(LUCK.flatMap((a) => LOSS.map((b) => likelihood(problem, a, b, attempts, passes))))
    }
    this.#spread.observe(
      SPREAD.map((sd) =>
        likelihood({ mean: arm.mean, variance: arm.variance + sd ** 2 }, luck, loss, attempts, passes),
      ),
    )
    this.#now = this.#means()
  }

  #means(): Noise {
    let [luck, loss, variance] = [0, 0, 0]
    for (const [i, probability] of this.#reliability.probabilities.entries()) {
      luck += probability * (LUCK[Math.floor(i / LOSS.length)] as number)
      loss += probability * (LOSS[i % LOSS.length] as number)
    }
    for (const [i, probability] of this.#spread.probabilities.entries())
      variance += probability * (SPREAD[i] as number) ** 2
    return { luck, loss, variance }
  }
}
