/** Letters of a multiple choice. Case counts, and the letter stands at the start: what follows is the option's text. */
import type { Finding } from './compare.js'
import { unwrapped } from './normal.js'

const letters = /^\(?([A-J])\)?(?:[.):]|\s|$)/

const plain = (text: string) =>
  unwrapped(text)
    .replace(/[*`"']/g, '')
    .replace(/\s+/g, ' ')
    .trim()

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
  const got = several ? [...new Set(several)].sort().join() : (letters.exec(plain(prediction))?.[1] ?? '')
  const equal = want === got
  return { equal, layer: 'choice', reason: equal ? 'the same letters' : `expected ${want}, got ${got || 'no letter'}` }
}
