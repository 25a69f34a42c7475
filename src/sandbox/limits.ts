import { AppError } from '../base/errors.js'
import { defaultLimits, type Limits } from '../schemas/exec.js'

/** Memory of one slot with everything in it; no program may ask for more. Backends set it where they can. */
export const slotMemoryBytes = 4 * 2 ** 30

/** Processes and threads in one slot: a program's 64 and the agent's own. */
export const slotProcesses = 192

/** The slot's /tmp, in memory. */
export const slotTmpBytes = 512 << 20

/** The slot's /dev/shm, in memory: named semaphores and shared memory. */
export const slotShmBytes = 64 << 20

/** Programs that a slot runs before a fresh one takes its place. */
export const programsPerSlot = 2_000

/**
 * A program that waits for a processor, because others have it, may take up to so many times its wall limit; that wait does
 * not count. The agent holds it (processes.py); here it says when a slot counts as hung.
 */
const MOST_WALL_TIMES = 5

/** What a slot may take beyond its programs' own time limits before it counts as hung. */
const SLACK_MS = 15_000

/**
 * The limits of one program: the request's, else the language's, else the general ones.
 * Throws `usage/bad-option` when more memory is asked for than a slot has.
 */
export function resolveLimits(
  wanted: Readonly<Partial<Limits>> | undefined,
  ofLanguage: Readonly<Partial<Limits>>,
): Limits {
  const limits = { ...defaultLimits, ...ofLanguage, ...defined(wanted ?? {}) }
  if (limits.memoryBytes > slotMemoryBytes) {
    throw new AppError('usage/bad-option', {
      message: `limits.memoryBytes is ${limits.memoryBytes}, a slot has ${slotMemoryBytes}`,
      hint: 'ask for less memory',
    })
  }
  // A wall limit that was not asked for grows with the CPU limit that was.
  if (wanted?.wallMs === undefined && wanted?.cpuMs !== undefined) {
    limits.wallMs = Math.min(1_800_000, Math.max(2_000, wanted.cpuMs * 3))
  }
  return limits
}

/**
 * How long a slot may take for a program before it counts as hung, in milliseconds; the slot is killed then.
 * runs: times that the program may use its whole wall limit.
 */
export const hungAfterMs = (runs: number, { wallMs }: Limits) =>
  Math.min(2 ** 31 - 1, runs * (MOST_WALL_TIMES * wallMs + 2_500) + SLACK_MS)

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
