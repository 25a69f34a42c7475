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
  /** True for a line over the limit; its text was let go. Only where the reader asked for such lines. */
  tooLong?: boolean
}

const NEWLINE = 0x0a

/**
 * Lines of a byte stream without ever holding more than one line; empty lines are skipped.
 * A line longer than maxBytes throws `input/malformed`, or with `tellLonger` comes as `tooLong` without its text, so
 * that the stream goes on. UTF-8; invalid bytes become U+FFFD.
 */
export async function* readLines(
  input: Readable | AsyncIterable<Uint8Array>,
  maxBytes = 64 << 20,
  { tellLonger = false }: { readonly tellLonger?: boolean } = {},
): AsyncGenerator<Line> {
  let number = 0
  let pending: Buffer[] = []
  let pendingBytes = 0
  const tooLong = () => pendingBytes > maxBytes
  const take = (piece: Buffer) => {
    pendingBytes += piece.length
    if (!tooLong()) pending.push(piece)
    else if (tellLonger) pending = []
    else throw tooLongError(number + 1, maxBytes)
  }
  const line = (torn: boolean): Line | undefined => {
    const [raw, bytes, long] = [Buffer.concat(pending), pendingBytes, tooLong()]
    pending = []
    pendingBytes = 0
    number++
    if (long) return { number, text: '', torn, bytes, tooLong: true }
    const text = raw.toString('utf8')
    return text.trim() === '' ? undefined : { number, text, torn, bytes }
  }
  for await (const piece of input) {
    const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array)
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end))
      start = end + 1
      const found = line(false)
      if (found) yield found
    }
    if (start < chunk.length) take(chunk.subarray(start))
  }
  const last = pendingBytes > 0 ? line(true) : undefined
  if (last) yield last
}

const tooLongError = (line: number, maxBytes: number) =>
  new AppError('input/malformed', {
    message: `line ${line} is longer than ${maxBytes} bytes`,
    hint: 'one JSON object a line is expected',
    details: { line, maxBytes },
  })
