import path from 'node:path'
import { AppError } from '../base/errors.js'
import { type RecordedResults, recordedResults } from '../curriculum/calibration/recorded-results.js'
import { type RunFile, readRun, readRunProblems } from '../pipeline/run-dir.js'
import type { Problem } from '../schemas/problem.js'
import { readEvents } from '../store/ledger.js'

/** The run of a folder. Throws `config/missing-file` for a folder without a run. */
export function runOf(dir: string): RunFile {
  const run = readRun(dir)
  if (run) return run
  throw new AppError('config/missing-file', {
    message: `${dir} holds no run: there is no config.json in it`,
    hint: 'name the folder that `assay run --out` wrote',
  })
}

export interface RunResults extends RecordedResults {
  readonly dir: string
  readonly run: RunFile
  readonly problems: readonly Problem[]
}

/** What a run's ledger says about its problems. Writes nothing, so the run may go on meanwhile. */
export async function readResults(folder: string, cwd: string): Promise<RunResults> {
  const dir = path.resolve(cwd, folder)
  const run = runOf(dir)
  const problems = readRunProblems(dir)
  return { dir, run, problems, ...(await recordedResults(readEvents(dir), problems)) }
}
