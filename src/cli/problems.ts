/** `assay problems`: import, generate, seal, list, show and check problem sets. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command as Program } from 'commander'
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { nearest } from '../base/nearest.js'
import { lookup } from '../base/registry.js'
import type { Format } from '../problems/formats/format.js'
import { formats } from '../problems/formats/index.js'
import { generateProblems } from '../problems/generate.js'
import type { Generator } from '../problems/generators/generator.js'
import { generators } from '../problems/generators/index.js'
import { importProblems } from '../problems/import.js'
import { builtInSets, type LoadedSet, loadSet } from '../problems/load.js'
import { type SetFacts, sealSet, writeSet } from '../problems/write.js'
import type { Problem, ProblemSet } from '../schemas/problem.js'
import type { CliCommand } from './command.js'
import { type Io, printLine } from './io.js'
import { addSandboxOptions } from './options.js'
import { type BadRows, badRowOptions, type CheckFlags, check, say } from './problems-check.js'
import { problemColumns, problemText, setColumns, table } from './problems-view.js'

interface Output {
  readonly out: string
  readonly force?: boolean
  readonly json?: boolean
}
interface ImportFlags extends Output, BadRows {
  readonly format: string
  readonly license?: string
  readonly split: string
}
interface GenerateFlags extends Output {
  readonly level: readonly [number, number] | 'all'
  readonly count: number
  readonly seed: number
}

/** The same items; throws `run/interrupted` at the first one after Ctrl-C, so that nothing half-done is left. */
async function* untilInterrupt<T>(items: AsyncIterable<T> | Iterable<T>, io: Io): AsyncGenerator<T> {
  for await (const item of items) {
    if (io.interrupt.aborted) throw new AppError('run/interrupted', { message: 'interrupted; nothing was written' })
    yield item
  }
}

async function toldSet(
  set: ProblemSet,
  { dir, skipped = 0, json, io }: { dir: string; skipped?: number; json?: boolean; io: Io },
) {
  const left = skipped > 0 ? ` (${counted(skipped, 'row')} skipped)` : ''
  say(io, `wrote ${counted(set.count, 'problem')} to ${dir}${left}`)
  if (json) await printLine(io, JSON.stringify({ dir, set, skipped }))
}

async function importFiles(files: readonly string[], flags: ImportFlags, io: Io): Promise<void> {
  const format = lookup<Format>(formats, flags.format, 'format')
  const dir = path.resolve(io.cwd, flags.out)
  const badRows = badRowOptions(flags, io)
  const seen = { sets: new Set<string>(), licenses: new Set<string>() }
  const noted = async function* (problems: AsyncIterable<Problem>) {
    for await (const problem of untilInterrupt(problems, io)) {
      seen.sets.add(problem.set)
      seen.licenses.add(problem.license)
      yield problem
    }
  }
  const problems = importProblems(
    format,
    files.map((file) => path.resolve(io.cwd, file)),
    { license: flags.license, ...badRows },
  )
  const facts = (): SetFacts => {
    const id = seen.sets.size === 1 ? ([...seen.sets][0] as string) : path.basename(dir).toLowerCase()
    return {
      id,
      title: format.title ?? id,
      format: format.id,
      license: [...seen.licenses].sort().join(' AND '),
      source: format.source ?? files.map((file) => path.basename(file)).join(', '),
      split: flags.split,
    }
  }
  const set = await writeSet(dir, facts, noted(problems), { replace: flags.force })
  await toldSet(set, { dir, skipped: badRows.skipped(), json: flags.json, io })
}

async function generate(familyId: string, flags: GenerateFlags, io: Io): Promise<void> {
  const family = lookup<Generator>(generators, familyId, 'family')
  const dir = path.resolve(io.cwd, flags.out)
  const [low, high] = flags.level === 'all' ? [0, family.levels - 1] : flags.level
  const levels = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  const facts: SetFacts = {
    id: family.id,
    title: family.describe,
    format: 'assay',
    license: 'CC0-1.0',
    source: `assay problems generate ${family.id} --level ${low === high ? low : `${low}-${high}`} --count ${flags.count} --seed ${flags.seed}`,
    split: 'train',
  }
  const problems = generateProblems(family, { levels, count: flags.count, seed: flags.seed })
  await toldSet(await writeSet(dir, facts, untilInterrupt(problems, io), { replace: flags.force }), {
    dir,
    json: flags.json,
    io,
  })
}

async function list(names: readonly string[], { json }: { json?: boolean }, io: Io): Promise<void> {
  const sets = await Promise.all((names.length > 0 ? names : await builtInSets()).map((name) => loadSet(name, io)))
  const rows = names.length > 0 ? sets.flatMap(({ problems }) => problems.map(problemColumns)) : sets.map(setColumns)
  if (json) for (const row of rows) await printLine(io, JSON.stringify(row))
  else for (const line of table(rows)) await printLine(io, line)
}

