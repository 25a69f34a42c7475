/** What the plain policies share: counts, numbers of picks, stock and checks of reports. Each of them adds one rule. */
import { type Rng, rng } from '../../base/rng.js'
import type { CurriculumInit, CurriculumResult, Pick } from '../../schemas/curriculum.js'
import type { Curriculum, CurriculumPolicy } from '../../schemas/ports.js'
import { type Arm, Arms } from './arms.js'

/** Levels by topic that have something to draw, ascending. */
export type StockedLevels = readonly (readonly number[])[]

export interface Rule {
  /** One arm of those in stock; at least one is. id: that of the pick, as its report will name it. */
  pick(now: { readonly stock: StockedLevels; readonly random: Rng; readonly id: string }): Arm
  /** Takes in a result of at least one attempt; left out by a rule that is blind to results. */
  observe?(arm: Arm, result: CurriculumResult): void
  levelOf(topic: number): number
  /** Expected pass rate; left out: that of the latest results of the arm. */
  passRate?(arm: Arm): number
}

/** A problem counts this much less with each later one of its arm: estimates are about the solver as it is now. */
const FADE = 0.95

/** Picks of an arm that a policy reckons with when it is not told how long it will be used. */
const PICKS_AN_ARM = 20

/** create: makes the rule's state anew; it gets the arms to look at, and must not count in them. */
export function policyBy(id: string, create: (init: CurriculumInit, arms: Arms) => Rule): CurriculumPolicy {
  return { id, create: (init) => follow(id, init, create) }
}

function follow(id: string, init: CurriculumInit, create: (init: CurriculumInit, arms: Arms) => Rule): Curriculum {
  const arms = new Arms(init)
  const rule = create(init, arms)
  const recent = Array.from({ length: arms.topics.length * init.levels }, () => ({ attempts: 0, passes: 0 }))
  const recentOf = ({ topic, level }: Arm) => recent[topic * init.levels + level] as (typeof recent)[number]
  /** Laplace's rule of succession. */
  const recentRate = (arm: Arm) => (recentOf(arm).passes + 1) / (recentOf(arm).attempts + 2)
  let count = 0
  return {
    next: (n, inStock) => {
      const picks: Pick[] = []
      while (picks.length < n) {
        const stock = arms.inStock(inStock)
        if (stock.every((levels) => levels.length === 0)) break
        const pickId = String(count)
        const arm = rule.pick({ stock, random: rng(init.seed, id, count), id: pickId })
        arms.picked(arm)
        picks.push({ id: pickId, topic: arms.topics[arm.topic] as string, level: arm.level })
        count++
      }
      return picks
    },
    report: (results) => {
      for (const result of results) {
        const arm = arms.reported(result)
        if (result.attempts === 0) continue
        const counts = recentOf(arm)
        counts.attempts = FADE * counts.attempts + result.attempts
        counts.passes = FADE * counts.passes + result.passes
        rule.observe?.(arm, result)
      }
    },
    estimates: (topic) => arms.estimates((arm) => rule.passRate?.(arm) ?? recentRate(arm), topic),
    levelOf: (topic) => rule.levelOf(arms.indexOf(topic)),
  }
}

/** Topics in turn: the one that was picked least among those in stock; ties are broken by chance. */
export function nextTopic(arms: Arms, stock: StockedLevels, random: Rng): number {
  const open = [...stock.keys()].filter((topic) => (stock[topic] as readonly number[]).length > 0)
  const picks = open.map((topic) => arms.picksOf(topic))
  const least = picks.reduce((a, b) => Math.min(a, b))
  return random.pick(open.filter((_, i) => picks[i] === least))
}

/** The level of the list that is nearest to a place between them; the lower one of two. */
export function nearestLevel(levels: readonly number[], place: number): number {
  return levels.reduce((best, level) => (Math.abs(level - place) < Math.abs(best - place) ? level : best))
}

/** Picks in all: those of the budget, or a guess by the number of arms. */
export const plannedPicks = ({ budget, k, levels }: CurriculumInit, topics: number): number =>
  budget === undefined ? PICKS_AN_ARM * topics * levels : Math.max(1, budget / k)
