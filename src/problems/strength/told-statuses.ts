import type { Verdict, VerdictStatus } from '../../schemas/verdict.js'

/** The status of each case of a verdict that lists its cases; undefined where it lists others. */
export function statusesOf({ cases }: Verdict, count: number): readonly VerdictStatus[] | undefined {
  return cases.length === count ? cases.map(({ status }) => status) : undefined
}
