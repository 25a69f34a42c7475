/** Time limits close to what a reference needs, so that mutants that never end cost little. */
import { defaultLimits } from '../../schemas/exec.js'
import type { Problem } from '../../schemas/problem.js'
import type { StrengthPorts } from './compare.js'

/** Milliseconds of CPU time that the reference is tried with; verifying gives it up to eight times as much. */
const triesMs = [40, 640]
/** A mutant gets so many times more: a slower program is still a right one. */
const room = 2.5
const wallPerCpu = 10
const mostInputMs = 200
const slowMs = 2_000

/**
 * The problem with time limits of a small multiple of what its reference needs here and now, never above its own ones.
 * refused: why the reference does not pass. A sandbox failure is told there too.
 */
export async function closeLimits(
  problem: Problem,
  code: string,
  { verify, signal }: Pick<StrengthPorts, 'verify' | 'signal'>,
): Promise<{ readonly problem: Problem } | { readonly refused: string }> {
  const ownMs = problem.limits?.cpuMs ?? defaultLimits.cpuMs
  const limited = (cpuMs: number): Problem =>
    cpuMs >= ownMs ? problem : { ...problem, limits: { ...problem.limits, cpuMs, wallMs: cpuMs * wallPerCpu } }
  for (const triedMs of triesMs) {
    const { verdict } = await verify(limited(triedMs), { kind: 'code', code }, { signal })
    if (verdict.status === 'accepted') {
      const neededMs = verdict.evidence.limits?.cpuMs ?? triedMs
      return { problem: limited(Math.round(neededMs * room)) }
    }
    if (verdict.status !== 'time_limit') return { refused: refusal(verdict) }
  }
  const { verdict } = await verify(problem, { kind: 'code', code }, { signal })
  return verdict.status === 'accepted' ? { problem } : { refused: refusal(verdict) }
}

/** Limits for runs on generated inputs: most are small, and those that take longer are left out. */
export function inputLimits({ limits }: Problem, factor = 1): Problem['limits'] {
  const cpuMs = Math.min(limits?.cpuMs ?? defaultLimits.cpuMs, mostInputMs) * factor
  return { ...limits, cpuMs, wallMs: cpuMs * wallPerCpu }
}

/** A problem whose reference takes seconds gets fewer mutants. */
export const isSlow = ({ limits }: Problem): boolean => (limits?.cpuMs ?? defaultLimits.cpuMs) > slowMs

const refusal = ({ status, reason }: { status: string; reason: string }): string =>
  `the reference is not accepted: ${status}, ${reason}`
