/** `assay export --stages`: the verified traces in folders from easy to hard, with a manifest for a training run. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { counted, percent } from '../base/format.js'
import { calibrate } from '../curriculum/calibration/calibration.js'
import { predict } from '../curriculum/calibration/predict.js'
import { type CutStage, cutStages, stageArms } from '../curriculum/stages/cuts.js'
import type { Exporter } from '../exporters/exporter.js'
import { topicOf } from '../schemas/problem.js'
import { type ExportedStage, type StagesManifest, stagesManifestSchema } from '../schemas/stage.js'
import type { VerifiedRow } from '../schemas/trace.js'
import { writeAtomically } from '../store/files.js'
import { makeOutFolder, verifiedFile, verifiedRows, withoutDuplicates, writeFormat } from './export-rows.js'
import { type Io, printLine } from './io.js'
import { type RunResults, readResults } from './read-results.js'

const manifestFile = 'stages.json'

export interface StagesOptions {
  readonly exporter: Exporter
  readonly out: string
  /** How many; undefined: as many as the data tells apart. */
  readonly count: number | undefined
  readonly keepAll: boolean
  readonly json: boolean
}

const round = (value: number) => Math.round(value * 1e4) / 1e4 || 0
const roundPair = ([low, high]: readonly [number, number]): [number, number] => [round(low), round(high)]
const armKey = (skill: string, level: number) => `${skill}\n${level}`
const keyOf = ({ problem }: VerifiedRow) => armKey(topicOf(problem), problem.level)

interface Source {
  readonly file: string
  /** Complete rows when it was first read: a run that goes on may add more. */
  readonly rows: number
  /** Rows of each arm. */
  readonly byArm: ReadonlyMap<string, number>
  /** In the ledger as it was read. */
  readonly known: ReadonlySet<string>
}

/** Rows that belong to an arm of the ledger. */
async function* sourceRows({ file, rows, known }: Source): AsyncGenerator<VerifiedRow> {
  let read = 0
  for await (const row of verifiedRows(file)) {
    if (read++ >= rows) return
    if (known.has(keyOf(row))) yield row
  }
}

async function openSource(file: string, known: ReadonlySet<string>): Promise<Source> {
  const byArm = new Map<string, number>()
  let rows = 0
  for await (const row of verifiedRows(file)) {
    rows++
    byArm.set(keyOf(row), (byArm.get(keyOf(row)) ?? 0) + 1)
  }
  if (rows > 0) return { file, rows, byArm, known }
  throw new AppError('config/missing-file', {
    message: `${file} holds no row: the run has verified nothing yet`,
    hint: 'continue the run with the command that started it',
  })
}

/** Refuses a folder that holds something, since files of other stages would stay among the new ones. */
function refuseFull(out: string): void {
  if (!existsSync(out)) return
  makeOutFolder(out)
  if (readdirSync(out).length === 0) return
  throw new AppError('usage/bad-option', {
    message: `--out ${out} is not empty`,
    hint: 'name a new folder: the number of stages may change, and old ones would stay among the new',
  })
}

/** What an arm was tried with, from the ledger. */
function tallyByArm({ results }: RunResults) {
  const tallies = new Map<string, { problems: number; candidates: number; passes: number }>()
  for (const { skill, level, byModel } of results) {
    const key = armKey(skill, level)
    const tally = tallies.get(key) ?? { problems: 0, candidates: 0, passes: 0 }
    tallies.set(key, tally)
    tally.problems++
    for (const { attempts, passes } of byModel) {
      tally.candidates += attempts
      tally.passes += passes
    }
  }
  return tallies
}

/** Skills with their levels, sorted. */
function skillsOf({ arms }: CutStage): ExportedStage['skills'] {
  const bySkill = new Map<string, number[]>()
  for (const { skill, level } of arms) bySkill.set(skill, [...(bySkill.get(skill) ?? []), level])
  return [...bySkill]
    .map(([skill, levels]) => ({ skill, levels: levels.sort((a, b) => a - b) }))
    .sort((a, b) => (a.skill < b.skill ? -1 : 1))
}

interface Kept {
  read: number
  duplicates: number
  traces: number
  prompt: number
  completion: number
}

/** The traces of a stage, counted as they pass. */
async function* stageRows(source: Source, stage: CutStage, kept: Kept, keepAll: boolean): AsyncGenerator<VerifiedRow> {
  const arms = new Set(stage.arms.map(({ skill, level }) => armKey(skill, level)))
  async function* own() {
    for await (const row of sourceRows(source)) if (arms.has(keyOf(row))) yield row
  }
  for await (const row of withoutDuplicates(own(), kept, keepAll)) {
    kept.traces++
    kept.prompt += row.candidate.usage.promptTokens
    kept.completion += row.candidate.usage.completionTokens
    yield row
  }
}

type Tallies = ReturnType<typeof tallyByArm>

