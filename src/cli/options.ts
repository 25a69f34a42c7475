/** Options that several commands share. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { backends } from '../sandbox/backends/index.js'
import type { Io } from './io.js'

export interface SandboxFlags {
  readonly backend?: string
  readonly slots?: number
}

/** `--backend` and `--slots`, for every command that runs code. */
export function addSandboxOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--backend <id>',
        `sandbox: ${Object.keys(backends).join(', ')}; chosen by itself when left out (ASSAY_BACKEND)`,
      ),
    )
    .addOption(
      new Option('--slots <n>', 'programs that run at the same time; default: one for each processor').argParser(
        slotCount,
      ),
    )
}

/** What openSandbox needs, from the flags and the outside world. Its remarks go to stderr. */
export function sandboxOptions({ backend, slots }: SandboxFlags, io: Io) {
  return {
    backend,
    slots,
    env: io.env,
    signal: io.interrupt,
    log: (line: string) => void io.stderr.write(`${line}\n`),
  }
}

function slotCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 64) {
    throw new InvalidArgumentError('give a whole number from 1 to 64')
  }
  return count
}
