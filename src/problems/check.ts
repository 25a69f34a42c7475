/** Checks the problems themselves: the reference must be accepted; known-wrong answers that are accepted show weak tests. */
import { counted } from '../base/format.js'
import type { Submission } from '../schemas/candidate.js'
import type { CallOptions, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { Blame, Verdict, VerdictStatus } from '../schemas/verdict.js'
import { wrongAnswers } from './wrong.js'

export interface TriedWrong {
  readonly kind: string
  readonly status: VerdictStatus
  /** True: the problem names it. False: derived. */
  readonly given: boolean
}

/** One line of `assay problems check`, contracts.md §5. */
export interface ProblemCheck {
  readonly id: string
  /** `accepted`: the reference is right. `unknown`: there is no reference. */
  readonly status: VerdictStatus
  readonly blame: Blame
  readonly reason: string
  /** The wrong answer that tells most: an accepted one, else the first tried; null when none is known. */
  readonly wrong: { readonly kind: string; readonly status: VerdictStatus } | null
  /** A wrong answer passes, given or derived. */
  readonly weak: boolean
  /** Every wrong answer that was tried. */
  readonly tried: readonly TriedWrong[]
  /** Where the reference program ran: its time beside its limit. */
  readonly limits?: LimitUse
  /** Number from 1 of the further solution (`meta.solutions`) that passes where the reference does not. */
  readonly solution?: number
}

/** What a reference took of its time limit on this machine. */
export interface LimitUse {
  /** CPU limit of one case, milliseconds. */
  readonly cpuMs: number
  /** CPU time of its slowest case, or of all its tests, milliseconds; left out where nothing ended. */
  readonly slowestCpuMs?: number
  /** It ended only with so many times the limit. */
  readonly timeFactor?: number
}

/** A verifier that keeps the time of what it runs. */
export interface TimedVerify {
  readonly verify: Verify
  /** The limit and the slowest case so far; undefined when nothing ran. */
  took(): Omit<LimitUse, 'timeFactor'> | undefined
}

export interface CheckOptions extends CallOptions {
  /** Gives a verifier of its own for one problem; without it nothing is said of limits. */
  readonly timed?: () => TimedVerify
}

/** As many further solutions are tried. */
const mostSolutions = 4

/**
 * Verifies a problem's own reference and its known-wrong answers.
 * A reference that is refused is `bad_problem`; trouble of ours stays `sandbox_error`. A wrong answer that passes beside it
 * makes the tests weak and the problem no worse: published ones may have been refused by other tests.
 * Where only the reference is at fault, since a further solution passes, the problem is not bad: it is `accepted`, and
 * `solution` and the reason say so.
 */
export async function checkProblem(
  problem: Problem,
  verify: Verify,
  options: CheckOptions = {},
): Promise<ProblemCheck> {
  const { timed, ...call } = options
  const timer = timed?.() ?? { verify, took: () => undefined }
  const reference = await checkSolutions(problem, timer, call)
  const tried: TriedWrong[] = []
  for (const { kind, submission, given } of wrongAnswers(problem)) {
    const { verdict } = await timer.verify(problem, submission, call)
    tried.push({ kind, given, status: verdict.status })
  }
  const passed = tried.filter(({ status }) => status === 'accepted')
  const decisive = passed.find(({ given }) => given) ?? passed[0] ?? tried[0]
  const rest = {
    wrong: decisive ? { kind: decisive.kind, status: decisive.status } : null,
    weak: passed.length > 0,
    tried,
  }
  const { limits, solution, ...told } = reference
  const known = { ...(limits && { limits }), ...(solution && { solution }) }
  const given = passed.filter((one) => one.given).map(({ kind }) => `'${kind}'`)
  if (told.status === 'accepted' && given.length > 0) {
    const reason = `${told.reason}; the tests are weak, known to be wrong and accepted: ${given.join(', ')}`
    return { id: problem.id, ...told, reason, ...rest, ...known }
  }
  return { id: problem.id, ...told, ...rest, ...known }
}

/**
 * Checks many problems, `parallel` at a time; results come in the order of the problems, and no more problems than these
 * are held. Stops between problems when the signal is aborted.
 */
export async function* checkProblems(
  problems: Iterable<Problem> | AsyncIterable<Problem>,
  verify: Verify,
  { parallel, ...options }: CheckOptions & { readonly parallel: number },
): AsyncGenerator<ProblemCheck> {
  const running: Promise<ProblemCheck>[] = []
  for await (const problem of problems) {
    if (options.signal?.aborted) break
    const check = checkProblem(problem, verify, options)
    // Awaited in its turn; until then a failure must not count as unhandled.
    check.catch(() => {})
    running.push(check)
    const first = running.length >= parallel ? running.shift() : undefined
    if (first) yield await first
  }
  for (const check of running) yield await check
}

type ReferenceCheck = Pick<ProblemCheck, 'status' | 'blame' | 'reason' | 'limits' | 'solution'>

/** What must be accepted: the gold answer against itself, and the reference program or worked answer. */
export function references({ check, reference }: Problem): { what: string; submission: Submission }[] {
  const { code, answer } = reference ?? {}
  const reply = (form: 'answer' | 'program', text: string): Submission => ({
    kind: 'reply',
    form,
    style: 'chat',
    prefix: '',
    text,
  })
  if (check.type !== 'answer') {
    const isText = check.type === 'output'
    return [
      ...(code === undefined ? [] : [{ what: 'the reference program', submission: { kind: 'code', code } as const }]),
      ...(answer === undefined
        ? []
        : [
            {
              what: 'the reference answer',
              submission: isText ? ({ kind: 'answer', answer } as const) : reply('answer', answer),
            },
          ]),
    ]
  }
  return [
    { what: 'the gold answer', submission: { kind: 'answer', answer: check.gold } },
    ...(answer === undefined ? [] : [{ what: 'the worked answer', submission: reply('answer', answer) }]),
    ...(code === undefined
      ? []
      : [{ what: 'the reference program', submission: reply('program', `\`\`\`python\n${code}\n\`\`\``) }]),
  ]
}

/** The reference, and where it fails or is missing the further solutions. */
async function checkSolutions(problem: Problem, timer: TimedVerify, options: CallOptions): Promise<ReferenceCheck> {
  const known = references(problem)
  const checked = await checkReference(problem, { known, timer, options })
  const further = (problem.meta.solutions ?? []).slice(0, mostSolutions)
  if (further.length === 0 || (checked.status !== 'bad_problem' && known.length > 0)) return checked
  for (const [index, code] of further.entries()) {
    const only = references({ ...problem, reference: { code } }).slice(-1)
    const other = await checkReference(problem, { known: only, timer, options })
    if (other.status === 'sandbox_error') return other
    if (other.status !== 'accepted') continue
    const number = `solution ${index + 1} of ${further.length}`
    if (known.length === 0) return { ...other, reason: `${number} passes; there is no reference`, solution: index + 1 }
    const reason = `the reference is broken, ${number} passes: ${checked.reason}`
    return { ...other, reason, solution: index + 1 }
  }
  if (known.length > 0)
    return { ...checked, reason: `${checked.reason} (of ${counted(further.length, 'further solution')} none passes)` }
  const reason = `of ${counted(further.length, 'solution')} none passes, and there is no reference`
  return { status: 'bad_problem', blame: 'problem', reason }
}

interface Referring {
  readonly known: ReturnType<typeof references>
  readonly timer: TimedVerify
  readonly options: CallOptions
}

async function checkReference(problem: Problem, { known, timer, options }: Referring): Promise<ReferenceCheck> {
  if (known.length === 0) {
    return { status: 'unknown', blame: 'problem', reason: 'there is no reference to check' }
  }
  let limits: LimitUse | undefined
  for (const { what, submission } of known) {
    const { verdict } = await timer.verify(problem, submission, options)
    limits = limitUse(timer, verdict) ?? limits
    const used = limits && { limits }
    if (verdict.status === 'accepted') continue
    if (verdict.blame === 'infrastructure' || verdict.status === 'sandbox_error') {
      return { status: 'sandbox_error', blame: 'infrastructure', reason: verdict.reason, ...used }
    }
    if (verdict.status === 'unknown') {
      return { status: 'unknown', blame: 'problem', reason: `${what}: ${verdict.reason}`, ...used }
    }
    const told = verdict.status === 'bad_problem' ? verdict.reason : `${what} is ${verdict.status}: ${verdict.reason}`
    return { status: 'bad_problem', blame: 'problem', reason: told, ...used }
  }
  const passes = `${known.map(({ what }) => what).join(' and ')} passes`
  const factor = limits?.timeFactor
  const reason = factor ? `${passes} with ${factor} times its limit of ${limits?.cpuMs} ms of CPU time` : passes
  return { status: 'accepted', blame: 'candidate', reason, ...(limits && { limits }) }
}

function limitUse({ took }: TimedVerify, { evidence }: Verdict): LimitUse | undefined {
  const taken = took()
  if (!taken) return undefined
  const timeFactor = evidence.limits ? Math.round(evidence.limits.cpuMs / taken.cpuMs) : 1
  return { ...taken, ...(timeFactor > 1 && { timeFactor }) }
}
