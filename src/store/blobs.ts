/** Large texts by their sha256, in append-only packs: one `{hash, text}` a line. The hash is the checksum. */

import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { sha256 } from '../base/hash.js'
import { BlobIndex, type BlobPlace } from './blob-index.js'
import { type GroupCommit, openGroupCommit } from './group-commit.js'
import { listSegments, readSegment, segmentFile } from './segments.js'
import { corrupt, storeError } from './trouble.js'

const HEAD = '{"hash":"'
const HASH_LENGTH = 64
const HASH = /^[0-9a-f]{64}$/

export interface Blobs {
  /** Keeps a text; resolves with its hash once it is on disk. The same text is kept once. */
  put(text: string): Promise<string>
  /** Throws `store/corrupt` when the text is not there or not what was put. */
  get(hash: string): Promise<string>
  /** Distinct texts. */
  readonly size: number
  close(): Promise<void>
}

/** Reads only the hashes: the texts are checked when they are asked for. */
async function buildIndex(dir: string): Promise<BlobIndex> {
  const index = new BlobIndex()
  const segments = listSegments(dir)
  for (const segment of segments) {
    const file = segmentFile(dir, segment)
    let last = 0
    for await (const { lines, torn } of readSegment(file)) {
      for (const { number, offset, bytes } of lines) {
        last = number
        const hash = bytes.toString('latin1', HEAD.length, HEAD.length + HASH_LENGTH)
        if (bytes.toString('latin1', 0, HEAD.length) !== HEAD || !HASH.test(hash)) {
          throw corrupt(file, number, 'not a stored text')
        }
        index.set(hash, { segment, offset, length: bytes.length })
      }
      if (torn > 0 && segment !== segments.at(-1)) throw corrupt(file, last + 1, 'the line is cut off')
    }
  }
  return index
}

async function readText(handle: FileHandle, { offset, length }: BlobPlace): Promise<string> {
  const bytes = Buffer.alloc(length)
  await handle.read(bytes, 0, length, offset)
  const { text } = JSON.parse(bytes.toString('utf8')) as { text: string }
  return text
}

/**
 * Opens the blob store of a run (its folder `blobs/`). Reading changes nothing on disk, so it may be done beside a live writer; the first put
 * cuts what a crash tore and needs the run's lock.
 */
export async function openBlobs(runDir: string): Promise<Blobs> {
  const dir = path.join(runDir, 'blobs')
  const index = await buildIndex(dir).catch((error) => {
    throw storeError(error, dir)
  })
  const underWay = new Map<string, Promise<string>>()
  const readers = new Map<number, Promise<FileHandle>>()
  let writer: Promise<GroupCommit> | undefined

  const reader = (segment: number): Promise<FileHandle> => {
    const known = readers.get(segment) ?? open(segmentFile(dir, segment), 'r')
    readers.set(segment, known)
    return known
  }
  const store = async (hash: string, text: string): Promise<string> => {
    writer ??= openGroupCommit(dir)
    const line = JSON.stringify({ hash, text })
    const place = await (await writer).append(line)
    index.set(hash, { ...place, length: Buffer.byteLength(line) })
    return hash
  }
  return {
    put: async (text) => {
      const hash = sha256(text)
      if (index.get(hash)) return hash
      const known = underWay.get(hash) ?? store(hash, text).finally(() => underWay.delete(hash))
      underWay.set(hash, known)
      return known
    },
    get: async (hash) => {
      const place = index.get(hash)
      if (!place) {
        throw new AppError('store/corrupt', {
          message: `${dir}: the text ${hash} is not there`,
          hint: 'a part of the blob store is missing: restore it from a copy, or start a new run with another --out',
          details: { hash },
        })
      }
      const file = segmentFile(dir, place.segment)
      const text = await readText(await reader(place.segment), place).catch((error) => {
        throw error instanceof SyntaxError ? misplaced(file, place) : storeError(error, file)
      })
      if (sha256(text) !== hash) throw misplaced(file, place)
      return text
    },
    get size() {
      return index.size
    },
    close: async () => {
      await (await writer)?.close()
      for (const handle of readers.values()) await (await handle).close()
    },
  }
}

function misplaced(file: string, { offset }: BlobPlace): AppError {
  return new AppError('store/corrupt', {
    message: `${file}: the text at byte ${offset} does not match its hash`,
    hint: 'the file was changed or damaged after it was written: restore it from a copy, or start a new run with another --out',
    details: { file, offset },
  })
}
