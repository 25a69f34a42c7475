import { AppError } from '../base/errors.js'
import type { Problem } from '../schemas/problem.js'
import type { Format } from './formats/format.js'
import { rowValue, uniqueIds } from './problem-row.js'
import { type BadRowOptions, parseRows, readRows } from './rows.js'

export interface ImportOptions extends BadRowOptions {
  /** License to write instead of the published one. */
  readonly license?: string
}

/**
 * The problems of published files, in order; rows are numbered on from file to file, so that ids stay unique.
 * A refused row keeps its number. Throws `problems/malformed-row` (unless told to skip), `config/missing-file`.
 */
export async function* importProblems(
  format: Format,
  files: readonly string[],
  { license, ...badRows }: ImportOptions = {},
): AsyncGenerator<Problem> {
  const unique = uniqueIds()
  let index = -1
  for (const file of files) {
    yield* parseRows(
      readRows(file),
      (row) => {
        index++
        const problem = named(format, () => format.parse(rowValue(row), { index, where: row.where, license }))
        unique(problem.id, row.where)
        return problem
      },
      badRows,
    )
  }
}

/** Adds to a refusal which format the row was read as. */
function named(format: Format, parse: () => Problem): Problem {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof AppError) || error.hint) throw error
    const { code, message, details } = error
    throw new AppError(code, {
      message,
      hint: `the row was read as '${format.id}': ${format.describe}`,
      details,
      cause: error,
    })
  }
}
