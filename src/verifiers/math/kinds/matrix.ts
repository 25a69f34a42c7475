/** Matrices, written out or worked out of sums, products, powers, transposes and inverses of written ones. */
import { type How, no } from '../finding.js'
import { evaluated, type Rows } from '../matrices/evaluate.js'
import { parseNode } from '../read/answer.js'
import { Unparsed } from '../read/unparsed.js'
import type { KindOf, Node } from '../tree/node.js'
import { childrenOf } from '../tree/walk.js'
import { type Answer, defineKind } from './kind.js'
import { sameInOrder } from './members.js'

/**
 * `[[1, 2], [3, 4]]` is one too. A column or a row beside a tuple is a vector: the kind tuple stands before this one. The
 * name `I` is the identity of the other side's size.
 */
export const matrixKind = defineKind<Rows>({
  id: 'matrix',
  exclusive: true,
  read: (answer, how, other) =>
    answer.node && (bySemicolons(answer, other, how) ?? rowsOf(answer.node, how, sizeOf(other))),
  same: (a, b, how) => {
    if (a.length !== b.length || a[0]?.length !== b[0]?.length) return no('structure', 'the sizes differ')
    return sameInOrder(a.flat(), b.flat(), how)
  },
})

/** `A = …` is named only to be read. */
const named = (node: Node): Node =>
  node.kind === 'relation' && node.signs.length === 1 && node.signs[0] === '=' && node.sides[0]?.kind !== 'matrix'
    ? (node.sides[1] ?? node)
    : node

function rowsOf(node: Node, how: How, size?: number): Rows | undefined {
  const body = named(node)
  if (body.kind === 'group') return nested(body)
  if (!holdsMatrix(body) && !(size && /^I(?:_|$)/.test(scaledName(body)))) return undefined
  const value = evaluated(body, how.budget, size)
  return value?.kind === 'matrix' ? value.rows : undefined
}

/** The name in `I`, `2I` or `-I_3`. */
const scaledName = (node: Node): string =>
  node.kind === 'variable' ? node.name : node.kind === 'multiply' ? scaledName(node.right) : ''

const sizeOf = ({ node }: Answer): number | undefined => {
  const rows = node && named(node)
  return rows?.kind === 'matrix' && rows.rows.length === rows.rows[0]?.length ? rows.rows.length : undefined
}

/** `[1, 2; 3, 4]` beside a matrix. */
function bySemicolons({ text, node }: Answer, other: Answer, how: How): Rows | undefined {
  if (node?.kind !== 'group' || node.open !== '[' || other.node?.kind !== 'matrix' || !text.includes(';'))
    return undefined
  const rows = text.slice(1, -1).split(';')
  if (rows.length > 20) return undefined
  try {
    return rows.map((row) => row.split(',').map((entry) => parseNode(entry, how.budget)))
  } catch (error) {
    if (error instanceof Unparsed) return undefined
    throw error
  }
}

/** A list of rows, each in brackets, all of one length. */
function nested({ open, items }: KindOf<'group'>): Rows | undefined {
  if (open === '{' || items.length === 0) return undefined
  const rows = items.map((item) => (item.kind === 'group' && item.open !== '{' ? item.items : undefined))
  const width = rows[0]?.length
  if (rows.some((row) => row === undefined || row.length !== width)) return undefined
  return rows as Rows
}

function holdsMatrix(node: Node): boolean {
  if (node.kind === 'matrix') return node.fence !== '|' && node.fence !== '||'
  switch (node.kind) {
    case 'add':
    case 'multiply':
    case 'divide':
      return holdsMatrix(node.left) || holdsMatrix(node.right)
    case 'power':
      return holdsMatrix(node.left)
    case 'call':
      return node.name === 'diag' || childrenOf(node).some(holdsMatrix)
    default:
      return false
  }
}
