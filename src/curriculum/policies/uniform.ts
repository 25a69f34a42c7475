import { policyBy } from './rule.js'

/** Every arm with the same chance, whatever the solver does: the baseline that a policy must beat. */
export const uniform = policyBy('uniform', (_init, arms) => ({
  pick: ({ stock, random }) => random.pick(stock.flatMap((levels, topic) => levels.map((level) => ({ topic, level })))),
  // It stands nowhere: the middle of what there is, which never moves once the stock is known.
  levelOf: (topic) => {
    const levels = arms.existing(topic)
    return levels[Math.floor((levels.length - 1) / 2)] as number
  },
}))
