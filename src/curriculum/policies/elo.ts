/**
 * Draws each topic at the level whose problems the solver passes about half of the time, and the topics evenly.
 * Decisions depend on nothing but the calls made so far and the seed.
 */
import { type Rng, rng } from '../../base/rng.js'
import type { CurriculumInit, CurriculumResult, Pick } from '../../schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy, Stock } from '../../schemas/ports.js'
import { type Arm, Arms, lowest } from './arms.js'
import { ModelWatch } from './model-watch.js'
import { logit, Rasch } from './rasch.js'

/** Share of draws one level below where the topic stands (what was learned is not forgotten), and one above. */
const REPLAY = 0.02
const EXPLORE = 0.02
/** Share of draws for topics in which no level is near the band: enough to see that this changed. */
const PROBE = 0.01
/** Above the middle of the band, because only passes are kept; logits. */
const ABOVE_MIDDLE = 0.5
/** Standard deviations of optimism: an arm that is not well known is taken to be easier. */
const OPTIMISM = 0.3
/** A topic leaves its level only for one that is nearer to the target by this much, so that it does not flicker; logits. */
const STAY = 0.15

class Elo implements Curriculum {
  readonly #init: CurriculumInit
  readonly #arms: Arms
  readonly #rasch: Rasch
  readonly #models: ModelWatch
  readonly #stands: number[]
  /** Useful passes by topic: those at levels whose pass rate was in the band. */
  readonly #harvest: number[]
  readonly #target: number
  readonly #edges: readonly [number, number]
  #count = 0

  constructor(init: CurriculumInit) {
    this.#init = init
    this.#arms = new Arms(init)
    this.#models = new ModelWatch(init.batch)
    this.#rasch = new Rasch(this.#arms.topics.length, init.levels)
    const [low, high] = init.band.map((p) => logit(Math.max(0.001, Math.min(0.999, p)))) as [number, number]
    this.#edges = [low, high]
    this.#target = Math.min((low + high) / 2 + ABOVE_MIDDLE, high)
    this.#harvest = this.#arms.topics.map(() => 0)
    this.#stands = this.#arms.topics.map(() => 0)
    this.#settle(true)
  }

  next(n: number, inStock?: Stock): Pick[] {
    const picks: Pick[] = []
    while (picks.length < n) {
      const stock = this.#arms.inStock(inStock)
      if (stock.every((levels) => levels.length === 0)) break
      if (this.#count === 0) this.#settle(true)
      picks.push(this.#pick(stock))
    }
    return picks
  }

  report(results: readonly CurriculumResult[]): void {
    for (const result of results) {
      const arm = this.#arms.reported(result)
      if (result.attempts === 0) continue
      if (this.#models.changed(result.model)) this.#rasch.modelChanged()
      this.#rasch.observe(arm.topic, arm.level, result.attempts, result.passes)
      this.#harvest[arm.topic] = this.#harvestOf(arm.topic) + result.passes * this.#chanceInBand(arm)
    }
    this.#settle(false)
  }

  estimates(topic?: string) {
    return this.#arms.estimates((arm) => this.#rasch.passRate(arm.topic, arm.level), topic)
  }

  levelOf(topic: string): number {
    return this.#stands[this.#arms.indexOf(topic)] as number
  }

  #pick(stock: readonly number[][]): Pick {
    const random = rng(this.#init.seed, 'elo', this.#count)
    const topic = this.#pickTopic(stock, random)
    const level = this.#pickLevel(topic, stock[topic] as number[], random)
    this.#arms.picked({ topic, level })
    return { id: String(this.#count++), topic: this.#arms.topics[topic] as string, level }
  }

  /** The topic that was harvested least, work in flight included; ties are broken by chance. */
  #pickTopic(stock: readonly number[][], random: Rng): number {
    const open = [...stock.keys()].filter((topic) => (stock[topic] as number[]).length > 0)
    const near = open.filter((topic) => this.#withinReach(topic, stock[topic] as number[]))
    const far = open.filter((topic) => !near.includes(topic))
    const probing = near.length === 0 || (far.length > 0 && random.next() < PROBE)
    const score = probing
      ? (topic: number) => this.#arms.picksOf(topic)
      : (topic: number) => this.#expectedHarvest(topic)
    return lowest(random.shuffle(probing && far.length > 0 ? far : near), score)
  }

  #pickLevel(topic: number, levels: readonly number[], random: Rng): number {
    const stands = this.#stands[topic] as number
    const base = levels.includes(stands) ? stands : this.#nearestTarget(topic, levels)
    const chance = random.next()
    const step = chance < REPLAY ? -1 : chance < REPLAY + EXPLORE ? 1 : 0
    return levels.includes(base + step) ? base + step : base
  }

  #distance(topic: number, level: number): number {
    const { mean, variance } = this.#rasch.arm(topic, level)
    return Math.abs(mean + OPTIMISM * Math.sqrt(variance) - this.#target)
  }

  #nearestTarget(topic: number, levels: readonly number[]): number {
    return lowest(levels, (level) => this.#distance(topic, level))
  }

  /** Lets every topic stand where its results say, among the levels that exist for it. */
  #settle(anew: boolean): void {
    for (const topic of this.#stands.keys()) {
      const levels = this.#arms.existing(topic)
      const best = this.#nearestTarget(topic, levels)
      const now = this.#stands[topic] as number
      const stay = !anew && levels.includes(now) && this.#distance(topic, best) > this.#distance(topic, now) - STAY
      if (!stay) this.#stands[topic] = best
    }
  }

  /** False when every level is outside the band by more than the doubt about it. */
  #withinReach(topic: number, levels: readonly number[]): boolean {
    return levels.some((level) => {
      const { mean, variance } = this.#rasch.arm(topic, level)
      const doubt = Math.sqrt(variance)
      return mean > this.#edges[0] - doubt && mean < this.#edges[1] + doubt
    })
  }

  /** Chance that a problem of the arm lies in the band. */
  #chanceInBand({ topic, level }: Arm): number {
    return this.#rasch.chanceBetween(topic, level, this.#edges)
  }

  #expectedHarvest(topic: number): number {
    let open = 0
    for (let level = 0; level < this.#arms.levels; level++) {
      const waiting = this.#arms.tried({ topic, level }).open
      if (waiting === 0) continue
      open += waiting * this.#init.k * this.#rasch.passRate(topic, level) * this.#chanceInBand({ topic, level })
    }
    return this.#harvestOf(topic) + open
  }

  #harvestOf(topic: number): number {
    return this.#harvest[topic] as number
  }
}

export const elo: CurriculumPolicy = { id: 'elo', create: (init) => new Elo(init) }
