/** One pair as it comes from outside: an answer or a whole reply beside the gold answer. */
import { extractAnswer } from '../extract/answer.js'
import { Budget, OverBudget } from './budget.js'
import { type MathVerdict, mathEqual } from './equal.js'
import { defaultPolicy, type MathPolicy } from './policy.js'
import { maxAnswerChars, readAnswer } from './read/answer.js'

export const answerForms = ['answer', 'response'] as const
export type AnswerForm = (typeof answerForms)[number]

export interface MathPair {
  readonly gold: string
  readonly prediction: string
  /** `response`: a whole reply, whose final answer is taken. Left out: an answer if it reads whole as one, else a reply. */
  readonly form?: AnswerForm
  /** Left out: the defaults. */
  readonly policy?: MathPolicy
}

/**
 * Is the prediction, an answer or a whole reply, the gold answer? Deterministic; never throws: a fault of ours leaves the
 * pair open, with the layer `internal`.
 */
export async function checkPair(pair: MathPair): Promise<MathVerdict> {
  try {
    return await check(pair)
  } catch (error) {
    return { equal: null, layer: 'internal', reason: `a fault of the checker: ${(error as Error).message}`, work: 0 }
  }
}

function check({ gold, prediction, form, policy = defaultPolicy }: MathPair): Promise<MathVerdict> {
  if (form === 'answer') return mathEqual(gold, prediction, policy)
  return form === 'response' ? checkReply(gold, prediction, policy) : checkEither(gold, prediction, policy)
}

async function checkReply(gold: string, reply: string, policy: MathPolicy): Promise<MathVerdict> {
  const found = extractAnswer(reply)
  if (!found) return noAnswer
  const verdict = await mathEqual(gold, found.answer, policy)
  if (found.answer === reply) return verdict
  return { ...verdict, reason: `the reply's answer ${told(found.answer)}: ${verdict.reason}` }
}

const noAnswer: MathVerdict = {
  equal: false,
  layer: 'extract',
  reason: 'the reply does not say which its answer is',
  work: 0,
}

/**
 * Nobody said which it is. Short sentences read as products of names, and words behind a number as its unit, so what has
 * words is tried as a reply too; a unit that may be missing counts for nothing there.
 */
async function checkEither(gold: string, text: string, policy: MathPolicy): Promise<MathVerdict> {
  const [whole, worded] = [readsWhole(text), hasSentence(text)]
  const asAnswer = await mathEqual(gold, text, policy)
  if (asAnswer.equal ? !(worded && asAnswer.layer.startsWith('policy:')) : whole && !worded) return asAnswer
  const asReply = await checkReply(gold, text, policy)
  return asReply === noAnswer && (!worded || (whole && asAnswer.equal !== null)) ? asAnswer : asReply
}

function readsWhole(text: string): boolean {
  if (text.length > maxAnswerChars) return false
  try {
    return readAnswer(text, new Budget(readingWork)).unread === undefined
  } catch (error) {
    if (error instanceof OverBudget || error instanceof RangeError) return false
    throw error
  }
}

const readingWork = 100_000

/** A mark or a word that answers alone do not have, or several words. */
function hasSentence(text: string): boolean {
  if (text.length > maxAnswerChars || text.indexOf('\\boxed') > marksBefore || replyMark.test(text)) return true
  return text.split(/\s+/).filter(isWord).length >= sentenceWords
}

/** Of dollars or brackets that may stand before a box that is the whole answer. */
const marksBefore = 2
const replyMark = /####|<answer|\*\*|\banswer\b|\b(?:so|hence|thus|therefore)\b/i
const sentenceWords = 3
const isWord = (word: string) => /^\p{L}\p{L}/u.test(word)

const maxToldChars = 80

function told(text: string): string {
  const line = text.slice(0, 2 * maxToldChars).replace(/\s+/g, ' ')
  return line.length > maxToldChars ? `${line.slice(0, maxToldChars - 1)}…` : line
}
