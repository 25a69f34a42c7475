/**
 * The run audits its own verifier: answers known to be right and known to be wrong, cheats among them, go through
 * the very same check as the candidates. The counts stand in the report as false rejects and false accepts.
 */
import { rng } from '../base/rng.js'
import type { Submission } from '../schemas/candidate.js'
import type { EventBody } from '../schemas/event.js'
import type { Append, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { cheats } from './cheats.js'
import { auditKey } from './recall.js'

export interface KnownAnswer {
  readonly problem: Problem
  /** `reference`, the kind of the wrong answer, or the name of the cheat. */
  readonly what: string
  readonly expected: 'accepted' | 'refused'
  readonly submission: Submission
}

function reference(problem: Problem): KnownAnswer[] {
  const { code, answer } = problem.reference ?? {}
  const right = (submission: Submission): KnownAnswer => ({
    problem,
    what: 'reference',
    expected: 'accepted',
    submission,
  })
  if (code !== undefined) return [right({ kind: 'code', code })]
  if (answer === undefined) return []
  return [right({ kind: 'reply', form: 'answer', style: 'chat', prefix: '', text: answer })]
}

/**
 * The known answers of `count` problems, spread over the levels and chosen by the seed.
 * wrong: the wrong answers of a problem that must be refused.
 */
export function auditPlan(input: {
  problems: readonly Problem[]
  count: number
  seed: number
  wrong: (problem: Problem) => readonly { kind: string; submission: Submission }[]
}): KnownAnswer[] {
  const byLevel = new Map<string, Problem[]>()
  for (const problem of rng(input.seed, 'audit').shuffle(input.problems)) {
    const key = `${problem.kind} ${problem.level}`
    byLevel.set(key, [...(byLevel.get(key) ?? []), problem])
  }
  const queues = [...byLevel.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list)
  const longest = Math.max(0, ...queues.map((queue) => queue.length))
  const spread = Array.from({ length: longest }, (_, i) => queues.flatMap((queue) => queue[i] ?? [])).flat()
  return spread
    .slice(0, input.count)
    .flatMap((problem) => [
      ...reference(problem),
      ...input
        .wrong(problem)
        .map(({ kind, submission }): KnownAnswer => ({ problem, what: kind, expected: 'refused', submission })),
      ...cheats(problem).map(
        ({ what, code }): KnownAnswer => ({ problem, what, expected: 'refused', submission: { kind: 'code', code } }),
      ),
    ])
}

/** Checks what the ledger does not hold yet and records each result. */
export async function audit(input: {
  plan: readonly KnownAnswer[]
  audited: ReadonlySet<string>
  verify: Verify
  append: Append
  signal: AbortSignal
}): Promise<void> {
  for (const { problem, what, expected, submission } of input.plan) {
    if (input.signal.aborted) return
    if (input.audited.has(auditKey(problem.id, what))) continue
    const { verdict } = await input.verify(problem, submission)
    if (verdict.blame === 'infrastructure') continue
    const agreed = (verdict.status === 'accepted') === (expected === 'accepted')
    const event: EventBody = {
      kind: 'audit.checked',
      problemId: problem.id,
      what,
      expected,
      status: verdict.status,
      agreed,
    }
    await input.append(event)
  }
}
