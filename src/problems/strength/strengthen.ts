/** Adds the fewest cases that refuse the most survivors, with the values that the reference gives. */
import { z } from 'zod'
import type { Problem } from '../../schemas/problem.js'
import type { ProblemStrength } from '../../schemas/strength.js'
import type { Observed } from './behaviour.js'
import type { StrengthPorts } from './compare.js'
import { coverOf } from './cover.js'
import { fateOf } from './fate.js'
import type { FurtherCases } from './further-cases.js'
import type { Measured } from './measure.js'

export interface Strengthened {
  readonly line: ProblemStrength
  /** The problem with the added cases and `meta.strengthened`; as it was where nothing was added. */
  readonly problem: Problem
}

/**
 * problem: as it is in the set. measured: of the same problem, its survivors compared on every input.
 * Cases are only kept when the reference passes with them; a survivor counts as killed when verifying refuses it.
 */
export async function strengthen(
  problem: Problem,
  measured: Measured,
  { maxCases, ...ports }: StrengthPorts & { readonly maxCases: number },
): Promise<Strengthened> {
  const { line, further } = measured
  if (line.skipped !== undefined) return { line, problem }
  const cases = further ? chosenCases(further, measured, maxCases) : []
  const tried = further && cases.length > 0 ? await prove(problem, { ...measured, further }, cases, ports) : undefined
  const notAdded = tried && 'refused' in tried ? { notAdded: tried.refused } : {}
  const proved = tried && 'problem' in tried ? tried : undefined
  const killed = line.killed + (proved?.killed ?? 0)
  const survivors = line.survivors.length - (proved?.killed ?? 0)
  return {
    line: { ...line, added: proved ? cases.length : 0, ...notAdded, after: { killed, survivors } },
    problem: proved ? noted(proved, cases.length) : problem,
  }
}

const marks = z.object({ cases: z.number(), killed: z.number() })

/** Cases that were added to a problem, in all rounds. */
export const addedTo = ({ meta }: Problem): number => marks.safeParse(meta.strengthened).data?.cases ?? 0

/** Tells in `meta.strengthened` how many of the last cases were added, and how many mutants only they refuse. */
function noted({ problem, killed }: Proved, cases: number): Problem {
  const before = marks.safeParse(problem.meta.strengthened).data ?? { cases: 0, killed: 0 }
  const strengthened = { cases: before.cases + cases, killed: before.killed + killed }
  return { ...problem, meta: { ...problem.meta, strengthened } }
}

function chosenCases(further: FurtherCases, { observed, survivors }: Measured, maxCases: number): Observed[] {
  const kills = observed.map((one, at): ReadonlySet<number> => {
    if (!further.isFair(one)) return new Set()
    return new Set(survivors.flatMap(({ differsAt }, survivor) => (differsAt.includes(at) ? [survivor] : [])))
  })
  return coverOf(kills, maxCases).map((at) => observed[at] as Observed)
}

interface Proved {
  readonly problem: Problem
  readonly killed: number
}

/** `refused`: the reference does not pass with the cases. */
async function prove(
  problem: Problem,
  measured: Measured & { readonly further: FurtherCases },
  cases: readonly Observed[],
  { verify, signal }: StrengthPorts,
): Promise<Proved | { readonly refused: string }> {
  const check = measured.further.added(cases)
  const { hash: _stale, ...rest } = problem
  const stronger: Problem = { ...rest, check }
  const code = problem.reference?.code ?? ''
  const own = await verify(stronger, { kind: 'code', code }, { signal })
  if (own.verdict.status !== 'accepted') {
    return { refused: `the reference does not pass with them: ${own.verdict.status}, ${own.verdict.reason}` }
  }
  const close: Problem = { ...measured.problem, hash: undefined, check }
  let killed = 0
  for (const { mutant, differsAt } of measured.survivors) {
    if (differsAt.length === 0) continue
    const { verdict } = await verify(close, { kind: 'code', code: mutant.code }, { signal })
    if (verdict.blame !== 'infrastructure' && fateOf(verdict.status) === 'killed') killed++
  }
  return { problem: stronger, killed }
}
