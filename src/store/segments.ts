/** A folder of append-only JSONL segments, 000001.jsonl and on; only the end of the last one may be torn. */
import { createReadStream, readdirSync } from 'node:fs'
import path from 'node:path'

export const SEGMENT_BYTES = 64 << 20

const pattern = /^\d{6}\.jsonl$/

export const segmentFile = (dir: string, number: number) => path.join(dir, `${String(number).padStart(6, '0')}.jsonl`)

/** Numbers of the segments in a folder, rising; none when the folder is not there. */
export function listSegments(dir: string): number[] {
  let names: string[]
  try {
    names = readdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return names
    .filter((name) => pattern.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b)
}

/** A line of a segment, as bytes that are valid until the next one is asked for. */
export interface SegmentLine {
  readonly number: number
  readonly offset: number
  readonly bytes: Buffer
}

const NEWLINE = 0x0a

/** Complete lines of one segment, a chunk's worth at a time; what stands after the last newline is told in `torn`. */
export async function* readSegment(file: string): AsyncGenerator<{ lines: SegmentLine[]; torn: number }> {
  let number = 0
  let offset = 0
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    let chunk = piece as Buffer
    if (!chunk.includes(NEWLINE)) {
      rest.push(chunk)
      restBytes += chunk.length
      continue
    }
    if (restBytes > 0) chunk = Buffer.concat([...rest, chunk])
    const lines: SegmentLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push({ number: ++number, offset: offset + start, bytes: chunk.subarray(start, end) })
      start = end + 1
    }
    offset += start
    rest = start < chunk.length ? [chunk.subarray(start)] : []
    restBytes = chunk.length - start
    yield { lines, torn: 0 }
  }
  if (restBytes > 0) yield { lines: [], torn: restBytes }
}
