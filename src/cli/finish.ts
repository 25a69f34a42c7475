/** What a person, or a program, gets once a run stopped: figures, report.html, and a summary. */
import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { readLines } from '../base/jsonl.js'
import { shellWord } from '../base/shell.js'
import { computeFigures } from '../metrics/figures.js'
import { readRun, readRunProblems } from '../pipeline/run-dir.js'
import type { RunConfig } from '../schemas/config.js'
import type { Figures } from '../schemas/figures.js'
import { parseJsonAs } from '../schemas/parse.js'
import type { Problem } from '../schemas/problem.js'
import { type VerifiedRow, verifiedRowSchema } from '../schemas/trace.js'
import { writeAtomically } from '../store/files.js'
import { readEvents } from '../store/ledger.js'
import { renderReport } from '../viewer/report.js'
import { commandLine } from './command-line.js'
import { type Io, isInteractive, printLine } from './io.js'
import { renderSummary } from './summary.js'

const EXAMPLES = 6

/** Up to six verified traces that differ as much as can be: one per kind and level, hardest first. */
async function examplesOf(file: string): Promise<VerifiedRow[]> {
  if (!existsSync(file)) return []
  const best = new Map<string, VerifiedRow>()
  for await (const { number, text, torn } of readLines(createReadStream(file))) {
    if (torn) break
    const row = parseJsonAs(verifiedRowSchema, text, `${file}:${number}`, 'store/corrupt')
    const key = `${row.problem.kind} ${row.problem.level}`
    if (row.duplicateOf === undefined && !best.has(key)) best.set(key, row)
  }
  const hardest = [...best.values()].sort((a, b) => b.problem.level - a.problem.level)
  const byKind = (kind: string) => hardest.filter((row) => row.problem.kind === kind).slice(0, EXAMPLES / 2)
  return [...byKind('code'), ...byKind('math')]
}

export interface ReadRun {
  readonly config: RunConfig
  readonly problems: readonly Problem[]
  readonly figures: Figures
  readonly examples: readonly VerifiedRow[]
}

export interface Finished extends ReadRun {
  /** Path of the report page. */
  readonly page: string
}

/** What a run came to, from its ledger; writes nothing. Throws `config/missing-file` for a folder without a run. */
export async function readReport(dir: string): Promise<ReadRun> {
  const run = readRun(dir)
  if (!run) {
    throw new AppError('config/missing-file', {
      message: `${dir} holds no run: there is no config.json in it`,
      hint: 'name the folder that `assay run --out` wrote',
    })
  }
  const problems = readRunProblems(dir)
  const figures = await computeFigures(readEvents(dir), problems)
  const examples = await examplesOf(path.join(dir, 'verified.jsonl'))
  return { config: run.config, problems, figures, examples }
}

/** Computes a run's figures from its ledger and writes report.html. Throws what readReport throws. */
async function writeReport(dir: string): Promise<Finished> {
  const read = await readReport(dir)
  return { ...read, page: writePage(dir, read) }
}

/** Writes report.html and returns its path. */
export function writePage(dir: string, read: ReadRun): string {
  const page = path.join(dir, 'report.html')
  writeAtomically(page, renderReport({ ...read, title: path.basename(dir), command: commandLine(read.config) }))
  return page
}

/** Prints what a run came to: JSON on stdout when asked for, else a summary for people on stderr. */
export async function finishReport(input: { dir: string; io: Io; json: boolean; command: string }): Promise<void> {
  const { dir, io, json, command } = input
  const { figures, examples, page } = await writeReport(dir)
  if (json) return printLine(io, JSON.stringify(figures))
  const resumable = figures.status === 'budget' || figures.status === 'interrupted' || figures.status === 'failed'
  const text = renderSummary(figures, {
    example: examples[0],
    files: [
      { path: path.join(dir, 'verified.jsonl'), what: 'every accepted candidate with its proof' },
      { path: page, what: 'the report, to open in a browser' },
    ],
    next: resumable
      ? command
      : `npx assay export ${shellWord(dir)} --format sft --out ${shellWord(path.join(dir, 'sft'))}`,
    color: isInteractive(io),
  })
  io.stderr.write(text)
}
