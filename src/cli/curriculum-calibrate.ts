/** `assay curriculum calibrate`: how hard problems and levels are, from the results of runs. */
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

export const calibrationFile = 'calibration.json'

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
  const files = targets(flags, set, runs, io)
  for (const file of files) writeAtomically(file, linesOf(calibration))
  await printLine(io, flags.json ? JSON.stringify(calibration) : calibrationText(calibration))
  for (const file of files) io.stderr.write(`written: ${file}\n`)
}

/** JSON with a line for each entry of its lists, so that a change of one problem is a change of one line. */
function linesOf(calibration: Calibration): string {
  const fields = Object.entries(calibration).map(([key, value]: [string, unknown]) => {
    const list = Array.isArray(value) && value.length > 0 ? value.map((one) => `  ${JSON.stringify(one)}`) : undefined
    return ` ${JSON.stringify(key)}: ${list ? `[\n${list.join(',\n')}\n ]` : JSON.stringify(value)}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

/** Where it is written: beside the set, to --out, or both; without either, into the folder of the first run. */
function targets({ out }: Flags, set: LoadedSet | undefined, runs: readonly RunResults[], { cwd }: Io): string[] {
  const beside = set ? [path.join(set.dir, calibrationFile)] : []
  const named = out === undefined ? [] : [path.resolve(cwd, out)]
  if (beside.length + named.length > 0) return [...beside, ...named]
  return runs.slice(0, 1).map(({ dir }) => path.join(dir, calibrationFile))
}

export function registerCalibrate(parent: Command, io: Io, _exit: (code: number) => void): void {
  parent
    .command('calibrate')
    .description('how hard problems and levels are, with intervals, from the results of runs; finds wrong level labels')
    .argument('<rundirs...>', 'folders of runs, of one or several models')
    .option('--set <dir>', `a set, by folder or name: only its problems; ${calibrationFile} is written beside set.json`)
    .option(
      '--out <file>',
      `file to write (default: ${calibrationFile} beside the set, else in the first run's folder)`,
    )
    .option('--json', 'the calibration as one JSON object')
    .action((folders: string[], flags: Flags) => calibrateRuns(folders, flags, io))
}
