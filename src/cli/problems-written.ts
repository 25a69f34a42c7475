/** What the commands that write a set share: they read another one, stop clean at Ctrl-C, and tell what they wrote. */
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import type { OpenedSet } from '../problems/load.js'
import type { BadRowOptions } from '../problems/rows.js'
import type { Problem, ProblemSet } from '../schemas/problem.js'
import { type Io, printLine, say } from './io.js'

/** The problems of a set, without their places. */
export async function* problemsOf({ read }: OpenedSet, options?: BadRowOptions): AsyncGenerator<Problem> {
  for await (const { problem } of read(options)) yield problem
}

/** The problems of several sets, one set after the other. */
export async function* problemsOfSets(sets: readonly OpenedSet[]): AsyncGenerator<Problem> {
  for (const opened of sets) yield* problemsOf(opened)
}

/** The same items; throws `run/interrupted` at the first one after Ctrl-C, so that nothing half-done is left. */
export async function* untilInterrupt<T>(
  items: AsyncIterable<T> | Iterable<T>,
  io: Io,
  message = 'interrupted; nothing was written',
): AsyncGenerator<T> {
  for await (const item of items) {
    if (io.interrupt.aborted) throw new AppError('run/interrupted', { message })
    yield item
  }
}

/** What broke because of Ctrl-C, as the interrupt that it is; any other error as it came. */
export function unlessInterrupted(error: unknown, io: Io, message: string): unknown {
  return io.interrupt.aborted ? new AppError('run/interrupted', { message, cause: error }) : error
}

interface Written {
  readonly dir: string
  readonly skipped?: number
  readonly json?: boolean
}

/** Says on stderr which set was written, and prints its set.json where asked to. */
export async function tellSet(set: ProblemSet, { dir, skipped = 0, json }: Written, io: Io): Promise<void> {
  const left = skipped > 0 ? ` (${counted(skipped, 'row')} skipped)` : ''
  say(io, `wrote ${counted(set.count, 'problem')} to ${dir}${left}`)
  if (json) await printLine(io, JSON.stringify({ dir, set, skipped }))
}
