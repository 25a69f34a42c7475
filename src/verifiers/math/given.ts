/** The answer in what was given: an answer by itself, or a whole reply that ends in one. */
import { extractAnswer } from '../extract/answer.js'
import { Budget } from './budget.js'
import { maxAnswerChars, readAnswer } from './read/answer.js'
import { undelimited } from './read/normal.js'

export type Form = 'answer' | 'response'

const maxWork = 100_000

/**
 * The text of the answer; undefined when a reply gives none. Without a form: an answer if it parses whole, else a reply;
 * what reads as neither stands for itself.
 */
export function answerIn(text: string, form?: Form): string | undefined {
  if (form === 'answer') return text
  if (form === 'response') return extractAnswer(text)?.answer
  if (parsesWhole(text)) return text
  const found = extractAnswer(text)?.answer
  return found === undefined || isSentence(undelimited(found))
    ? (onlyMathematics(found ?? text) ?? found ?? text)
    : found
}

/** Neither a box within something, nor sentences around mathematics. */
function parsesWhole(text: string): boolean {
  if (text.length > maxAnswerChars) return false
  const inner = undelimited(text)
  if (/\\(?:boxed|fbox)(?![A-Za-z])/.test(inner) || isSentence(inner)) return false
  const { node } = readAnswer(text, new Budget(maxWork))
  return node !== undefined && node.kind !== 'words'
}

const mathematics = /\$\$[^$]*\$\$|(?<!\\)\$[^$\n]*\$|\\\([^\n]*?\\\)|\\\[[\s\S]*?\\\]/g

/** What is marked as mathematics in a text of words, when it is one thing. */
function onlyMathematics(text: string): string | undefined {
  const found = text.length <= maxAnswerChars ? text.match(mathematics) : null
  return found?.length === 1 ? found[0] : undefined
}

/** Words beside marked mathematics: more than a unit, or a label. */
function isSentence(text: string): boolean {
  const outside = text.replace(mathematics, ' ')
  if (outside === text) return false
  const words = outside.match(/\b[A-Za-z]{2,}\b/g)?.filter((word) => !/^(?:and|or)$/i.test(word)) ?? []
  return (
    words.length > 2 ||
    /^\W*(?:answer|result|solution|ans)\b/i.test(outside) ||
    (words.length > 0 && /:\s/.test(outside))
  )
}
