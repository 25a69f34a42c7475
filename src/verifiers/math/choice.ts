/** Letters of a multiple choice. Case counts, and the letter stands at the start: what follows is the option's text. */
import type { Finding } from './compare.js'
import { unwrapped } from './normal.js'

const letters = /^\(?([A-J])\)?(?:[.):]|\s|$)/

const plain = (text: string) =>
  unwrapped(text)
    .replace(/[*`"']/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** What follows the letter doubts it, rather than giving the option's text. */
const takenBack = (rest: string) =>
  /^\W*(?:or|nor|and|not)\b|\b(?:wait|wrong|incorrect|maybe|isn't|is not|or not)\b/i.test(rest)

/** Another letter stands alone in the text; `A` and `I` before a word are words themselves. */
const namesAnother = (rest: string, letter: string) =>
  [...rest.matchAll(/(?<![\w'])([A-J])(?![\w'])(?!(?<=[AI]) [a-z])/g)].some((match) => match[1] !== letter)

/** One letter, or several with commas between, with or without brackets. */
const chosen = (text: string): string[] | undefined => {
  const parts = plain(text).split(/\s*(?:,|\band\b)\s*/)
  const found = parts.map((part) => /^\(?([A-J])\)?\.?$/.exec(part)?.[1])
  return found.includes(undefined) ? undefined : (found as string[])
}

export const isChoice = (gold: string) => chosen(gold) !== undefined

export function sameChoice(gold: string, prediction: string): Finding {
  const want = [...new Set(chosen(gold))].sort().join()
  const several = chosen(prediction)
  const head = several ? undefined : letters.exec(plain(prediction))
  const rest = plain(prediction).slice(head?.[0].length)
  if (head && (takenBack(rest) || (head[1] === want && namesAnother(rest, want)))) {
    return { equal: null, layer: 'choice', reason: 'more than one letter, or one that is taken back' }
  }
  const got = several ? [...new Set(several)].sort().join() : (head?.[1] ?? '')
  const equal = want === got
  return { equal, layer: 'choice', reason: equal ? 'the same letters' : `expected ${want}, got ${got || 'no letter'}` }
}
