import type { VerifiedRow } from '../schemas/trace.js'

/** One row of one file of a dataset, in the keys of its format. */
export interface ExportRow {
  /** Name of the file in the output folder, one of the exporter's `files`. */
  readonly file: string
  readonly row: Readonly<Record<string, unknown>>
}

/** Turns verified traces into the rows of a dataset format. Pure: the caller reads the traces and writes the files. */
export interface Exporter {
  readonly id: string
  /** What the format is and who reads it, in words for the command line. */
  readonly describe: string
  /** Every file that it writes, also when it stays empty. */
  readonly files: readonly string[]
  /** The rows, in an order that follows that of the traces. */
  rows(traces: AsyncIterable<VerifiedRow>): AsyncIterable<ExportRow>
}
