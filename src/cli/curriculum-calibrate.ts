/** `assay curriculum calibrate`: how hard problems and levels are, from the results of runs. */
import { statSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { calibrate } from '../curriculum/calibration/calibration.js'
import { mergedResults } from '../curriculum/calibration/recorded-results.js'
import { type LoadedSet, loadSet } from '../problems/load.js'
import { type Calibration, calibrationSchema } from '../schemas/calibration.js'
import { writeAtomically } from '../store/files.js'
import { calibrationText } from './calibration-table.js'
import { type Io, printLine } from './io.js'
import { type RunResults, readResults } from './read-results.js'

const calibrationFile = 'calibration.json'

interface Flags {
  readonly set?: string
  readonly out?: string
  readonly json?: boolean
}

function refuseTwice(runs: readonly RunResults[]): void {
  for (const [i, { dir, run }] of runs.entries()) {
    const same = runs.slice(0, i).find((other) => other.run.runId === run.runId)
    if (!same) continue
    throw new AppError('usage/bad-option', {
      message: `${same.dir} and ${dir} hold the same run (${run.runId}): its results would count twice`,
      hint: 'name each run once',
    })
  }
}

/** The results of the problems that a set holds, as it holds them. */
function ofSet(results: ReturnType<typeof mergedResults>, { dir, set, problems }: LoadedSet, io: Io) {
  const hashes = new Map(problems.map(({ id, hash }) => [id, hash]))
  const kept = results.filter(({ id, hash }) => hashes.get(id) === hash)
  const changed = results.filter(({ id, hash }) => hashes.has(id) && hashes.get(id) !== hash).length
  if (changed > 0) {
    io.stderr.write(`left out: ${counted(changed, 'problem')} that the set holds in another version than the runs\n`)
  }
  if (kept.length > 0) return kept
  throw new AppError('usage/bad-option', {
    message: `the runs tried no problem of the set ${set.id} (${dir})`,
    hint: 'name the set that the runs drew from',
  })
}

async function calibrateRuns(folders: readonly string[], flags: Flags, io: Io): Promise<void> {
  const runs: RunResults[] = []
  for (const folder of folders) runs.push(await readResults(folder, io.cwd))
  refuseTwice(runs)
  const all = mergedResults(runs.map(({ results }) => results))
  const set = flags.set === undefined ? undefined : await loadSet(flags.set, { cwd: io.cwd })
  const [first] = runs
  if (!first) throw new Error('commander asks for one run at least')
  const file = target(flags, set, first, io)
  const calibrated = calibrate(set ? ofSet(all, set, io) : all)
  const calibration: Calibration = calibrationSchema.parse({
    v: 1,
    set: set ? { id: set.set.id, sha256: set.set.sha256 } : null,
    runs: runs.map(({ run, attempts }) => ({
      runId: run.runId,
      configHash: run.configHash,
      seed: run.config.seed,
      setHashes: run.setHashes,
      attempts,
    })),
    ...calibrated,
  })
  writeAtomically(file, linesOf(calibration))
  await printLine(io, flags.json ? JSON.stringify(calibration) : calibrationText(calibration))
  io.stderr.write(`written: ${file}\n`)
}

/** JSON with a line for each entry of its lists, so that a change of one problem is a change of one line. */
function linesOf(calibration: Calibration): string {
  const fields = Object.entries(calibration).map(([key, value]: [string, unknown]) => {
    const list = Array.isArray(value) && value.length > 0 ? value.map((one) => `  ${JSON.stringify(one)}`) : undefined
    return ` ${JSON.stringify(key)}: ${list ? `[\n${list.join(',\n')}\n ]` : JSON.stringify(value)}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

/** Where it is written: to --out, else beside the set, else into the folder of the first run. */
function target({ out }: Flags, set: LoadedSet | undefined, first: RunResults, { cwd }: Io): string {
  if (out === undefined) return path.join(set?.dir ?? first.dir, calibrationFile)
  const file = path.resolve(cwd, out)
  const isFolder = (at: string) => statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false
  const refuse = (message: string, hint: string) => new AppError('usage/bad-option', { message, hint })
  if (!isFolder(path.dirname(file)))
    throw refuse(`--out ${out}: there is no folder ${path.dirname(file)}`, 'make it first, or name another one')
  if (isFolder(file)) throw refuse(`--out ${out} is a folder`, `name a file, e.g. ${path.join(out, calibrationFile)}`)
  return file
}

/** check: refuses options of the outer command. */
export function registerCalibrate(parent: Command, io: Io, check: (command: Command) => void): void {
  parent
    .command('calibrate')
    .description('how hard problems and levels are, with intervals, from the results of runs; finds wrong level labels')
    .argument('<rundirs...>', 'folders of runs, of one or several models')
    .option('--set <dir>', 'a set, by folder or name: only its problems')
    .option(
      '--out <file>',
      `file to write (default: ${calibrationFile} beside the set's set.json, else in the first run's folder)`,
    )
    .option('--json', 'the calibration as one JSON object')
    .action((folders: string[], flags: Flags, command: Command) => {
      check(command)
      return calibrateRuns(folders, flags, io)
    })
}
