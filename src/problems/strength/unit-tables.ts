/** Further cases of test code that goes through tables: `inputs` or `_inputs`, and `results` where it holds what is expected. */
import type { CheckOf } from '../../schemas/check.js'
import { valueSchema } from '../../schemas/value.js'
import { pythonLiteral } from '../literals.js'
import type { Observed } from './behaviour.js'
import type { FurtherCases } from './further-cases.js'
import { type Input, shorterInput, uniqueInputs } from './inputs.js'
import { partsOf, type SyntaxNode } from './syntax.js'
import { inputOf } from './unit-calls.js'

/** What stands between the brackets of a list, as offsets in the code. */
interface Span {
  readonly start: number
  readonly end: number
  /** Where its last element ends; a comment may follow. `start` when it is empty. */
  readonly filled: number
}

export interface Tables {
  readonly inputs: Span
  readonly results?: Span
  /** The rows whose arguments are written out, the shortest ones. */
  readonly seeds: readonly Input[]
}

/** So many rows tell what inputs look like; EvalPlus' tables hold up to thousands. */
const mostSeeds = 200
const maxRowChars = 4_000

export function tablesOf(root: SyntaxNode): Tables | undefined {
  const [inputs] = listsNamed(root, /^_?inputs$/)
  if (!inputs) return undefined
  const rows = partsOf(inputs)
  const [results] = listsNamed(root, /^results$/).filter((list) => partsOf(list).length === rows.length)
  const read = rows
    .filter(({ type, text }) => (type === 'list' || type === 'tuple') && text.length <= maxRowChars)
    .flatMap((row) => inputOf(row) ?? [])
  const seeds = uniqueInputs(read).sort(shorterInput).slice(0, mostSeeds)
  return { inputs: spanOf(inputs), ...(results && { results: spanOf(results) }), seeds }
}

function listsNamed(root: SyntaxNode, name: RegExp): SyntaxNode[] {
  const assignments = root.descendantsOfType('assignment').filter((node) => node !== null)
  return assignments.flatMap((assignment) => {
    const list = assignment.childForFieldName('right')
    return name.test(assignment.childForFieldName('left')?.text ?? '') && list?.type === 'list' ? [list] : []
  })
}

function spanOf(list: SyntaxNode): Span {
  const start = list.startIndex + 1
  return { start, end: list.endIndex - 1, filled: partsOf(list).at(-1)?.endIndex ?? start }
}

export function tableCases(check: CheckOf<'unit'>, { inputs, results, seeds }: Tables): FurtherCases {
  const withRows = (cases: readonly Observed[], before: (code: string, span: Span) => string): CheckOf<'unit'> => {
    const filled = [
      { span: inputs, rows: cases.map(rowOf) },
      ...(results ? [{ span: results, rows: cases.map(resultOf) }] : []),
    ]
    // From the end on, so that the earlier offsets hold.
    const code = filled
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((text, { span, rows }) => {
        const inside = before(text, span) + rows.map((row) => `    ${row},\n`).join('')
        return text.slice(0, span.start) + inside + text.slice(span.end)
      }, check.code)
    return { ...check, code }
  }
  return {
    seeds,
    canHold: ({ input, shown }) =>
      'args' in input &&
      input.kwargs === undefined &&
      (results === undefined || ('value' in shown && isWritable(shown.value))),
    isFair: () => true,
    added: (cases) =>
      withRows(cases, (code, span) => `${openEnd(code, span)}    # Added to tell mutants of the reference apart.\n`),
    only: (cases) => withRows(cases, () => '\n'),
    told: () => undefined,
  }
}

const isWritable = (value: unknown): boolean =>
  valueSchema.safeParse(value).success && !JSON.stringify(value).includes('"nan"')

/** The rows of a list so that further ones may follow. */
function openEnd(code: string, { start, end, filled }: Span): string {
  const tail = code.slice(filled, end)
  const needsComma = filled > start && !tail.replace(/#[^\n]*/g, '').includes(',')
  return `${code.slice(start, filled)}${needsComma ? ',' : ''}${tail.trimEnd()}\n`
}

const rowOf = ({ input }: Observed): string => pythonLiteral({ $: 'tuple', v: 'args' in input ? [...input.args] : [] })

const resultOf = ({ shown }: Observed): string => pythonLiteral('value' in shown ? shown.value : null)
