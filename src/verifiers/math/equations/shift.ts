/** Recurrences with their index moved: `a_n = 2a_{n-1}` and `a_{n+1} = 2a_n`. */
import { numeral, plus } from '../matrices/arithmetic.js'
import type { Node } from '../tree/node.js'
import { mapChildren, some, substitute } from '../tree/walk.js'

const indexed = /^(.+)_([a-z])([+-]\d+)?$/

interface Place {
  readonly base: string
  readonly index: string
  readonly shift: number
}

const placeOf = (node: Node): Place | undefined => {
  if (node.kind === 'variable') {
    const [, base, index, shift] = indexed.exec(node.name) ?? []
    return base && index ? { base, index, shift: Number(shift ?? 0) } : undefined
  }
  const [arg] = node.kind === 'call' && node.args.length === 1 && node.primes === 0 ? node.args : []
  if (!arg || node.kind !== 'call') return undefined
  if (arg.kind === 'variable') return { base: node.name, index: arg.name, shift: 0 }
  const { left, right } = arg.kind === 'add' ? arg : {}
  return left?.kind === 'variable' &&
    right?.kind === 'number' &&
    right.value.d === 1n &&
    right.value.n < 100n &&
    right.value.n > -100n
    ? { base: node.name, index: left.name, shift: Number(right.value.n) }
    : undefined
}

/** With its lowest index at n; undefined when it is no recurrence, so holds only one index or several names of it. */
export function fromLowest(node: Node): Node | undefined {
  const places: Place[] = []
  some(node, (one) => {
    const place = placeOf(one)
    if (place) places.push(place)
    return false
  })
  const [first] = places
  if (!first || !places.every(({ index }) => index === first.index)) return undefined
  const shifts = places.map(({ shift }) => shift)
  const lowest = Math.min(...shifts)
  if (lowest === Math.max(...shifts)) return undefined
  const named = (one: Node): Node => {
    const place = placeOf(one)
    return place ? { kind: 'variable', name: `${place.base}_${place.shift - lowest}` } : mapChildren(one, named)
  }
  const n: Node = { kind: 'variable', name: first.index }
  return substitute(named(node), first.index, plus(n, numeral(-lowest)))
}
