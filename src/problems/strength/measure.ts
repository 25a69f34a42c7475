/**
 * How strong the tests of a problem are: the share of wrong programs that they refuse. Programs that they accept are compared
 * with the reference on generated inputs; one that never differs is taken for equivalent, which is likely and not certain.
 */
import { counted } from '../../base/format.js'
import type { Problem } from '../../schemas/problem.js'
import type { ProblemStrength, Survivor } from '../../schemas/strength.js'
import { isAnswered } from '../wrong.js'
import type { Observed, Shown } from './behaviour.js'
import { compare, leastInputs, type StrengthPorts, type Told } from './compare.js'
import { fateOf } from './fate.js'
import { type FurtherCases, furtherCases } from './further-cases.js'
import { canMutate, knownWrong, type Mutant, mutantsOf } from './mutants.js'
import { closeLimits, isSlow } from './time-limits.js'

export interface StrengthOptions {
  /** Most mutants of one problem. */
  readonly mutants: number
  readonly seed: number
  /** Kill rate below which a problem is weak. */
  readonly atLeast: number
  /** Compare survivors on all inputs, not only until they differ. */
  readonly everyInput?: boolean
}

export interface Measured {
  readonly line: ProblemStrength
  /** The problem with time limits close to what its reference needs. */
  readonly problem: Problem
  /** How its check takes further cases; undefined where it takes none, or where nothing was measured. */
  readonly further?: FurtherCases
  readonly observed: readonly Observed[]
  readonly survivors: readonly Told[]
}

/** A problem that takes seconds gets so many times fewer mutants. */
const slowShare = 4

/** Measures one problem. Throws only what the ports throw when they are aborted. */
export async function measureStrength(
  problem: Problem,
  ports: StrengthPorts,
  options: StrengthOptions,
): Promise<Measured> {
  const language = problem.language ?? 'python'
  const code = problem.reference?.code
  const reason = unmeasurable(problem, language)
  if (reason !== undefined || code === undefined) return unmeasured(problem, reason ?? 'there is no reference program')
  const limited = await closeLimits(problem, code, ports)
  if ('refused' in limited) return unmeasured(problem, limited.refused)
  const close = limited.problem
  const { seed } = options
  const count = isSlow(close) ? Math.ceil(options.mutants / slowShare) : options.mutants
  const mutants = await mutantsOf(code, { language, count, seed, given: problem.starter })
  const tried = [...mutants, ...knownWrong(problem)]
  const { accepted, ...tally } = await tryAll(close, tried, ports)
  const further = accepted.length > 0 ? await furtherCases(problem) : undefined
  const { observed, told, equivalent, undecided, lost } = await compare(problem, further, accepted, {
    ...ports,
    ...options,
  })
  if (problem.check.type === 'checker' && undecided.length > 0) {
    // Another output than the reference's may be as right: nothing can be made of what the checker was not asked about.
    return unmeasured(problem, undecidedText(undecided.length, observed.length))
  }
  const survivors = [...told, ...undecided.map((mutant): Told => ({ mutant, differsAt: [] }))]
  const judged = tally.killed + survivors.length
  const killRate = judged === 0 ? null : tally.killed / judged
  const line: ProblemStrength = {
    id: problem.id,
    language,
    mutants: tried.length,
    ...tally,
    notJudged: tally.notJudged + lost,
    survivors: survivors.map((one) => survivorOf(one, observed)),
    equivalent,
    inputs: observed.length,
    killRate,
    weak: killRate !== null && killRate < options.atLeast,
  }
  return { line, problem: close, further, observed, survivors }
}

async function tryAll(problem: Problem, mutants: readonly Mutant[], { verify, signal }: StrengthPorts) {
  const tally = { killed: 0, timedOut: 0, notJudged: 0 }
  const accepted: Mutant[] = []
  for (const mutant of mutants) {
    const { verdict } = await verify(problem, { kind: 'code', code: mutant.code }, { signal })
    const fate = fateOf(verdict.status)
    if (fate === 'accepted') accepted.push(mutant)
    else tally[fate]++
    if (verdict.status === 'time_limit') tally.timedOut++
  }
  return { ...tally, accepted }
}

function unmeasurable(problem: Problem, language: string): string | undefined {
  if (isAnswered(problem)) return 'the check compares an answer, not a program'
  return canMutate(language) ? undefined : `no mutation operators for ${language}`
}

function unmeasured(problem: Problem, skipped: string): Measured {
  const line: ProblemStrength = {
    id: problem.id,
    language: problem.language ?? 'python',
    skipped,
    mutants: 0,
    killed: 0,
    timedOut: 0,
    survivors: [],
    equivalent: 0,
    notJudged: 0,
    inputs: 0,
    killRate: null,
    weak: false,
  }
  return { line, problem, observed: [], survivors: [] }
}

const undecidedText = (programs: number, inputs: number): string =>
  `${counted(programs, 'wrong program')} passed, and the special judge could be asked on ${counted(inputs, 'generated input')} only, where ${leastInputs} are needed`

function survivorOf({ mutant, differsAt, got }: Told, observed: readonly Observed[]): Survivor {
  const { operator, line, before, after } = mutant
  const first = differsAt[0] === undefined ? undefined : observed[differsAt[0]]
  const told = first
    ? { input: plain(first.input), expected: textOf(first.shown), got: textOf(got ?? null) }
    : { input: null, expected: null, got: null }
  return { operator, line, before, after, ...told }
}

const plain = (input: Observed['input']): NonNullable<Survivor['input']> =>
  'stdin' in input
    ? { stdin: input.stdin }
    : { args: [...input.args], ...(input.kwargs ? { kwargs: { ...input.kwargs } } : {}) }

const mostChars = 500

function textOf(shown: Shown): string {
  if (shown === null) return 'no result'
  const text = 'stdout' in shown ? shown.stdout : JSON.stringify(shown.value)
  return text.length > mostChars ? `${text.slice(0, mostChars - 1)}…` : text
}
