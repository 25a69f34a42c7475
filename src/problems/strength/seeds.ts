/** Seed inputs of a problem: those that its own check gives the program. */
import type { Problem } from '../../schemas/problem.js'
import type { Value } from '../../schemas/value.js'
import type { Input } from './inputs.js'
import { pythonValue } from './literals-python.js'
import { parserOf, partsOf, type SyntaxNode } from './syntax.js'

/**
 * The inputs of `call` and `stdio` cases, and the literal arguments with which Python test code calls the entry point, written
 * in the calls or in a table. Empty where none can be read, e.g. for test code in another language.
 */
export async function seedInputs(problem: Problem): Promise<Input[]> {
  const { check } = problem
  if (check.type === 'stdio' || check.type === 'checker') return unique(check.cases.map(({ stdin }) => ({ stdin })))
  if (check.type === 'call') return unique(check.cases.map(({ args, kwargs }) => ({ args, kwargs })))
  if (check.type === 'unit' && (problem.language ?? 'python') === 'python' && problem.entryPoint) {
    return unique(await calledWith(check.code, namesOf(problem.entryPoint, check)))
  }
  return []
}

/** Name of the function that a problem's inputs are given to; undefined for a program that reads. */
export function functionOf({ check, entryPoint }: Problem): string | undefined {
  if (check.type === 'call') return check.function
  return check.type === 'unit' ? entryPoint : undefined
}

function unique(inputs: readonly Input[]): Input[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()]
}

/** The entry point, and what the check's own function calls its argument: `check(candidate)`, `_compare(add)`. */
function namesOf(entryPoint: string, { code, call }: { code: string; call?: string }): Set<string> {
  const starter = /^\s*(\w+)\(/.exec(call ?? '')?.[1]
  const parameter = starter && new RegExp(`def\\s+${starter}\\s*\\(\\s*(\\w+)`).exec(code)?.[1]
  return new Set(parameter ? [entryPoint, parameter] : [entryPoint])
}

async function calledWith(code: string, names: ReadonlySet<string>): Promise<Input[]> {
  const parser = await parserOf('python')
  return parser.withTree(code, (root) => {
    const lists = argumentLists(root, names)
    const written = lists.flatMap((given) => argumentsOf(given) ?? [])
    const areSpread = lists.some((given) => partsOf(given).some(({ type }) => type === 'list_splat'))
    return areSpread ? [...written, ...tabled(root)] : written
  })
}

/** What stands in the brackets of calls by these names. */
function argumentLists(root: SyntaxNode, names: ReadonlySet<string>): SyntaxNode[] {
  const calls = root.descendantsOfType('call').filter((node) => node !== null)
  return calls.flatMap((call) => {
    const callee = call.childForFieldName('function')
    const given = call.childForFieldName('arguments')
    return callee?.type === 'identifier' && names.has(callee.text) && given?.type === 'argument_list' ? [given] : []
  })
}

const inputTable = /(?:^|_)inputs$/

/** Rows of arguments in a list that is called `inputs`, from which EvalPlus' tests call: `candidate(*args)`. */
function tabled(root: SyntaxNode): Input[] {
  const assignments = root.descendantsOfType('assignment').filter((node) => node !== null)
  return assignments.flatMap((assignment) => {
    const rows = assignment.childForFieldName('right')
    if (!inputTable.test(assignment.childForFieldName('left')?.text ?? '') || rows?.type !== 'list') return []
    return partsOf(rows).flatMap((row) => (row.type === 'list' || row.type === 'tuple' ? (argumentsOf(row) ?? []) : []))
  })
}

function argumentsOf(list: SyntaxNode): Input | undefined {
  const args: Value[] = []
  const kwargs: Record<string, Value> = {}
  for (const part of partsOf(list)) {
    const named = part.type === 'keyword_argument'
    const value = pythonValue(named ? (part.childForFieldName('value') ?? part) : part)
    if (value === undefined) return undefined
    if (named) kwargs[part.childForFieldName('name')?.text ?? ''] = value
    else args.push(value)
  }
  return Object.keys(kwargs).length > 0 ? { args, kwargs } : { args }
}
