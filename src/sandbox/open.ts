import { availableParallelism } from 'node:os'
import { AppError } from '../base/errors.js'
import type { SlotInfo } from '../schemas/exec.js'
import type { Exec } from '../schemas/ports.js'
import type { BackendContext } from './backend.js'
import { createExec } from './exec.js'
import { openPool } from './pool.js'
import { resolveBackend } from './resolve.js'

export interface Sandbox {
  readonly exec: Exec
  /** Id of the backend in use. */
  readonly backend: string
  /** Programs that run at the same time. */
  readonly slots: number
  readonly slot: SlotInfo
  /** What people should know about the choice of the backend. */
  readonly notes: readonly string[]
  close(): Promise<void>
}

export interface SandboxOptions extends BackendContext {
  /** Backend by id; else ASSAY_BACKEND; else chosen. */
  readonly backend?: string
  /** Default: one for each processor, at most 16. */
  readonly slots?: number
  /** Programs before a slot is replaced; the default is in limits.ts. */
  readonly recycleAfter?: number
}

/**
 * Opens a sandbox: chooses a backend, starts its slots (the first one before this returns) and keeps them warm.
 * Throws `sandbox/backend-missing`, `sandbox/image` or `sandbox/agent-died`. Whoever opens it closes it.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { env, log, recycleAfter } = options
  const slots = options.slots ?? Math.min(16, availableParallelism())
  if (!Number.isInteger(slots) || slots < 1 || slots > 64) {
    throw new AppError('usage/bad-option', { message: `--slots must be from 1 to 64, not ${slots}` })
  }
  const { backend, opened, notes } = await resolveBackend(options.backend ?? (env.ASSAY_BACKEND || undefined), options)
  try {
    const pool = await openPool(opened, { slots, log, recycleAfter })
    const { agent, versions } = pool.hello
    const slot: SlotInfo = { backend: backend.id, image: opened.image, agent, versions: { ...versions } }
    return {
      exec: createExec(pool, slot),
      backend: backend.id,
      slots,
      slot,
      notes,
      close: async () => {
        await pool.close()
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}
