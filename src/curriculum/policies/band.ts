/**
 * Draws where the most useful traces are to be expected: passes of problems whose pass rate lies in the band. The skill that
 * was harvested least comes first; skills with nothing in the band are only looked at now and then, with one attempt.
 * Decisions depend on nothing but the calls made so far and the seed. Why it is built so: design.md.
 */
import { type Rng, rng } from '../../base/rng.js'
import type { CurriculumInit, CurriculumResult, Pick, Tried } from '../../schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy, Stock } from '../../schemas/ports.js'
import { expectedPass, logit } from '../belief/logit.js'
import { Solver } from '../belief/solver.js'
import { Worth } from '../belief/worth.js'
import { type Arm, Arms, lowest } from './arms.js'
import { Flying } from './flying.js'
import { ModelWatch } from './model-watch.js'

/** Share of picks one level below the best: what was learned is not forgotten. */
const REPLAY = 0.01
/** Share of picks for skills out of reach, and attempts of such a pick: enough to see that this changed. */
const PROBE = 0.03
const PROBE_ATTEMPTS = 1
/** A skill whose best arm promises less than this share of what an ideal one would is out of reach. */
const REACH = 0.27
/** A problem is passed over while another one of its arm promises so many times as much. */
const PASSED_OVER = 1.25
/** How much a topic may fall behind for promising less: at 0 all are harvested alike, at 1 all are asked alike. */
const PROMISE = 0.5
/** A topic is said to have moved only when another level promises so many times as much. */
const MOVES = 1.08

/** A problem that could be drawn next. */
interface Offer {
  readonly level: number
  /** What is known of it; undefined where the problems of the arm are all new, or nobody said. */
  readonly tried?: Tried
  /** To choose by. */
  readonly value: number
  /** Expected useful traces of an attempt. */
  readonly harvest: number
}

