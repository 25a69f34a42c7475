/** How the check of a problem takes further cases: those that it has, those that it can hold, and what it says of each. */
import type { Check } from '../../schemas/check.js'
import type { Problem } from '../../schemas/problem.js'
import type { Verdict, VerdictStatus } from '../../schemas/verdict.js'
import type { Observed } from './behaviour.js'
import { callCases } from './call-cases.js'
import type { Input } from './inputs.js'
import { checkerCases, stdioCases } from './printed-cases.js'
import { unitCases } from './unit-cases.js'

export interface FurtherCases {
  /** The inputs of the given cases. */
  readonly seeds: readonly Input[]
  canHold(one: Observed): boolean
  /** It may be added for good: no right program fails on it for the way in which it rounds. */
  isFair(one: Observed): boolean
  /** The check with these cases behind the given ones. */
  added(cases: readonly Observed[]): Check
  /** A check of these cases alone, which compares as the given one does. */
  only(cases: readonly Observed[]): Check
  /** What a verdict on `only` of so many cases says of each; undefined where it does not tell them apart. */
  told(verdict: Verdict, count: number): readonly VerdictStatus[] | undefined
}

/** Undefined for a check of which nobody knows how it takes a further case, e.g. test code that is not Python. */
export async function furtherCases(problem: Problem): Promise<FurtherCases | undefined> {
  const { check } = problem
  switch (check.type) {
    case 'call':
      return callCases(check)
    case 'stdio':
      return stdioCases(check)
    case 'checker':
      return checkerCases(check)
    case 'unit':
      return unitCases(problem, check)
    default:
      return undefined
  }
}

/** Name of the function that a problem's inputs are given to; undefined for a program that reads. */
export function functionOf({ check, entryPoint }: Problem): string | undefined {
  if (check.type === 'call') return check.function
  return check.type === 'unit' ? entryPoint : undefined
}
