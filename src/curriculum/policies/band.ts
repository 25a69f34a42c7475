/**
 * Draws where the most useful traces are to be expected: passes of problems whose pass rate lies in the band. The skill that
 * was harvested least comes first; skills with nothing in the band are only looked at now and then, with one attempt.
 * Decisions depend on nothing but the calls made so far and the seed. Why it is built so: design.md.
 */
import { type Rng, rng } from '../../base/rng.js'
import type { CurriculumInit, CurriculumResult, Pick } from '../../schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy } from '../../schemas/ports.js'
import { expectedPass, logit } from '../belief/logit.js'
import { Solver } from '../belief/solver.js'
import { Worth } from '../belief/worth.js'
import { type Arm, Arms, type Available, lowest } from './arms.js'
import { ModelWatch } from './model-watch.js'

/** Share of picks one level below the best: what was learned is not forgotten. */
const REPLAY = 0.01
/** Share of picks for skills out of reach, and attempts of such a pick: enough to see that this changed. */
const PROBE = 0.03
const PROBE_ATTEMPTS = 1
/** A skill whose best arm promises less than this share of what an ideal one would is out of reach. */
const REACH = 0.27
/** A topic is said to have moved only when another level promises so many times as much. */
const MOVES = 1.08

class Band implements Curriculum {
  readonly #init: CurriculumInit
  readonly #arms: Arms
  readonly #solver: Solver
  readonly #worth: Worth
  readonly #models: ModelWatch
  /** Useful passes by skill, as believed when they came. */
  readonly #harvest: number[]
  /** Level of each topic as last told. */
  readonly #stands: (number | undefined)[] = []
  #ideal: number
  #count = 0

  constructor(init: CurriculumInit) {
    this.#init = init
    this.#arms = new Arms(init)
    this.#models = new ModelWatch(init.batch)
    const skills = this.#arms.topics.length
    this.#solver = new Solver(skills, init.levels)
    // A rate of 0 or 1 is no logit, and a band has some width.
    const low = Math.min(0.998, Math.max(0.001, init.band[0]))
    const edges = [logit(low), logit(Math.min(0.999, Math.max(low + 0.001, init.band[1])))] as const
    this.#worth = new Worth(this.#solver, { skills, levels: init.levels, edges })
    this.#harvest = this.#arms.topics.map(() => 0)
    this.#ideal = this.#worth.ideal()
  }

  next(n: number, available?: Available): Pick[] {
    const picks: Pick[] = []
    while (picks.length < n) {
      const stock = this.#arms.inStock(available)
      if (stock.every((levels) => levels.length === 0)) break
      picks.push(this.#pick(stock))
    }
    return picks
  }

  report(results: readonly CurriculumResult[]): void {
    for (const result of results) {
      const arm = this.#arms.reported(result)
      if (result.attempts === 0) continue
      if (this.#models.changed(result.model)) {
        this.#solver.modelChanged()
        this.#worth.forget()
      }
      this.#solver.observe(arm.topic, arm.level, result.attempts, result.passes)
      this.#worth.forget(arm.topic)
      const useful = result.passes * (this.#worth.of(arm.topic).inBand[arm.level] as number)
      this.#harvest[arm.topic] = (this.#harvest[arm.topic] as number) + useful
      this.#settle(arm.topic)
    }
    this.#ideal = this.#worth.ideal()
  }

  estimates(topic?: string) {
    return this.#arms.estimates((arm) => this.#passRate(arm), topic)
  }

  levelOf(topic: string): number {
    const index = this.#arms.indexOf(topic)
    const levels = this.#arms.existing(index)
    const stands = this.#stands[index]
    return stands !== undefined && levels.includes(stands) ? stands : this.#best(index, levels)
  }

  #settle(topic: number): void {
    const levels = this.#arms.existing(topic)
    const best = this.#best(topic, levels)
    const stands = this.#stands[topic]
    const stays = stands !== undefined && levels.includes(stands)
    if (!stays || this.#value(topic, best) > MOVES * this.#value(topic, stands)) this.#stands[topic] = best
  }

  #pick(stock: readonly number[][]): Pick {
    const random = rng(this.#init.seed, 'band', this.#count)
    const { topic, probing } = this.#pickTopic(stock, random)
    const levels = stock[topic] as number[]
    const best = this.#best(topic, levels)
    const level = random.next() < REPLAY && levels.includes(best - 1) ? best - 1 : best
    this.#arms.picked({ topic, level })
    const pick = { id: String(this.#count++), topic: this.#arms.topics[topic] as string, level }
    return probing && this.#init.k > PROBE_ATTEMPTS ? { ...pick, attempts: PROBE_ATTEMPTS } : pick
  }

  /** The topic that was harvested least for what it can give; ties are broken by chance. */
  #pickTopic(stock: readonly number[][], random: Rng): { topic: number; probing: boolean } {
    const open = [...stock.keys()].filter((topic) => (stock[topic] as number[]).length > 0)
    const near = open.filter((topic) => this.#withinReach(topic, stock[topic] as number[]))
    const far = open.filter((topic) => !near.includes(topic))
    const probing = far.length > 0 && (near.length === 0 || random.next() < PROBE)
    const score = probing
      ? (topic: number) => this.#arms.picksOf(topic)
      : (topic: number) => this.#expectedHarvest(topic)
    return { topic: lowest(random.shuffle(probing ? far : near), score), probing: probing && near.length > 0 }
  }

  #withinReach(topic: number, levels: readonly number[]): boolean {
    return (this.#worth.of(topic).harvest[this.#best(topic, levels)] as number) >= REACH * this.#ideal
  }

  #best(topic: number, levels: readonly number[]): number {
    return lowest(levels, (level) => -this.#value(topic, level))
  }

  /** What an attempt promises, by its tokens where these are known. */
  #value(topic: number, level: number): number {
    return (this.#worth.of(topic).choice[level] as number) / (this.#init.tokenCost?.[level] ?? 1)
  }

  #passRate({ topic, level }: Arm): number {
    const { luck, loss, variance } = this.#solver.noise
    let rate = 0
    for (const { weight, belief } of this.#solver.arm(topic, level))
      rate += weight * expectedPass({ mean: belief.mean, variance: belief.variance + variance })
    return luck + (1 - luck - loss) * rate
  }

  /** Harvest and what is in flight, beside what the topic can give: a poor one need not catch up with a rich one. */
  #expectedHarvest(topic: number): number {
    const { harvest } = this.#worth.of(topic)
    let open = 0
    for (let level = 0; level < this.#init.levels; level++)
      open += this.#arms.tried({ topic, level }).open * this.#init.k * (harvest[level] as number)
    const promise = Math.max(...harvest) / this.#ideal
    return ((this.#harvest[topic] as number) + open + 1) / Math.sqrt(promise + 0.04)
  }
}

export const band: CurriculumPolicy = { id: 'band', create: (init) => new Band(init) }