async function show(
  id: string,
  { set: names, json }: { set?: readonly string[]; json?: boolean },
  io: Io,
): Promise<void> {
  const sets: LoadedSet[] = []
  for (const name of names ?? (await builtInSets())) sets.push(await loadSet(name, io))
  const problems = sets.flatMap((loaded) => loaded.problems)
  const problem = problems.find((candidate) => candidate.id === id)
  if (!problem) {
    const guess = nearest(
      id,
      problems.map((candidate) => candidate.id),
    )
    throw new AppError('problems/unknown-id', {
      message: `no problem '${id}' in ${names ? names.join(', ') : 'the built-in sets'}`,
      hint: guess ? `did you mean '${guess}'?` : `'assay problems list SET' lists a set; --set DIR names another one`,
    })
  }
  await printLine(io, json ? JSON.stringify(problem) : problemText(problem))
}

function wholeNumber(least: number) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`write a whole number from ${least} on.`)
  }
}

function levelRange(text: string): readonly [number, number] | 'all' {
  if (text === 'all') return 'all'
  const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (low === undefined || Number(high) < Number(low)) throw new InvalidArgumentError('write 2, 0-3 or all.')
  return [Number(low), Number(high)]
}

const listed = (registry: Readonly<Record<string, { id: string; describe: string }>>): string =>
  Object.values(registry)
    .map(({ id, describe }) => `  ${id.padEnd(22)}${describe}`)
    .join('\n')

const badRowsOption = () =>
  new Option('--bad-rows <what>', 'at a malformed row: stop, or name it, skip it and go on')
    .choices(['stop', 'skip'])
    .default('stop')

const withOutput = (command: Program): Program =>
  command
    .requiredOption('--out <dir>', 'folder of the new set')
    .option('--force', 'replace the set that is there')
    .option('--json', 'print what was written as JSON')

export const problemsCommand: CliCommand = {
  id: 'problems',
  register: (program, io, exit) => {
    const problems = program.command('problems').description('import, generate, list, show and check problem sets')

    withOutput(problems.command('import').description('read published files and write them as a set'))
      .argument('<files...>', 'JSON Lines, plain or gzip')
      .requiredOption('--format <id>', `what the files are: ${Object.keys(formats).join(', ')}`)
      .option('--license <id>', 'license to write instead of the published one')
      .option('--split <name>', 'split to write', 'train')
      .addOption(badRowsOption())
      .addHelpText('after', `\nFormats:\n${listed(formats)}`)
      .action((files: string[], flags: ImportFlags) => importFiles(files, flags, io))

    withOutput(problems.command('generate').description('write problems of a procedural family as a set'))
      .argument('<family>', 'name of the family')
      .option('--level <range>', 'level, range of levels (0-3) or all', levelRange, 'all' as const)
      .option('--count <n>', 'number of problems', wholeNumber(1), 20)
      .option('--seed <s>', 'the same seed gives the same problems', wholeNumber(0), 0)
      .addHelpText('after', `\nFamilies:\n${listed(generators)}`)
      .action((family: string, flags: GenerateFlags) => generate(family, flags, io))

    problems
      .command('list')
      .description('the built-in sets, or the problems of sets')
      .argument('[sets...]', 'folders, or names of built-in sets')
      .option('--json', 'one JSON object a line')
      .action((names: string[], flags: { json?: boolean }) => list(names, flags, io))

    problems
      .command('show')
      .description('one problem: statement, check, reference')
      .argument('<id>', 'id of the problem')
      .option('--set <dir...>', 'sets to look in (default: the built-in ones)')
      .option('--json', 'the record as JSON')
      .action((id: string, flags: { set?: string[]; json?: boolean }) => show(id, flags, io))

    addSandboxOptions(problems.command('check'))
      .description(
        'is every reference accepted, every known-wrong answer refused? One JSON line a problem; exit 1 when not',
      )
      .argument('<set>', 'folder, or name of a built-in set')
      .addOption(badRowsOption())
      .option('--json', 'print the lines only, no summary on stderr')
      .action(async (set: string, flags: CheckFlags) => exit(await check(set, flags, io)))

    problems
      .command('seal')
      .description('after an edit of problems.jsonl: check every row and write its sha256 and count to set.json')
      .argument('<dir>', 'folder of the set')
      .action(async (dir: string) => {
        const set = await sealSet(path.resolve(io.cwd, dir))
        say(io, `sealed ${counted(set.count, 'problem')}, sha256 ${set.sha256}`)
      })
  },
}
