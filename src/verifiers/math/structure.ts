/** Comparison of shapes part by part; expressions inside are compared by value. */
import { type Finding, sameExpression } from './compare.js'
import {
  type Assignment,
  assignedValue,
  assignment,
  every,
  type How,
  no,
  type Of,
  times,
  unsure,
  yes,
} from './findings.js'
import type { Node } from './node.js'
import { sameQuantity } from './quantity.js'
import { integer } from './rational.js'
import { sameRelations } from './relations.js'
import type { Shape } from './shape.js'

export async function sameShape(gold: Shape, other: Shape, how: How): Promise<Finding> {
  how.budget.spend(10)
  const [a, b] = [plain(gold), plain(other)]
  if (a.kind === 'expression' && b.kind === 'expression') return sameQuantity(a, b, how)
  if (a.kind === 'relation' || b.kind === 'relation') return sameRelations(a, b, how)
  if (isCollection(a) && isCollection(b)) return sameMembers(a, b, how)
  if (a.kind === 'sequence' && b.kind === 'sequence') return sameSequence(a, b, how)
  if (a.kind === 'sequence' && b.kind === 'list') return sequenceAsNames(a, b, how)
  if (a.kind === 'list' && b.kind === 'sequence') return sequenceAsNames(b, a, how)
  if (a.kind === 'matrix' && b.kind === 'matrix') return sameMatrix(a, b, how)
  if (a.kind === 'union' && b.kind === 'union') return sameMembers(a, b, how)
  if (a.kind === 'text' && b.kind === 'text') return sameWords(a.words, b.words)
  if (a.kind === 'clock' && b.kind === 'clock') return sameClock(a, b)
  if (a.kind === 'ratio' || b.kind === 'ratio') return sameRatio(a, b, how)
  return different(a, b)
}

/** A set of one member that is an equation, a column as a tuple: the same thing in its plainer form. */
function plain(shape: Shape): Shape {
  if (shape.kind !== 'matrix') return shape
  const column = shape.rows.length > 1 && shape.rows.every((row) => row.length === 1)
  if (!column) return shape
  const items = shape.rows.map((row): Shape => ({ kind: 'expression', node: row[0] as Node }))
  return { kind: 'sequence', open: '(', close: ')', items }
}

const isCollection = (shape: Shape): shape is Of<'set' | 'list' | 'union'> =>
  shape.kind === 'set' || shape.kind === 'list'

const hard = new Set<Shape['kind']>(['expression', 'sequence', 'matrix', 'set', 'clock'])

/** Kinds that cannot be the same thing are unequal; the rest is left open. */
const different = (a: Shape, b: Shape): Finding => {
  const text = `expected ${named(a)}, got ${named(b)}`
  const one = isCollection(a) ? a : isCollection(b) ? b : undefined
  if (one && (one.items.length > 1 || one.items.length === 0) && (a.kind === 'expression' || b.kind === 'expression'))
    return no(text)
  return hard.has(a.kind) && hard.has(b.kind) && a.kind !== b.kind && one?.items.length !== 1 ? no(text) : unsure(text)
}

const named = (shape: Shape) => (shape.kind === 'text' ? 'words' : `a value of kind ${shape.kind}`)

async function sameSequence(a: Of<'sequence'>, b: Of<'sequence'>, how: How): Promise<Finding> {
  if (a.items.length !== b.items.length) return no(`expected ${a.items.length} parts, got ${b.items.length}`)
  if (a.open !== b.open || a.close !== b.close) return no('the brackets differ')
  return every(
    a.items.map((item, index) => [item, b.items[index] as Shape] as const),
    how,
  )
}

/** `x=2, y=5` as the tuple of its values, in the order of the names. */
async function sequenceAsNames(tuple: Of<'sequence'>, list: Of<'list' | 'set' | 'union'>, how: How): Promise<Finding> {
  const named = list.items.map(assignment)
  if (named.includes(undefined) || tuple.open !== '(' || tuple.close !== ')') return unsure('a tuple against a list')
  const sorted = (named as Assignment[]).toSorted((x, y) => (x.name < y.name ? -1 : 1))
  if (new Set(sorted.map(({ name }) => name)).size !== sorted.length)
    return unsure('a tuple against readings of one name')
  const items = sorted.map(({ value }): Shape => ({ kind: 'expression', node: value }))
  return sameSequence(tuple, { kind: 'sequence', open: '(', close: ')', items }, how)
}

/**
 * Every member of one has its equal in the other. Repeats count in two lists, and once where a set is given in braces.
 * Lists keep their order where the policy says so, and where one side gives different names and the other gives none.
 */
