/**
 * Is an answer the gold answer? First version: normal form, exact rationals, certified numbers, simple structure.
 * It answers null where it cannot tell: a false accept is worse than a false reject. Nothing here reads a clock; a budget of
 * steps and limits on length, depth and size of numbers bound every call.
 */
import { Budget, OverBudget } from './budget.js'
import { isChoice, sameChoice } from './choice.js'
import type { Finding } from './compare.js'
import { balanced, isWords, normalForm, wordsOf } from './normal.js'
import { doubles, evaluate } from './numeric.js'
import { Unparsed } from './parse.js'
import { defaultPolicy, type MathPolicy } from './policy.js'
import { parseShape, type Shape } from './shape.js'
import { sameShape, sameWords } from './structure.js'

export interface MathVerdict {
  /** null: cannot tell. */
  readonly equal: boolean | null
  readonly reason: string
  readonly layer: string
  /** Steps taken; the same for the same pair on every machine. */
  readonly work: number
}

const maxAnswerChars = 4096
const maxWork = 400_000

/** gold, prediction: answers, not whole replies; gold may stand in `$…$`, `\(…\)` or `\boxed{}`. Never throws. */
export async function mathEqual(
  gold: string,
  prediction: string,
  policy: MathPolicy = defaultPolicy,
): Promise<MathVerdict> {
  const budget = new Budget(maxWork)
  const told = ({ equal, reason, layer }: Finding): MathVerdict => ({
    equal,
    reason,
    layer,
    work: Math.round(budget.work),
  })
  try {
    return told(await decide(gold, prediction, { policy, budget }))
  } catch (error) {
    if (error instanceof OverBudget) return told({ equal: null, layer: 'budget', reason: error.message })
    if (error instanceof RangeError) return told({ equal: null, layer: 'budget', reason: 'too large or too deep' })
    throw error
  }
}

/** Why a gold answer cannot be used, or undefined when it can. */
export function goldDefect(gold: string): string | undefined {
  if (gold.length > maxAnswerChars) return 'the gold answer is too long'
  if (normalForm(gold).replace(/[\s{}]/g, '') === '') return 'the gold answer is empty'
  if (!balanced(gold)) return 'the gold answer has a brace without its partner'
  return undefined
}

async function decide(gold: string, prediction: string, how: { policy: MathPolicy; budget: Budget }): Promise<Finding> {
  if (gold.length > maxAnswerChars) {
    return { equal: null, layer: 'limit', reason: `the gold answer is longer than ${maxAnswerChars} characters` }
  }
  // No gold answer is that long, so this is not one.
  if (prediction.length > maxAnswerChars) {
    return { equal: false, layer: 'limit', reason: `the answer is longer than ${maxAnswerChars} characters` }
  }
  const [a, b] = [normalForm(gold), normalForm(prediction)]
  how.budget.spend(a.length + b.length)
  if (b.replace(/[\s{}]/g, '') === '') return { equal: false, layer: 'parse', reason: 'the answer is empty' }
  if (isChoice(a)) return sameChoice(a, b)
  if (withoutBlanks(a) === withoutBlanks(b) && balanced(a))
    return { equal: true, layer: 'text', reason: 'the same text' }
  if (isWords(a)) return sameWords(wordsOf(a), wordsOf(b))
  const left = read(gold, how.budget)
  const right = read(prediction, how.budget)
  if (typeof left === 'string') return { equal: null, layer: 'parse', reason: `the gold answer: ${left}` }
  if (typeof right === 'string') {
    const broken = !balanced(b) || /[-+*/^=]$|\\sqrt\s*\{\s*\}/.test(b)
    return { equal: broken ? false : null, layer: 'parse', reason: right }
  }
  return sameShape(left, right, { ...how, same: sameShape })
}

/** Blanks taken out where they stand between nothing that would join: `1 1/2` is not `11/2`. */
const withoutBlanks = (text: string) => text.replace(/(?<![\w.])\s+|\s+(?![\w.])/g, '')

function read(text: string, budget: Budget): Shape | string {
  try {
    return parseShape(text, budget)
  } catch (error) {
    if (error instanceof Unparsed) return error.message
    throw error
  }
}

/** A real number's double, or undefined when the text is no real number. Units are left aside. */
export function evaluateText(text: string): number | undefined {
  try {
    const shape = parseShape(text, new Budget(maxWork))
    if (shape.kind !== 'expression') return undefined
    const value = evaluate(doubles, shape.node, new Map(), new Budget(maxWork))
    return value && doubles.isZero(value.im) ? value.re.v : undefined
  } catch (error) {
    if (error instanceof Unparsed || error instanceof OverBudget || error instanceof RangeError) return undefined
    throw error
  }
}
