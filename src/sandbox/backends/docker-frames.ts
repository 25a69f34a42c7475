import type { PassThrough, Readable } from 'node:stream'

const headerBytes = 8
const stderrStream = 2

/** Of stderr at most this much waits for a reader; more is dropped, so that an unread stderr never stops the answers. */
const stderrWaitingBytes = 64 << 10

/**
 * Splits an engine's attach stream into stdout and stderr and ends both with it. Waits while stdout's reader is slow.
 * Frames: a byte with the stream's number, three zero bytes, the payload's length (big-endian, 4 bytes), the payload.
 */
export async function splitFrames(source: Readable, stdout: PassThrough, stderr: PassThrough): Promise<void> {
  let header = Buffer.alloc(0)
  let left = 0
  try {
    for await (const piece of source) {
      let chunk = piece as Buffer
      while (chunk.length > 0) {
        if (left === 0) {
          const missing = headerBytes - header.length
          header = Buffer.concat([header, chunk.subarray(0, missing)])
          chunk = chunk.subarray(missing)
          if (header.length < headerBytes) break
          left = header.readUInt32BE(4)
          if (left === 0) header = Buffer.alloc(0)
          continue
        }
        const payload = chunk.subarray(0, left)
        chunk = chunk.subarray(payload.length)
        left -= payload.length
        const toStderr = header[0] === stderrStream
        if (left === 0) header = Buffer.alloc(0)
        if (toStderr) {
          if (stderr.writableLength < stderrWaitingBytes) stderr.write(payload)
        } else if (!stdout.write(payload) && !stdout.destroyed) {
          await drained(stdout)
        }
      }
    }
  } catch {
    // The connection broke: the slot is over, which `exited` says in words.
  } finally {
    stdout.end()
    stderr.end()
  }
}

function drained(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}
