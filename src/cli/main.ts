#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { type AppError, toAppError } from '../base/errors.js'
import type { CliCommand } from './command.js'
import { commands } from './index.js'
import { interruptBySignals } from './interrupt.js'
import type { Io } from './io.js'
import { assayVersion } from './version.js'

export function describeError(error: AppError, io: Io): string {
  const lines = [`${error.code}: ${error.message}`]
  if (error.hint) lines.push(`  hint: ${error.hint}`)
  if (io.env.ASSAY_DEBUG)
    lines.push(
      String(error.stack),
      ...(error.cause ? [`cause: ${String((error.cause as Error).stack ?? error.cause)}`] : []),
    )
  return lines.join('\n')
}

/** Runs one command line. Returns the exit code of contracts.md §10. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = 0
  const program = new Command('assay')
    .description('Execution-verified code and math data, from a model to a dataset that anyone can verify again.')
    .version(assayVersion)
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) })
    .showHelpAfterError('(--help lists the options)')
  for (const command of await commandsFor(argv)) {
    command.register(program, io, (wanted) => {
      code = wanted
    })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const known = toAppError(error)
    io.stderr.write(`${describeError(known, io)}\n`)
    return known.exitCode
  }
}

/** The command that is asked for; all of them where it takes all to answer, as for help. */
function commandsFor([name = '']: readonly string[]): Promise<CliCommand[]> {
  const known: Readonly<Record<string, () => Promise<CliCommand>>> = commands
  const load = Object.hasOwn(known, name) ? known[name] : undefined
  return Promise.all((load ? [load] : Object.values(known)).map((one) => one()))
}

function processIo(): Io {
  const interrupt = interruptBySignals(process, {
    say: (line) => void process.stderr.write(`${line}\n`),
    exit: (code) => process.exit(code),
    nowMs: () => performance.now(),
  })
  // A reader that went away (`assay … | head`) is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  // stderr is for people: the work goes on when none of them listens.
  process.stderr.on('error', () => {})
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    interrupt,
  }
}

if (process.argv[1] && import.meta.filename === realpathSync(process.argv[1])) {
  process.exitCode = await main(process.argv.slice(2), processIo())
}
