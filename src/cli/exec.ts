/** `assay exec`: programs in, what they did out; a JSON object a line, contracts.md §2. */

import { z } from 'zod'
import { type AppError, toAppError } from '../base/errors.js'
import { readLines } from '../base/jsonl.js'
import { openSandbox, type Sandbox } from '../sandbox/open.js'
import { execRequestSchema } from '../schemas/exec.js'
import { parseAs, parseJsonAs } from '../schemas/parse.js'
import type { CliCommand } from './command.js'
import { type Io, printLine } from './io.js'
import { addSandboxOptions, type SandboxFlags, sandboxOptions } from './options.js'

/** Requests in hand at one time, by slot: one runs, one waits in its pipe, one is being read. */
const IN_HAND = 3
const MAX_LINE_BYTES = 1 << 30

export const execCommand: CliCommand = {
  id: 'exec',
  register: (program, io, exit) => {
    const command = program
      .command('exec')
      .description('run programs in the sandbox: JSON lines on stdin, results on stdout as they come')
    addSandboxOptions(command).action(async (flags: SandboxFlags) => {
      const sandbox = await openSandbox(sandboxOptions(flags, io))
      try {
        await answerLines(io, sandbox)
        if (io.interrupt.aborted) exit(130)
      } finally {
        await sandbox.close()
      }
    })
  },
}

async function answerLines(io: Io, sandbox: Sandbox): Promise<void> {
  const inHand = new Set<Promise<void>>()
  const stop = () => void io.stdin.destroy()
  io.interrupt.addEventListener('abort', stop, { once: true })
  try {
    for await (const { number, text } of readLines(io.stdin, MAX_LINE_BYTES)) {
      const answer = answerLine(text, number, sandbox).then((reply) => printLine(io, JSON.stringify(reply)))
      inHand.add(answer)
      void answer.finally(() => inHand.delete(answer)).catch(() => {})
      if (inHand.size >= IN_HAND * sandbox.slots) await Promise.race(inHand)
      if (io.interrupt.aborted) break
    }
  } catch (error) {
    if (!io.interrupt.aborted) throw error
  } finally {
    io.interrupt.removeEventListener('abort', stop)
    await Promise.all(inHand)
  }
}

/** The reply to one line: a result, or an error that names the line. */
async function answerLine(text: string, number: number, sandbox: Sandbox): Promise<object> {
  let id: unknown = null
  try {
    const value = parseJsonAs(z.looseObject({}), text, `line ${number}`)
    id = value.id ?? null
    const request = parseAs(execRequestSchema, value, `line ${number}`)
    return { id, ...(await sandbox.exec(request)) }
  } catch (error) {
    return { id, error: errorObject(toAppError(error)) }
  }
}

function errorObject({ code, message, hint }: AppError): object {
  return { code, message, hint }
}
