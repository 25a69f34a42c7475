/**
 * Differences between a wrong program and the reference where a special judge decides: it may accept both outputs, so only
 * one that it refuses, on an input where it accepts the reference's own, is a difference.
 */
import type { CheckOf } from '../../schemas/check.js'
import type { Verify } from '../../schemas/ports.js'
import type { Problem } from '../../schemas/problem.js'
import { NotRun, type Observed } from './behaviour.js'
import { fateOf } from './fate.js'
import { inputLimits } from './time-limits.js'

type Judged = Problem & { readonly check: CheckOf<'checker'> }

export const hasJudge = (problem: Problem): problem is Judged => problem.check.type === 'checker'

/** Inputs on which the judge is asked about one program; the shortest come first. */
const mostAsked = 8

interface Seen {
  /** Indexes of the observed inputs on which the program shows something else. */
  readonly seen: readonly number[]
  readonly observed: readonly Observed[]
  readonly verify: Verify
  readonly signal?: AbortSignal
}

/** The first input on which the judge refuses the program, as a list of one or none. Throws `NotRun` when it cannot tell. */
export async function judgedDifference(
  problem: Judged,
  code: string,
  { seen, observed, verify, signal }: Seen,
): Promise<readonly number[]> {
  const ask = async (on: Problem, program: string) =>
    fateOf((await verify(on, { kind: 'code', code: program }, { signal })).verdict.status)
  let open = false
  for (const at of seen.slice(0, mostAsked)) {
    const alone = withCase(problem, observed[at])
    const fate = alone ? await ask(alone, code) : 'notJudged'
    if (fate === 'killed' && alone && (await ask(alone, problem.reference?.code ?? '')) === 'accepted') return [at]
    open ||= fate !== 'accepted'
  }
  if (open) throw new NotRun('the judge tells neither right nor wrong')
  return []
}

/** The problem with nothing but this input, answered by what the reference gave. */
function withCase({ hash: _stale, ...problem }: Judged, one: Observed | undefined): Problem | undefined {
  if (!one || !('stdin' in one.input && 'stdout' in one.shown)) return undefined
  const cases = [{ stdin: one.input.stdin, answer: one.shown.stdout }]
  return { ...problem, limits: inputLimits(problem, 2), check: { ...problem.check, cases } }
}