async function sameMembers(
  a: Of<'set' | 'list' | 'union'>,
  b: Of<'set' | 'list' | 'union'>,
  how: How,
): Promise<Finding> {
  if (a.items.length * b.items.length > 2500) return unsure('too many members')
  const names = await sameAssignments(a.items, b.items, how)
  if (names) return names
  if (how.policy.orderedLists && a.kind === 'list' && b.kind === 'list') return inOrder(a.items, b.items, how)
  const [left, right] = [a.items.map(assignedValue), b.items.map(assignedValue)]
  if (namesIn(a.items) > 1 || namesIn(b.items) > 1) {
    const ordered = await inOrder(left, right, how)
    return ordered.equal ? ordered : unsure('values in another order than the names')
  }
  const found: (boolean | null)[][] = []
  for (const item of left) {
    const row: (boolean | null)[] = []
    for (const other of right) row.push((await sameShape(item, other, how)).equal)
    found.push(row)
  }
  const columns = right.map((_, index) => found.map((row) => row[index] ?? null))
  const lines = [...found, ...columns]
  if (lines.every((line) => line.includes(true))) {
    if (a.kind === 'list' && b.kind === 'list')
      return paired(found, right.length) ? yes('the same members') : no('a member occurs another number of times')
    if (left.length === right.length || a.kind === b.kind) return yes('the same members')
    return unsure('a list with repeats against a set')
  }
  return lines.some((line) => line.every((equal) => equal === false))
    ? no('a member has no equal')
    : unsure('a member is not settled')
}

async function inOrder(a: readonly Shape[], b: readonly Shape[], how: How): Promise<Finding> {
  if (a.length !== b.length) return no('the lists differ in length')
  return every(
    a.map((item, index) => [item, b[index] as Shape] as const),
    how,
  )
}

const namesIn = (items: readonly Shape[]) => new Set(items.flatMap((item) => assignment(item)?.name ?? [])).size

/** Every row has a column of its own where it is true; equality goes over, so the first free one does. */
function paired(rows: readonly (readonly (boolean | null)[])[], columns: number): boolean {
  const free = new Set(Array.from({ length: columns }, (_, index) => index))
  for (const row of rows) {
    const at = [...free].find((index) => row[index] === true)
    if (at === undefined) return false
    free.delete(at)
  }
  return free.size === 0
}

/** Lists of different names, e.g. a=3, b=4: compared name by name. */
async function sameAssignments(a: readonly Shape[], b: readonly Shape[], how: How): Promise<Finding | undefined> {
  const [left, right] = [a.map(assignment), b.map(assignment)]
  if (left.includes(undefined) || right.includes(undefined)) return undefined
  const [want, got] = [left as Assignment[], right as Assignment[]]
  const names = new Set(want.map(({ name }) => name))
  if (names.size !== want.length || new Set(got.map(({ name }) => name)).size !== got.length) {
    return got.every(({ name }) => names.has(name)) ? undefined : no('other names')
  }
  if (want.length !== got.length || got.some(({ name }) => !names.has(name))) return no('other names')
  const pairs = want.map(({ name, value }) => {
    const match = got.find((one) => one.name === name) as Assignment
    return [
      { kind: 'expression', node: value },
      { kind: 'expression', node: match.value },
    ] as const
  })
  return every(pairs, how)
}

async function sameMatrix(a: Of<'matrix'>, b: Of<'matrix'>, how: How): Promise<Finding> {
  const [left, right] = [a.rows, b.rows]
  if (left.length !== right.length || left.some((row, index) => row.length !== right[index]?.length))
    return no('the sizes differ')
  const pairs = left.flatMap((row, i) =>
    row.map(
      (node, j) =>
        [
          { kind: 'expression', node },
          { kind: 'expression', node: right[i]?.[j] as Node },
        ] as const,
    ),
  )
  return every(pairs, how)
}

export const sameWords = (a: string, b: string): Finding => {
  if (a === b) return yes('the same words')
  const sorted = (text: string) => text.split(' ').sort().join(' ')
  return sorted(a) === sorted(b) ? unsure('the same words in another order') : no('other words')
}

function sameClock(a: Of<'clock'>, b: Of<'clock'>): Finding {
  const shifted = (one: Of<'clock'>) => {
    const noon = 12 * 60
    if (!one.half) return one.minutes
    return (one.minutes % noon) + (one.half === 'pm' ? noon : 0)
  }
  if (a.seconds === b.seconds && shifted(a) === shifted(b)) return yes('the same time')
  if (a.half === b.half || (a.half && b.half)) return no('another time')
  return a.minutes % 720 === b.minutes % 720 && a.seconds === b.seconds
    ? unsure('one side does not say which half of the day')
    : no('another time')
}

const nothing: Node = { kind: 'number', value: integer(0) }

async function sameRatio(a: Shape, b: Shape, how: How): Promise<Finding> {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return different(a, b)
  if (left.length !== right.length) return no('the ratios differ in length')
  // Crosswise products say nothing where a part is zero.
  for (const part of [...left, ...right]) {
    if ((await sameExpression(part, nothing, how.budget)).equal !== false) return unsure('a ratio with a part of zero')
  }
  const [first, other] = [left[0] as Node, right[0] as Node]
  const pairs = left.slice(1).map((node, index) => {
    const match = right[index + 1] as Node
    return [
      { kind: 'expression', node: times(node, other) },
      { kind: 'expression', node: times(match, first) },
    ] as const
  })
  return every(pairs, how)
}

/** The parts of a ratio; a fraction is the ratio of its two. */
function partsOf(shape: Shape): readonly Node[] | undefined {
  if (shape.kind === 'ratio') return shape.parts
  if (shape.kind === 'clock' && shape.seconds === 0 && !shape.half) {
    const part = (n: number): Node => ({ kind: 'number', value: integer(n) })
    return [part(Math.floor(shape.minutes / 60)), part(shape.minutes % 60)]
  }
  if (shape.kind !== 'expression' || shape.unit) return undefined
  return [shape.node, { kind: 'number', value: integer(1) }]
}