/** Writes the files of one stage; returns its part of the manifest and how many duplicates it met. */
async function writeStage(
  {
    id,
    stage,
    source,
    tallies,
    folder,
  }: { id: string; stage: CutStage; source: Source; tallies: Tallies; folder: string },
  { exporter, keepAll }: StagesOptions,
): Promise<{ entry: ExportedStage; duplicates: number }> {
  makeOutFolder(path.join(folder, id))
  const kept: Kept = { read: 0, duplicates: 0, traces: 0, prompt: 0, completion: 0 }
  const files = await writeFormat(exporter, stageRows(source, stage, kept, keepAll), path.join(folder, id))
  const own = stage.arms.flatMap(({ skill, level }) => tallies.get(armKey(skill, level)) ?? [])
  const entry: ExportedStage = {
    id,
    skills: skillsOf(stage),
    band: roundPair(stage.band),
    passRate: round(stage.passRate),
    interval: roundPair(stage.interval),
    difficulty: round(stage.difficulty),
    problems: own.reduce((sum, { problems }) => sum + problems, 0),
    candidates: own.reduce((sum, { candidates }) => sum + candidates, 0),
    passes: own.reduce((sum, { passes }) => sum + passes, 0),
    traces: kept.traces,
    tokens: { prompt: kept.prompt, completion: kept.completion },
    files: files.map(({ name, sha256, rows }) => ({ path: `${id}/${name}`, sha256, rows })),
  }
  return { entry, duplicates: kept.duplicates }
}

async function writeStages(run: RunResults, options: StagesOptions, folder: string): Promise<StagesManifest> {
  const { exporter, count, keepAll } = options
  const calibrated = calibrate(run.results)
  const calibration = { v: 1 as const, set: null, runs: [], ...calibrated }
  // Ability 0 is the run's model, or the mean of its models.
  const arms = stageArms(calibrated, (arm) => {
    const { passRate, interval } = predict(calibration, { ability: 0 }, arm)
    return { passRate: round(passRate), interval }
  })
  const tallies = tallyByArm(run)
  const source = await openSource(verifiedFile(run.dir), new Set(tallies.keys()))
  const withTraces = arms.filter(({ skill, level }) => source.byArm.has(armKey(skill, level)))
  const stages: ExportedStage[] = []
  let duplicates = 0
  for (const [i, stage] of cutStages(withTraces, count).entries()) {
    const id = `stage-${String(i + 1).padStart(2, '0')}`
    const written = await writeStage({ id, stage, source, tallies, folder }, options)
    stages.push(written.entry)
    duplicates += written.duplicates
  }
  const unknown = [...source.byArm].reduce((sum, [key, rows]) => sum + (source.known.has(key) ? 0 : rows), 0)
  const manifest = stagesManifestSchema.parse({
    v: 1,
    runId: run.run.runId,
    configHash: run.run.configHash,
    seed: run.run.config.seed,
    status: run.stopped ?? 'running',
    models: calibrated.models.map(({ model }) => model),
    band: run.run.config.curriculum.band,
    format: exporter.id,
    duplicates: keepAll ? 'kept' : 'left-out',
    stages,
    withoutTraces: arms
      .filter((arm) => !withTraces.includes(arm))
      .map(({ skill, level, passRate }) => {
        return { skill, level, passRate, candidates: tallies.get(armKey(skill, level))?.candidates ?? 0 }
      }),
    traces: {
      verified: source.rows,
      exported: stages.reduce((sum, { traces }) => sum + traces, 0),
      leftOut: [
        ...(duplicates > 0 && !keepAll ? [{ reason: 'duplicate', traces: duplicates }] : []),
        ...(unknown > 0 ? [{ reason: 'not-in-ledger', traces: unknown }] : []),
      ],
    },
  })
  writeAtomically(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

/** Makes all stages in a folder beside `out` and puts it in its place at the end, so that a training run never sees a part. */
export async function exportStages(folder: string, options: StagesOptions, io: Io): Promise<void> {
  // What a link leads to is what is made or replaced.
  const out = existsSync(options.out) ? realpathSync(options.out) : options.out
  verifiedFile(path.resolve(io.cwd, folder))
  refuseFull(out)
  const run = await readResults(folder, io.cwd)
  makeOutFolder(path.dirname(out))
  const draft = path.join(path.dirname(out), `.${path.basename(out)}.${randomUUID().slice(0, 8)}.tmp`)
  let manifest: StagesManifest
  try {
    makeOutFolder(draft)
    manifest = await writeStages(run, options, draft)
    if (existsSync(out)) rmdirSync(out)
    renameSync(draft, out)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  if (options.json) return printLine(io, JSON.stringify(manifest))
  io.stderr.write(`${summary(manifest).join('\n')}\n`)
  await printLine(io, path.join(out, manifestFile))
}

const unfinished = new Set(['running', 'interrupted', 'failed', 'budget'])

function summary({ stages, traces, status, withoutTraces }: StagesManifest): string[] {
  const range = ([low, high]: readonly [number, number]) => `${percent(low)} to ${percent(high)}`
  const leftOut = traces.leftOut.map(({ reason, traces: left }) => `${left} ${reason.replaceAll('-', ' ')}`)
  return [
    `${counted(stages.length, 'stage')}, ${traces.exported} of ${counted(traces.verified, 'verified trace')}${leftOut.length > 0 ? ` (left out: ${leftOut.join(', ')})` : ''}`,
    ...stages.map(
      ({ id, passRate, interval, problems, traces: own }) =>
        `  ${id}  pass rate ${percent(passRate)} (${range(interval)}), ${counted(problems, 'problem')}, ${counted(own, 'trace')}`,
    ),
    ...(withoutTraces.length > 0
      ? [`  in no stage: ${counted(withoutTraces.length, 'level')} without a verified trace`]
      : []),
    ...(unfinished.has(status)
      ? [`the run is not finished (${status}): these are the traces so far; a later export may cut other stages`]
      : []),
  ]
}
