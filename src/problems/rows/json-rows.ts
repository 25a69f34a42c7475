import { splitEntries } from './json-entries.js'
import { splitLines } from './lines.js'
import { malformedRow } from './refuse-row.js'
import type { Row } from './row.js'
import { type TextFile, textRows } from './text-rows.js'

export type TextSource = Pick<TextFile, 'file' | 'bytes' | 'maxRowBytes'>

/** One JSON object a line. */
export const jsonLines = (source: TextSource): AsyncGenerator<Row> =>
  textRows({
    ...source,
    split: splitLines,
    place: (number) => `${source.file}:${number}`,
    row: ({ number, where, text, torn }) => ({ number, where, text, value: () => jsonOf(text, { where, torn }) }),
  })

/** The elements of one JSON array. */
export const jsonArray = (source: TextSource): AsyncGenerator<Row> =>
  textRows({
    ...source,
    split: splitEntries,
    place: rowPlaces(source.file),
    row: ({ number, where, text }) => ({ number, where, text, value: () => jsonOf(text, { where }) }),
  })

/** The rows of one JSON object by their ids; a row without a column `id` gets the id that it is named by. */
export const jsonById = (source: TextSource): AsyncGenerator<Row> =>
  textRows({
    ...source,
    split: splitEntries,
    place: rowPlaces(source.file),
    row: ({ number, where, text }) => ({ number, where, value: () => namedRow(jsonOf(`{${text}}`, { where })) }),
  })

/** A JSON text that is one row. */
export const oneJsonRow = (file: string, text: string): Row => ({
  number: 1,
  where: file,
  text,
  value: () => jsonOf(text, { where: file }),
})

/** Places of the rows of a file without lines. */
export const rowPlaces = (file: string) => (number: number) => `${file}: row ${number}`

function namedRow(entry: unknown): unknown {
  const [id, row] = Object.entries(entry as Record<string, unknown>)[0] ?? []
  const isRow = row !== null && typeof row === 'object' && !Array.isArray(row)
  return isRow ? { id, ...row } : row
}

function jsonOf(text: string, { where, torn = false }: { where: string; torn?: boolean }): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const hint = torn
      ? 'the file ends in this row: it may be cut off, fetch it again'
      : 'one JSON object a line is expected'
    throw malformedRow(where, `not JSON: ${(cause as Error).message}`, { hint, cause })
  }
}
