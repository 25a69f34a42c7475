/** Further cases of a check that calls a function. */
import type { CheckOf } from '../../schemas/check.js'
import { valueSchema } from '../../schemas/value.js'
import { valueHasFraction } from '../fractions.js'
import type { Observed } from './behaviour.js'
import type { FurtherCases } from './further-cases.js'
import { type Input, uniqueInputs } from './inputs.js'
import { statusesOf } from './told-statuses.js'

export function callCases(check: CheckOf<'call'>): FurtherCases {
  const knowsFractions = check.compare === 'float' || check.cases.some(({ expected }) => valueHasFraction(expected))
  const only = (cases: readonly Observed[]) => ({ ...check, cases: cases.flatMap(caseOf) })
  return {
    seeds: uniqueInputs(check.cases.map(({ args, kwargs }): Input => (kwargs ? { args, kwargs } : { args }))),
    canHold: (one) => 'value' in one.shown && valueSchema.safeParse(one.shown.value).success,
    isFair: ({ shown }) => knowsFractions || !('value' in shown && valueHasFraction(shown.value)),
    added: (cases) => ({ ...check, cases: [...check.cases, ...only(cases).cases] }),
    only,
    told: statusesOf,
  }
}

function caseOf({ input, shown }: Observed): CheckOf<'call'>['cases'] {
  if (!('args' in input && 'value' in shown)) return []
  const { args, kwargs } = input
  return [{ args: [...args], ...(kwargs ? { kwargs: { ...kwargs } } : {}), expected: shown.value }]
}
