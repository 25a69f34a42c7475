/** `assay problems strength`: how many wrong programs the tests of each problem refuse; `--strengthen` adds cases. */
import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { derivedFacts, withLicenses } from '../problems/derived-set.js'
import { openSet } from '../problems/load.js'
import { select } from '../problems/select.js'
import type { StrengthPorts } from '../problems/strength/compare.js'
import { inOrder } from '../problems/strength/in-order.js'
import { measureStrength } from '../problems/strength/measure.js'
import { addedTo, type Strengthened, strengthen } from '../problems/strength/strengthen.js'
import { assertFree, writeSet } from '../problems/write.js'
import type { Problem, ProblemSet } from '../schemas/problem.js'
import { type Io, printLine, say } from './io.js'
import { addSandboxOptions, type SandboxFlags, sandboxOptions } from './options.js'
import type { ProblemsCommand } from './problems-command.js'
import { type BadRowFlags, badRowOptions, badRowsOption, wholeNumber } from './problems-options.js'
import { createStrengthTally, type StrengthTally } from './problems-strength-summary.js'
import { problemsOf, tellSet, unlessInterrupted, untilInterrupt } from './problems-written.js'

interface StrengthFlags extends BadRowFlags, SandboxFlags {
  readonly id?: readonly string[]
  readonly limit?: number
  readonly mutants: number
  readonly seed: number
  readonly atLeast?: number
  readonly strengthen?: boolean
  readonly maxCases: number
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** A problem whose tests kill less is called weak, where --at-least does not say another rate. */
const weakBelow = 0.9

const about = `
Mutants are the reference with one small fault each. One that the tests accept is compared with the reference on generated
inputs: it is a survivor, with the shortest input on which the check, with that input as a further case, would refuse it, or
likely equivalent when there is none. Where there are fewer than 10 such inputs (test code that is not Python, whose calls
have no literal arguments, or that compares in its own way), every accepted mutant counts as a survivor and its input is
null; a problem with a special judge is not measured then, since another output may be as right.
Kill rate = killed / (killed + survivors). A time-out is a kill; what does not compile is not judged.
--strengthen adds cases behind the given ones, at the end of the check; meta.strengthened of a problem tells how many
({cases, killed}), and the title of the set how many in all.
A line: {id, language, mutants, killed, timedOut, survivors, equivalent, notJudged, inputs, killRate, weak, added, notAdded, after}`

export const registerStrength: ProblemsCommand = (problems, io, exit) => {
  const command: Command = addSandboxOptions(problems.command('strength'))
  command
    .description('how many wrong programs do the tests of each problem refuse? One JSON line a problem')
    .argument('<set>', 'folder, or name of a built-in set')
    .option('--mutants <n>', 'most mutants of one problem', wholeNumber(1), 40)
    .option('--seed <s>', 'the same seed gives the same mutants and inputs', wholeNumber(0), 0)
    .option('--at-least <rate>', 'exit 1 when the kill rate of the set is below it; also what is weak', rate)
    .option('--id <ids...>', 'only these problems')
    .option('--limit <n>', 'only the first n problems', wholeNumber(1))
    .option('--strengthen', 'add the fewest cases that kill the most survivors, and write the problems to --out')
    .option('--max-cases <n>', 'most cases added to one problem', wholeNumber(1), 10)
    .option('--out <dir>', 'folder of the strengthened set')
    .option('--force', 'replace the set that is there')
    .addOption(badRowsOption())
    .option('--json', 'print the lines only, no summary on stderr')
    .addHelpText('after', about)
    .action(async (set: string, flags: StrengthFlags) => exit(await strength(set, flags, io)))
}

const interrupted = 'the measurement was interrupted'

/** Measures a set and returns the exit code. */
async function strength(nameOrDir: string, flags: StrengthFlags, io: Io): Promise<number> {
  const dir = await outputOf(flags, io)
  const badRows = badRowOptions(flags, io)
  const { set, read } = await openSet(nameOrDir, io)
  const tally = createStrengthTally()
  const runner = await openRunner(flags, io)
  try {
    const source = limited(select(problemsOf({ dir: '', set, read }, badRows), { ids: flags.id }), flags.limit)
    const results = measured(untilInterrupt(source, io, interrupted), flags, { ...runner, io })
    const problems = told(results, { tally, flags, io })
    if (dir === undefined) for await (const _ of problems);
    else await write(dir, problems, { set, flags, io })
  } catch (error) {
    // What was measured so far is told; it was printed already.
    if (io.interrupt.aborted && !flags.json) for (const line of tally.lines(badRows.skipped())) say(io, line)
    throw error
  } finally {
    await runner.close()
  }
  if (!flags.json) for (const line of tally.lines(badRows.skipped())) say(io, line)
  const killRate = tally.killRate()
  return flags.atLeast !== undefined && killRate !== null && killRate < flags.atLeast ? 1 : 0
}

async function outputOf({ strengthen: asked, out, force }: StrengthFlags, io: Io): Promise<string | undefined> {
  if (Boolean(asked) !== (out !== undefined)) {
    throw new AppError('usage/bad-option', {
      message: asked ? 'where is the strengthened set to be written?' : '--out is only for --strengthen',
      hint: asked ? 'add --out DIR' : 'add --strengthen, or leave --out away',
    })
  }
  if (out === undefined) return undefined
  const dir = path.resolve(io.cwd, out)
  await assertFree(dir, { replace: force })
  return dir
}

interface Runner extends StrengthPorts {
  readonly slots: number
}

async function openRunner(flags: SandboxFlags, io: Io): Promise<Runner & { close(): Promise<void> }> {
  const { openSandbox } = await import('../sandbox/open.js')
  const { createVerify } = await import('../verifiers/verify.js')
  const { exec, slots, close } = await openSandbox(sandboxOptions(flags, io))
  // A mutant that passes once survives: what a second proof with a fork per case could find is no matter of the tests.
  return { exec, slots, close, verify: createVerify({ exec, strict: false }), signal: io.interrupt }
}

/** While the host thinks about one problem, programs of another one run. */
const problemsPerSlot = 2

async function* measured(
  problems: AsyncIterable<Problem>,
  flags: StrengthFlags,
  { io, slots, ...ports }: Runner & { readonly io: Io },
): AsyncGenerator<Strengthened> {
  const { mutants, seed, maxCases, atLeast = weakBelow } = flags
  const options = { mutants, seed, atLeast, everyInput: flags.strengthen }
  const one = async (problem: Problem): Promise<Strengthened> => {
    const found = await measureStrength(problem, ports, options)
    return flags.strengthen ? strengthen(problem, found, { ...ports, maxCases }) : { line: found.line, problem }
  }
  try {
    yield* inOrder(problems, slots * problemsPerSlot, one)
  } catch (error) {
    throw unlessInterrupted(error, io, interrupted)
  }
}

interface Telling {
  readonly tally: StrengthTally
  readonly flags: StrengthFlags
  readonly io: Io
}

/** Prints each line as its problem passes by. */
async function* told(results: AsyncIterable<Strengthened>, { tally, flags, io }: Telling): AsyncGenerator<Problem> {
  const everyMs = 10_000
  let next = performance.now() + everyMs
  for await (const { line, problem } of results) {
    await printLine(io, JSON.stringify(line))
    tally.add(line)
    if (!flags.json && performance.now() >= next) {
      next = performance.now() + everyMs
      say(io, `measured ${tally.measured}: ${tally.killed} mutants killed, ${tally.survivors} survive`)
    }
    yield problem
  }
}

async function write(
  dir: string,
  problems: AsyncIterable<Problem>,
  { set, flags, io }: { set: ProblemSet; flags: StrengthFlags; io: Io },
): Promise<void> {
  const { mutants, seed, maxCases, limit } = flags
  const some = `${flags.id ? ` --id ${flags.id.join(' ')}` : ''}${limit === undefined ? '' : ` --limit ${limit}`}`
  const added = { cases: 0, problems: 0 }
  const draft = withLicenses(counting(problems, added), (license) =>
    derivedFacts([set], {
      id: set.id.endsWith('-strengthened') ? set.id : `${set.id}-strengthened`,
      title: `${set.title.replace(addedText, '')}, with ${counted(added.cases, 'added case')} in ${counted(added.problems, 'problem')}`,
      source: `assay problems strength ${set.id} --strengthen --mutants ${mutants} --max-cases ${maxCases} --seed ${seed}${some}`,
      license,
    }),
  )
  await tellSet(await writeSet(dir, draft.facts, draft.problems, { replace: flags.force }), { dir }, io)
}

/** What an earlier round put behind the title. */
const addedText = /, with \d+ added cases? in \d+ problems?$/

async function* counting(
  problems: AsyncIterable<Problem>,
  added: { cases: number; problems: number },
): AsyncGenerator<Problem> {
  for await (const problem of problems) {
    const cases = addedTo(problem)
    added.cases += cases
    if (cases > 0) added.problems++
    yield problem
  }
}

async function* limited<T>(items: AsyncIterable<T>, most = Number.POSITIVE_INFINITY): AsyncGenerator<T> {
  let left = most
  for await (const item of items) {
    yield item
    if (--left <= 0) return
  }
}

function rate(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1) return value
  throw new InvalidArgumentError('write a rate from 0 to 1.')
}
