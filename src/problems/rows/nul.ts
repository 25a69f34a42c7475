/**
 * NUL as a character of a text, as JSON's \u0000 and Parquet give it. As a byte of a text file it is refused where rows
 * are read (text-rows.ts).
 */
import type { Problem } from '../../schemas/problem.js'
import { malformedRow } from './refuse-row.js'

type Path = readonly string[]

const hint =
  'the values of tests may hold it, programs and what a solver reads may not: repair the row, or --bad-rows skip leaves it out'

/**
 * Lets NUL through where it is carried: in the values of a check's cases, and in what was published beside the problem.
 * Throws `problems/malformed-row` for a program, a statement, a gold or an id that holds it.
 * row: as it was parsed, to name its column.
 */
export function assertNulCarried(problem: Problem, { row, where }: { row: unknown; where: string }): void {
  const [place] = nulIn(uncarried(problem))
  if (place === undefined) return
  const columns = nulIn(row)
  const named = (columns.length === 1 && columns[0]) || place
  throw malformedRow(where, [named.join('.'), 'the text holds a NUL character'].filter(Boolean).join(': '), { hint })
}

/** Programs are compiled as they stand, and prompts, golds and ids are text to all that read them. */
function uncarried({ check, meta, ...problem }: Problem) {
  const { cases: _carried, ...rest } = { cases: undefined, ...check }
  return { ...problem, check: rest, meta: { wrong: meta.wrong, solutions: meta.solutions } }
}

/** Paths to all texts with NUL. */
function nulIn(value: unknown): readonly Path[] {
  if (typeof value === 'string') return value.includes('\0') ? [[]] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, item]) => nulIn(item).map((path) => [name, ...path]))
}
