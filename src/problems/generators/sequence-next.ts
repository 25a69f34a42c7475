import type { Rng } from '../../base/rng.js'
import { agreed, type MathDraft, mathFamily } from './generator.js'

interface Sequence {
  /** The rule's kind in words, so that the next term is not a matter of taste. */
  readonly rule: string
  /** Terms, the last one being the answer. */
  readonly terms: readonly number[]
  /** The answer from the terms shown alone. */
  predict(shown: readonly number[]): number
}

const at = (terms: readonly number[], fromEnd: number): number => terms.at(-fromEnd) as number
const steps = (terms: readonly number[]): number[] => terms.slice(1).map((term, i) => term - (terms[i] as number))
const unfold = (count: number, term: (n: number) => number): number[] =>
  Array.from({ length: count }, (_, n) => term(n))

const levels: readonly ((random: Rng) => Sequence)[] = [
  (random) => {
    const [start, step] = [random.int(1, 20), random.int(2, 12)]
    return {
      rule: 'Each term is the one before it plus a fixed number.',
      terms: unfold(6, (n) => start + n * step),
      predict: (shown) => at(shown, 1) + at(steps(shown), 1),
    }
  },
  (random) => {
    const [start, step] = [random.int(-50, 150), -random.int(3, 29)]
    return {
      rule: 'Each term is the one before it minus a fixed number.',
      terms: unfold(6, (n) => start + n * step),
      predict: (shown) => 2 * at(shown, 1) - at(shown, 2),
    }
  },
  (random) => {
    const [start, ratio] = [random.int(1, 20), random.pick([2, 3, 4, 5, -2, -3, -4])]
    return {
      rule: 'Each term is the one before it times a fixed number.',
      terms: unfold(6, (n) => start * ratio ** n),
      predict: (shown) => at(shown, 1) ** 2 / at(shown, 2),
    }
  },
  (random) => {
    const [a, p, b, q] = [random.int(1, 30), random.int(2, 9), random.int(1, 30), random.int(-9, 9) || 5]
    return {
      rule: 'The terms in odd places grow by one fixed number, those in even places by another.',
      terms: unfold(9, (n) => (n % 2 === 0 ? a + (n / 2) * p : b + ((n - 1) / 2) * q)),
      predict: (shown) => 2 * at(shown, 2) - at(shown, 4),
    }
  },
  (random) => {
    const [a, b, c] = [random.int(1, 5), random.int(-9, 9), random.int(-20, 20)]
    return {
      rule: 'The differences between neighbouring terms grow by a fixed number.',
      terms: unfold(7, (n) => a * n * n + b * n + c),
      predict: (shown) => {
        const first = steps(shown)
        return at(shown, 1) + at(first, 1) + at(steps(first), 1)
      },
    }
  },
  (random) => {
    const extra = random.int(-4, 9)
    const terms = [random.int(1, 9), random.int(1, 9)]
    while (terms.length < 8) terms.push(at(terms, 1) + at(terms, 2) + extra)
    return {
      rule: 'From the third on, each term is the sum of the two before it plus a fixed number (which may be 0 or negative).',
      terms,
      predict: (shown) => at(shown, 1) + at(shown, 2) + (at(shown, 1) - at(shown, 2) - at(shown, 3)),
    }
  },
]

export const sequenceNext = mathFamily({
  id: 'sequence-next',
  levels: levels.length,
  describe:
    'the next term of a sequence whose kind of rule is told: steps, ratios, interleaved, quadratic, recurrences',
  draft(level, random): MathDraft {
    const { rule, terms, predict } = (levels[level] as (random: Rng) => Sequence)(random)
    const shown = terms.slice(0, -1)
    const answer = agreed(terms.join(', '), at(terms, 1), predict(shown))
    return {
      statement: `${rule} What is the next term of ${shown.join(', ')}, ...?`,
      gold: String(answer),
      worked: [`The differences are ${steps(shown).join(', ')}.`, `By the rule the next term is ${answer}.`],
      skills: ['sequences'],
      wrong: [
        { kind: 'last-step-again', answer: String(at(shown, 1) + at(steps(shown), 1)) },
        { kind: 'off-by-one', answer: String(answer + 1) },
      ],
    }
  },
})
