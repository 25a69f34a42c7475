/**
 * Simulated solvers for judging a policy: hidden abilities and difficulties, and what a policy harvests from them.
 * pass probability of a problem = sigmoid(ability[topic] - difficulty[topic][level] - noise of the problem).
 */
import { type Rng, rng } from '../../src/base/rng.js'
import type { CurriculumResult } from '../../src/schemas/curriculum.js'
import type { CurriculumPolicy } from '../../src/schemas/ports.js'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Box-Muller; one value a call. */
const normal = (random: Rng) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

export interface World {
  readonly topics: number
  readonly levels: number
  /** Attempts that the whole run may make. */
  readonly budget: number
  readonly k: number
  readonly problemNoise: number
  /** Jitter of a level's difficulty around its line. */
  readonly jitter: number
  /** Ability gained in a topic per useful trace. */
  readonly learning: number
  /** Standard deviation of the random walk of every ability, per problem. */
  readonly drift: number
  /** Ability added when this share of the budget is used up. */
  readonly changes: readonly { readonly at: number; readonly by: number; readonly announced: boolean }[]
  readonly shuffled: number
  readonly flat: number
  readonly luckyPass: number
  readonly lostPass: number
  readonly impossible: number
  readonly trivial: number
}

const plain: World = {
  topics: 12,
  levels: 10,
  budget: 20_000,
  k: 4,
  problemNoise: 0.6,
  jitter: 0.3,
  learning: 0,
  drift: 0,
  changes: [],
  shuffled: 0,
  flat: 0,
  luckyPass: 0,
  lostPass: 0,
  impossible: 0,
  trivial: 0,
}

export const worlds = {
  fixed: plain,
  learn: { ...plain, levels: 14, learning: 0.006 },
  swap: {
    ...plain,
    changes: [
      { at: 0.4, by: 1.5, announced: true },
      { at: 0.75, by: -1, announced: true },
    ],
  },
  silent: {
    ...plain,
    changes: [
      { at: 0.4, by: 1.5, announced: false },
      { at: 0.75, by: -1, announced: false },
    ],
  },
  tangled: { ...plain, shuffled: 0.34, flat: 0.17, jitter: 0.6 },
  noisy: { ...plain, luckyPass: 0.05, lostPass: 0.08, problemNoise: 1.2 },
  cold: { ...plain, topics: 40, levels: 12, budget: 6_000, impossible: 0.2, trivial: 0.1 },
  drift: { ...plain, drift: 0.02 },
} satisfies Record<string, World>

interface Hidden {
  readonly ability: number[]
  readonly difficulty: number[][]
}

function hide(world: World, seed: number): Hidden {
  const random = rng(seed, 'hidden')
  const ability: number[] = []
  const difficulty = Array.from({ length: world.topics }, () => {
    const own = normal(random)
    const kind = random.next()
    const slope = kind > 1 - world.flat ? 0.05 : 0.5 + 0.4 * random.next()
    const first = own - 1 - 2.5 * random.next()
    const fate = random.next()
    ability.push(fate < world.impossible ? own - 12 : fate > 1 - world.trivial ? own + 14 : own)
    const line = Array.from(
      { length: world.levels },
      (_, level) => first + slope * level + world.jitter * normal(random),
    )
    return kind < world.shuffled ? random.shuffle(line) : line
  })
  return { ability, difficulty }
}

export interface Harvest {
  /** Useful traces by topic: passes of problems whose true pass rate is in 0.2..0.8. */
  readonly byTopic: number[]
  /** sum over topics of sqrt(useful): many traces of one topic are worth less than some of each. */
  readonly balanced: number
  readonly useful: number
  readonly attempts: number
  /** Drawn levels in order. */
  readonly levels: number[]
}

/** Lets a policy (or the oracle, which sees what is hidden) spend the world's budget. Reports lag by a batch. */
export function play(world: World, seed: number, policy: CurriculumPolicy | 'oracle', batch = 16): Harvest {
  const { ability, difficulty } = hide(world, seed)
  const topics = ability.map((_, i) => `topic-${String(i).padStart(2, '0')}`)
  const curriculum =
    policy === 'oracle'
      ? undefined
      : policy.create({ seed, topics, levels: world.levels, k: world.k, budget: world.budget, band: [0.2, 0.8], batch })
  const byTopic = topics.map(() => 0)
  const levels: number[] = []
  const changes = [...world.changes]
  let model = 'first'
  let attempts = 0
  let problems = 0
  let held: CurriculumResult[] = []

  const oracleValue = (topic: number, level: number) => {
    const x = ability[topic]! - difficulty[topic]![level]!
    let sum = 0
    for (let i = -8; i <= 8; i++) {
      const z = i / 3
      const p = sigmoid(x - world.problemNoise * z)
      if (p >= 0.2 && p <= 0.8) sum += p * Math.exp((-z * z) / 2)
    }
    return sum / 7.52
  }
  const oracleNext = () => {
    const best = topics.map((_, topic) => {
      const values = difficulty[topic]!.map((_, level) => oracleValue(topic, level))
      const value = Math.max(...values)
      return { topic, level: values.indexOf(value), value }
    })
    const able = best.filter(({ value }) => value > 0.05)
    return (able.length > 0 ? able : best).reduce((a, b) => (byTopic[b.topic]! < byTopic[a.topic]! ? b : a))
  }
  const solve = (topic: number, level: number): number => {
    const random = rng(seed, 'problem', problems++)
    const p = sigmoid(ability[topic]! - difficulty[topic]![level]! - world.problemNoise * normal(random))
    let passes = 0
    for (let i = 0; i < world.k; i++) {
      const truly = random.next() < p
      const noise = random.next()
      if (truly ? noise >= world.lostPass : noise < world.luckyPass) passes++
    }
    const useful = p >= 0.2 && p <= 0.8 ? passes : 0
    byTopic[topic]! += useful
    ability[topic]! += world.learning * useful
    for (let t = 0; world.drift > 0 && t < ability.length; t++) ability[t]! += world.drift * normal(random)
    attempts += world.k
    levels.push(level)
    return passes
  }
  while (attempts < world.budget) {
    const picks = curriculum?.next(batch) ?? Array.from({ length: 1 }, () => ({ id: '', ...oracleNext() }))
    const results = picks.map(({ id, topic, level }): CurriculumResult => {
      const index = typeof topic === 'number' ? topic : topics.indexOf(topic)
      const passes = solve(index, level)
      return { id, topic: topics[index]!, level, attempts: world.k, passes, tokens: world.k * 300, model }
    })
    curriculum?.report(held)
    held = results
    while (changes[0] && attempts >= changes[0].at * world.budget) {
      const change = changes.shift()!
      for (let t = 0; t < ability.length; t++) ability[t]! += change.by
      if (change.announced) model = `after ${change.at}`
    }
  }
  const useful = byTopic.reduce((sum, one) => sum + one, 0)
  return { byTopic, useful, attempts, levels, balanced: byTopic.reduce((sum, one) => sum + Math.sqrt(one), 0) ** 2 }
}
