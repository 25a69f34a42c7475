import type { Rng } from '../../base/rng.js'
import type { CurriculumResult } from '../../schemas/curriculum.js'
import type { Arm, Arms } from './arms.js'
import { plannedPicks, policyBy } from './rule.js'

/** Picks whose probability is kept until they are reported; of an older one it is taken to be that of now. */
const MOST_OPEN = 10_000

/** The reward lies in 0..1, but no arm is expected to bring more: two attempts differ at most half of the time. */
const BEST_REWARD = 0.5

interface Chance {
  readonly arm: Arm
  readonly probability: number
  /** How many arms could have been picked. */
  readonly choices: number
}

/**
 * EXP3: every arm has a weight; an arm is picked with a probability of (1 - γ)·weight / all weights + γ / arms, and its
 * weight grows by exp(γ·reward / (probability·arms)), with the probability of then. The reward is the learnability of the
 * result: the share of pairs of its attempts that differ. Arms know nothing of each other; topics compete by their weights.
 * γ follows the paper from the number of arms and the picks to come: `budget` / `k`, or 20 for each arm.
 * Source: Auer et al. 2002, "The nonstochastic multiarmed bandit problem", figure 1 and corollary 3.2.
 */
export const exp3 = policyBy('exp3', (init, arms) => {
  const picks = plannedPicks(init, arms.topics.length)
  const logWeights = Array.from({ length: arms.topics.length * init.levels }, () => 0)
  const at = ({ topic, level }: Arm) => topic * init.levels + level
  const logWeightOf = (arm: Arm) => logWeights[at(arm)] as number
  const explore = (choices: number) =>
    Math.min(1, Math.sqrt((choices * Math.log(choices)) / ((Math.E - 1) * BEST_REWARD * picks)))
  const chancesOf = (choices: readonly Arm[]): Chance[] => {
    // Relative to the greatest one: exp() of the weights themselves would overflow some day.
    const greatest = choices.reduce((most, arm) => Math.max(most, logWeightOf(arm)), Number.NEGATIVE_INFINITY)
    const weights = choices.map((arm) => Math.exp(logWeightOf(arm) - greatest))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    const gamma = explore(choices.length)
    return choices.map((arm, i) => {
      const probability = ((1 - gamma) * (weights[i] as number)) / sum + gamma / choices.length
      return { arm, probability, choices: choices.length }
    })
  }
  const open = new Map<string, Chance>()
  const rewardOf = pairing(logWeights.length)
  return {
    pick: ({ stock, random, id }) => {
      const chances = chancesOf(stock.flatMap((levels, topic) => levels.map((level) => ({ topic, level }))))
      const chosen = drawn(chances, random)
      open.set(id, chosen)
      if (open.size > MOST_OPEN) open.delete(open.keys().next().value as string)
      return chosen.arm
    },
    observe: (arm, result) => {
      const picked = open.get(result.id)
      const known = picked && at(picked.arm) === at(arm)
      if (known) open.delete(result.id)
      const { probability, choices } = known ? picked : chanceNow(chancesOf(everyArm(arms)), arm)
      logWeights[at(arm)] = logWeightOf(arm) + (explore(choices) * rewardOf(at(arm), result)) / (probability * choices)
    },
    levelOf: (topic) =>
      arms
        .existing(topic)
        .reduce((best, level) => (logWeightOf({ topic, level }) > logWeightOf({ topic, level: best }) ? level : best)),
  }
})

function drawn(chances: readonly Chance[], random: Rng): Chance {
  let left = random.next()
  for (const chance of chances) {
    left -= chance.probability
    if (left < 0) return chance
  }
  // Rounding: the probabilities add up to a little less than 1.
  return chances.at(-1) as Chance
}

const everyArm = ({ topics, levels }: Arms): Arm[] =>
  topics.flatMap((_, topic) => Array.from({ length: levels }, (_level, level) => ({ topic, level })))

const chanceNow = (chances: readonly Chance[], { topic, level }: Arm): Chance =>
  chances.find(({ arm }) => arm.topic === topic && arm.level === level) as Chance

/**
 * The share of pairs of attempts of which one passed and one failed; its mean is 2p(1 - p). A single attempt is paired
 * with the single attempt before it of the same arm.
 */
function pairing(arms: number): (arm: number, result: CurriculumResult) => number {
  const single: (number | undefined)[] = Array.from({ length: arms }, () => undefined)
  return (arm, { attempts, passes }) => {
    if (attempts > 1) return (2 * passes * (attempts - passes)) / (attempts * (attempts - 1))
    const before = single[arm]
    single[arm] = passes
    return before === undefined || before === passes ? 0 : 1
  }
}
