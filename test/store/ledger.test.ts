import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.js'
import { type Event, type EventBody, eventSchema } from '../../src/schemas/event.js'
import { openLedger, readEvents } from '../../src/store/ledger.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-ledger-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const clock = { now: () => Date.UTC(2026, 0, 2) }
const drawn = (draw: number): EventBody => ({
  kind: 'problem.drawn',
  draw,
  problemId: `own/${draw}`,
  topic: 'code/liſts "é" \u{1F600}',
  level: 2,
  expected: 0.5,
})
const segment = (number: number) => path.join(dir, 'ledger', `00000${number}.jsonl`)

async function all(): Promise<Event[]> {
  const events: Event[] = []
  for await (const event of readEvents(dir)) events.push(event)
  return events
}
async function write(count: number, { from = 0, segmentBytes }: { from?: number; segmentBytes?: number } = {}) {
  const ledger = await openLedger(dir, { runId: 'r1', clock, segmentBytes })
  for (let i = 0; i < count; i++) await ledger.append(drawn(from + i))
  await ledger.close()
}
async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

describe('a ledger', () => {
  test('gives back what was written, stamped, in order, and valid by schema', async () => {
    const ledger = await openLedger(dir, { runId: 'r1', clock })
    const stamped = await Promise.all([0, 1, 2].map((draw) => ledger.append(drawn(draw))))
    await ledger.close()
    expect(await all()).toEqual(stamped)
    for (const event of stamped) expect(eventSchema.parse(event)).toEqual(event)
    expect(stamped.map(({ seq, at, runId }) => [seq, at, runId])).toEqual(
      [0, 1, 2].map((seq) => [seq, '2026-01-02T00:00:00.000Z', 'r1']),
    )
  })

  test('is nothing when it was never written', async () => {
    expect(await all()).toEqual([])
  })

  test('holds one JSON object a line with its checksum as the last key', async () => {
    await write(2)
    const lines = readFileSync(segment(1), 'utf8').trimEnd().split('\n')
    for (const line of lines) expect(Object.keys(JSON.parse(line)).at(-1)).toBe('sum')
  })

  test('goes on with the next number when it is opened again', async () => {
    await write(2)
    await write(2, { from: 2 })
    expect((await all()).map(({ seq }) => seq)).toEqual([0, 1, 2, 3])
  })

  test('starts a new segment when one is full, and reads them in order', async () => {
    await write(7, { segmentBytes: 400 })
    expect(readdirSync(path.join(dir, 'ledger')).length).toBeGreaterThan(2)
    expect((await all()).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
    await write(1, { from: 7, segmentBytes: 400 })
    expect((await all()).at(-1)?.seq).toBe(7)
  })

  test('goes on after a crash just behind a rotation, when the newest segment is empty', async () => {
    await write(2)
    writeFileSync(segment(2), '')
    await write(1, { from: 2 })
    expect((await all()).map(({ seq }) => seq)).toEqual([0, 1, 2])
  })

  test('loses nothing but the torn line, wherever a crash cut it', async () => {
    await write(3)
    const whole = readFileSync(segment(1))
    const secondEnd = whole.indexOf(0x0a, whole.indexOf(0x0a) + 1) + 1
    for (let size = secondEnd; size < whole.length; size += 13) {
      writeFileSync(segment(1), whole.subarray(0, size))
      expect(await all(), `cut at byte ${size}`).toHaveLength(2)
      await write(1, { from: 9 })
      expect((await all()).map(({ seq }) => seq)).toEqual([0, 1, 2])
    }
  })

  test('reading leaves a torn end on the disk as it is, because its writer may be alive', async () => {
    await write(1)
    appendFileSync(segment(1), '{"v":1,"se')
    const before = readFileSync(segment(1))
    await all()
    expect(readFileSync(segment(1))).toEqual(before)
  })

  const damages: [string, (lines: string[]) => string[], RegExp][] = [
    ['a changed value', ([a, b, c]) => [a!, b!.replace('"level":2', '"level":3'), c!], /000001\.jsonl:2: the checksum/],
    ['a lost line', ([a, , c]) => [a!, c!], /000001\.jsonl:2: event 1 is missing/],
    ['a doubled line', ([a, b, c]) => [a!, b!, b!, c!], /000001\.jsonl:3: event 2 is missing/],
    ['a foreign line', ([a, b, c]) => [a!, '{"hello":1}', b!, c!], /000001\.jsonl:2: no checksum/],
    ['a last line that is whole but wrong', ([a, b]) => [a!, b!.slice(0, -3)], /000001\.jsonl:2: no checksum/],
  ]
  test.each(damages)('%s is corruption, told with file, line and way out', async (_name, damage, message) => {
    await write(3)
    const lines = readFileSync(segment(1), 'utf8').trimEnd().split('\n')
    writeFileSync(segment(1), `${damage(lines).join('\n')}\n`)
    const error = await failure(all())
    expect(error.code).toBe('store/corrupt')
    expect(error.message).toMatch(message)
    expect(error.hint).toContain('--out')
  })

  test('a wrong last line stops the writer too', async () => {
    await write(2)
    appendFileSync(segment(1), '{"hello":1}\n')
    expect((await failure(openLedger(dir, { runId: 'r1', clock }))).message).toMatch(/000001\.jsonl:3: no checksum/)
  })

  test('a torn line in a segment that is not the last one is corruption', async () => {
    await write(4, { segmentBytes: 100 })
    writeFileSync(segment(1), readFileSync(segment(1)).subarray(0, -5))
    expect((await failure(all())).message).toMatch(/000001\.jsonl:\d+: the line ends after \d+ bytes/)
  })

  test('a missing segment is corruption', async () => {
    await write(4, { segmentBytes: 100 })
    rmSync(segment(2))
    expect((await failure(all())).message).toMatch(/000002\.jsonl:1: this segment of the ledger is missing/)
  })

  test.skipIf(process.platform !== 'linux')('a full disk fails every waiter and every later append', async () => {
    mkdirSync(path.join(dir, 'ledger'))
    symlinkSync('/dev/full', segment(1))
    const ledger = await openLedger(dir, { runId: 'r1', clock })
    const waiting = [0, 1, 2].map((draw) => failure(ledger.append(drawn(draw))))
    for (const error of await Promise.all(waiting)) expect(error.code).toBe('store/full')
    const later = await failure(ledger.append(drawn(3)))
    expect(later.code).toBe('store/full')
    expect(later.message).toContain('000001.jsonl')
    await ledger.close()
  })
})
