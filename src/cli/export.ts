import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { lookup } from '../base/registry.js'
import type { Exporter } from '../exporters/exporter.js'
import { exporters } from '../exporters/index.js'
import type { CliCommand } from './command.js'
import {
  makeOutFolder,
  verifiedFile,
  verifiedRows,
  withoutDuplicates,
  withoutWrongSteps,
  writeFormat,
} from './export-rows.js'
import { exportStages } from './export-stages.js'
import { type Io, printLine } from './io.js'

interface Options {
  readonly format?: string
  readonly out: string
  /** true: as many as the data tells apart. */
  readonly stages?: number | true
  readonly duplicates?: boolean
  readonly wrongSteps?: boolean
  readonly json?: boolean
}

/** Format of stages when none is named. */
const STAGES_FORMAT = 'sft'

async function exportRun(folder: string, options: Options, io: Io): Promise<void> {
  const { stages, duplicates: keepAll = false, json = false } = options
  const exporter = exporterOf(options)
  const out = path.resolve(io.cwd, options.out)
  if (stages !== undefined) {
    if (options.wrongSteps === false) {
      throw new AppError('usage/bad-option', {
        message: '--no-wrong-steps does not go with --stages',
        hint: 'export without --stages, or filter the stages by the column steps_wrong',
      })
    }
    const count = stages === true ? undefined : stages
    return exportStages(folder, { exporter, out, count, keepAll, json }, io)
  }
  const file = verifiedFile(path.resolve(io.cwd, folder))
  makeOutFolder(out)
  const counts = { read: 0, duplicates: 0, wrongSteps: 0 }
  const rows = options.wrongSteps === false ? withoutWrongSteps(verifiedRows(file), counts) : verifiedRows(file)
  const files = await writeFormat(exporter, withoutDuplicates(rows, counts, keepAll), out)
  const written = files.reduce((sum, { rows }) => sum + rows, 0)
  const paths = files.map(({ name }) => path.join(out, name))
  if (json) return printLine(io, JSON.stringify({ format: exporter.id, ...counts, written, files: paths }))
  const kept = keepAll ? 'kept' : 'left out; --duplicates keeps them'
  const wrongSteps = counts.wrongSteps > 0 ? `, ${counts.wrongSteps} with a wrong step left out` : ''
  io.stderr.write(
    `${counted(written, 'row')} of ${counted(counts.read, 'verified trace')} (${counted(counts.duplicates, 'duplicate')} ${kept}${wrongSteps})\n`,
  )
  for (const name of paths) await printLine(io, name)
}

function exporterOf({ format, stages }: Options): Exporter {
  const id = format ?? (stages === undefined ? undefined : STAGES_FORMAT)
  if (id !== undefined) return lookup<Exporter>(exporters, id, 'format')
  throw new AppError('usage/bad-option', {
    message: "the option '--format <id>' is missing",
    hint: `known formats: ${Object.keys(exporters).join(', ')}`,
  })
}

function stageCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= 1) return count
  throw new InvalidArgumentError(
    'write a number of stages from 1 on, or nothing (and the folder of the run before it).',
  )
}

const known = Object.values<Exporter>(exporters).map(({ id, describe }) => `${id}: ${describe}`)

export const exportCommand: CliCommand = {
  id: 'export',
  register: (program, io) => {
    program
      .command('export')
      .description("A run's verified traces as a dataset")
      .argument('<rundir>', 'folder of a run')
      .option('--format <id>', `${known.join('; ')} (default with --stages: ${STAGES_FORMAT})`)
      .requiredOption(
        '--out <dir>',
        'folder for the files; those of the format are replaced, with --stages it must be empty',
      )
      .option(
        '--stages [n]',
        'in folders stage-01, stage-02 … from easy to hard for the model of the run, with stages.json; n: how many (default: what the data tells apart, at most 6)',
        stageCount,
      )
      .option('--duplicates', 'keep solutions that their problem already has')
      .option('--no-wrong-steps', 'leave out traces whose reply has a wrong step of arithmetic; not with --stages')
      .option('--json', 'the counts and files as one JSON object')
      .action((folder: string, options: Options) => exportRun(folder, options, io))
  },
}
