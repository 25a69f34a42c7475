/** `assay exec`: programs in, what they did out; a JSON object a line, contracts.md §2. */

import { openSandbox } from '../sandbox/open.js'
import { execRequestSchema } from '../schemas/exec.js'
import { parseAs } from '../schemas/parse.js'
import { answerLines } from './answer-lines.js'
import type { CliCommand } from './command.js'
import { addSandboxOptions, type SandboxFlags, sandboxOptions } from './options.js'

/** Requests in hand at one time, by slot: one runs, one waits in its pipe, one is being read. */
const IN_HAND = 3

export const execCommand: CliCommand = {
  id: 'exec',
  register: (program, io, exit) => {
    const command = program
      .command('exec')
      .description('run programs in the sandbox: JSON lines on stdin, results on stdout as they come')
    addSandboxOptions(command).action(async (flags: SandboxFlags) => {
      const sandbox = await openSandbox(sandboxOptions(flags, io))
      try {
        await answerLines({
          io,
          answer: async (value, where) => {
            // The limits are for a verdict's evidence; the public answer has no such field.
            const { limits: _, ...answer } = await sandbox.exec(parseAs(execRequestSchema, value, where))
            return answer
          },
          concurrency: IN_HAND * sandbox.slots,
        })
        if (io.interrupt.aborted) exit(130)
      } finally {
        await sandbox.close()
      }
    })
  },
}
