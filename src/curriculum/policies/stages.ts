import { nearestLevel, nextTopic, plannedPicks, policyBy } from './rule.js'

/**
 * Fixed stages: every topic begins at its lowest level and reaches its highest one in the last part of the budget, each
 * level for the same number of picks, whatever the solver does; topics in turn. Without `budget` it reckons with 20 picks
 * for every level of a topic, and stays at the highest level then.
 * Source: the plain form of Bengio et al. 2009, "Curriculum Learning" (easy examples first, by a schedule).
 */
export const stages = policyBy('stages', (init, arms) => {
  const planned = plannedPicks(init, arms.topics.length)
  let picks = 0
  const levelOf = (topic: number): number => {
    const levels = arms.existing(topic)
    const stage = Math.floor((levels.length * picks) / planned)
    return levels[Math.min(levels.length - 1, stage)] as number
  }
  return {
    pick: ({ stock, random }) => {
      const topic = nextTopic(arms, stock, random)
      const level = nearestLevel(stock[topic] as readonly number[], levelOf(topic))
      picks++
      return { topic, level }
    },
    levelOf,
  }
})
