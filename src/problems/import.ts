import { AppError } from '../base/errors.js'
import type { Problem } from '../schemas/problem.js'
import type { Format, RowPlace } from './formats/format.js'
import { uniqueIds } from './problem-row.js'
import { columnHint } from './rows/column-hint.js'
import { assertNulCarried } from './rows/nul.js'
import { type BadRowOptions, parseRows, type ReadOptions, type Row, readRows } from './rows.js'

/** A published row over this many bytes of text is refused: the largest known hold some 20 MB of tests. */
const mostRowBytes = 32 << 20

export interface ImportOptions extends BadRowOptions, ReadOptions {
  /** License to write instead of the published one. */
  readonly license?: string
  /** Which column stands for which field, for formats without names of their own. */
  readonly map?: Readonly<Record<string, string>>
  /** Called at each row, before it is read; what it throws ends the import. */
  readonly onRow?: () => void
}

/**
 * The problems of published files, in order; rows are numbered on from file to file, so that ids stay unique.
 * A refused row keeps its number. Throws `problems/malformed-row`, and `input/malformed` for a file that breaks off (both
 * unless told to skip), `config/missing-file`, `usage/bad-option` for a map that the format does not take.
 */
export async function* importProblems(
  format: Format,
  files: readonly string[],
  { license, map, onBytes, onRow, maxRowBytes = mostRowBytes, ...badRows }: ImportOptions = {},
): AsyncGenerator<Problem> {
  const unique = uniqueIds()
  const taken = mapTaken(format, map)
  let index = -1
  for (const file of files) {
    const read = format.rows ?? readRows
    const rows = told(read(file, { onBytes, maxRowBytes }), onRow)
    const parsed = parseRows(
      rows,
      (row) => {
        index++
        const value = row.value()
        const place = taken.place({ index, where: row.where, license })
        const problems = named(format, value, () => format.parse(value, place))
        for (const problem of problems) {
          assertNulCarried(problem, { row: value, where: row.where })
          unique(problem.id, row.where)
        }
        return problems
      },
      badRows,
    )
    for await (const problems of parsed) {
      taken.assert()
      yield* problems
    }
  }
}

async function* told(rows: AsyncIterable<Row>, onRow?: () => void): AsyncGenerator<Row> {
  for await (const row of rows) {
    onRow?.()
    yield row
  }
}

/** Gives the map to a format and tells whether it looked at it: one that never does must not be given one. */
function mapTaken(format: Format, map: ImportOptions['map']) {
  let read = map === undefined
  return {
    place: (place: Omit<RowPlace, 'map'>): RowPlace => ({
      ...place,
      get map() {
        read = true
        return map
      },
    }),
    assert() {
      if (read) return
      throw new AppError('usage/bad-option', {
        message: `--map: the format '${format.id}' has columns of its own`,
        hint: "leave --map out, or read the file with --format csv, which takes any table's columns",
      })
    },
  }
}

/** Adds to a refusal which format the row was read as, and the columns that it has. */
function named<T>(format: Format, row: unknown, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof AppError) || error.hint) throw error
    const { code, message, details } = error
    const columns = columnHint(row, details)
    throw new AppError(code, {
      message,
      hint: `the row was read as '${format.id}': ${format.describe}${columns && `; ${columns}`}`,
      details,
      cause: error,
    })
  }
}
