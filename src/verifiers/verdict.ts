/** Verdicts and their evidence. No time stands in one: the same candidate gives the same bytes. */
import { hashOf } from '../base/hash.js'
import type { ExecResult } from '../schemas/exec.js'
import type { Verifier } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { Blame, StepCounts, Verdict, VerdictCase, VerdictStatus } from '../schemas/verdict.js'

/** Where something ran, and within which limits. */
export type Ran = Pick<ExecResult, 'limits' | 'slot'>

export interface VerdictInput {
  readonly problem: Problem
  readonly verifier: Pick<Verifier, 'id' | 'version'>
  readonly status: VerdictStatus
  /** When left out: the problem for bad_problem, infrastructure for unknown and sandbox_error, else the candidate. */
  readonly blame?: Blame
  readonly score: number
  readonly reason: string
  readonly cases?: readonly VerdictCase[]
  /** The program or answer that was checked. */
  readonly checked?: string
  readonly ran?: Ran
  readonly mode?: 'batch' | 'strict'
  readonly isolation?: 'separate' | 'shared'
  readonly layer?: string
  readonly steps?: StepCounts
  /** Sandbox requests made. */
  readonly runs?: number
}

const blames: Partial<Record<VerdictStatus, Blame>> = {
  bad_problem: 'problem',
  unknown: 'infrastructure',
  sandbox_error: 'infrastructure',
}

export function makeVerdict(input: VerdictInput): Verdict {
  const { problem, verifier, status, blame = blames[status] ?? 'candidate', checked, ran, runs = 0 } = input
  const evidence: Verdict['evidence'] = {
    codeHash: checked === undefined ? undefined : hashOf(checked),
    checkHash: hashOf(problem.check),
    verifier: verifier.id,
    verifierVersion: verifier.version,
    backend: ran?.slot.backend,
    image: ran?.slot.image,
    limits: ran?.limits,
    mode: input.mode,
    isolation: input.isolation,
    layer: input.layer,
    steps: input.steps,
    runs,
  }
  return {
    status,
    blame,
    score: input.score,
    reason: input.reason,
    cases: [...(input.cases ?? [])],
    evidence: withoutUndefined(evidence),
  }
}

/** A verdict read back from disk must equal the one that was written, so keys without a value are left out. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T
}

const maxReasonChars = 300

/** Text for a reason: one line, clipped, without addresses and folder names that differ from run to run. */
export function told(text: string, maxChars = maxReasonChars): string {
  const steady = text
    .slice(0, 20 * maxChars)
    .replace(/0x[0-9a-fA-F]{6,}/g, '0x…')
    .replace(/(?:\/[\w.-]+){2,}\//g, '…/')
    .replace(/\s+/g, ' ')
    .trim()
  return steady.length > maxChars ? `${steady.slice(0, maxChars - 1)}…` : steady
}
