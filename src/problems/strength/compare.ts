/** Programs that the tests accept, compared with the reference on generated inputs. */
import { rng } from '../../base/rng.js'
import type { Exec, Verify } from '../../schemas/ports.js'
import type { Problem } from '../../schemas/problem.js'
import { type Asking, askCheck } from './ask-check.js'
import { NotRun, type Observed, observe, type Program, type Shown, sameShown, steady } from './behaviour.js'
import { type FurtherCases, functionOf } from './further-cases.js'
import { generateInputs } from './generate-inputs.js'
import { inputText, shorterInput } from './inputs.js'
import type { Mutant } from './mutants.js'
import { inputLimits } from './time-limits.js'

export interface StrengthPorts {
  readonly verify: Verify
  readonly exec: Exec
  readonly signal?: AbortSignal
}

/** A survivor with the inputs on which the check would refuse it, shortest first. */
export interface Told {
  readonly mutant: Mutant
  /** Indexes of the observed inputs. */
  readonly differsAt: readonly number[]
  readonly got?: Shown
}

export interface Compared {
  readonly observed: readonly Observed[]
  readonly told: readonly Told[]
  /** Refused on no input, and there were enough of them. */
  readonly equivalent: number
  /** Refused on no input, and there were too few to make anything of it. */
  readonly undecided: readonly Mutant[]
  readonly lost: number
}

export interface CompareOptions {
  readonly seed: number
  /** Compare on all inputs, not only until one is refused. */
  readonly everyInput?: boolean
}

const wantedInputs = 240
const fewInputs = 100
const mostRounds = 3
/** On fewer inputs being equal says too little. */
export const leastInputs = 10
/** So many refused inputs of one program are enough to choose from. */
const mostRefused = 40

/**
 * A program differs on an input when the check, given that input and what the reference gives on it as a further case, refuses
 * the program. So the comparison is the check's own: a special judge may accept another output than the reference's.
 */
export async function compare(
  problem: Problem,
  further: FurtherCases | undefined,
  accepted: readonly Mutant[],
  { seed, everyInput = false, ...ports }: StrengthPorts & CompareOptions,
): Promise<Compared> {
  const none = { observed: [], told: [], equivalent: 0, undecided: accepted, lost: 0 }
  if (accepted.length === 0 || !further) return none
  const program = (code: string, factor: number): Program => ({
    language: problem.language ?? 'python',
    code,
    function: functionOf(problem),
    limits: inputLimits(problem, factor),
  })
  const asking: Asking = { ...ports, problem, further }
  const reference = problem.reference?.code ?? ''
  const observed = await observedInputs(program(reference, 1), asking, { seed, exec: ports.exec })
  const told: Told[] = []
  const undecided: Mutant[] = []
  let [equivalent, lost] = [0, 0]
  for (const mutant of accepted) {
    try {
      const most = everyInput ? mostRefused : 1
      const found = await differences(program(mutant.code, 2), observed, { ...asking, exec: ports.exec, most })
      if (found.at.length > 0) told.push({ mutant, differsAt: found.at, got: found.got })
      else if (observed.length < leastInputs) undecided.push(mutant)
      else equivalent++
    } catch (error) {
      if (!(error instanceof NotRun)) throw error
      lost++
    }
  }
  return { observed, told, equivalent, undecided, lost }
}

interface Differing extends Asking {
  readonly exec: Exec
  /** Refused inputs that are enough. */
  readonly most: number
}

/** Where the check refuses a program, and what it gave on the first such input. The check is asked only where it shows something else. */
async function differences(
  program: Program,
  observed: readonly Observed[],
  { exec, most, ...asking }: Differing,
): Promise<{ readonly at: readonly number[]; readonly got?: Shown }> {
  const refused: number[] = []
  let [looked, open] = [0, false]
  const enough = async (shown: readonly Shown[]): Promise<boolean> => {
    const other = shown.flatMap((one, at) => (at < looked || sameShown(one, observed[at]?.shown ?? null) ? [] : [at]))
    looked = shown.length
    // What does not end normally is refused by every check.
    const broken = other.filter((at) => shown[at] === null)
    const limit = most === 1 ? (broken[0] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
    const asked = other.filter((at) => shown[at] !== null && at < limit)
    const fates: Awaited<ReturnType<typeof askCheck>> = []
    for (const [from, to] of most === 1 ? pieces(asked.length) : [[0, asked.length] as const]) {
      const cases = asked.slice(from, to).flatMap((at) => observed[at] ?? [])
      fates.push(...(await askCheck(program.code, cases, asking, most)))
      if (most === 1 && fates.includes('killed')) break
    }
    refused.push(...broken, ...asked.filter((_, index) => fates[index] === 'killed'))
    open ||= fates.includes('notJudged')
    refused.sort((a, b) => a - b)
    return refused.length >= most
  }
  const shown = await observe(
    program,
    observed.map(({ input }) => input),
    { exec, signal: asking.signal, enough },
  )
  if (refused.length === 0 && open) throw new NotRun('the check says neither right nor wrong')
  const [first] = refused
  return first === undefined ? { at: [] } : { at: refused, got: shown[first] }
}

/** The first one alone, since most often it tells enough; then a few, then the rest. */
function pieces(length: number): (readonly [number, number])[] {
  const bounds = [0, 1, 8, length].map((bound) => Math.min(bound, length))
  return bounds.slice(1).map((to, index) => [bounds[index] ?? 0, to] as const)
}

/**
 * Generated inputs on which the reference is steady and which the check, given them as cases, accepts it on; shortest first.
 * Where it refuses most of them, they are drawn again. None where there are no seeds, or where the sandbox failed.
 */
async function observedInputs(
  reference: Program,
  asking: Asking,
  { seed, exec }: { readonly seed: number; readonly exec: Exec },
): Promise<Observed[]> {
  const { problem, further, signal } = asking
  const tried = new Set<string>()
  const observed: Observed[] = []
  try {
    for (let round = 0; further.seeds.length > 0 && round < mostRounds && observed.length < fewInputs; round++) {
      const drawn = generateInputs(further.seeds, wantedInputs, rng(seed, 'inputs', problem.id, round))
      const inputs = drawn.filter((input) => !tried.has(inputText(input))).sort(shorterInput)
      for (const input of inputs) tried.add(inputText(input))
      const held = (await steady(reference, inputs, { exec, signal })).filter(further.canHold)
      const fates = await askCheck(reference.code, held, asking)
      observed.push(...held.filter((_, at) => fates[at] === 'accepted'))
    }
  } catch (error) {
    if (!(error instanceof NotRun)) throw error
  }
  return observed.sort((a, b) => shorterInput(a.input, b.input))
}
