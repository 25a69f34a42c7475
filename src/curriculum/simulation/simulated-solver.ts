/** A solver of which everything is known: hidden abilities and difficulties, and what they make of a problem. */
import { type Rng, rng } from '../../base/rng.js'
import type { World } from '../../schemas/simulation.js'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Box-Muller; one value a call. */
const normal = (random: Rng) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

/** Nothing is forgotten further than this below where a topic started; logits. */
const FORGOTTEN_AT_MOST = 2

/** Standard normal noise as points with weights. */
const grid = Array.from({ length: 49 }, (_, i) => -3 + i / 8)
const weights = grid.map((z) => Math.exp((-z * z) / 2))
const weightSum = weights.reduce((sum, weight) => sum + weight, 0)

export interface Solved {
  readonly passes: number
  /** The passes, when the true pass rate of the problem is in the band; else 0. */
  readonly useful: number
  readonly tokens: number
}

export interface Best {
  readonly level: number
  /** Expected useful passes of an attempt. */
  readonly value: number
}

export class SimulatedSolver {
  readonly #world: World
  readonly #seed: number
  readonly #ability: number[]
  readonly #start: readonly number[]
  readonly #difficulty: readonly (readonly number[])[]
  /** Best level by topic and what counts as best; dropped when the ability moves. */
  readonly #known: (Best | undefined)[]
  #problems = 0
  #changes = 0

  constructor(world: World, seed: number) {
    this.#world = world
    this.#seed = seed
    const { ability, difficulty } = hide(world, seed)
    this.#ability = ability
    this.#start = [...ability]
    this.#difficulty = difficulty
    this.#known = ability.map(() => undefined)
  }

  /** Attempts a fresh problem; the solver learns, forgets and wanders as its world has it. */
  solve(topic: number, level: number, attempts: number): Solved {
    const { luckyPass, lostPass, problemNoise, band, drift } = this.#world
    const random = rng(this.#seed, 'problem', this.#problems++)
    const p = sigmoid(this.#logit(topic, level) - problemNoise * normal(random))
    let passes = 0
    for (let i = 0; i < attempts; i++) {
      const truly = random.next() < p
      const noise = random.next()
      if (truly ? noise >= lostPass : noise < luckyPass) passes++
    }
    const useful = p >= band[0] && p <= band[1] ? passes : 0
    this.#learn(topic, useful)
    if (drift > 0) this.#wander(random)
    return { passes, useful, tokens: Math.round(attempts * this.tokensAt(level) * (0.7 + 0.6 * random.next())) }
  }

  /** Another solver takes over. */
  change({ by, spread }: { readonly by: number; readonly spread: number }): void {
    const random = rng(this.#seed, 'change', this.#changes++)
    for (let topic = 0; topic < this.#ability.length; topic++) this.#move(topic, by + spread * normal(random))
  }

  /** The level with the greatest value of an attempt, or of a token where tokens are what runs out. */
  best(topic: number): Best {
    const known = this.#known[topic]
    if (known) return known
    let best = { level: 0, value: this.value(topic, 0) }
    for (let level = 1; level < this.#world.levels; level++) {
      const value = this.value(topic, level)
      if (value / this.#price(level) > best.value / this.#price(best.level)) best = { level, value }
    }
    this.#known[topic] = best
    return best
  }

  /** Expected useful passes of an attempt. */
  value(topic: number, level: number): number {
    const { problemNoise, luckyPass, lostPass, band } = this.#world
    const x = this.#logit(topic, level)
    let sum = 0
    for (let i = 0; i < grid.length; i++) {
      const p = sigmoid(x - problemNoise * (grid[i] as number))
      if (p < band[0] || p > band[1]) continue
      sum += (p * (1 - lostPass) + (1 - p) * luckyPass) * (weights[i] as number)
    }
    return sum / weightSum
  }

  /** Mean tokens of an attempt. */
  tokensAt(level: number): number {
    return this.#world.tokens * this.#world.tokenGrowth ** level
  }

  #price(level: number): number {
    return this.#world.tokenBudget === undefined ? 1 : this.tokensAt(level)
  }

  #logit(topic: number, level: number): number {
    return (this.#ability[topic] as number) - ((this.#difficulty[topic] as readonly number[])[level] as number)
  }

  #learn(topic: number, useful: number): void {
    const { learning, spill, forgetting } = this.#world
    const gain = learning * useful
    if (gain > 0) this.#move(topic, gain)
    if (forgetting === 0 && (spill === 0 || gain === 0)) return
    for (let other = 0; other < this.#ability.length; other++) {
      if (other === topic) continue
      const left = (this.#ability[other] as number) - (this.#start[other] as number) + FORGOTTEN_AT_MOST
      this.#move(other, spill * gain - Math.min(forgetting, Math.max(0, left)))
    }
  }

  #wander(random: Rng): void {
    const { drift, correlation } = this.#world
    const together = correlation > 0 ? Math.sqrt(correlation) * normal(random) : 0
    const apart = Math.sqrt(1 - correlation)
    for (let topic = 0; topic < this.#ability.length; topic++) {
      this.#move(topic, drift * (together + apart * normal(random)))
    }
  }

  #move(topic: number, by: number): void {
    this.#ability[topic] = (this.#ability[topic] as number) + by
    this.#known[topic] = undefined
  }
}

/** What the world hides with this seed. */
function hide(world: World, seed: number): { ability: number[]; difficulty: number[][] } {
  const random = rng(seed, 'hidden')
  const shared = rng(seed, 'shared')
  const [sharedStart, sharedSlope] = [shared.next(), shared.next()]
  const between = ([low, high]: readonly [number, number], own: number, common: number) =>
    low + (high - low) * (own + world.correlation * (common - own))
  const ability: number[] = []
  const difficulty = Array.from({ length: world.topics }, () => {
    const own = normal(random)
    const kind = random.next()
    const isFlat = kind > 1 - world.flat
    const slope = isFlat ? 0.05 : between(world.slope, random.next(), sharedSlope)
    const first = own - between(world.headStart, random.next(), sharedStart)
    const fate = random.next()
    ability.push(fate < world.impossible ? own - 12 : fate > 1 - world.trivial ? own + 14 : own)
    const line = Array.from({ length: world.levels }, (_, at) => first + slope * at + world.jitter * normal(random))
    if (kind < world.shuffled) return random.shuffle(line)
    return kind < world.shuffled + world.reversed ? line.reverse() : line
  })
  return { ability, difficulty }
}
