/**
 * How strong the tests of a problem are: the share of wrong programs that they refuse. Programs that they accept are compared
 * with the reference on generated inputs; one that never differs is taken for equivalent, which is likely and not certain.
 */
import { rng } from '../../base/rng.js'
import type { Exec, Verify } from '../../schemas/ports.js'
import type { Problem } from '../../schemas/problem.js'
import type { ProblemStrength, Survivor } from '../../schemas/strength.js'
import { isAnswered } from '../wrong.js'
import { NotRun, type Observed, observe, type Program, type Shown, sameShown, steady } from './behaviour.js'
import { fateOf } from './fate.js'
import { generateInputs } from './generate-inputs.js'
import { inputText, shorterInput } from './inputs.js'
import { hasJudge, judgedDifference } from './judged-difference.js'
import { canMutate, knownWrong, type Mutant, mutantsOf } from './mutants.js'
import { likenessOf } from './same-value.js'
import { functionOf, seedInputs } from './seeds.js'
import { closeLimits, inputLimits, isSlow } from './time-limits.js'

export interface StrengthPorts {
  readonly verify: Verify
  readonly exec: Exec
  readonly signal?: AbortSignal
}

export interface StrengthOptions {
  /** Most mutants of one problem. */
  readonly mutants: number
  readonly seed: number
  /** Kill rate below which a problem is weak. */
  readonly atLeast: number
  /** Compare survivors on all inputs, not only until they differ. */
  readonly everyInput?: boolean
}

/** A survivor with the inputs that tell it from the reference, shortest first. */
export interface Told {
  readonly mutant: Mutant
  /** Indexes of the observed inputs. */
  readonly differsAt: readonly number[]
  readonly got?: Shown
}

export interface Measured {
  readonly line: ProblemStrength
  /** The problem with time limits close to what its reference needs. */
  readonly problem: Problem
  readonly observed: readonly Observed[]
  readonly survivors: readonly Told[]
}

const wantedInputs = 240
const slowShare = 4
const fewInputs = 100
const mostRounds = 3
/** On fewer inputs being equal says too little. */
const leastInputs = 10

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
  const { observed, told, equivalent, lost } = await compare(close, accepted, ports, options)
  const survivors = told.map((one) => survivorOf(one, observed))
  const judged = tally.killed + survivors.length
  const killRate = judged === 0 ? null : tally.killed / judged
  const line: ProblemStrength = {
    id: problem.id,
    language,
    mutants: tried.length,
    ...tally,
    notJudged: tally.notJudged + lost,
    survivors,
    equivalent,
    inputs: observed.length,
    killRate,
    weak: killRate !== null && killRate < options.atLeast,
  }
  return { line, problem: close, observed, survivors: told }
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

interface Compared {
  readonly observed: readonly Observed[]
  readonly told: readonly Told[]
  readonly equivalent: number
  readonly lost: number
}

async function compare(
  problem: Problem,
  accepted: readonly Mutant[],
  ports: StrengthPorts,
  { seed, everyInput = false }: StrengthOptions,
): Promise<Compared> {
  if (accepted.length === 0) return { observed: [], told: [], equivalent: 0, lost: 0 }
  const how = likenessOf(problem)
  const program = (code: string, factor: number): Program => ({
    language: problem.language ?? 'python',
    code,
    function: functionOf(problem),
    limits: inputLimits(problem, factor),
  })
  const observed = await observedInputs(problem, program(problem.reference?.code ?? '', 1), { ...ports, seed })
  const judge = hasJudge(problem)
  const told: Told[] = []
  let [equivalent, lost] = [0, 0]
  for (const mutant of accepted) {
    const differs = (shown: readonly Shown[]): number[] =>
      shown.flatMap((one, at) => (sameShown(observed[at]?.shown ?? null, one, how) ? [] : [at]))
    try {
      const given = observed.map(({ input }) => input)
      const enough = (shown: readonly Shown[]) => !everyInput && !judge && differs(shown).length > 0
      const shown = await observe(program(mutant.code, 2), given, { ...ports, enough })
      const seen = differs(shown)
      const differsAt = judge ? await judgedDifference(problem, mutant.code, { seen, observed, ...ports }) : seen
      const first = differsAt[0]
      if (first !== undefined) told.push({ mutant, differsAt, got: shown[first] })
      else if (observed.length < leastInputs) told.push({ mutant, differsAt: [] })
      else equivalent++
    } catch (error) {
      if (!(error instanceof NotRun)) throw error
      lost++
    }
  }
  return { observed, told, equivalent, lost }
}

/**
 * Generated inputs on which the reference is steady, shortest first. Where it refuses most of them, they are drawn again.
 * None where there are no seeds, or where the sandbox failed.
 */
async function observedInputs(
  problem: Problem,
  reference: Program,
  { seed, ...ports }: StrengthPorts & { readonly seed: number },
): Promise<Observed[]> {
  const seeds = await seedInputs(problem)
  const tried = new Set<string>()
  const observed: Observed[] = []
  try {
    for (let round = 0; seeds.length > 0 && round < mostRounds && observed.length < fewInputs; round++) {
      const drawn = generateInputs(seeds, wantedInputs, rng(seed, 'inputs', problem.id, round))
      const inputs = drawn.filter((input) => !tried.has(inputText(input))).sort(shorterInput)
      for (const input of inputs) tried.add(inputText(input))
      observed.push(...(await steady(reference, inputs, { ...ports, how: likenessOf(problem) })))
    }
  } catch (error) {
    if (!(error instanceof NotRun)) throw error
  }
  return observed.sort((a, b) => shorterInput(a.input, b.input))
}

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
