/** Picks whose result is not reported yet: what they are expected to bring counts for their topic until then. */
import type { Tried } from '../../schemas/curriculum.js'

interface Flight {
  readonly topic: number
  /** Useful traces that are expected of it. */
  readonly credit: number
  /** What was known of the problem before. */
  readonly tried: Tried | undefined
}

/** A caller that never reports some of its picks must not fill the memory. */
const MOST = 100_000

export class Flying {
  readonly #flights = new Map<string, Flight>()
  readonly #credits: number[]

  constructor(topics: number) {
    this.#credits = new Array<number>(topics).fill(0)
  }

  add(id: string, flight: Flight): void {
    const oldest = this.#flights.size >= MOST ? this.#flights.keys().next().value : undefined
    if (oldest !== undefined) this.landed(oldest)
    this.#flights.set(id, flight)
    this.#credits[flight.topic] = this.credit(flight.topic) + flight.credit
  }

  /** Ends a flight; what was known of its problem, undefined where nothing was or the pick is not known. */
  landed(id: string): Tried | undefined {
    const flight = this.#flights.get(id)
    if (!flight) return undefined
    this.#flights.delete(id)
    this.#credits[flight.topic] = Math.max(0, this.credit(flight.topic) - flight.credit)
    return flight.tried
  }

  credit(topic: number): number {
    return this.#credits[topic] as number
  }
}
