/** Whole numbers in words: `odd integers`, `all multiples of 3`. */
import type { Residues } from './congruence.js'

const opening = /^(?:(?:x|n|it|k) (?:is|are|must be) )?(?:(?:the )?set of )?(?:all |any |every |each |an? )?(?:the )?/i

/** Undefined for other words. */
export function residuesInWords(text: string): Residues | undefined {
  if (text.length > 80) return undefined
  const words = text.trim().replace(/\.$/, '').replace(opening, '').toLowerCase()
  if (/^integers?$|^whole numbers?$/.test(words)) return undefined
  const odd = /^(odd|even)(?: (?:integers?|numbers?|whole numbers?|values?|n|x|k))?$/.exec(words)
  if (odd) return { modulus: 2n, values: [odd[1] === 'odd' ? 1n : 0n] }
  const multiple =
    /^(?:(?:integer )?multiples? of|(?:integers?|numbers?) (?:that are )?(?:divisible by|multiples? of)|divisible by) (\d{1,9})$/.exec(
      words,
    )
  if (!multiple || Number(multiple[1]) < 1) return undefined
  return { modulus: BigInt(multiple[1] as string), values: [0n] }
}
