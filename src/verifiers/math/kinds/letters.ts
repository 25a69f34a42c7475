/** Words of capitals, such as the outcomes HHT and HTH or a ranking BCA: strings, and no products that commute. */
import { no, yes } from '../finding.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

const maxChars = 1000

/** Before the kinds that read letters side by side as a product. */
export const lettersKind = defineKind<string>({
  id: 'letters',
  read: (answer, _how, other) => {
    const [own, theirs] = [stringsIn(answer), stringsIn(other)]
    return own && theirs && (isSpelled(own) || isSpelled(theirs)) ? own.join() : undefined
  },
  same: (a, b) => (a === b ? yes('text', 'the same letters') : no('text', 'other letters')),
})

/** Words of one length, sorted; in braces or not. */
function stringsIn(answer: Answer): string[] | undefined {
  if (answer.text.length > maxChars || !/[A-Z]{2}/.test(answer.text)) return undefined
  const text = spoken(answer).replace(/^(?:\\\{|\{)\s*|\s*(?:\\\}|\})$/g, '')
  const words = text.split(/\s*[,;]\s*|\s+and\s+/)
  return words.every((word) => /^[A-Z]{2,12}$/.test(word) && word.length === words[0]?.length)
    ? words.sort()
    : undefined
}

/** Two different letters alone may be a segment, whose ends can be swapped. */
const isSpelled = (words: readonly string[]) => words.some((word) => word.length > 2 || word[0] === word[1])
