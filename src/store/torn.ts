/** The end of a file of lines that a crash may have torn. A line counts once its newline is there. */
import type { FileHandle } from 'node:fs/promises'

const NEWLINE = 0x0a
const CHUNK_BYTES = 64 << 10

/** Byte offset just after the last newline before `end`; 0 when there is none. Reads backwards. */
async function lastLineEnd(handle: FileHandle, end: number): Promise<number> {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end))
  for (let high = end; high > 0; ) {
    const length = Math.min(chunk.length, high)
    const { bytesRead } = await handle.read(chunk, 0, length, high - length)
    const at = chunk.subarray(0, bytesRead).lastIndexOf(NEWLINE)
    if (at !== -1) return high - length + at + 1
    high -= length
  }
  return 0
}

/** Cuts what stands after the last newline. Returns the size that is left, in bytes. */
export async function cutTornTail(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  const whole = await lastLineEnd(handle, size)
  if (whole < size) {
    await handle.truncate(whole)
    await handle.datasync()
  }
  return whole
}

/** The last complete line before `end`, without its newline, or undefined when there is none. */
export async function lastLine(handle: FileHandle, end: number): Promise<string | undefined> {
  if (end === 0) return undefined
  const start = await lastLineEnd(handle, end - 1)
  const bytes = Buffer.alloc(end - 1 - start)
  await handle.read(bytes, 0, bytes.length, start)
  return bytes.toString('utf8')
}
