import { rng } from '../base/rng.js'
import type { CurriculumInit, Pick } from '../schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy } from '../schemas/ports.js'
import { type Arm, Arms } from './arms.js'

/** Every arm with the same chance, whatever the solver does: the baseline that a policy must beat. */
export const uniform: CurriculumPolicy = {
  id: 'uniform',
  create: (init: CurriculumInit): Curriculum => {
    const arms = new Arms(init)
    let count = 0
    /** Laplace's rule: one pass and one failure more than were seen. */
    const passRate = (arm: Arm) => {
      const { attempts, passes } = arms.tried(arm)
      return (passes + 1) / (attempts + 2)
    }
    return {
      next: (n, available) => {
        const picks: Pick[] = []
        while (picks.length < n) {
          const open = arms.inStock(available).flatMap((levels, topic) => levels.map((level) => ({ topic, level })))
          if (open.length === 0) break
          const arm = rng(init.seed, 'uniform', count).pick(open)
          arms.picked(arm)
          picks.push({ id: String(count++), topic: arms.topics[arm.topic] as string, level: arm.level })
        }
        return picks
      },
      report: (results) => {
        for (const result of results) arms.reported(result)
      },
      estimates: () => arms.estimates(passRate),
      // It stands nowhere: the middle of what there is, which never moves once the stock is known.
      levelOf: (topic) => {
        const levels = arms.existing(arms.indexOf(topic))
        return levels[Math.floor((levels.length - 1) / 2)] ?? 0
      },
    }
  },
}
