/** `\begin{…}`: matrices, cases, systems of equations. */
import type { KindOf, Matrix, Node } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { isStatement, list } from './nodes.js'
import { statement } from './statements.js'

const fences: Readonly<Record<string, Matrix['fence']>> = {
  pmatrix: '(',
  bmatrix: '[',
  Bmatrix: '{',
  vmatrix: '|',
  Vmatrix: '||',
  matrix: '',
  smallmatrix: '',
  array: '',
}
const systems = new Set([
  'aligned',
  'align',
  'align*',
  'gathered',
  'gather',
  'split',
  'equation',
  'eqnarray',
  'alignedat',
])

/** Stands at `\begin`. `cases`: an open brace without its partner stands in front. */
export function matrixFrom(c: Cursor, cases: boolean): Node {
  c.enter()
  c.at++
  const name = environmentName(c)
  if (name === 'array') skipColumns(c)
  const isCases = cases || name === 'cases' || name === 'dcases' || name === 'rcases'
  c.environments++
  const node = c.inside(() =>
    systems.has(name)
      ? systemFrom(c)
      : isCases
        ? casesFrom(c)
        : gridFrom(c, fences[name] ?? c.fail(`${name} is not read here`)),
  )
  c.environments--
  c.at++
  if (environmentName(c) !== name) c.fail('an environment with another end')
  c.leave()
  return node
}

function environmentName(c: Cursor): string {
  c.expect('{', 'an environment')
  let name = ''
  while (!c.is('}') && c.token.type !== 'end' && name.length < 20) {
    name += c.token.text
    c.at++
  }
  c.expect('}', 'an environment')
  return name
}

function skipColumns(c: Cursor): void {
  if (c.take('[')) while (c.token.type !== 'end' && !c.take(']')) c.at++
  if (!c.take('{')) return
  while (c.token.type !== 'end' && !c.take('}')) c.at++
}

const isEnd = (c: Cursor) => c.token.type === 'command' && c.token.text === 'end'

/** Rows of cells; an empty last row is none. */
function rowsOf<T>(c: Cursor, row: () => T): T[] {
  const rows: T[] = []
  while (!isEnd(c)) {
    while (c.takeCommand('hline')) c.budget.spend()
    if (isEnd(c)) break
    rows.push(row())
    if (!c.take('\\\\')) break
  }
  if (!isEnd(c)) c.fail('an environment without its end')
  return rows
}

function gridFrom(c: Cursor, fence: Matrix['fence']): Node {
  const rows = rowsOf(c, () => {
    const cells = [statement(c)]
    while (c.take('&')) cells.push(statement(c))
    return cells
  })
  if (rows.length === 0 || rows.some((row) => row.length !== rows[0]?.length)) c.fail('a matrix with ragged rows')
  return { kind: 'matrix', fence, rows }
}

type Piece = KindOf<'cases'>['pieces'][number]

/** Values with their conditions; rows without one are a system. */
function casesFrom(c: Cursor): Node {
  let separated = false
  const rows = rowsOf(c, (): Piece => {
    const value = statement(c)
    const comma = c.take(',') && !isStatement(value) && !c.is('\\\\') && !isEnd(c)
    const spaced = c.take('quad')
    const divided = c.take('&') || spaced || comma
    separated ||= divided
    if (!divided && !isCondition(c)) return { value }
    const when = condition(c)
    if (!c.take(',')) c.take('.')
    return when ? { value, when } : { value }
  })
  if (rows.length === 0) c.fail('cases without a row')
  const system = rows.every(({ value, when }) => !when && isStatement(value))
  if (system) return list(rows.map(({ value }) => value))
  if (!separated && rows.every(({ when }) => !when)) c.fail('cases without conditions')
  return { kind: 'cases', pieces: rows }
}

const conditional = new Set(['if', 'when', 'for', 'where', 'otherwise', 'else', 'whenever', 'provided'])
const isCondition = (c: Cursor) => c.token.type === 'word' && conditional.has(c.token.text.toLowerCase())

/** Undefined when it holds otherwise. */
function condition(c: Cursor): Node | undefined {
  if (c.take('\\\\') || isEnd(c)) return c.fail('a case without its condition')
  let other = false
  while (isCondition(c)) {
    other ||= /^(?:otherwise|else)$/i.test(c.token.text)
    c.at++
    c.take('&')
  }
  if (other && (c.is('\\\\') || isEnd(c) || c.is(',') || c.is('.'))) return undefined
  let when = statement(c)
  while (c.is(',') && !c.isAhead(1, '\\\\') && !(c.ahead(1).type === 'command' && c.ahead(1).text === 'end')) {
    c.at++
    when = { kind: 'and', left: when, right: statement(c) }
  }
  if (!isStatement(when) && when.kind !== 'words') c.fail('a case whose condition is no statement')
  return when
}

/** Rows one below the other: every row is a statement or a value. */
function systemFrom(c: Cursor): Node {
  c.systems++
  const rows = rowsOf(c, () => {
    const row = [statement(c)]
    while (c.take(',') && !c.is('\\\\') && !isEnd(c)) row.push(statement(c))
    return list(row)
  })
  c.systems--
  return rows.length === 0
    ? c.fail('a system without a row')
    : list(rows.flatMap((row) => (row.kind === 'list' ? row.items : [row])))
}
