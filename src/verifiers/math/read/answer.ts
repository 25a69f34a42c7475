/** The door of the reader: text to an answer, or the reason why it is none. */
import type { Budget } from '../budget.js'
import type { Answer } from '../kinds/kind.js'
import type { Node } from '../tree/node.js'
import { Cursor } from './cursor.js'
import { withFrenchBrackets } from './french.js'
import { normalForm, unlabelled } from './normal.js'
import { wholeAnswer } from './statements.js'
import { tokensOf } from './tokens.js'
import { Unparsed } from './unparsed.js'

/** Longer texts are no answers. */
export const maxAnswerChars = 4096

/** Never throws for its text; throws OverBudget. */
export function readAnswer(text: string, budget: Budget): Answer {
  if (text.length > maxAnswerChars) return { text: '', unread: `longer than ${maxAnswerChars} characters` }
  const { normal, label } = unlabelled(unescaped(text))
  const read = { text: normal, ...(label !== undefined && { label }) }
  try {
    return { ...read, node: parsed(normal, budget) }
  } catch (error) {
    if (error instanceof Unparsed) return { ...read, unread: error.message }
    throw error
  }
}

/** A text whose every command begins with two backslashes was escaped twice; in a matrix two end a row. */
const unescaped = (text: string) =>
  twiceEscaped.test(text) && !text.includes('\\begin') && !/(?<!\\)\\(?!\\)[A-Za-z]/.test(text)
    ? text.replace(/\\\\(?=[A-Za-z{}()[\]%$,;! ])/g, '\\')
    : text

const twiceEscaped =
  /\\\\(?:left|[dt]?frac|sqrt|text|boxed|leq?|geq?|pi|cdot|times|infty|pm|cup|in|mathbb|ln|sin|cos|tan|log)(?![A-Za-z])/

/** The tree of the whole text. Throws Unparsed with a reason, OverBudget past the budget. */
export function parseNode(text: string, budget: Budget): Node {
  if (text.length > maxAnswerChars) throw new Unparsed(`longer than ${maxAnswerChars} characters`)
  return parsed(normalForm(text), budget)
}

function parsed(normal: string, budget: Budget): Node {
  budget.spend(1 + (normal.length >> 3))
  if (normal === '' || normal === '{}') throw new Unparsed('the answer is empty')
  return wholeAnswer(new Cursor(withFrenchBrackets(tokensOf(normal, budget)), normal, budget))
}
