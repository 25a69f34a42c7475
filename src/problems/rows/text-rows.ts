/** Rows of text files: each record is checked as text and becomes a row; a file that breaks off ends in an unreadable one. */
import { isUtf8 } from 'node:buffer'
import { AppError } from '../../base/errors.js'
import type { Splitter, TextRecord } from './pieces.js'
import { damagedFile, malformedRow, tooLongRow } from './refuse-row.js'
import { type Row, unreadableRow } from './row.js'

/** A record that is text. */
export interface RowText {
  readonly number: number
  readonly where: string
  readonly text: string
  /** True when the file ends in it, without what ends a row. */
  readonly torn: boolean
}

export interface TextFile {
  readonly file: string
  readonly bytes: AsyncIterable<Buffer>
  readonly maxRowBytes: number
  readonly split: Splitter
  /** Where record `number` stands, for messages. */
  readonly place: (number: number) => string
  readonly row: (record: RowText) => Row
}

/** The rows of a text file. What is wrong with one of them shows when its value is asked for. */
export async function* textRows({ file, bytes, maxRowBytes, split, place, row }: TextFile): AsyncGenerator<Row> {
  let read = 0
  try {
    for await (const record of split(bytes, maxRowBytes)) {
      const where = place(record.number)
      const text = textOf(record, { where, maxRowBytes })
      const { number, torn } = record
      yield text instanceof AppError ? unreadableRow(number, where, text) : row({ number, where, text, torn })
      read = number
    }
  } catch (error) {
    const reason = damage(error)
    if (reason === undefined) throw error
    yield unreadableRow(read + 1, file, damagedFile(file, { reason, rows: read, cause: error }))
  }
}

function textOf({ bytes, size }: TextRecord, { where, maxRowBytes }: { where: string; maxRowBytes: number }) {
  if (!bytes) return tooLongRow(where, maxRowBytes, size)
  if (bytes.includes(0)) return malformedRow(where, 'the row holds a NUL byte', { hint: withoutNul })
  if (!isUtf8(bytes)) {
    return malformedRow(where, 'the row is not valid UTF-8', { hint: 'convert the file: iconv -t UTF-8' })
  }
  return bytes.toString('utf8')
}

const withoutNul = 'a text file carries NUL as \\u0000 at most: repair the row, or --bad-rows skip leaves it out'

/** What broke in the file itself; undefined for an error that is about something else. */
function damage(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'Z_BUF_ERROR') return 'the gzip data is cut off'
  if (code?.startsWith('Z_')) return `the gzip data is damaged (${(error as Error).message})`
  return error instanceof AppError && error.code === 'input/malformed' ? error.message : undefined
}
