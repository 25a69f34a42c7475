/** Lets requests through: at most `limit` at a time, fewer after the server said "too many", more again as they succeed. */
import type { Clock } from '../base/clock.js'

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

export interface GateOptions {
  /** Most requests at a time. */
  readonly most: number
  readonly clock: Clock
  readonly sleep: Sleep
}

/** A place in the gate; its epoch tells whether the limit was lowered after it was given out. */
export interface Place {
  readonly epoch: number
}

interface Waiting {
  enter(place: Place): void
  refuse(reason: unknown): void
}

export class AdaptiveGate {
  readonly #options: GateOptions
  readonly #waiting: Waiting[] = []
  #limit: number
  #inside = 0
  #epoch = 0
  #successes = 0
  #pausedUntil = 0
  #waking = false
  #closed: { readonly reason: unknown } | undefined

  constructor(options: GateOptions) {
    this.#options = options
    this.#limit = options.most
  }

  get limit(): number {
    return this.#limit
  }

  /** Waits for a place, in order of arrival. Rejects with the signal's reason when aborted. */
  enter(signal?: AbortSignal): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(this.#closed.reason)
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(signal?.reason)
      }
      const waiting: Waiting = {
        enter(place) {
          signal?.removeEventListener('abort', abort)
          resolve(place)
        },
        refuse: reject,
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiting.push(waiting)
      this.#pump()
    })
  }

  /** Refuses everyone who waits or comes later. */
  close(reason: unknown): void {
    this.#closed = { reason }
    for (const waiting of this.#waiting.splice(0)) waiting.refuse(reason)
  }

  /** Gives the place back after an answer that was no "too many". */
  leave(_place: Place, succeeded: boolean): void {
    this.#inside--
    if (succeeded && this.#limit < this.#options.most && ++this.#successes >= this.#limit) {
      this.#limit++
      this.#successes = 0
    }
    this.#pump()
  }

  /** Gives the place back after "too many": halves the limit, once for all that were inside then, and lets nobody in for waitMs. */
  leaveLimited(place: Place, waitMs: number): void {
    this.#inside--
    this.#successes = 0
    if (place.epoch === this.#epoch) {
      this.#epoch++
      this.#limit = Math.max(1, Math.floor(this.#limit / 2))
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#options.clock.now() + waitMs)
    this.#pump()
  }

  #pump(): void {
    while (this.#waiting.length > 0 && this.#inside < this.#limit) {
      const pauseMs = this.#pausedUntil - this.#options.clock.now()
      if (pauseMs > 0) {
        this.#wakeAfter(pauseMs)
        return
      }
      this.#inside++
      this.#waiting.shift()?.enter({ epoch: this.#epoch })
    }
  }

  #wakeAfter(ms: number): void {
    if (this.#waking) return
    this.#waking = true
    const wake = () => {
      this.#waking = false
      this.#pump()
    }
    // A sleep that was broken off means that the gate was closed.
    this.#options.sleep(ms).then(wake, () => {})
  }
}
