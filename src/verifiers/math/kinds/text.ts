/** Plain words. Other words are another answer; where digits or signs are among them it is left open. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'
import { comparable, enumerated, isPlain, isSentence, mayBeNumber } from './words.js'

interface Text {
  /** Words as compared. */
  readonly words: string
  readonly raw: string
  /** As it stands, without blanks. */
  readonly text: string
  /** The other side of words: a value that holds no names. */
  readonly number?: boolean
}

const layer = 'text'

/** The last kind: whatever has no other reading is words. */
export const textKind = defineKind<Text>({
  id: 'text',
  read: (answer, _how, other) => {
    // A letter is a name or a choice, of which its case is a part.
    if (letter.test(spoken(answer)) || letter.test(spoken(other))) return undefined
    if (isText(answer)) return readText(answer)
    if (!isText(other)) return undefined
    if (answer.node && isNumber(answer.node)) return { words: '', raw: '', text: '', number: true }
    return answer.text === '' ? undefined : readText(answer)
  },
  same: sameText,
})

const letter = /^\W*[A-Za-z]\W*$/
const truth = /^(?:yes|no|true|false|correct|incorrect)(?= |$)/

const isText = ({ node, unread }: Answer) => node?.kind === 'words' || node?.kind === 'truth' || unread !== undefined

const readText = (answer: Answer): Text => {
  const raw = answer.node?.kind === 'truth' ? String(answer.node.value) : spoken(answer).replace(/^\\\{(.*)\\\}$/, '$1')
  return { words: comparable(raw), raw, text: joined(answer.text) }
}

const numbers = new Set<Node['kind']>(['number', 'constant', 'add', 'multiply', 'divide', 'power', 'percent', 'apply'])
const isNumber = (node: Node) => numbers.has(node.kind) && variablesOf(node).size === 0

function sameText(a: Text, b: Text, how: How): Finding {
  if (a.number || b.number) {
    const words = a.number ? b.words : a.words
    return isPlain(words) && !mayBeNumber(words)
      ? no(layer, 'words against a number')
      : unsure(layer, 'words against a number')
  }
  if (a.words === b.words) {
    // Signs left out of the comparison are marks of a sentence only where all is a sentence.
    const told = (a.text === b.text && a.text !== '') || (isSentence(a.raw) && isSentence(b.raw))
    return told ? yes(layer, 'the same words') : unsure(layer, 'words with signs that are not read')
  }
  const bothPlain = isPlain(a.words) && isPlain(b.words)
  if (bothPlain && joined(a.words) === joined(b.words)) return yes(layer, 'the same words, written apart')
  const [ours, theirs] = [enumerated(a.raw), enumerated(b.raw)]
  const sentences = isSentence(a.raw) && isSentence(b.raw) && !how.policy.orderedLists
  if (sentences && ours && theirs && ours.items === theirs.items && ours.or === theirs.or)
    return yes(layer, 'the same words in a list')
  if (takesBack(a.words, b.words) || takesBack(b.words, a.words)) return unsure(layer, 'more than yes or no')
  if (bothPlain || onlyNumbersDiffer(a.words, b.words)) return no(layer, 'other words')
  return unsure(layer, 'words with signs or numbers that are not read')
}

/** One is `yes`, the other begins with it and goes on. */
const takesBack = (short: string, long: string) => truth.exec(long)?.[0] === short && long !== short

const joined = (words: string) => words.replace(/ /g, '')

/** `chapter 3` and `chapter 4`. */
function onlyNumbersDiffer(a: string, b: string): boolean {
  const [ours, theirs] = [a.split(' '), b.split(' ')]
  if (ours.length !== theirs.length) return false
  let different = false
  for (const [index, one] of ours.entries()) {
    const other = theirs[index] as string
    if (one === other) continue
    if (!/^\d+(?:\.\d+)?$/.test(one) || !/^\d+(?:\.\d+)?$/.test(other) || Number(one) === Number(other)) return false
    different = true
  }
  return different
}
