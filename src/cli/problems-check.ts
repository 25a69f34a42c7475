/** `assay problems check`, and what it shares with the other commands on rows of problems. */
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { checkProblems } from '../problems/check.js'
import { loadSet } from '../problems/load.js'
import type { BadRowOptions } from '../problems/rows.js'
import type { Exec } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { type Io, printLine } from './io.js'
import { type SandboxFlags, sandboxOptions } from './options.js'

export interface BadRows {
  readonly badRows: 'stop' | 'skip'
}
export interface CheckFlags extends BadRows, SandboxFlags {
  readonly json?: boolean
}

export const say = (io: Io, line: string) => void io.stderr.write(`${line}\n`)

/** How bad rows are told and counted. */
export function badRowOptions({ badRows }: BadRows, io: Io): BadRowOptions & { readonly skipped: () => number } {
  let skipped = 0
  return {
    onBadRow: badRows,
    report: (error) => {
      skipped++
      say(io, `skipped: ${error.message}`)
    },
    skipped: () => skipped,
  }
}

/** True when checking a problem takes a sandbox. */
const runsPrograms = ({ check, reference, meta }: Problem): boolean =>
  check.type !== 'answer' || reference?.code !== undefined || (meta.wrong ?? []).some(({ code }) => code !== undefined)

interface Runner {
  readonly exec: Exec
  readonly slots: number
  close(): Promise<void>
}

async function openRunner(flags: CheckFlags, io: Io): Promise<Runner> {
  const { openSandbox } = await import('../sandbox/open.js')
  return openSandbox(sandboxOptions(flags, io))
}

const noRunner: Runner = {
  exec: () => Promise.reject(new Error('a program was to be run where none was expected')),
  slots: 4,
  close: () => Promise.resolve(),
}

/** Checks a set and returns the exit code: 1 when a problem is bad or could not be checked. */
export async function check(nameOrDir: string, flags: CheckFlags, io: Io): Promise<number> {
  const badRows = badRowOptions(flags, io)
  const { problems } = await loadSet(nameOrDir, { cwd: io.cwd, ...badRows })
  // Loaded here, so that the commands that verify nothing start fast.
  const { createVerify } = await import('../verifiers/verify.js')
  const runner = problems.some(runsPrograms) ? await openRunner(flags, io) : noRunner
  const count = { accepted: 0, bad: 0, failed: 0, unknown: 0, weak: 0 }
  try {
    const verify = createVerify({ exec: runner.exec })
    const parallel = runner.slots * 2
    for await (const result of checkProblems(problems, verify, { parallel, signal: io.interrupt })) {
      await printLine(io, JSON.stringify(result))
      if (result.weak) count.weak++
      if (result.status === 'accepted') count.accepted++
      else if (result.status === 'bad_problem') count.bad++
      else if (result.status === 'sandbox_error') count.failed++
      else count.unknown++
    }
  } finally {
    await runner.close()
  }
  if (io.interrupt.aborted) throw new AppError('run/interrupted', { message: 'the check was interrupted' })
  if (!flags.json) {
    const parts = [
      `${count.accepted} of ${counted(problems.length, 'reference')} accepted`,
      `${count.bad} bad`,
      `${count.unknown} unknown`,
      `${count.weak} weak`,
      ...(count.failed > 0 ? [`${count.failed} not checked: the sandbox failed`] : []),
      ...(badRows.skipped() > 0 ? [`${counted(badRows.skipped(), 'row')} skipped`] : []),
    ]
    say(io, parts.join(', '))
  }
  return count.bad + count.failed > 0 ? 1 : 0
}
