import type { Limits } from '../../schemas/exec.js'

/** How programs of one language are run. The part that runs inside the slot is in sandboxes/slot/. */
export interface Language {
  readonly id: string
  readonly name: string
  /** Name of the main file when the request gives only code. */
  readonly fileName: string
  /** Key of its toolchain's version in the agent's hello. */
  readonly toolchain: string
  /** Where the general defaults do not fit. */
  readonly limits: Readonly<Partial<Limits>>
  /** Can a function of the program be called? */
  readonly calls: boolean
  /** Can test code run beside the program? */
  readonly tests: boolean
}
