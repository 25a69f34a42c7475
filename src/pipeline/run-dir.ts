/** The files of a run directory that say what the run is: config.json and the problems it uses. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../base/errors.js'
import { canonicalJson, hashOf } from '../base/hash.js'
import { type RunConfig, runConfigSchema } from '../schemas/config.js'
import { parseJsonAs } from '../schemas/parse.js'
import { type Problem, problemSchema } from '../schemas/problem.js'
import { writeAtomically } from '../store/files.js'
import { isAdaptive } from './scheduler.js'

const runFileSchema = z.strictObject({
  v: z.literal(1),
  runId: z.string(),
  configHash: z.string(),
  config: runConfigSchema,
  setHashes: z.record(z.string(), z.string()),
})
export type RunFile = Readonly<z.infer<typeof runFileSchema>>

/** Set hashes by set id: sha256 of the set's problems. */
export type SetHashes = Readonly<Record<string, string>>

/**
 * What must stay the same for a run to go on. Target and budget only decide when it ends, so they may be raised; the
 * address and the price of a model do not change its replies. Sets count by content, and in their order.
 */
function identity(config: RunConfig, setHashes: SetHashes) {
  const { operational: _operational, baseUrl: _baseUrl, priceUsd: _priceUsd, target, budget, ...fixed } = config
  const { adaptive: _adaptive, earlyStop, ...curriculum } = fixed.curriculum
  // Named only where they change what is asked: without them it is the run that it always was.
  const fewer = { ...(isAdaptive(config) && { adaptive: true }), ...(earlyStop && { earlyStop }) }
  const sets = Object.entries(setHashes)
  return { ...fixed, curriculum: { ...curriculum, ...fewer }, rounds: roundsOf(config), sets }
}

/** How often a problem may be drawn: once, unless a target or a budget decides the end. */
export const roundsOf = ({ target, budget, rounds }: RunConfig): number => (target || budget ? rounds : 1)

export function describeRun(config: RunConfig, setHashes: SetHashes): RunFile {
  const configHash = hashOf(identity(config, setHashes))
  return { v: 1, runId: configHash.slice(0, 12), configHash, config, setHashes }
}

function flatten(value: unknown, prefix = ''): [string, string][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [[prefix, canonicalJson(value) ?? 'unset']]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key))
}

/** One line per key that differs, `key: before -> now`. */
function configDiff(before: RunFile, now: RunFile): string[] {
  const old = new Map(flatten(identity(before.config, before.setHashes)))
  const fresh = new Map(flatten(identity(now.config, now.setHashes)))
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((key) => old.get(key) !== fresh.get(key))
    .map((key) => `${key}: ${old.get(key) ?? 'unset'} -> ${fresh.get(key) ?? 'unset'}`)
}

const configFile = (dir: string) => path.join(dir, 'config.json')
const problemsFile = (dir: string) => path.join(dir, 'problems.jsonl')

/** The run that a folder holds, or undefined when it holds none. */
export function readRun(dir: string): RunFile | undefined {
  if (!existsSync(configFile(dir))) return undefined
  return parseJsonAs(runFileSchema, readFileSync(configFile(dir), 'utf8'), configFile(dir), 'store/corrupt')
}

/** The problems that a run uses, in order. */
export function readRunProblems(dir: string): Problem[] {
  if (!existsSync(problemsFile(dir))) {
    throw new AppError('store/corrupt', {
      message: `${problemsFile(dir)} is missing`,
      hint: 'start the run again with the same command: it writes the file anew',
    })
  }
  const lines = readFileSync(problemsFile(dir), 'utf8').split('\n').filter(Boolean)
  return lines.map((line, i) => parseJsonAs(problemSchema, line, `${problemsFile(dir)}:${i + 1}`, 'store/corrupt'))
}

/** Throws `config/changed` with a diff when a folder holds another run than this one. */
export function refuseOther(dir: string, before: RunFile, run: RunFile): void {
  if (before.configHash === run.configHash) return
  const diff = configDiff(before, run)
  throw new AppError('config/changed', {
    message: `${dir} holds a run with another config:\n  ${diff.join('\n  ')}`,
    hint: diff.some((line) => /^(rounds|curriculum\.adaptive):/.test(line))
      ? 'with a target or a budget problems may be drawn again (`rounds`), and for fewer candidates (`curriculum.adaptive`): choose another --out, or give --rounds 1 --no-adaptive'
      : 'choose another --out, or start with the config that the run was made with',
    details: { before: before.configHash, now: run.configHash },
  })
}

/** Writes down what a run is, once it is sure to start. The problems come first: config.json says that they are whole. */
export function claimRunDir(dir: string, run: RunFile, problems: readonly Problem[]): void {
  const before = readRun(dir)
  if (before?.configHash !== run.configHash || !existsSync(problemsFile(dir))) {
    writeAtomically(problemsFile(dir), problems.map((problem) => `${JSON.stringify(problem)}\n`).join(''))
  }
  writeAtomically(configFile(dir), `${JSON.stringify(run, null, 2)}\n`)
}

/** Empties a folder whose run was claimed but never got a reply. */
export function forgetRun(dir: string): void {
  for (const name of ['ledger', 'blobs', 'verified.jsonl', 'report.html', 'config.json', 'problems.jsonl']) {
    rmSync(path.join(dir, name), { recursive: true, force: true })
  }
}
