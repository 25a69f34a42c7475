/**
 * Further cases of Python test code. Where it holds tables of inputs, as EvalPlus' does, they are rows of these, and the tests
 * compare as they do. Else they are assertions, in the form in which the tests compare most of what they call for.
 */
import type { CheckOf } from '../../schemas/check.js'
import type { Problem } from '../../schemas/problem.js'
import type { FurtherCases } from './further-cases.js'
import { uniqueInputs } from './inputs.js'
import { parserOf } from './syntax.js'
import { assertionCases } from './unit-assertions.js'
import { unitCalls } from './unit-calls.js'
import { tableCases, tablesOf } from './unit-tables.js'

export async function unitCases(problem: Problem, check: CheckOf<'unit'>): Promise<FurtherCases | undefined> {
  const { language = 'python', entryPoint } = problem
  if (language !== 'python' || entryPoint === undefined) return undefined
  const parser = await parserOf('python')
  const { calls, tables } = parser.withTree(check.code, (root) => {
    const found = unitCalls(root, namesOf(entryPoint, check))
    return { calls: found, tables: found.spreads ? tablesOf(root) : undefined }
  })
  if (tables) return tableCases(check, tables)
  const seeds = uniqueInputs(calls.inputs)
  return assertionCases({ check, entryPoint, calls, seeds })
}

/** The entry point, and what the check's own function calls its argument: `check(candidate)`. */
function namesOf(entryPoint: string, { code, call }: { code: string; call?: string }): Set<string> {
  const starter = /^\s*(\w+)\(/.exec(call ?? '')?.[1]
  const parameter = starter && new RegExp(`def\\s+${starter}\\s*\\(\\s*(\\w+)`).exec(code)?.[1]
  return new Set(parameter ? [entryPoint, parameter] : [entryPoint])
}
