/** Yes and no, true and false, correct and incorrect: one question answered in different words. */
import { no, yes } from '../finding.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

/** Written out, because it is a decision: yes, true, correct say the same to a question, so do their opposites. */
const affirming = new Set(['yes', 'true', 'correct', 'valid', 'y', 't', 'yep', 'yeah', 'affirmative', '✓', '⊤'])
const denying = new Set([
  'no',
  'false',
  'incorrect',
  'invalid',
  'n',
  'f',
  'nope',
  'untrue',
  'not true',
  'not correct',
  '✗',
  '⊥',
])
/** Single letters and words that also mean something else count only beside one of the others. */
const weak = new Set(['y', 't', 'n', 'f', 'valid', 'invalid'])

export const truthKind = defineKind<boolean>({
  id: 'truth',
  exclusive: true,
  read: (answer, _how, other) => {
    const word = wordOf(answer)
    if (!weak.has(word)) return meaning(word) ?? fromSentence(word)
    const company = wordOf(other)
    return weak.has(company) ? undefined : meaning(company) === undefined ? undefined : meaning(word)
  },
  same: (a, b) => (a === b ? yes('text', 'the same truth value') : no('text', 'the other truth value')),
})

const meaning = (word: string): boolean | undefined =>
  affirming.has(word) ? true : denying.has(word) ? false : undefined

const wordOf = (answer: Answer): string => {
  if (answer.node?.kind === 'truth') return answer.node.value ? 'true' : 'false'
  const text = spoken(answer)
  if (text.length > 200) return ''
  return text
    .toLowerCase()
    .replace(/^\\(?:top|bot)\b/, (sign) => (sign === '\\top' ? 'true' : 'false'))
    .replace(/(?:[.,;\s]|(?<=[a-z]{2})!)+$/, '')
    .replace(/^(?:it is|it's|that is|that's|this is|the statement is|the answer is) /, '')
}

/** `Yes, because …`: the word that leads decides, unless the rest takes it back. */
function fromSentence(text: string): boolean | undefined {
  const match = /^(yes|no|true|false)\s*(?:[,.:;—–]|-\s|\b(?=because|since|as)\b)\s*(.+)$/.exec(text)
  if (
    !match?.[1] ||
    !/[a-z]{2}/.test(match[2] ?? '') ||
    /\b(?:but|however|yes|no|true|false|wait|unless|only|sometimes|maybe)\b/.test(match[2] ?? '')
  ) {
    return undefined
  }
  return meaning(match[1])
}
