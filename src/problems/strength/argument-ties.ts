/** What all seed inputs share between two arguments, e.g. lists of the same length, and how a new input is made to keep it. */
import type { Value } from '../../schemas/value.js'
import { lengthOf, partsOfValue, sequenceOf } from './value-parts.js'

interface Relation {
  /** Seeds in which it must hold to be no chance. */
  readonly seeds: number
  /** True when it holds between these two. */
  holds(a: Value, b: Value): boolean
  /** The first of the two, or both, changed so that it holds. */
  repair(a: Value, b: Value): readonly [Value, Value]
}

const isWhole = (value: Value): value is number => typeof value === 'number' && Number.isInteger(value)
const measured = (value: Value): number => lengthOf(value) ?? Number.NaN

function cut(value: Value, length: number): Value {
  if (typeof value === 'string') return value.slice(0, length)
  const parts = partsOfValue(value)
  return parts.is === 'sequence' ? sequenceOf(parts.tag, parts.items.slice(0, length)) : value
}

/** From the strictest on: the first one that all seeds keep is taken. */
const relations: readonly Relation[] = [
  {
    seeds: 2,
    holds: (a, b) => measured(a) === measured(b),
    repair: (a, b) => {
      const length = Math.min(measured(a), measured(b))
      return [cut(a, length), cut(b, length)]
    },
  },
  { seeds: 2, holds: (a, b) => isWhole(a) && a === measured(b), repair: (_, b) => [measured(b), b] },
  {
    seeds: 3,
    holds: (a, b) => isWhole(a) && a < measured(b),
    repair: (a, b) => [Math.min(a as number, measured(b) - 1), b],
  },
  {
    seeds: 3,
    holds: (a, b) => isWhole(a) && a <= measured(b),
    repair: (a, b) => [Math.min(a as number, measured(b)), b],
  },
  {
    seeds: 4,
    holds: (a, b) => isWhole(a) && isWhole(b) && a < b,
    repair: (a, b) => [Math.min(a as number, (b as number) - 1), b],
  },
  {
    seeds: 4,
    holds: (a, b) => isWhole(a) && isWhole(b) && a <= b,
    repair: (a, b) => [Math.min(a as number, b as number), b],
  },
]

interface Kept {
  readonly first: number
  readonly second: number
  readonly relation: Relation
}

/** The relations that hold in every row, where there are enough rows to tell. rows[seed][argument]. */
export function relationsOf(rows: readonly (readonly Value[])[]): readonly Kept[] {
  const width = rows[0]?.length ?? 0
  const kept: Kept[] = []
  for (let first = 0; first < width; first++) {
    for (let second = 0; second < width; second++) {
      if (first === second) continue
      const found = relations.find(
        ({ seeds, holds }) =>
          rows.length >= seeds && rows.every((row) => holds(row[first] as Value, row[second] as Value)),
      )
      if (found) kept.push({ first, second, relation: found })
    }
  }
  return kept
}

/** A row in which the relations hold again; undefined where that could not be done. */
export function repaired(row: readonly Value[], kept: readonly Kept[]): readonly Value[] | undefined {
  const made = [...row]
  for (const { first, second, relation } of kept) {
    const [a, b] = [made[first] as Value, made[second] as Value]
    if (relation.holds(a, b)) continue
    const [left, right] = relation.repair(a, b)
    made[first] = left
    made[second] = right
  }
  const whole = kept.every(({ first, second, relation }) => relation.holds(made[first] as Value, made[second] as Value))
  return whole ? made : undefined
}
