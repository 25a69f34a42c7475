/** Items that are plain words: `no solution`, `\text{red}`, `all real numbers`. */
import type { Node } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { words } from './nodes.js'
import { isMathematical } from './starts.js'
import type { Token } from './tokens.js'

const openers = new Set(['for', 'where', 'if', 'when', 'with', 'such'])
const joints = new Set(['and', 'or', 'xor', 'iff', 'implies'])
const truths = new Set(['true', 'false', 'True', 'False', 'TRUE', 'FALSE'])

const isLetters = ({ type }: Token) => type === 'word' || type === 'name'

/** Does an item of nothing but words start here, one of which at least is no mathematics? */
export function isWordsAhead(c: Cursor): boolean {
  if (c.token.type === 'name' && !isPhrase(c)) return false
  let wordy = false
  let count = 0
  for (; count < 60; count++) {
    const token = c.ahead(count)
    if (
      token.type === 'sign' &&
      (token.text === '-' || token.text === "'") &&
      isLetters(c.ahead(count + 1)) &&
      count > 0
    )
      continue
    if (!isLetters(token)) break
    if (
      token.type === 'word' &&
      count > 0 &&
      (joints.has(token.text.toLowerCase()) || (!wordy && openers.has(token.text)))
    )
      break
    wordy ||= isWordy(token)
  }
  if (!wordy || (count === 1 && truths.has(c.token.text))) return false
  return isItemEnd(c.ahead(count))
}

/** Words that stand for a sign. */
const signWords = new Set(['in', 'mod', 'and', 'or', 'not', 'if', 'for'])

const verbs = new Set(['is', 'are', 'has', 'can', 'does', 'must', 'and', 'or', 'equals', 'only'])

/** A letter in front of words: an article, or what they are about; `x \text{ cm}` is a quantity. */
const isPhrase = (c: Cursor): boolean => {
  const next = c.ahead(1)
  return next.type === 'word'
    ? !next.roman || verbs.has(next.text) || /^[aAI]$/.test(c.token.text)
    : next.type === 'name' || next.text === '-'
}

const isWordy = ({ type, text }: Token) =>
  type === 'word' && !isMathematical(text) && !signWords.has(text.toLowerCase())

const ends = new Set([',', ';', '}', ')', ']', '\\}', 'quad', '\\\\', '&', '.', '!', '?'])

const isItemEnd = ({ type, text }: Token) =>
  type === 'end' ||
  (type === 'sign' && ends.has(text)) ||
  (type === 'word' && (joints.has(text.toLowerCase()) || openers.has(text))) ||
  (type === 'command' && text === 'end')

/** The words of the item, blanks as one. */
export function wordsFrom(c: Cursor): Node {
  let text = ''
  while (isLetters(c.token) || c.is('-') || c.is("'")) {
    if (text !== '' && c.token.type === 'word' && joints.has(c.token.text)) break
    if (text !== '' && c.token.type === 'word' && openers.has(c.token.text) && !/[a-z]{3}/i.test(text)) break
    c.budget.spend()
    text += c.token.gap && text !== '' ? ` ${c.token.text}` : c.token.text
    c.at++
  }
  if (c.is('.') || c.is('!') || c.is('?')) c.at++
  return words(text)
}
