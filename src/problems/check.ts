/** Checks the problems themselves: the reference must be accepted, known-wrong answers must not. */
import type { Submission } from '../schemas/candidate.js'
import type { CallOptions, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { Blame, VerdictStatus } from '../schemas/verdict.js'
import { wrongAnswers } from './wrong.js'

export interface TriedWrong {
  readonly kind: string
  readonly status: VerdictStatus
  /** False: derived, so that its acceptance makes the check weak and not the problem bad. */
  readonly given: boolean
}

/** One line of `assay problems check`, contracts.md §5. */
export interface ProblemCheck {
  readonly id: string
  /** `accepted`: the reference is right and no given wrong answer passes. `unknown`: there is no reference. */
  readonly status: VerdictStatus
  readonly blame: Blame
  readonly reason: string
  /** The wrong answer that tells most: an accepted one, else the first tried; null when none is known. */
  readonly wrong: { readonly kind: string; readonly status: VerdictStatus } | null
  /** A derived wrong answer passes. */
  readonly weak: boolean
  /** Every wrong answer that was tried. */
  readonly tried: readonly TriedWrong[]
}

/**
 * Verifies a problem's own reference and its known-wrong answers.
 * A reference that is refused, or a given wrong answer that passes, is `bad_problem`; trouble of ours stays `sandbox_error`.
 */
export async function checkProblem(problem: Problem, verify: Verify, options: CallOptions = {}): Promise<ProblemCheck> {
  const reference = await checkReference(problem, verify, options)
  const tried: TriedWrong[] = []
  for (const { kind, submission, given } of wrongAnswers(problem)) {
    const { verdict } = await verify(problem, submission, options)
    tried.push({ kind, given, status: verdict.status })
  }
  const passed = tried.filter(({ status }) => status === 'accepted')
  const decisive = passed.find(({ given }) => given) ?? passed[0] ?? tried[0]
  const rest = {
    wrong: decisive ? { kind: decisive.kind, status: decisive.status } : null,
    weak: passed.some(({ given }) => !given),
    tried,
  }
  const letThrough = passed.find(({ given }) => given)
  if (reference.status === 'accepted' && letThrough) {
    const reason = `the known-wrong answer '${letThrough.kind}' is accepted`
    return { id: problem.id, status: 'bad_problem', blame: 'problem', reason, ...rest }
  }
  return { id: problem.id, ...reference, ...rest }
}

/**
 * Checks many problems, `parallel` at a time; results come in the order of the problems.
 * Stops between problems when the signal is aborted.
 */
export async function* checkProblems(
  problems: readonly Problem[],
  verify: Verify,
  { parallel, signal }: { readonly parallel: number; readonly signal?: AbortSignal },
): AsyncGenerator<ProblemCheck> {
  const running: Promise<ProblemCheck>[] = []
  let next = 0
  while (true) {
    while (running.length < parallel && next < problems.length && !signal?.aborted) {
      const check = checkProblem(problems[next++] as Problem, verify, { signal })
      // Awaited in its turn; until then a failure must not count as unhandled.
      check.catch(() => {})
      running.push(check)
    }
    const first = running.shift()
    if (!first) return
    yield await first
  }
}

type ReferenceCheck = Pick<ProblemCheck, 'status' | 'blame' | 'reason'>

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

async function checkReference(problem: Problem, verify: Verify, options: CallOptions): Promise<ReferenceCheck> {
  const known = references(problem)
  if (known.length === 0) {
    return { status: 'unknown', blame: 'problem', reason: 'there is no reference to check' }
  }
  for (const { what, submission } of known) {
    const { verdict } = await verify(problem, submission, options)
    if (verdict.status === 'accepted') continue
    if (verdict.blame === 'infrastructure' || verdict.status === 'sandbox_error') {
      return { status: 'sandbox_error', blame: 'infrastructure', reason: verdict.reason }
    }
    if (verdict.status === 'unknown') {
      return { status: 'unknown', blame: 'problem', reason: `${what}: ${verdict.reason}` }
    }
    const told = verdict.status === 'bad_problem' ? verdict.reason : `${what} is ${verdict.status}: ${verdict.reason}`
    return { status: 'bad_problem', blame: 'problem', reason: told }
  }
  return { status: 'accepted', blame: 'candidate', reason: `${known.map(({ what }) => what).join(' and ')} passes` }
}
