import { nearestLevel, nextTopic, policyBy } from './rule.js'

const SENSITIVITY = 2
const TARGET_REWARD = 0.5
/** Of the range of difficulties; the paper's 50 on a scale of 100. */
const STEP = 0.5
/** Results that make a whole step. The paper steps once in a batch of 1,024 problems; here a topic has few in a batch. */
const RESULTS_A_STEP = 16

/**
 * AdaRFT: a topic has a target difficulty T, and the level nearest to it is drawn. T += η·tanh(α·(R - β)), where R is the
 * pass rate of a result, and each result has its part of η. T begins at the lowest level and stays within the levels that
 * there are. A T for each topic, where the paper has one for everything; topics in turn.
 * Source: Shi et al. 2025, "Efficient Reinforcement Finetuning via Adaptive Curriculum Learning": α = 2, β = .5, η = 50 on
 * difficulties from 0 to 100, T = 0 at first.
 */
export const adarft = policyBy('adarft', (init, arms) => {
  const targets = arms.topics.map(() => 0)
  const step = (STEP * init.levels) / RESULTS_A_STEP
  const nearestTo = (levels: readonly number[], topic: number) => nearestLevel(levels, targets[topic] as number)
  return {
    pick: ({ stock, random }) => {
      const topic = nextTopic(arms, stock, random)
      return { topic, level: nearestTo(stock[topic] as readonly number[], topic) }
    },
    observe: ({ topic }, { attempts, passes }) => {
      const levels = arms.existing(topic)
      const moved = (targets[topic] as number) + step * Math.tanh(SENSITIVITY * (passes / attempts - TARGET_REWARD))
      targets[topic] = Math.max(levels[0] as number, Math.min(levels.at(-1) as number, moved))
    },
    levelOf: (topic) => nearestTo(arms.existing(topic), topic),
  }
})
