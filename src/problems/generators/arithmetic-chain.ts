import type { Rng } from '../../base/rng.js'
import { agreed, type MathDraft, mathFamily } from './generator.js'

type Operator = '+' | '-' | '*'
type Expression = number | { readonly left: Expression; readonly operator: Operator; readonly right: Expression }

/** Operands, largest operand, and operators of each level. */
const sizes: readonly { operands: number; largest: number; operators: readonly Operator[]; flat: boolean }[] = [
  { operands: 2, largest: 20, operators: ['+', '-'], flat: true },
  { operands: 3, largest: 50, operators: ['+', '-'], flat: true },
  { operands: 3, largest: 20, operators: ['+', '-', '*', '*'], flat: false },
  { operands: 4, largest: 20, operators: ['+', '-', '*'], flat: false },
  { operands: 5, largest: 30, operators: ['+', '-', '*'], flat: false },
  { operands: 7, largest: 50, operators: ['+', '-', '*'], flat: false },
]

const apply: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
}
const strength: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2 }

function grow(random: Rng, size: (typeof sizes)[number], operands = size.operands): Expression {
  if (operands === 1) return random.int(1, size.largest)
  const left = size.flat ? operands - 1 : random.int(1, operands - 1)
  const operator = random.pick(size.operators)
  return { left: grow(random, size, left), operator, right: grow(random, size, operands - left) }
}

/** The value from the tree; each step is told to `step`. */
function evaluate(expression: Expression, step: (line: string) => void): number {
  if (typeof expression === 'number') return expression
  const [left, right] = [evaluate(expression.left, step), evaluate(expression.right, step)]
  const value = apply[expression.operator](left, right)
  step(`${left} ${expression.operator} ${right < 0 ? `(${right})` : right} = ${value}`)
  return value
}

/** Brackets only where the meaning needs them. */
function print(expression: Expression): string {
  if (typeof expression === 'number') return String(expression)
  const { left, operator, right } = expression
  const wrap = (inner: Expression, needed: (other: Operator) => boolean) =>
    typeof inner !== 'number' && needed(inner.operator) ? `(${print(inner)})` : print(inner)
  const a = wrap(left, (other) => strength[other] < strength[operator])
  const b = wrap(right, (other) => strength[other] <= strength[operator])
  return `${a} ${operator} ${b}`
}

/** The value from the printed text alone: precedence climbing. Proves that what is printed means what was computed. */
function read(text: string): number {
  const tokens = text.match(/\d+|[-+*()]/g) ?? []
  let at = 0
  const operand = (): number => {
    const token = tokens[at++]
    if (token !== '(') return Number(token)
    const inner = climb(1)
    at++
    return inner
  }
  const climb = (least: number): number => {
    let value = operand()
    while (at < tokens.length && tokens[at] !== ')' && strength[tokens[at] as Operator] >= least) {
      const operator = tokens[at++] as Operator
      value = apply[operator](value, climb(strength[operator] + 1))
    }
    return value
  }
  return climb(1)
}

/** What comes of ignoring brackets and precedence. */
function leftToRight(text: string): number {
  const [first, ...rest] = text.match(/\d+|[-+*]/g) ?? []
  let value = Number(first)
  for (let i = 0; i + 1 < rest.length; i += 2) value = apply[rest[i] as Operator](value, Number(rest[i + 1]))
  return value
}

export const arithmeticChain = mathFamily({
  id: 'arithmetic-chain',
  levels: sizes.length,
  describe: 'the value of an expression: two small numbers up to seven with brackets',
  draft(level, random): MathDraft {
    const expression = grow(random, sizes[level] as (typeof sizes)[number])
    const text = print(expression)
    const worked: string[] = []
    const value = agreed(
      text,
      evaluate(expression, (line) => worked.push(line)),
      read(text),
    )
    return {
      statement: `What is ${text}?`,
      gold: String(value),
      worked,
      skills: ['arithmetic'],
      wrong: [
        { kind: 'left-to-right', answer: String(leftToRight(text)) },
        { kind: 'off-by-one', answer: String(value + 1) },
      ],
    }
  },
})
