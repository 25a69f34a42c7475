import type { Arm } from './arms.js'
import { drawBeta } from './beta.js'
import { nextTopic, policyBy } from './rule.js'

/** What older results of a topic still count when another one comes: about the last 200 are remembered. */
const DISCOUNT = 0.995

/**
 * Thompson sampling: a topic draws a pass rate p for each of its levels from what is believed of it, Beta(1 + passes,
 * 1 + failures), and takes the level with the greatest p(1 - p), the learnability. Old results fade in every level of the
 * topic, so that what was not tried for long is tried again. Levels know nothing of each other. Topics in turn: p(1 - p)
 * says nothing about which of them lacks traces.
 * Source: Raj and Kalyani 2017, "Taming Non-stationary Bandits: A Bayesian Approach" (discounted Thompson sampling); p(1 - p)
 * as in Foster and Foerster 2025, "Learning to Reason at the Frontier of Learnability".
 */
export const thompson = policyBy('thompson', (init, arms) => {
  const counts = arms.topics.map(() => Array.from({ length: init.levels }, () => ({ passes: 0, failures: 0 })))
  const countsOf = (topic: number) => counts[topic] as (typeof counts)[number]
  const belief = ({ topic, level }: Arm) => {
    const { passes, failures } = countsOf(topic)[level] as { passes: number; failures: number }
    return { a: 1 + passes, b: 1 + failures }
  }
  const expectedLearnability = (arm: Arm) => {
    const { a, b } = belief(arm)
    return (a * b) / ((a + b) * (a + b + 1))
  }
  return {
    pick: ({ stock, random }) => {
      const topic = nextTopic(arms, stock, random)
      const level = highest(stock[topic] as readonly number[], (one) => {
        const { a, b } = belief({ topic, level: one })
        const passRate = drawBeta(random, a, b)
        return passRate * (1 - passRate)
      })
      return { topic, level }
    },
    observe: ({ topic, level }, { attempts, passes }) => {
      for (const [other, count] of countsOf(topic).entries()) {
        const own = other === level
        count.passes = DISCOUNT * count.passes + (own ? passes : 0)
        count.failures = DISCOUNT * count.failures + (own ? attempts - passes : 0)
      }
    },
    levelOf: (topic) => highest(arms.existing(topic), (level) => expectedLearnability({ topic, level })),
    passRate: (arm) => {
      const { a, b } = belief(arm)
      return a / (a + b)
    },
  }
})

/** The level with the highest score; the first one of equals. */
function highest(levels: readonly number[], score: (level: number) => number): number {
  const scores = levels.map(score)
  return levels[scores.indexOf(Math.max(...scores))] as number
}
