/**
 * `assay problems check`. The set is read twice or three times rather than held: once to count statements, once more to compare
 * those that stand there several times, and once to check each problem.
 */
import type { Command } from 'commander'
import { AppError } from '../base/errors.js'
import { checkProblems } from '../problems/check.js'
import { openSet } from '../problems/load.js'
import { countStatements, type Relation, relate, type StatementCounts } from '../problems/relations.js'
import { selector, unknownId } from '../problems/select.js'
import type { Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { type Io, printLine, say } from './io.js'
import { addSandboxOptions, type SandboxFlags } from './options.js'
import { noRunner, openRunner } from './problems-check-runner.js'
import { type CheckLine, createCheckTally } from './problems-check-summary.js'
import type { ProblemsCommand } from './problems-command.js'
import { type BadRowFlags, badRowOptions, badRowsOption, wholeNumber } from './problems-options.js'
import { problemsOf, untilInterrupt } from './problems-written.js'

interface CheckFlags extends BadRowFlags, SandboxFlags {
  readonly json?: boolean
  readonly id?: readonly string[]
  readonly limit?: number
}

const about = `
A line: {id, status, blame, reason, wrong, weak, tried} and where they apply
  limits           CPU limit of a case, what the reference's slowest case took here, and the factor that it needed
  solution         number of the further solution that passes where the reference is broken; the status is accepted
  duplicateOf      the first problem with the same content
  sameStatementAs  the first problem with the same statement, but another check or reference
  contradicts      problems with the same statement that cannot be right beside this one
Exit 1 when a problem is bad or contradicts another one, or when the sandbox failed.`

export const registerCheck: ProblemsCommand = (problems, io, exit) => {
  const command: Command = addSandboxOptions(problems.command('check'))
  command
    .description(
      'is every reference accepted, every known-wrong answer refused? One JSON line a problem; exit 1 when a problem is bad',
    )
    .argument('<set>', 'folder, or name of a built-in set')
    .option('--id <ids...>', 'only these problems')
    .option('--limit <n>', 'only the first n problems', wholeNumber(1))
    .addOption(badRowsOption())
    .option('--json', 'print the lines only, no summary on stderr')
    .addHelpText('after', about)
    .action(async (set: string, flags: CheckFlags) => exit(await check(set, flags, io)))
}

const interrupted = 'the check was interrupted'

/** Checks a set and returns the exit code. */
async function check(nameOrDir: string, flags: CheckFlags, io: Io): Promise<number> {
  const badRows = badRowOptions(flags, io)
  const opened = await openSet(nameOrDir, io)
  const survey = await surveySet(untilInterrupt(problemsOf(opened, badRows), io, interrupted), flags)
  // Bad rows were told in the first reading.
  const again = () => problemsOf(opened, { onBadRow: flags.badRows })
  const runner = survey.runsPrograms ? await openRunner(flags, io) : await noRunner()
  const tally = createCheckTally()
  try {
    const options = { parallel: runner.slots * 2, signal: io.interrupt, timed: runner.timed }
    const relations = await relationsOf(again(), { survey, verify: runner.verify, signal: io.interrupt })
    const progress = createProgress(survey.chosen, io)
    for await (const result of checkProblems(chosen(again(), flags), runner.verify, options)) {
      const line: CheckLine = { ...result, ...relations.get(result.id) }
      await printLine(io, JSON.stringify(line))
      tally.add(line)
      if (!flags.json) progress(tally.count)
    }
  } catch (error) {
    // What was checked until Ctrl-C is told below.
    if (!io.interrupt.aborted) throw error
  } finally {
    await runner.close()
  }
  if (!flags.json) for (const line of tally.lines(badRows.skipped())) say(io, line)
  if (io.interrupt.aborted) throw new AppError('run/interrupted', { message: interrupted })
  return tally.isFaulty() ? 1 : 0
}

type Choice = Pick<CheckFlags, 'id' | 'limit'>

/** The problems that are to be checked, in order. */
async function* chosen(problems: AsyncIterable<Problem>, choice: Choice): AsyncGenerator<Problem> {
  const isChosen = chooser(choice)
  let left = choice.limit ?? Number.POSITIVE_INFINITY
  for await (const problem of problems) {
    if (!isChosen(problem)) continue
    yield problem
    if (--left <= 0) return
  }
}

const chooser = ({ id }: Choice) => selector({ ids: id })

interface Survey {
  readonly statements: StatementCounts
  readonly chosen: number
  /** Checking takes a sandbox. */
  readonly runsPrograms: boolean
}

/** Reads the whole set, so that what is wrong with its file is told before anything runs. */
async function surveySet(problems: AsyncIterable<Problem>, choice: Choice): Promise<Survey> {
  const statements = countStatements()
  const isChosen = chooser(choice)
  const ids = new Set<string>()
  let count = 0
  let needsSandbox = false
  for await (const problem of problems) {
    if (choice.id) ids.add(problem.id)
    const wanted = count < (choice.limit ?? Number.POSITIVE_INFINITY) && isChosen(problem)
    statements.add(problem, wanted)
    if (!wanted) continue
    count++
    needsSandbox ||= runsPrograms(problem)
  }
  const unknown = choice.id?.find((id) => !ids.has(id))
  if (unknown !== undefined) throw unknownId(unknown, ids)
  return { statements, chosen: count, runsPrograms: needsSandbox }
}

/** True when checking a problem takes a sandbox. */
const runsPrograms = ({ check, reference, meta }: Problem): boolean =>
  check.type !== 'answer' ||
  reference?.code !== undefined ||
  (meta.solutions ?? []).length > 0 ||
  (meta.wrong ?? []).some(({ code }) => code !== undefined)

interface Relating {
  readonly survey: Survey
  readonly verify: Verify
  readonly signal: AbortSignal
}

async function relationsOf(
  problems: AsyncIterable<Problem>,
  { survey: { statements }, verify, signal }: Relating,
): Promise<Map<string, Relation>> {
  if (!statements.hasRepeated) return new Map()
  const repeated = async function* () {
    for await (const problem of problems) if (statements.isRepeated(problem)) yield problem
  }
  return relate(repeated(), verify, { signal })
}

/** Says how far a long check is, every ten seconds. */
function createProgress(total: number, io: Io): (count: { readonly all: number; readonly bad: number }) => void {
  const everyMs = 10_000
  let next = performance.now() + everyMs
  return ({ all, bad }) => {
    if (performance.now() < next) return
    next = performance.now() + everyMs
    say(io, `checked ${all} of ${total}, ${bad} bad`)
  }
}
