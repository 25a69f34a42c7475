/** Calculator annotations `<<48/2=24>>24`: the calculation, its result, and the number printed behind it. */
import type { Budget } from '../math/budget.js'
import { add, equalTo, multiply, negate, type Rational } from '../math/value/rational.js'
import { doubleOf, numberOf, plain } from './evaluate.js'
import type { Expression } from './expression.js'
import { type Outcome, shown } from './judge.js'
import { Lexer } from './lexer.js'
import { Reader } from './reader.js'
import { isRounded } from './rounding.js'
import type { Token } from './token.js'

export interface Mark {
  /** Its text is what stands between the brackets. */
  readonly mark: Token
  readonly printed: Token | undefined
  readonly after: Token | undefined
}

/** The verdict on one annotation. */
export function judgeMark({ mark, printed, after }: Mark, budget: Budget): Outcome {
  const at = mark.text.lastIndexOf('=')
  const left = at < 0 ? undefined : whole(mark.text.slice(0, at))
  const right = at < 0 ? undefined : whole(mark.text.slice(at + 1))
  const a = left && numberOf(left, plain, budget)
  const b = right && numberOf(right, plain, budget)
  if (left && b && Number.isFinite(doubleOf(left)) === false && !Number.isNaN(doubleOf(left)))
    return { verdict: 'wrong', reason: 'the left side divides by zero' }
  if (!a || !b || !right) return { verdict: 'unread', reason: 'no calculation that is read here' }
  const other = printsOther(b, mark, printed, after)
  if (other) return { verdict: 'wrong', reason: `the annotation gives ${shown(b)}, the text ${other}` }
  if (equalTo(a, b)) return { verdict: 'right', reason: `both sides are ${shown(b)}` }
  if (isRounded({ exact: a, shown: b, expression: right, said: false }))
    return { verdict: 'right', reason: 'rounded to the digits shown' }
  return { verdict: 'wrong', reason: `the left side is ${shown(a)}, the right side is ${shown(b)}` }
}

/** The number printed right behind the annotation, where it is another one in every scale. */
function printsOther(
  value: Rational,
  mark: Token,
  printed: Token | undefined,
  after: Token | undefined,
): string | undefined {
  if (printed?.kind !== 'number' || !printed.value || printed.start - mark.end > 1) return undefined
  if (after?.kind === 'operator' || after?.kind === 'number' || after?.kind === 'open') return undefined
  for (const scale of [1n, 100n, 1000n, 1_000_000n]) {
    const [up, down] = [multiply(value, { n: scale, d: 1n }), multiply(value, { n: 1n, d: scale })]
    if ([up, down].some((one) => agrees(one, printed))) return undefined
  }
  return shown(printed.value)
}

function agrees(value: Rational, { value: printed, decimals = 0 }: Token): boolean {
  if (!printed) return true
  // Printed with fewer digits, to a whole number too.
  const gap = add(value, negate(printed))
  const size = gap.n < 0n ? -gap.n : gap.n
  return size * 10n ** BigInt(decimals) < gap.d
}

/** The one calculation that the text is. */
function whole(text: string): Expression | undefined {
  const tokens: Token[] = []
  const lexer = new Lexer(text)
  for (let token = lexer.next(); token; token = lexer.next()) tokens.push(token)
  const [run, ...others] = new Reader(tokens, new Set()).runs(0, tokens.length)
  const covers = run && others.length === 0 && run.from === 0 && run.wordsTo === tokens.length
  return covers && !run.hasNames && !run.hasOpaque ? run.expression : undefined
}
