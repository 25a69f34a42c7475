/** `assay math`: is an answer the gold answer, and are the steps of a text right? contracts.md §4. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CliCommand } from './command.js'
import type { Io } from './io.js'
import type { EqualFlags } from './math-equal.js'
import { registerSteps } from './math-steps.js'

const maxThreads = 64

function threadCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= maxThreads) return count
  throw new InvalidArgumentError(`give a whole number from 1 to ${maxThreads}.`)
}

function registerEqual(parent: Command, io: Io, exit: (code: number) => void): void {
  parent
    .command('equal')
    .description('compare answers with gold answers: JSON lines on stdin, verdicts on stdout, in order')
    .option('--gold <answer>', 'one pair by hand, instead of stdin')
    .option('--prediction <answer>', 'the answer, or the reply, to compare with --gold')
    .addOption(
      new Option(
        '--form <form>',
        'what a prediction is where its line does not say so; left out: an answer if it reads whole as one',
      ).choices(['answer', 'response']),
    )
    .option(
      '--policy <key=value>',
      'a question of taste, e.g. missingUnit=false; may be repeated; a line may say otherwise',
      (setting: string, all: string[] = []) => [...all, setting],
    )
    .option('--threads <n>', 'worker threads for long inputs; 1 compares in this process', threadCount, 1)
    .option('--json', 'the pair by hand as one JSON object')
    .action(async (flags: EqualFlags) => {
      // The checker is loaded by whoever asks for it.
      const { equal } = await import('./math-equal.js')
      exit(await equal(flags, io))
    })
}

export const mathCommand: CliCommand = {
  id: 'math',
  register: (program, io, exit) => {
    const math = program.command('math').description('compare math answers, and check the steps of a solution')
    registerEqual(math, io, exit)
    registerSteps(math, io, exit)
  },
}
