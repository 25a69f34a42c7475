/**
 * Sums, products, powers, transposes and inverses of small written-out matrices and vectors, entry by entry. A matrix
 * that is only a name (`A + 2I`) has no entries and is not evaluated.
 */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { isInteger } from '../value/rational.js'
import { folded, isZero, negative, numeral, over, plus, times } from './arithmetic.js'
import { determinant, maxSize } from './determinant.js'

export type Rows = readonly (readonly Node[])[]

export type Value =
  | { readonly kind: 'scalar'; readonly node: Node }
  | { readonly kind: 'vector'; readonly items: readonly Node[] }
  | { readonly kind: 'matrix'; readonly rows: Rows }

const maxEntries = 400
const maxPower = 12n

const scalar = (node: Node): Value => ({ kind: 'scalar', node })
const matrix = (rows: Rows): Value => ({ kind: 'matrix', rows })
const vector = (items: readonly Node[]): Value => ({ kind: 'vector', items })

/** What an expression of matrices comes to; undefined when it holds none, or one that cannot be worked out. */
export function evaluated(node: Node, budget: Budget, size?: number): Value | undefined {
  budget.spend()
  switch (node.kind) {
    case 'matrix':
      return written(node, budget)
    case 'group':
      return isVector(node) ? vector(node.items.map(folded)) : undefined
    case 'add': {
      const [a, b] = both(node, budget, size)
      return a && b && sum(a, b)
    }
    case 'multiply': {
      const [a, b] = both(node, budget, size)
      return a && b && product(a, b, budget)
    }
    case 'divide': {
      const [a, b] = both(node, budget, size)
      if (!a || b?.kind !== 'scalar') return undefined
      return entrywise(a, (entry) => over(entry, b.node))
    }
    case 'power':
      return raised(node.left, node.right, budget, size)
    case 'call':
      return called(node, budget, size)
    default:
      return identityNamed(node, size) ?? scalar(folded(node))
  }
}

/** Two items and more in brackets of one sort, which an interval half open has not. */
const isVector = ({ open, close, items }: Extract<Node, { kind: 'group' }>) =>
  open !== '{' && items.length > 1 && (open === '[') === (close === ']')

const both = ({ left, right }: { left: Node; right: Node }, budget: Budget, size?: number) =>
  [evaluated(left, budget, size), evaluated(right, budget, size)] as const

function written(node: Extract<Node, { kind: 'matrix' }>, budget: Budget): Value | undefined {
  const { rows, fence } = node
  const width = rows[0]?.length ?? 0
  if (width === 0 || rows.some((row) => row.length !== width) || rows.length * width > maxEntries) return undefined
  budget.spend(rows.length * width)
  if (fence === '||') return undefined
  if (fence !== '|') return matrix(rows.map((row) => row.map(folded)))
  const value = determinant(rows, budget)
  return value && scalar(value)
}

const identityNamed = (node: Node, size: number | undefined): Value | undefined => {
  const name = node.kind === 'variable' ? /^I(?:_\{?(\d|n)\}?)?$/.exec(node.name) : undefined
  if (!name) return undefined
  const given = name[1] && name[1] !== 'n' ? Number(name[1]) : size
  return given ? matrix(identity(given)) : undefined
}

export const identity = (size: number): Rows =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => numeral(i === j ? 1 : 0)))

const entrywise = (value: Value, change: (entry: Node) => Node): Value => {
  if (value.kind === 'scalar') return scalar(change(value.node))
  if (value.kind === 'vector') return vector(value.items.map(change))
  return matrix(value.rows.map((row) => row.map(change)))
}

const zipped = (a: readonly Node[], b: readonly Node[]) => a.map((entry, index) => plus(entry, b[index] as Node))

function sum(a: Value, b: Value): Value | undefined {
  if (a.kind === 'scalar' && b.kind === 'scalar') return scalar(plus(a.node, b.node))
  if (a.kind === 'vector' && b.kind === 'vector')
    return a.items.length === b.items.length ? vector(zipped(a.items, b.items)) : undefined
  if (a.kind === 'matrix' && b.kind === 'matrix') {
    const fits = a.rows.length === b.rows.length && a.rows[0]?.length === b.rows[0]?.length
    return fits ? matrix(a.rows.map((row, i) => zipped(row, b.rows[i] ?? []))) : undefined
  }
  // A column and a tuple are the same thing in two spellings.
  const [one, other] = [columnItems(a), columnItems(b)]
  return one && other && one.length === other.length ? vector(zipped(one, other)) : undefined
}

/** The entries of a vector, whether written as a tuple or as a column. */
export function columnItems(value: Value): readonly Node[] | undefined {
  if (value.kind === 'vector') return value.items
  if (value.kind !== 'matrix' || value.rows.some((row) => row.length !== 1)) return undefined
  return value.rows.map((row) => row[0] as Node)
}

