/** Problem sets on disk: a folder with set.json and problems.jsonl, named by its path or, when built in, by its name. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'
import { packageRoot } from '../base/paths.js'
import { parseJsonAs } from '../schemas/parse.js'
import { type Problem, type ProblemSet, problemSetSchema } from '../schemas/problem.js'
import { toProblem, uniqueIds } from './problem-row.js'
import { type BadRowOptions, parseRows, type ReadOptions, readRows } from './rows.js'

export const setFile = 'set.json'
export const problemsFile = 'problems.jsonl'

export interface LoadOptions extends BadRowOptions {
  /** Folder that relative paths start from. */
  readonly cwd: string
  /** Folder of the built-in sets. */
  readonly builtIn?: string
}

export interface LoadedSet {
  readonly dir: string
  readonly set: ProblemSet
  readonly problems: Problem[]
}

const builtInDir = path.join(packageRoot, 'problem-sets')

/** Names of the built-in sets, sorted. */
export async function builtInSets(dir = builtInDir): Promise<string[]> {
  const names = (await readdir(dir).catch((): string[] => [])).sort()
  const sets = await Promise.all(names.map((name) => isFile(path.join(dir, name, setFile))))
  return names.filter((_, index) => sets[index])
}

/** A problem and where it stands, `file:line`. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly where: string
}

/** A set that was found, to be read as often as it takes. */
export interface OpenedSet {
  readonly dir: string
  readonly set: ProblemSet
  /**
   * Its problems one at a time, every row by the schema; at the end problems.jsonl is held against the sha256 and count of
   * set.json. Held: the ids. Throws `problems/set-changed`, `problems/malformed-row` (unless told to skip bad rows).
   */
  read(options?: BadRowOptions): AsyncGenerator<PlacedProblem>
}

/**
 * Finds a set and reads its set.json.
 * nameOrDir: a folder, or the name of a built-in set (a folder that holds a set comes first).
 * Throws `problems/set-missing` naming the nearest one.
 */
export async function openSet(nameOrDir: string, places: Pick<LoadOptions, 'cwd' | 'builtIn'>): Promise<OpenedSet> {
  const dir = await findSet(nameOrDir, places)
  const set = await readSet(dir)
  return { dir, set, read: (options = {}) => readSealed({ dir, set }, options) }
}

/** A set with all its problems in memory. Throws what openSet and reading it throw. */
export async function loadSet(nameOrDir: string, { onBadRow, report, ...places }: LoadOptions): Promise<LoadedSet> {
  const { dir, set, read } = await openSet(nameOrDir, places)
  const problems: Problem[] = []
  for await (const { problem } of read({ onBadRow, report })) problems.push(problem)
  return { dir, set, problems }
}

async function* readSealed(
  { dir, set }: { dir: string; set: ProblemSet },
  options: BadRowOptions,
): AsyncGenerator<PlacedProblem> {
  const digest = createHash('sha256')
  let count = 0
  const report = (error: AppError) => {
    count++
    options.report?.(error)
  }
  const onBytes = (chunk: Uint8Array) => void digest.update(chunk)
  for await (const placed of readPlaced(path.join(dir, problemsFile), { ...options, report, onBytes })) {
    count++
    yield placed
  }
  const sha256 = digest.digest('hex')
  if (sha256 !== set.sha256 || count !== set.count) throw changed(dir, { set, sha256, count })
}

/**
 * The problems of a JSON Lines file of our own records, one at a time, with their hashes.
 * Throws `problems/malformed-row` naming `file:line`, also for an id that was there before.
 */
export async function* readProblems(file: string, options: BadRowOptions & ReadOptions = {}): AsyncGenerator<Problem> {
  for await (const { problem } of readPlaced(file, options)) yield problem
}

async function* readPlaced(file: string, options: BadRowOptions & ReadOptions): AsyncGenerator<PlacedProblem> {
  const unique = uniqueIds()
  yield* parseRows(
    readRows(file, options),
    (row) => {
      const problem = toProblem(row.value(), row.where)
      unique(problem.id, row.where)
      return { problem, where: row.where }
    },
    options,
  )
}

/** set.json of a folder. Throws `config/invalid` naming the file and the key. */
async function readSet(dir: string): Promise<ProblemSet> {
  const file = path.join(dir, setFile)
  return parseJsonAs(problemSetSchema, await readFile(file, 'utf8'), file, 'config/invalid')
}

async function findSet(
  nameOrDir: string,
  { cwd, builtIn = builtInDir }: Pick<LoadOptions, 'cwd' | 'builtIn'>,
): Promise<string> {
  const dir = path.resolve(cwd, nameOrDir)
  if (await isFile(path.join(dir, setFile))) return dir
  const known = await builtInSets(builtIn)
  if (known.includes(nameOrDir)) return path.join(builtIn, nameOrDir)
  if (await isFolder(dir)) {
    throw new AppError('problems/set-missing', {
      message: `${dir} holds no ${setFile}`,
      hint: `a set is ${setFile} + ${problemsFile}; 'assay problems import' makes one`,
      details: { dir },
    })
  }
  const names = [...known, ...(await readdir(path.dirname(dir)).catch((): string[] => []))]
  const guess = nearest(path.basename(nameOrDir), names)
  throw new AppError('problems/set-missing', {
    message: `there is no problem set '${nameOrDir}'`,
    hint: `${guess ? `did you mean '${guess}'? ` : ''}give a folder with ${setFile}${known.length > 0 ? `, or a built-in set: ${known.join(', ')}` : ''}`,
    details: { known },
  })
}

function changed(dir: string, found: { set: ProblemSet; sha256: string; count: number }): AppError {
  const { set, sha256, count } = found
  const what =
    count === set.count
      ? `its sha256 is ${sha256}, ${setFile} says ${set.sha256}`
      : `it has ${count} problems, ${setFile} says ${set.count}`
  return new AppError('problems/set-changed', {
    message: `${path.join(dir, problemsFile)} is not the file that ${setFile} describes: ${what}`,
    hint: `if the change is yours, run 'assay problems seal ${dir}'; else restore the file`,
    details: { dir, sha256, count },
  })
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  )

const isFolder = (dir: string): Promise<boolean> =>
  stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  )
