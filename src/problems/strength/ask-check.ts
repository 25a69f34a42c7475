/** What a check says of a program on further cases. */
import type { Verify } from '../../schemas/ports.js'
import type { Problem } from '../../schemas/problem.js'
import type { Observed } from './behaviour.js'
import { type Fate, fateOf } from './fate.js'
import type { FurtherCases } from './further-cases.js'

export interface Asking {
  readonly problem: Problem
  readonly further: FurtherCases
  readonly verify: Verify
  readonly signal?: AbortSignal
}

/**
 * The fate of a program on each case, by the check itself. A verdict that does not tell the cases apart is asked for again on
 * halves. most: it stops once so many cases are refused; what is left then counts as not judged.
 */
export async function askCheck(
  code: string,
  cases: readonly Observed[],
  { problem: { hash: _stale, ...problem }, further, verify, signal }: Asking,
  most = Number.POSITIVE_INFINITY,
): Promise<Fate[]> {
  let refused = 0
  const ask = async (some: readonly Observed[]): Promise<Fate[]> => {
    if (some.length === 0) return []
    const all = (fate: Fate): Fate[] => some.map(() => fate)
    if (refused >= most) return all('notJudged')
    const { verdict } = await verify({ ...problem, check: further.only(some) }, { kind: 'code', code }, { signal })
    const fate = fateOf(verdict.status)
    const told = fate === 'accepted' ? undefined : further.told(verdict, some.length)
    const fates = told?.map(fateOf) ?? (fate === 'killed' && some.length > 1 ? undefined : all(fate))
    if (!fates) {
      const middle = some.length >> 1
      const left = await ask(some.slice(0, middle))
      return [...left, ...(await ask(some.slice(middle)))]
    }
    refused += fates.filter((one) => one === 'killed').length
    return fates
  }
  return ask(cases)
}
