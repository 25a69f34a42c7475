/** The lines of `assay math equal`: read in groups, so that long inputs may go to worker threads, answered in order. */
import { z } from 'zod'
import { AppError, toAppError } from '../base/errors.js'
import { type Line, readLines } from '../base/jsonl.js'
import { parseAs, parseJsonAs } from '../schemas/parse.js'
import { nestedDeeper } from '../schemas/value.js'
import { type CheckedPair, type MathWorkers, openMathWorkers } from '../verifiers/math/batch.js'
import { type AnswerForm, answerForms, checkPair, type MathPair } from '../verifiers/math/batch-pair.js'
import { type MathPolicy, mathPolicySchema } from '../verifiers/math/policy.js'
import { type Io, printLine } from './io.js'

/** Of a line: whole replies of a megabyte fit many times over. */
const maxLineBytes = 16 << 20
/** Of an id; deeper ones cannot be written back safely. */
const maxIdDepth = 50
/** A group is full at so many lines, or at so many bytes. */
const groupLines = 200
const groupBytes = 4 << 20
/** Lines that this process checks before it starts workers: shorter inputs are done by the time they would be ready. */
const linesBeforeWorkers = 10_000
/** Groups in hand for each worker: one at work, one that waits. */
const groupsInHand = 2
/** After so long the output so far is passed on, and signals are heard. */
const breathMs = 20

const requestSchema = z.object({
  gold: z.string(),
  prediction: z.string(),
  form: z.enum(answerForms).nullish(),
  policy: mathPolicySchema.nullish(),
})

export interface AnswerPairs {
  readonly io: Io
  /** What a line that says nothing of it means. */
  readonly form: AnswerForm | undefined
  readonly policy: MathPolicy
  readonly threads: number
}

/**
 * Answers every line of stdin on stdout, in order, and each group of lines before it waits for more input. A bad line gets
 * an error and the stream goes on. Ends with the input, or at an interrupt.
 */
export async function answerPairs(options: AnswerPairs): Promise<void> {
  const { io, threads } = options
  const workers = threads > 1 ? openMathWorkers({ threads }) : undefined
  const stop = () => void io.stdin.destroy()
  if (io.interrupt.aborted) stop()
  io.interrupt.addEventListener('abort', stop, { once: true })
  try {
    const lines = readLines(io.stdin, maxLineBytes, { tellLonger: true })
    await answerGroups(groupsOf(lines), options, workers)
  } catch (error) {
    // stdin ends with an error where stop() ended it.
    if (!io.interrupt.aborted) throw error
  } finally {
    io.interrupt.removeEventListener('abort', stop)
    await workers?.close()
  }
}

async function answerGroups(groups: AsyncIterable<Line[]>, options: AnswerPairs, workers?: MathWorkers): Promise<void> {
  const { io, threads } = options
  let inHand: Promise<void>[] = []
  let printed = Promise.resolve()
  let seen = 0
  for await (const group of groups) {
    if (io.interrupt.aborted) return
    const rows = group.map((line) => rowOf(line, options))
    seen += rows.length
    if (workers && seen > linesBeforeWorkers && rows.length >= groupLines / 2) {
      const pairs = rows.flatMap(({ pair }) => pair ?? [])
      // Where no worker can be started, this process is left.
      const checked = workers.check(pairs).catch(() => checkHere(pairs))
      printed = Promise.all([checked, printed]).then(([verdicts]) => printLine(io, told(rows, verdicts)))
      // Heard at once; a failure is told where it is waited for.
      printed.catch(() => {})
      inHand.push(printed)
      if (inHand.length >= threads * groupsInHand) await inHand.shift()
    } else {
      await printed
      inHand = []
      await answerHere(rows, io)
    }
  }
  await printed
}

/** Full groups, or what there is when the input pauses. */
async function* groupsOf(lines: AsyncGenerator<Line>): AsyncGenerator<Line[]> {
  const paused = Symbol('paused')
  let next = lines.next()
  for (let ended = false; !ended; ) {
    const group: Line[] = []
    let bytes = 0
    let pause: Promise<typeof paused> | undefined
    while (group.length < groupLines && bytes < groupBytes) {
      const got = await (pause === undefined ? next : Promise.race([next, pause]))
      if (got === paused) break
      ended = got.done === true
      if (got.done) break
      group.push(got.value)
      pause ??= turn(paused)
      bytes += got.value.text.length
      next = lines.next()
    }
    if (group.length > 0) yield group
  }
}

/** A turn of the event loop: lines that have arrived are there before it. */
const turn = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value))

/** Microseconds are as fine as a clock of a process is. */
export const roundMs = (ms: number) => Math.round(ms * 1000) / 1000

interface Row {
  readonly id: unknown
  readonly pair?: MathPair
  /** The answer to a line that holds no pair. */
  readonly error?: object
}

async function answerHere(rows: readonly Row[], io: Io): Promise<void> {
  let done: string[] = []
  let sinceMs = performance.now()
  for (const row of rows) {
    done.push(answerOf(row, row.pair && (await checkTimed(row.pair))))
    if (performance.now() - sinceMs < breathMs) continue
    await printLine(io, done.join('\n'))
    await new Promise(setImmediate)
    if (io.interrupt.aborted) return
    done = []
    sinceMs = performance.now()
  }
  if (done.length > 0) await printLine(io, done.join('\n'))
}

async function checkTimed(pair: MathPair): Promise<CheckedPair> {
  const startedMs = performance.now()
  const verdict = await checkPair(pair)
  return { ...verdict, ms: performance.now() - startedMs }
}

async function checkHere(pairs: readonly MathPair[]): Promise<CheckedPair[]> {
  const verdicts: CheckedPair[] = []
  for (const pair of pairs) verdicts.push(await checkTimed(pair))
  return verdicts
}

function told(rows: readonly Row[], verdicts: readonly CheckedPair[]): string {
  let next = 0
  return rows.map((row) => answerOf(row, row.pair && verdicts[next++])).join('\n')
}

function answerOf({ id, error }: Row, verdict?: CheckedPair): string {
  if (!verdict) return JSON.stringify({ id, error })
  const { equal, reason, layer, ms } = verdict
  return JSON.stringify({ id, equal, reason, layer, ms: roundMs(ms) })
}

function rowOf({ number, text, tooLong }: Line, { form, policy }: AnswerPairs): Row {
  const where = `line ${number}`
  let id: unknown = null
  try {
    if (tooLong) {
      throw new AppError('input/malformed', {
        message: `${where} is longer than ${maxLineBytes} bytes`,
        hint: 'send the end of the reply, or its final answer alone',
      })
    }
    // Some editors begin a file with a mark of its encoding.
    const value = parseJsonAs(z.looseObject({}), text.replace(/^\uFEFF/, ''), where)
    if (!nestedDeeper(value.id, maxIdDepth)) id = value.id ?? null
    const { gold, prediction, form: ownForm, policy: own } = parseAs(requestSchema, value, where)
    // Of a line's policy only what it says itself; the schema filled the rest with defaults.
    const said = Object.entries(own ?? {}).filter(([key]) => Object.hasOwn(Object(value.policy), key))
    return { id, pair: { gold, prediction, form: ownForm ?? form, policy: { ...policy, ...Object.fromEntries(said) } } }
  } catch (error) {
    const { code, message, hint } = toAppError(error)
    return {
      id,
      error: { code, message, hint: hint ?? 'correct this line and send it again; the other lines are not affected' },
    }
  }
}
