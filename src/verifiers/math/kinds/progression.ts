/** `1, 2, …, 10`: members left out where the written ones are integers of one step. */
import type { Budget } from '../budget.js'
import { folded, numeral } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { isInteger } from '../value/rational.js'

const maxMembers = 1000n

const names = new Set(['ldots', 'dots', 'cdots', 'dotsc', '...', '…', '..'])

const isDots = (node: Node) =>
  (node.kind === 'variable' && names.has(node.name)) || (node.kind === 'words' && names.has(node.text.trim()))

/**
 * The items with the dots replaced by the members they stand for; as given when there are none, undefined when it is not
 * plain which members they are. One number before the dots is counted from in steps of one. Dots at the end stay, behind two members.
 */
export function withoutDots(items: readonly Node[], budget: Budget): readonly Node[] | undefined {
  const at = items.findIndex(isDots)
  if (at === -1) return items
  const before = integersIn(items.slice(0, at))
  const after = integersIn(items.slice(at + 1))
  const [first, second] = before ?? []
  if (!before || !after || first === undefined) return undefined
  if (after.length === 0) return endless(before, items[at] as Node)
  const doubling = geometric(before, after)
  if (doubling) return doubling.map(numeral)
  const step = second === undefined ? ((after[0] as bigint) > first ? 1n : -1n) : second - first
  const count = step === 0n ? 0n : ((after.at(-1) as bigint) - first) / step + 1n
  if (count < 2n || count > maxMembers) return undefined
  budget.spend(Number(count))
  const all = Array.from({ length: Number(count) }, (_, index) => first + BigInt(index) * step)
  const fits = before.every((value, index) => value === all[index])
  const tail = all.slice(all.length - after.length)
  return fits && before.length < all.length && after.every((value, index) => value === tail[index])
    ? all.map(numeral)
    : undefined
}

/** `1, 2, 4, …, 64`: three members show the factor. */
function geometric(before: readonly bigint[], after: readonly bigint[]): bigint[] | undefined {
  const [first, second, third] = before
  if (!first || !second || third === undefined || first * third !== second * second || second % first !== 0n)
    return undefined
  const factor = second / first
  const last = after.at(-1) as bigint
  if (factor < 2n || first < 0n) return undefined
  const all: bigint[] = []
  for (let value = first; value <= last && all.length < 200; value *= factor) all.push(value)
  const tail = all.slice(all.length - after.length)
  const fits =
    before.every((value, index) => value === all[index]) && after.every((value, index) => value === tail[index])
  return fits && all.length > before.length ? all : undefined
}

/** `1, 3, 5, …` goes on as it began: two members tell it, and the dots. Three must show the step. */
function endless(before: readonly bigint[], dots: Node): readonly Node[] | undefined {
  const [first, second] = before
  if (first === undefined || second === undefined || before.length < 3 || first === second) return undefined
  const regular = before.every((value, index) => value === first + BigInt(index) * (second - first))
  return regular ? [numeral(first), numeral(second), dots] : undefined
}

function integersIn(items: readonly Node[]): bigint[] | undefined {
  const values = items
    .map(folded)
    .map((item) => (item.kind === 'number' && isInteger(item.value) ? item.value.n : null))
  return values.includes(null) ? undefined : (values as bigint[])
}
