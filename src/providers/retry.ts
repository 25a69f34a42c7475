/** Tries again what may succeed later, in one place only: the openai package's own retries are off. */
import type { GenerateOptions } from '../schemas/ports.js'
import type { AdaptiveGate, Sleep } from './adaptive-gate.js'

export interface Patience {
  /** Tries in all. */
  readonly tries: number
  /** Tries while the server has never answered: a wrong address should not take half a minute to be told. */
  readonly firstTries: number
  /** Wait before the second try; doubles from then on, up to mostMs. */
  readonly baseMs: number
  readonly mostMs: number
  /** A server that asks for a longer wait than this is not waited for. */
  readonly mostAskedMs: number
}

export const defaultPatience: Patience = {
  tries: 6,
  firstTries: 2,
  baseMs: 500,
  mostMs: 30_000,
  mostAskedMs: 10 * 60_000,
}

/** What a failed try means. */
export interface Failure {
  readonly again: boolean
  /** The server said "too many requests". */
  readonly limited?: boolean
  /** No answer at all. */
  readonly silent?: boolean
  /** The wait that the server asked for. */
  readonly askedMs?: number
}

export interface RetryOptions {
  readonly gate: AdaptiveGate
  readonly patience: Patience
  readonly sleep: Sleep
  /** In [0, 1): spreads waits, so that requests that failed together do not come back together. */
  readonly random: () => number
  readonly judge: (error: unknown) => Failure
  readonly onRetry: (failure: Failure, waitMs: number) => void
}

/** Runs tries through the gate. Throws the last try's error, or the reason of the signal that ended it. */
export function createRetry(options: RetryOptions) {
  const { gate, patience, sleep } = options
  let answered = false
  return async <T>(attempt: () => Promise<T>, { signal, lastTry }: GenerateOptions = {}): Promise<T> => {
    const ends = [signal, lastTry].filter((end) => end !== undefined)
    const waiting = ends.length > 1 ? AbortSignal.any(ends) : ends[0]
    for (let tried = 1; ; tried++) {
      const place = await gate.enter(waiting)
      try {
        const result = await attempt()
        answered = true
        gate.leave(place, true)
        return result
      } catch (error) {
        const failure = options.judge(error)
        if (!failure.silent) answered = true
        const waitMs = failure.askedMs ?? backoff(tried, options)
        const left = tried < (answered ? patience.tries : patience.firstTries) && waitMs <= patience.mostAskedMs
        const again = failure.again && left
        if (failure.limited && waitMs <= patience.mostAskedMs) gate.leaveLimited(place, waitMs)
        else gate.leave(place, false)
        signal?.throwIfAborted()
        if (again) waiting?.throwIfAborted()
        if (!again) throw error
        options.onRetry(failure, waitMs)
        if (failure.limited) continue
        await sleep(waitMs, waiting).catch((ended: unknown) => {
          waiting?.throwIfAborted()
          throw ended
        })
      }
    }
  }
}

function backoff(tried: number, { patience, random }: RetryOptions): number {
  const full = Math.min(patience.mostMs, patience.baseMs * 2 ** (tried - 1))
  return Math.round(full * (0.5 + random() / 2))
}

/**
 * The wait that a reply's headers ask for, milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 * undefined when they ask for none.
 */
export function askedWaitMs(headers: Pick<Headers, 'get'> | undefined, now: number): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (exact >= 0) return exact
  const text = headers?.get('retry-after')?.trim()
  if (!text) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