function product(a: Value, b: Value, budget: Budget): Value | undefined {
  if (a.kind === 'scalar') return entrywise(b, (entry) => times(a.node, entry))
  if (b.kind === 'scalar') return entrywise(a, (entry) => times(b.node, entry))
  if (a.kind === 'vector') return undefined
  if (b.kind === 'matrix') {
    const rows = multiplied(a.rows, b.rows, budget)
    return rows && matrix(rows)
  }
  const column = multiplied(
    a.rows,
    b.items.map((item) => [item]),
    budget,
  )
  return column && vector(column.map((row) => row[0] as Node))
}

function multiplied(a: Rows, b: Rows, budget: Budget): Rows | undefined {
  const [inner, width] = [b.length, b[0]?.length ?? 0]
  if (a[0]?.length !== inner || a.length * inner * width > maxSize ** 3) return undefined
  budget.spend(a.length * inner * width * 2)
  return a.map((row) =>
    Array.from({ length: width }, (_, j) =>
      row.reduce<Node>((total, entry, k) => plus(total, times(entry, b[k]?.[j] as Node)), numeral(0)),
    ),
  )
}

function raised(base: Node, exponent: Node, budget: Budget, size?: number): Value | undefined {
  const inner = evaluated(base, budget, size)
  if (!inner) return undefined
  if (inner.kind === 'scalar') return scalar({ kind: 'power', left: inner.node, right: exponent })
  if (inner.kind === 'vector') return undefined
  if (exponent.kind === 'variable' && /^(?:T|top|intercal|prime)$/.test(exponent.name))
    return matrix(transposed(inner.rows))
  const power = folded(exponent)
  if (power.kind !== 'number' || !isInteger(power.value)) return undefined
  return powerOf(inner.rows, power.value.n, budget)
}

function powerOf(rows: Rows, exponent: bigint, budget: Budget): Value | undefined {
  const size = exponent < 0n ? -exponent : exponent
  if (size > maxPower || rows.length !== rows[0]?.length) return undefined
  if (exponent >= 0n) return raisedRows(rows, size, budget)
  const parts = inverseParts(rows, budget)
  const raisedParts = parts && raisedRows(parts.adjugate, size, budget)
  // Divided once, at the end: entries that are quotients grow with every product.
  let divisor = numeral(1)
  for (let turn = 0n; turn < size && parts; turn++) divisor = times(divisor, parts.determinant)
  return raisedParts && entrywise(raisedParts, (entry) => over(entry, divisor))
}

function raisedRows(rows: Rows, size: bigint, budget: Budget): Value | undefined {
  let result: Rows | undefined = identity(rows.length)
  for (let turn = 0n; turn < size && result; turn++) result = multiplied(result, rows, budget)
  return result && matrix(result)
}

const transposed = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] as Node))

/** The adjugate over the determinant; undefined where that is the number zero, or the matrix is no small square. */
function inverseParts(rows: Rows, budget: Budget): { adjugate: Rows; determinant: Node } | undefined {
  const value = determinant(rows, budget)
  if (!value || isZero(value) || (value.kind !== 'number' && rows.length > 4)) return undefined
  if (rows.length === 1) return { adjugate: [[numeral(1)]], determinant: value }
  const adjugate = rows.map((_, i) =>
    rows.map((_, j) => {
      // Cofactor of the entry in row j and column i: the adjugate is transposed.
      const minor = rows.toSpliced(j, 1).map((row) => row.toSpliced(i, 1))
      const cofactor = determinant(minor, budget) as Node
      return (i + j) % 2 === 0 ? cofactor : negative(cofactor)
    }),
  )
  return { adjugate, determinant: value }
}

function called(node: Extract<Node, { kind: 'call' }>, budget: Budget, size?: number): Value | undefined {
  if (node.name === 'diag' && node.args.length > 1 && node.args.length <= maxSize) {
    return matrix(node.args.map((entry, i) => node.args.map((_, j) => (i === j ? folded(entry) : numeral(0)))))
  }
  const [argument] = node.args
  if (node.args.length !== 1 || node.primes > 0 || !argument) return undefined
  const inner = evaluated(argument, budget, size)
  if (inner?.kind !== 'matrix') return inner?.kind === 'scalar' ? scalar(node) : undefined
  if (node.name === 'det') {
    const value = determinant(inner.rows, budget)
    return value && scalar(value)
  }
  if (node.name === 'tr' || node.name === 'trace') {
    return scalar(inner.rows.reduce<Node>((total, row, i) => plus(total, row[i] ?? numeral(0)), numeral(0)))
  }
  return undefined
}
