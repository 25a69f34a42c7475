/** `assay curriculum`: the scheduler for other programs, and a simulator to try its policies. */
import { type Command, InvalidArgumentError } from 'commander'
import { AppError } from '../base/errors.js'
import { lookup } from '../base/registry.js'
import { policies } from '../curriculum/policies/index.js'
import { coreWorlds, worlds } from '../curriculum/simulation/worlds.js'
import { defaultPolicy } from '../schemas/curriculum.js'
import type { CurriculumPolicy } from '../schemas/ports.js'
import type { CliCommand } from './command.js'
import { registerCalibrate } from './curriculum-calibrate.js'
import { type SimulateFlags, simulate } from './curriculum-simulate.js'
import { serveCurriculum } from './curriculum-stdio.js'
import type { Io } from './io.js'

const registry: Readonly<Record<string, CurriculumPolicy>> = policies

interface Flags {
  readonly stdio?: boolean
  readonly policy?: string
}

async function serve({ stdio, policy = defaultPolicy }: Flags, io: Io): Promise<number> {
  if (!stdio) {
    throw new AppError('usage/bad-option', {
      message: 'say what the curriculum is to do',
      hint: '`assay curriculum --stdio` answers JSON lines; `assay curriculum simulate` tries policies on simulated solvers',
    })
  }
  await serveCurriculum(lookup(registry, policy, 'policy'), io)
  return io.interrupt.aborted ? 130 : 0
}

/** Options of the outer command mean its own work: a subcommand has none of it to do. */
function refuseOuter(command: Command): void {
  const [given] = Object.keys(command.parent?.opts<Flags>() ?? {})
  if (given === undefined) return
  throw new AppError('usage/bad-option', {
    message: `--${given} and ${command.name()} do not go together`,
    hint:
      given === 'policy'
        ? `write it behind ${command.name()}, if that takes it`
        : `leave --${given} out, or leave ${command.name()} out`,
  })
}

function wholeNumber(least: number) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`write a whole number from ${least} on.`)
  }
}

const listed = (entries: Readonly<Record<string, { describe: string }>>): string =>
  Object.entries(entries)
    .map(([name, { describe }]) => `  ${name.padEnd(12)}${describe}`)
    .join('\n')

function registerSimulate(parent: Command, io: Io, exit: (code: number) => void): void {
  parent
    .command('simulate')
    .description('let policies draw for simulated solvers, and compare what they harvest with what an oracle would')
    .option('--world <name...>', 'worlds by name, JSON files with worlds of your own, or all', Object.keys(coreWorlds))
    .option('--policy <id...>', `policies, or all: ${Object.keys(registry).join(', ')}`, ['all'])
    .option('--seeds <n>', 'how many seeds; each hides other abilities and difficulties', wholeNumber(1), 3)
    .option('--seed <s>', 'the first seed; the others follow it', wholeNumber(0), 1)
    .option('--budget <n>', 'attempts in all, instead of those of each world', wholeNumber(1))
    .option('--json', 'everything as one JSON object')
    .option('--plot <file.html>', 'also write a page with plots')
    .addHelpText('after', `\nWorlds:\n${listed(worlds)}`)
    .action(async (flags: SimulateFlags, command: Command) => {
      refuseOuter(command)
      exit(await simulate(flags, registry, io))
    })
}

export const curriculumCommand: CliCommand = {
  id: 'curriculum',
  register: (program, io, exit) => {
    const curriculum = program
      .command('curriculum')
      // What stands behind a subcommand is the subcommand's.
      .enablePositionalOptions()
      .description(
        'choose what to draw next: for a trainer over JSON lines, for simulated solvers, or see how hard problems are',
      )
      .option('--stdio', 'JSON lines on stdin (init, next, report), an answer a line on stdout, in order')
      .option('--policy <id>', `${Object.keys(registry).join(', ')} (default: ${defaultPolicy})`)
      .action(async (flags: Flags) => exit(await serve(flags, io)))
    registerSimulate(curriculum, io, exit)
    registerCalibrate(curriculum, io, refuseOuter)
  },
}