class Band implements Curriculum {
  readonly #init: CurriculumInit
  readonly #arms: Arms
  readonly #solver: Solver
  readonly #worth: Worth
  readonly #models: ModelWatch
  readonly #flying: Flying
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
    this.#flying = new Flying(skills)
    this.#solver = new Solver(skills, init.levels)
    // A rate of 0 or 1 is no logit, and a band has some width.
    const low = Math.min(0.998, Math.max(0.001, init.band[0]))
    const edges = [logit(low), logit(Math.min(0.999, Math.max(low + 0.001, init.band[1])))] as const
    this.#worth = new Worth(this.#solver, { skills, levels: init.levels, edges })
    this.#harvest = this.#arms.topics.map(() => 0)
    this.#ideal = this.#worth.ideal()
  }

  next(n: number, inStock?: Stock): Pick[] {
    const picks: Pick[] = []
    while (picks.length < n) {
      const levels = this.#arms.inStock(inStock)
      if (levels.every((some) => some.length === 0)) break
      picks.push(this.#pick(this.#offers(levels, inStock)))
    }
    return picks
  }

  report(results: readonly CurriculumResult[]): void {
    for (const result of results) {
      const arm = this.#arms.reported(result)
      const before = this.#flying.landed(result.id)
      if (result.attempts === 0) continue
      if (this.#models.changed(result.model)) {
        this.#solver.modelChanged()
        this.#worth.forget()
      }
      this.#solver.observe(arm.topic, arm.level, result.attempts, result.passes)
      this.#worth.forget(arm.topic)
      const { inBand } = this.#worth.again(arm.topic, arm.level, inAll(result, before))
      const useful = result.passes * inBand
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

  /** What each topic has to offer now, a problem of each level in stock. */
  #offers(levels: readonly number[][], stock: Stock | undefined): Offer[][] {
    return levels.map((some, topic) =>
      some.map((level) => this.#offer(topic, level, stock?.(this.#arms.topics[topic] as string, level))),
    )
  }

  /** The next problem of an arm, but for those that promise too little beside the others. */
  #offer(topic: number, level: number, records: readonly Tried[] = []): Offer {
    const fresh = { level, value: this.#value(topic, level), harvest: this.#worth.of(topic).harvest[level] as number }
    if (records.every(({ attempts }) => attempts === 0)) return fresh
    const offers = records.map((tried): Offer => {
      if (tried.attempts === 0) return { ...fresh, tried }
      const { harvest } = this.#worth.again(topic, level, tried)
      return { level, tried, value: harvest / this.#cost(level), harvest }
    })
    const best = offers.reduce((most, { value }) => Math.max(most, value), 0)
    return offers.find(({ value }) => value * PASSED_OVER >= best) as Offer
  }

  #pick(offers: readonly Offer[][]): Pick {
    const random = rng(this.#init.seed, 'band', this.#count)
    const { topic, probing } = this.#pickTopic(offers, random)
    const own = offers[topic] as Offer[]
    const best = mostWorth(own)
    const below = own.find(({ level }) => level === best.level - 1)
    const { level, tried, harvest } = below && random.next() < REPLAY ? below : best
    const attempts = probing ? Math.min(PROBE_ATTEMPTS, this.#init.k) : this.#init.k
    this.#arms.picked({ topic, level })
    const id = String(this.#count++)
    this.#flying.add(id, { topic, credit: attempts * harvest, tried })
    const pick = { id, topic: this.#arms.topics[topic] as string, level, ...(tried && { tried }) }
    return attempts < this.#init.k ? { ...pick, attempts } : pick
  }

  /** The topic that was harvested least for what it can give; ties are broken by chance. */
  #pickTopic(offers: readonly Offer[][], random: Rng): { topic: number; probing: boolean } {
    const open = [...offers.keys()].filter((topic) => (offers[topic] as Offer[]).length > 0)
    const bestOf = offers.map((own) => own.reduce((most, { harvest }) => Math.max(most, harvest), 0))
    const promise = (topic: number) => (bestOf[topic] as number) / this.#ideal
    const near = open.filter((topic) => mostWorth(offers[topic] as Offer[]).harvest >= REACH * this.#ideal)
    const far = open.filter((topic) => !near.includes(topic))
    const probing = far.length > 0 && (near.length === 0 || random.next() < PROBE)
    const score = probing
      ? (topic: number) => this.#arms.picksOf(topic)
      : (topic: number) => this.#expectedHarvest(topic) / (promise(topic) + 0.04) ** PROMISE
    return { topic: lowest(random.shuffle(probing ? far : near), score), probing: probing && near.length > 0 }
  }

  #best(topic: number, levels: readonly number[]): number {
    return lowest(levels, (level) => -this.#value(topic, level))
  }

  /** What an attempt at a new problem promises, by its tokens where these are known. */
  #value(topic: number, level: number): number {
    return (this.#worth.of(topic).choice[level] as number) / this.#cost(level)
  }

  #cost(level: number): number {
    return this.#init.tokenCost?.[level] ?? 1
  }

  #passRate({ topic, level }: Arm): number {
    const { luck, loss, variance } = this.#solver.noise
    let rate = 0
    for (const { weight, belief } of this.#solver.arm(topic, level))
      rate += weight * expectedPass({ mean: belief.mean, variance: belief.variance + variance })
    return luck + (1 - luck - loss) * rate
  }

  /** Harvest and what is in flight. */
  #expectedHarvest(topic: number): number {
    return (this.#harvest[topic] as number) + this.#flying.credit(topic) + 1
  }
}

/** What is now known of the problem; a new one is credited as its arm is, a result alone says too little. */
const inAll = (result: Tried, { attempts, passes }: Tried = untried): Tried =>
  attempts === 0 ? untried : { attempts: attempts + result.attempts, passes: passes + result.passes }

const untried: Tried = { attempts: 0, passes: 0 }

const mostWorth = (offers: readonly Offer[]): Offer => lowest(offers, ({ value }) => -value)

export const band: CurriculumPolicy = { id: 'band', create: (init) => new Band(init) }
