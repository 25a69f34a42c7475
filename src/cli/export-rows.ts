/** The verified traces of a run, and the files of a format made from them. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { readLines } from '../base/jsonl.js'
import { makeFolders } from '../base/make-folders.js'
import { exact } from '../curation/exact.js'
import type { Exporter } from '../exporters/exporter.js'
import { parseJsonAs } from '../schemas/parse.js'
import { type VerifiedRow, verifiedRowSchema } from '../schemas/trace.js'
import { type FileWriter, openAtomic } from '../store/files.js'
import { runOf } from './read-results.js'

/** Path of a run's verified rows. Throws `config/missing-file` for a folder without a run, or a run that verified nothing yet. */
export function verifiedFile(dir: string): string {
  runOf(dir)
  const file = path.join(dir, 'verified.jsonl')
  if (existsSync(file)) return file
  throw new AppError('config/missing-file', {
    message: `${file} is not there: the run has verified nothing yet`,
    hint: 'continue the run with the command that started it',
  })
}

/** Rows of verified.jsonl; the last one is left out while a running writer has not finished it. */
export async function* verifiedRows(file: string): AsyncGenerator<VerifiedRow> {
  for await (const { number, text, torn } of readLines(createReadStream(file))) {
    if (torn) return
    yield parseJsonAs(verifiedRowSchema, text, `${file}:${number}`, 'store/corrupt')
  }
}

export interface RowCounts {
  read: number
  duplicates: number
}

/** Counts what passes; duplicates go on only when keepAll says so. */
export async function* withoutDuplicates(rows: AsyncIterable<VerifiedRow>, counts: RowCounts, keepAll: boolean) {
  const judge = exact.create()
  for await (const row of rows) {
    counts.read++
    const duplicate = !judge(row).keep
    if (duplicate) counts.duplicates++
    if (!duplicate || keepAll) yield row
  }
}

/** Counts and leaves out the traces whose arithmetic has a wrong step. */
export async function* withoutWrongSteps(rows: AsyncIterable<VerifiedRow>, counts: RowCounts & { wrongSteps: number }) {
  for await (const row of rows) {
    if ((row.verdict.evidence.steps?.wrong ?? 0) === 0) yield row
    else {
      counts.read++
      counts.wrongSteps++
    }
  }
}

export function makeOutFolder(out: string): void {
  try {
    makeFolders(out)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw cause
    throw new AppError('usage/bad-option', {
      message: `--out ${out} is a file, or lies in one`,
      hint: 'name a folder; it is made when it is not there',
      cause,
    })
  }
}

export interface WrittenFile {
  readonly name: string
  readonly sha256: string
  readonly rows: number
}

/** Writes all files of a format into a folder that is there; they appear together at the end, or not at all. */
export async function writeFormat(
  exporter: Exporter,
  rows: AsyncIterable<VerifiedRow>,
  folder: string,
): Promise<WrittenFile[]> {
  const files = new Map<string, { writer: FileWriter; digest: ReturnType<typeof createHash>; rows: number }>()
  try {
    for (const name of exporter.files) {
      files.set(name, { writer: await openAtomic(path.join(folder, name)), digest: createHash('sha256'), rows: 0 })
    }
    for await (const { file: name, row } of exporter.rows(rows)) {
      const file = files.get(name)
      if (!file) throw new Error(`the format ${exporter.id} wrote to '${name}', which it does not name`)
      const text = `${JSON.stringify(row)}\n`
      file.digest.update(text)
      await file.writer.write(text)
      file.rows++
    }
    for (const { writer } of files.values()) await writer.commit()
    return [...files].map(([name, file]) => ({ name, sha256: file.digest.digest('hex'), rows: file.rows }))
  } finally {
    for (const { writer } of files.values()) await writer.discard()
  }
}
