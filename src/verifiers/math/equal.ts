/**
 * Is an answer the gold answer? Text to a tree, then the first kind of answer that both sides can be read as.
 * It answers null where it cannot tell: a false accept is worse than a false reject. Nothing here reads a clock; a budget of
 * steps and limits on length, depth and size of numbers bound every call. Swapping the two sides changes nothing.
 */
import { Budget, OverBudget } from './budget.js'
import { type Finding, type How, no, unsure, yes } from './finding.js'
import { kinds } from './kinds/index.js'
import { type Answer, meet } from './kinds/kind.js'
import { defaultPolicy, type MathPolicy } from './policy.js'
import { maxAnswerChars, readAnswer } from './read/answer.js'
import { balanced, normalForm } from './read/normal.js'
import { isScalar } from './scalars/closed-form.js'
import { approximately } from './scalars/same-scalar.js'
import { withoutSteps } from './tree/chain.js'
import type { Node } from './tree/node.js'
import { isOpaque, withOpaqueNames } from './tree/opaque.js'
import { variablesOf } from './tree/walk.js'
import { loadUnitTable, needsUnitTable } from './units/extra.js'

export interface MathVerdict {
  /** null: cannot tell. */
  readonly equal: boolean | null
  readonly reason: string
  /** What decided: a stage of the comparison, or `policy:` and the switch. */
  readonly layer: string
  /** Steps taken; the same for the same pair on every machine. */
  readonly work: number
}

const maxWork = 300_000

/** gold, prediction: answers, not whole replies; gold may stand in `$…$`, `\(…\)` or `\boxed{}`. Never throws for its input. */
export async function mathEqual(
  gold: string,
  prediction: string,
  policy: MathPolicy = defaultPolicy,
): Promise<MathVerdict> {
  if ([gold, prediction].some((text) => text.length <= maxAnswerChars && needsUnitTable(text))) await loadUnitTable()
  const budget = new Budget(maxWork)
  const { equal, reason, layer } = within(() => decide(gold, prediction, { policy, budget }))
  return { equal, reason, layer, work: Math.round(budget.work) }
}

/** Work without end, and numbers and nesting beyond what the engine holds, leave it open. */
function within(decision: () => Finding): Finding {
  try {
    return decision()
  } catch (error) {
    if (error instanceof OverBudget) return unsure('budget', error.message)
    if (error instanceof RangeError) return unsure('budget', 'too large or too deep')
    throw error
  }
}

/** A real number's double, or undefined when the text is no real number. Units are left aside. */
export function evaluateText(text: string): number | undefined {
  const budget = new Budget(maxWork)
  try {
    const { node } = readAnswer(text, budget)
    const value = node?.kind === 'quantity' ? node.value : node
    return value && isScalar(value) ? approximately(value, budget) : undefined
  } catch (error) {
    if (error instanceof OverBudget || error instanceof RangeError) return undefined
    throw error
  }
}

/** Why a gold answer cannot be used, or undefined when it can. */
export function goldDefect(gold: string): string | undefined {
  if (gold.length > maxAnswerChars) return 'the gold answer is too long'
  if (isEmpty(normalForm(gold))) return 'the gold answer is empty'
  if (!balanced(gold)) return 'the gold answer has a brace without its partner'
  return undefined
}

const isEmpty = (normal: string) => normal.replace(/[\s{}]/g, '') === ''

function decide(gold: string, prediction: string, { policy, budget }: Pick<How, 'policy' | 'budget'>): Finding {
  // No gold answer is that long, so one that long is none.
  if (gold.length > maxAnswerChars || prediction.length > maxAnswerChars) {
    return no('limit', `an answer is longer than ${maxAnswerChars} characters`)
  }
  const [a, b] = [answerOf(gold, budget), answerOf(prediction, budget)]
  if (isEmpty(a.text) || isEmpty(b.text)) return no('parse', 'the answer is empty')
  const found = compared(a, b, { policy, budget })
  return found.equal && !mayBeNamed(a, b) ? unsure('text', `${a.label} beside ${b.label}`) : found
}

/** `width = 5` says nothing of `length = 5`; `area = 5` may be the `area of the circle`. */
function mayBeNamed({ label: a }: Answer, { label: b }: Answer): boolean {
  if (a === undefined || b === undefined) return true
  const [one, other] = [new Set(a.split(' ')), new Set(b.split(' '))]
  return [...one].every((word) => other.has(word)) || [...other].every((word) => one.has(word))
}

function compared(a: Answer, b: Answer, { policy, budget }: Pick<How, 'policy' | 'budget'>): Finding {
  if (a.text === b.text && !isBroken(a)) return yes('text', 'the same text')
  if (isBroken(a) !== isBroken(b)) return no('parse', (isBroken(a) ? a.unread : b.unread) ?? 'it is not whole')
  const how: How = {
    policy,
    budget,
    same: (left: Node, right: Node) => meet(kinds, { text: '', node: left }, { text: '', node: right }, how),
  }
  const found = meet(kinds, a, b, how)
  if (found.equal && (holdsNabla(a) || holdsNabla(b))) return unsure('structure', 'products with nabla are not read')
  return found.equal === false && opaqueIn(a) !== opaqueIn(b)
    ? unsure('structure', 'a sum, an integral or the like that has no value here')
    : found
}

const holdsNabla = ({ node }: Answer) => node !== undefined && variablesOf(node).has('nabla')
const opaqueIn = ({ node }: Answer): string => (node ? [...variablesOf(node)].filter(isOpaque).sort().join() : '')

function answerOf(text: string, budget: Budget): Answer {
  const answer = readAnswer(text, budget)
  return answer.node ? { ...answer, node: withOpaqueNames(withoutSteps(answer.node)) } : answer
}

/** Cut off or left empty, rather than written in a way that is not read here. */
const isBroken = ({ text, unread }: Answer) =>
  unread !== undefined &&
  (!balanced(text) ||
    /[-/^=]$|(?<!\^)[+*]$|\\(?:cdot|times|div|pm)$|\\(?:sqrt|frac\s*(?:\{[^{}]*\})?)\s*\{\s*\}/.test(text))
