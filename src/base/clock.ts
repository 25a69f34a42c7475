/** Time is passed in, so that tests and replays decide it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString()
