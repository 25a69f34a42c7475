/** Files that are whole or absent, and files of rows that a second start continues. */
import { randomUUID } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { readLines } from '../base/jsonl.js'
import { cutTornTail } from './torn.js'
import { storeError } from './trouble.js'

const FLUSH_BYTES = 256 << 10

/** Name of a file that is being written and will take another's place; in the same folder, so that the rename is atomic. */
const draftOf = (file: string) =>
  path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.tmp`)

/** Makes the names in a folder durable. Systems that cannot do it (Windows) keep their own order. */
export function syncFolder(folder: string): void {
  let descriptor: number
  try {
    descriptor = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(descriptor)
  } catch {
    // A file system without fsync for folders.
  } finally {
    closeSync(descriptor)
  }
}

/** Writes a file so that a reader, or a crash at any point, sees the old content or the new one, never a part. */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const draft = draftOf(file)
  try {
    const descriptor = openSync(draft, 'wx')
    try {
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, file)
    syncFolder(path.dirname(file))
  } catch (error) {
    rmSync(draft, { force: true })
    throw storeError(error, file)
  }
}

export interface FileWriter {
  write(text: string): Promise<void>
  /** Puts the file in its place. */
  commit(): Promise<void>
  /** Leaves no trace of it. Does nothing after commit. */
  discard(): Promise<void>
}

/** A long file written piece by piece, in its place only once it is whole. */
export async function openAtomic(file: string): Promise<FileWriter> {
  const draft = draftOf(file)
  const handle = await open(draft, 'wx').catch((error) => {
    throw storeError(error, file)
  })
  let pending = ''
  let closed = false
  const flush = async () => {
    const text = pending
    pending = ''
    if (text) await handle.writeFile(text)
  }
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      throw storeError(error, file)
    }
  }
  return {
    write: (text) =>
      guarded(async () => {
        pending += text
        if (pending.length >= FLUSH_BYTES) await flush()
      }),
    commit: () =>
      guarded(async () => {
        await flush()
        await handle.sync()
        await handle.close()
        closed = true
        await rename(draft, file)
        syncFolder(path.dirname(file))
      }),
    discard: async () => {
      if (closed) return
      closed = true
      await handle.close()
      await rm(draft, { force: true })
    },
  }
}

export interface RowWriter {
  /** Complete rows that were already there. */
  readonly existing: number
  /**
   * Takes the next row. Rows that the file already holds are compared, not written again; from the first one that
   * differs, the file is written anew. One call at a time.
   */
  write(row: object): Promise<void>
  /** Resolves when every row so far is on disk. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Checksums of the rows of a JSONL file, as far as they are as we write them: one a line, no empty line. */
async function rowSums(file: string, sizeBytes: number): Promise<number[]> {
  const sums: number[] = []
  if (sizeBytes === 0) return sums
  for await (const line of readLines(createReadStream(file, { end: sizeBytes - 1 }))) {
    if (line.number !== sums.length + 1) break
    sums.push(crc32(line.text))
  }
  return sums
}

/**
 * A JSONL file whose rows can be told again from the start, as those of a resumed run are.
 * What a crash tore is cut; the caller writes all rows again and only the missing ones reach the disk.
 */
export async function openRows(file: string): Promise<RowWriter> {
  const handle = await open(file, 'a+').catch((error) => {
    throw storeError(error, file)
  })
  let sizeBytes = 0
  let sums: number[] = []
  try {
    sizeBytes = await cutTornTail(handle)
    sums = await rowSums(file, sizeBytes)
  } catch (error) {
    await handle.close()
    throw storeError(error, file)
  }
  let told = 0
  let keptBytes = 0
  let following = true
  let pending = ''
  let failure: unknown

  const cut = async () => {
    following = false
    if (keptBytes < sizeBytes) await handle.truncate(keptBytes)
  }
  const guarded = async (work: () => Promise<void>) => {
    if (failure) throw failure
    try {
      await work()
    } catch (error) {
      failure = storeError(error, file)
      throw failure
    }
  }
  const flush = async () => {
    const text = pending
    pending = ''
    if (text) await handle.appendFile(text)
  }
  return {
    existing: sums.length,
    write: (row) =>
      guarded(async () => {
        const text = JSON.stringify(row)
        if (following && sums[told] === crc32(text)) {
          told++
          keptBytes += Buffer.byteLength(text) + 1
          return
        }
        if (following) await cut()
        pending += `${text}\n`
        if (pending.length >= FLUSH_BYTES) await flush()
      }),
    flush: () =>
      guarded(async () => {
        await flush()
        await handle.datasync()
      }),
    close: async () => {
      try {
        await guarded(flush)
      } finally {
        await handle.close()
      }
    },
  }
}
