/** Further cases of checks of programs that read and print. */
import type { CheckOf } from '../../schemas/check.js'
import { textHasFraction } from '../fractions.js'
import type { Observed } from './behaviour.js'
import type { FurtherCases } from './further-cases.js'
import { uniqueInputs } from './inputs.js'
import { statusesOf } from './told-statuses.js'

const isPrinted = ({ input, shown }: Observed): boolean => 'stdin' in input && 'stdout' in shown

function printedOf<T>(cases: readonly Observed[], make: (stdin: string, stdout: string) => T): T[] {
  return cases.flatMap(({ input, shown }) =>
    'stdin' in input && 'stdout' in shown ? [make(input.stdin, shown.stdout)] : [],
  )
}

export function stdioCases(check: CheckOf<'stdio'>): FurtherCases {
  const knowsFractions = check.compare === 'float' || check.cases.some(({ stdout }) => textHasFraction(stdout))
  const only = (cases: readonly Observed[]) => ({
    ...check,
    cases: printedOf(cases, (stdin, stdout) => ({ stdin, stdout })),
  })
  return {
    seeds: uniqueInputs(check.cases.map(({ stdin }) => ({ stdin }))),
    canHold: isPrinted,
    isFair: ({ shown }) => knowsFractions || !('stdout' in shown && textHasFraction(shown.stdout)),
    added: (cases) => ({ ...check, cases: [...check.cases, ...only(cases).cases] }),
    only,
    told: statusesOf,
  }
}

/** The reference's output is the answer that the checker gets: many outputs may be right beside it. */
export function checkerCases(check: CheckOf<'checker'>): FurtherCases {
  const only = (cases: readonly Observed[]) => ({
    ...check,
    cases: printedOf(cases, (stdin, answer) => ({ stdin, answer })),
  })
  return {
    seeds: uniqueInputs(check.cases.map(({ stdin }) => ({ stdin }))),
    canHold: isPrinted,
    isFair: () => true,
    added: (cases) => ({ ...check, cases: [...check.cases, ...only(cases).cases] }),
    only,
    told: statusesOf,
  }
}
