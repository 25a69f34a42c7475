/** Words brought to one spelling: case, accents, marks, articles, contractions and ways to open a sentence do not count. */

const opening =
  /^(?:(?:it|this|that|he|she|the answer|answer) (?:is|was) |it's |(?:they|these|those|there) are |answer: ?|there is )/

/** Marks between digits and signs of mathematics stay, because they tell one answer from another. */
export function comparable(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\b(can)not\b/gi, '$1 not')
    .replace(/n't\b/g, ' not')
    .replace(/(?<!\d)[.,](?=\d)|[.,](?!\d)|[;:!?"()[\]]|'s?(?![A-Za-z0-9])/g, ' ')
    .replace(/(?<=\p{L})[-–—](?=\p{L})/gu, ' ')
    .replace(/(?<=\s|^)(?:an?|the)(?=\s+\S)/g, ' ')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
  return plain.replace(opening, '').replace(/^(?:an?|the) (?=\S)/, '')
}

/** Nothing but words: no digit and no sign that mathematics would read. */
export const isPlain = (words: string) => /^\p{L}[\p{L}\s']*$/u.test(words)

/** Words and the marks of sentences, without a sign of mathematics. */
export const isSentence = (text: string) =>
  /\p{L}{2}/u.test(text) && /^[\p{L}\p{N}\p{M}\s.,;:!?'"()\u2018-\u201d–—-]*$/u.test(text)

const amounts =
  /\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|\w*illions?|half|halves|thirds?|quarters?|\w+ths?|dozens?|pairs?|couple|single|double|triple|once|twice|thrice|infinit\w+|unbounded|none|nothing|nil|null|pi|percent|degrees?|roots?|squared?|cubed?|plus|minus|times|over|per|all|any|every|each|first|second)\b/

/** May the words say a number? */
export const mayBeNumber = (words: string) => /\d/.test(words) || amounts.test(words)

/** The items of an enumeration, sorted; undefined when the words hold no `and`, `or` or comma. */
export function enumerated(text: string): { readonly items: string; readonly or: boolean } | undefined {
  const parts = text.split(/(?:\s*(?:[,;&]|(?<![A-Za-z])(?:and|or)(?![A-Za-z])))+\s*/i)
  if (parts.length < 2 || parts.includes('')) return undefined
  return { items: parts.map(comparable).sort().join('|'), or: /(?<![A-Za-z])or(?![A-Za-z])/i.test(text) }
}
