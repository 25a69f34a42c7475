import type { Readable } from 'node:stream'
import { AppError } from './errors.js'

export interface Line {
  /** 1-based line number. */
  number: number
  text: string
  /** True when the stream ended without a newline after this line. */
  torn: boolean
  /** Its length in the stream, without the newline; invalid UTF-8 makes the text's own length another one. */
  bytes: number
}

const NEWLINE = 0x0a

/**
 * Lines of a byte stream without ever holding more than one line; empty lines are skipped.
 * Throws `input/malformed` for a line longer than maxBytes. UTF-8; invalid bytes become U+FFFD.
 */
export async function* readLines(
  input: Readable | AsyncIterable<Uint8Array>,
  maxBytes = 64 << 20,
): AsyncGenerator<Line> {
  let number = 0
  let pending: Buffer[] = []
  let pendingBytes = 0
  const guard = (extra: number) => {
    if (pendingBytes + extra <= maxBytes) return
    throw new AppError('input/malformed', {
      message: `line ${number + 1} is longer than ${maxBytes} bytes`,
      hint: 'one JSON object a line is expected',
      details: { line: number + 1, maxBytes },
    })
  }
  for await (const piece of input) {
    const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array)
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      guard(end - start)
      const raw = Buffer.concat([...pending, chunk.subarray(start, end)])
      const text = raw.toString('utf8')
      pending = []
      pendingBytes = 0
      start = end + 1
      number++
      if (text.trim() !== '') yield { number, text, torn: false, bytes: raw.length }
    }
    if (start < chunk.length) {
      guard(chunk.length - start)
      pending.push(chunk.subarray(start))
      pendingBytes += chunk.length - start
    }
  }
  if (pendingBytes === 0) return
  const text = Buffer.concat(pending).toString('utf8')
  if (text.trim() !== '') yield { number: number + 1, text, torn: true, bytes: pendingBytes }
}
