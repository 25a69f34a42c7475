/** Whether the words between two equations say that the second follows from the first. */

const words = new Set(
  (
    'add adding added adds subtract subtracting subtracted subtracts multiply multiplying multiplied divide dividing divided ' +
    'both sides side each to from by of with in on the a an this that these it we us you i he she they get gets got getting give gives ' +
    'giving gave obtain obtains obtaining have has find finds finding found so then thus therefore hence now next finally first ' +
    'which means implies yields produces becomes is are be can could will would should simplify simplifies simplifying ' +
    'simplified combine combines combining combined like terms term constants constant collect collecting expand expanding ' +
    'distribute distributing distributed factor factoring move moving rearrange rearranging rewrite rewriting isolate isolating ' +
    'solve solving solves solved cancel canceling cancelling out up equation equations expression through parentheses ' +
    'step result results resulting results value values further more again same as follows following leaves left leaving ' +
    'right hand variable unknown variables square roots taking take equal equals answer dividing cross clear clearing fractions ' +
    'let lets s re ll ve and do doing using use'
  ).split(' '),
)
words.delete('let')

export type Link = 'follows' | 'alternative' | 'apart'

const farthest = 200

/** What stands between the offsets: a derivation, an `or`, or something that may tell of something else. */
export function linkBetween(text: string, from: number, to: number): Link {
  if (to < from || to - from > farthest) return 'apart'
  const between = text.slice(from, to)
  const spoken = between.replace(/\\(?:begin|end)\{[a-z*]+\}|\\[A-Za-z]+/g, ' ').match(/[A-Za-z]+/g) ?? []
  if (spoken.some((word) => /^or$/i.test(word))) return 'alternative'
  if (spoken.length === 1 && /^and$/i.test(spoken[0] ?? '')) return 'alternative'
  // A comma or a blank lists equations; a new line, a point or an arrow goes on from one to the next.
  if (spoken.length === 0 && /^[\s$]*[,;]?[\s$]*$/.test(between) && !between.includes('\n')) return 'alternative'
  return spoken.every((word) => word.length === 1 || words.has(word.toLowerCase())) ? 'follows' : 'apart'
}
