/** The only truth of a run: its events, one JSON line each, in append-only segments. Every line carries its checksum. */
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { type Clock, isoTime } from '../base/clock.js'
import type { AppError } from '../base/errors.js'
import { type Event, eventBodySchema } from '../schemas/event.js'
import type { Append } from '../schemas/ports.js'
import { openGroupCommit } from './group-commit.js'
import { listSegments, readSegment, segmentFile } from './segments.js'
import { corrupt, storeError } from './trouble.js'

const folderOf = (runDir: string) => path.join(runDir, 'ledger')

const SUM_TAIL = /^,"sum":"[0-9a-f]{8}"}$/
const TAIL_LENGTH = ',"sum":"00000000"}'.length
const kinds: ReadonlySet<string> = new Set(eventBodySchema.options.map((option) => option.shape.kind.value))

const hex = (sum: number) => sum.toString(16).padStart(8, '0')

/** `{…}` becomes `{…,"sum":"…"}`; the sum is the crc32 of the text before it was added. */
function seal(text: string): string {
  return `${text.slice(0, -1)},"sum":"${hex(crc32(text))}"}`
}

/** The event of a sealed line, or what is wrong with it in words. A line whose sum holds is as we wrote it: it is not parsed by schema again. */
function unseal(line: string): Event | string {
  const tail = line.slice(-TAIL_LENGTH)
  if (!SUM_TAIL.test(tail)) return 'no checksum at the end of the line'
  const text = `${line.slice(0, -TAIL_LENGTH)}}`
  if (hex(crc32(text)) !== tail.slice(8, 16)) return 'the checksum does not match the line'
  const event = JSON.parse(text) as Event
  if (event.v !== 1) return `schema version ${event.v} is not known to this version of assay`
  if (!kinds.has(event.kind)) return `event '${event.kind}' is not known to this version of assay`
  return event
}

export interface Ledger {
  readonly append: Append
  /** Number that the next event gets; 0 in a new ledger. */
  readonly nextSeq: number
  close(): Promise<void>
}

/**
 * Opens a run's ledger (its folder `ledger/`) for writing, after what is there; a torn last line is cut. The caller holds the run's lock.
 * Throws `store/corrupt` when the last complete line is not as it was written; readEvents checks all the others.
 */
export async function openLedger(
  runDir: string,
  { runId, clock, segmentBytes }: { runId: string; clock: Clock; segmentBytes?: number },
): Promise<Ledger> {
  const dir = folderOf(runDir)
  const writer = await openGroupCommit(dir, segmentBytes)
  const last = writer.lastLine === undefined ? undefined : unseal(writer.lastLine)
  if (typeof last === 'string') {
    await writer.close()
    throw await locate(dir, last)
  }
  const nextSeq = last ? last.seq + 1 : 0
  let seq = nextSeq
  return {
    nextSeq,
    append: async (body) => {
      const event: Event = { v: 1, seq: seq++, at: isoTime(clock), runId, ...body }
      await writer.append(seal(JSON.stringify(event)))
      return event
    },
    close: () => writer.close(),
  }
}

/** The error for a bad last line, with its line number. */
async function locate(dir: string, problem: string): Promise<AppError> {
  const file = segmentFile(dir, listSegments(dir).at(-1) ?? 1)
  let lines = 0
  for await (const part of readSegment(file)) lines += part.lines.length
  return corrupt(file, lines, problem)
}

/**
 * Every event of a run's ledger in order, as a stream; nothing when there is no ledger. Writes nothing, so it may run beside a
 * live writer. Throws `store/corrupt` with file and line for whatever is not as it was written; a torn end is left out.
 */
export async function* readEvents(runDir: string): AsyncGenerator<Event> {
  const dir = folderOf(runDir)
  const segments = listSegments(dir)
  let seq = 0
  for (const number of segments) {
    const file = segmentFile(dir, number)
    if (number !== segments.indexOf(number) + 1) {
      throw corrupt(segmentFile(dir, segments.indexOf(number) + 1), 1, 'this segment of the ledger is missing')
    }
    let line = 0
    try {
      for await (const { lines, torn } of readSegment(file)) {
        for (const { number: lineNumber, bytes } of lines) {
          line = lineNumber
          const event = unseal(bytes.toString('utf8'))
          if (typeof event === 'string') throw corrupt(file, line, event)
          if (event.seq !== seq)
            throw corrupt(file, line, `event ${seq} is missing: this line holds event ${event.seq}`)
          seq++
          yield event
        }
        if (torn > 0 && number !== segments.at(-1)) {
          throw corrupt(
            file,
            line + 1,
            `the line ends after ${torn} bytes, but ${path.basename(segmentFile(dir, number + 1))} follows`,
          )
        }
      }
    } catch (error) {
      throw storeError(error, file)
    }
  }
}
