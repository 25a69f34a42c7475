import { nearestLevel, nextTopic, policyBy } from './rule.js'

/**
 * Mean pass rate of the last results of a level above which a topic goes up, and below which it goes down.
 * reasoning-gym has .70, .10 and 20, which reacts late and rests anywhere between the two.
 */
const RULE = { up: 0.7, down: 0.35, results: 4 }

/**
 * A staircase: each topic climbs and descends by the latest results of the level that it stands at; topics in turn.
 * After a move the results begin anew, and those of the level that was left do not count, so that it does not flicker.
 * Source: the automatic curriculum of reasoning-gym (Stojanovski et al. 2025), there one level for a whole data set.
 */
export const staircase = policyBy('staircase', (_init, arms) => {
  const stands = arms.topics.map(() => ({ level: 0, rates: [] as number[] }))
  const standOf = (topic: number) => stands[topic] as (typeof stands)[number]
  const levelOf = (topic: number) => nearestLevel(arms.existing(topic), standOf(topic).level)
  const moveTo = (topic: number, level: number) => {
    if (level !== standOf(topic).level) stands[topic] = { level, rates: [] }
  }
  return {
    pick: ({ stock, random }) => {
      const topic = nextTopic(arms, stock, random)
      moveTo(topic, nearestLevel(stock[topic] as readonly number[], standOf(topic).level))
      return { topic, level: standOf(topic).level }
    },
    observe: ({ topic, level }, { attempts, passes }) => {
      if (level !== levelOf(topic)) return
      moveTo(topic, level)
      const { rates } = standOf(topic)
      rates.push(passes / attempts)
      if (rates.length > RULE.results) rates.shift()
      if (rates.length < RULE.results) return
      const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
      const levels = arms.stocked(topic)
      if (mean > RULE.up) moveTo(topic, levels.find((other) => other > level) ?? level)
      else if (mean < RULE.down) moveTo(topic, levels.findLast((other) => other < level) ?? level)
    },
    levelOf,
  }
})
