/** Math families whose levels each ask one question with a whole-number answer. */
import type { Rng } from '../../base/rng.js'
import { agreed, type MathDraft, mathFamily } from './generator.js'

export interface Question {
  readonly ask: string
  readonly worked: string
  /** The answer, and the same answer by another way. */
  readonly answer: number
  readonly proof: number
  /** What a common slip gives. */
  readonly slip: number
}

/** levels[level]: makes a question by chance. */
export function questionFamily(input: {
  id: string
  describe: string
  skill: string
  levels: readonly ((random: Rng) => Question)[]
}) {
  const { id, describe, skill, levels } = input
  return mathFamily({
    id,
    describe,
    levels: levels.length,
    draft(level, random): MathDraft {
      const { ask, worked, answer, proof, slip } = (levels[level] as (random: Rng) => Question)(random)
      return {
        statement: ask,
        gold: String(agreed(ask, answer, proof)),
        worked: [worked],
        skills: [skill],
        wrong: [
          { kind: 'common-slip', answer: String(slip) },
          { kind: 'off-by-one', answer: String(answer + 1) },
        ],
      }
    },
  })
}
