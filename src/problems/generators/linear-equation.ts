import type { Rng } from '../../base/rng.js'
import { agreed, type MathDraft, mathFamily } from './generator.js'
import { fractionText } from './whole-numbers.js'

/** Left and right side, `ax + b = cx + d`, and how the equation is printed. */
interface Equation {
  readonly text: string
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

const plus = (value: number): string => (value < 0 ? `- ${-value}` : `+ ${value}`)
const nonZero = (random: Rng, size: number): number => random.int(1, size) * random.pick([-1, 1])
/** `3x + 4`, `-x - 2`, `5x`, `7`. */
const side = (slope: number, rest: number): string => {
  const term = slope === 1 ? 'x' : slope === -1 ? '-x' : `${slope}x`
  if (slope === 0) return String(rest)
  return rest === 0 ? term : `${term} ${plus(rest)}`
}

const forms: readonly ((random: Rng) => Equation)[] = [
  (random) => {
    const [x, b] = [random.int(1, 20), nonZero(random, 20)]
    return { text: `x ${plus(b)} = ${x + b}`, a: 1, b, c: 0, d: x + b }
  },
  (random) => {
    const [x, a] = [nonZero(random, 12), random.int(2, 12)]
    return { text: `${a}x = ${a * x}`, a, b: 0, c: 0, d: a * x }
  },
  (random) => {
    const [x, a, b] = [nonZero(random, 12), random.int(2, 12), nonZero(random, 30)]
    return { text: `${side(a, b)} = ${a * x + b}`, a, b, c: 0, d: a * x + b }
  },
  (random) => {
    const [x, c, b] = [nonZero(random, 12), random.int(2, 9), nonZero(random, 30)]
    const a = c + random.int(1, 9)
    const d = a * x + b - c * x
    return { text: `${side(a, b)} = ${side(c, d)}`, a, b, c, d }
  },
  (random) => {
    const [x, c, inner, outer] = [nonZero(random, 15), random.int(2, 6), nonZero(random, 9), nonZero(random, 20)]
    const a = c + random.int(1, 6)
    const b = a * inner + outer
    const d = a * x + b - c * x
    return { text: `${a}(x ${plus(inner)}) ${plus(outer)} = ${side(c, d)}`, a, b, c, d }
  },
  (random) => {
    const c = random.int(2, 9)
    const a = c + random.int(3, 9)
    const b = nonZero(random, 30)
    // A right side that makes the solution no integer.
    const d = b + (a - c) * nonZero(random, 5) + random.int(1, a - c - 1)
    return { text: `${side(a, b)} = ${side(c, d)}`, a, b, c, d }
  },
]

/** The solution as the quotient of what is left of x and of the rest, proved by putting it back in. */
function solve({ a, b, c, d, text }: Equation): string {
  const [top, bottom] = [d - b, a - c]
  agreed(text, a * top + b * bottom, c * top + d * bottom)
  return fractionText(top, bottom)
}

export const linearEquation = mathFamily({
  id: 'linear-equation',
  levels: forms.length,
  describe: 'solve a linear equation for x: one step up to brackets, x on both sides and fractions',
  draft(level, random): MathDraft {
    const equation = (forms[level] as (random: Rng) => Equation)(random)
    const { a, b, c, d, text } = equation
    const gold = solve(equation)
    return {
      statement: `Solve for x: ${text}`,
      gold,
      worked: [
        `The equation is ${side(a, b)} = ${side(c, d)}.`,
        ...(a - c === 1 || (b === 0 && c === 0) ? [] : [`So ${side(a - c, 0)} = ${d - b}.`]),
        `Therefore x = ${gold}.`,
      ],
      skills: ['linear-equations'],
      wrong: [
        { kind: 'sign-slip', answer: fractionText(d + b, a - c) },
        { kind: 'not-divided', answer: String(d - b) },
        { kind: 'off-by-one', answer: fractionText(d - b + a - c, a - c) },
      ],
    }
  },
})
