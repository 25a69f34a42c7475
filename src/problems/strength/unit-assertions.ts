/** Further cases of test code as assertions, in the form in which the tests themselves compare. */
import type { CheckOf } from '../../schemas/check.js'
import { type Value, valueSchema } from '../../schemas/value.js'
import type { Verdict, VerdictStatus } from '../../schemas/verdict.js'
import { valueHasFraction } from '../fractions.js'
import { pythonLiteral } from '../literals.js'
import type { Observed } from './behaviour.js'
import type { FurtherCases } from './further-cases.js'
import type { Input } from './inputs.js'
import type { Form, UnitCalls } from './unit-calls.js'

interface Assertions {
  readonly check: CheckOf<'unit'>
  readonly entryPoint: string
  readonly calls: Pick<UnitCalls, 'form' | 'expectsFractions'>
  readonly seeds: readonly Input[]
}

/** A verdict lists fewer failures than this. */
const mostFailures = 50
const defaultTolerance = 1e-6

/**
 * Values are equal as Python's `==` says, or as near as the tests allow. Tests that compare exactly and expect no fraction
 * anywhere do not say how fractions compare: these are equal to 1e-6, so that no right program fails for its rounding.
 */
export function assertionCases({ check, entryPoint, calls, seeds }: Assertions): FurtherCases {
  const { form, expectsFractions } = calls
  const tolerance = form?.is === 'close' ? form.tolerance : expectsFractions ? 0 : defaultTolerance
  const lineOf = (one: Observed) => assertion(one, { entryPoint, form: form ?? plain, tolerance })
  return {
    seeds,
    canHold: (one) => form !== undefined && canWrite(one),
    isFair: () => check.framework !== 'unittest',
    added: (cases) => {
      const source = sourceOf(cases.map(lineOf), { asFunctions: check.framework === 'pytest', tolerance })
      return {
        ...check,
        code: `${check.code.trimEnd()}\n\n\n# Added to tell mutants of the reference apart.\n${source}`,
      }
    },
    only: (cases) => {
      const source = sourceOf(cases.map(lineOf), { asFunctions: true, tolerance })
      const code = `from solution import ${entryPoint.split('.')[0]}\n\n\n${source}`
      return { type: 'unit', framework: 'pytest', code }
    },
    told: failedTests,
  }
}

const plain: Form = { is: 'equal', before: '', after: '' }

/** A value that test code can write and compare: nan equals nothing. */
const canWrite = ({ input, shown }: Observed): boolean =>
  'args' in input &&
  'value' in shown &&
  valueSchema.safeParse(shown.value).success &&
  !JSON.stringify(shown.value).includes('"nan"')

const closeName = 'assay_close'
const closeSource = (tolerance: number): string => `def ${closeName}(got, want):
    if isinstance(got, float) or isinstance(want, float):
        if not all(isinstance(value, (int, float)) for value in (got, want)):
            return False
        # Two whole numbers are the same or not.
        return got == want or bool(got % 1 or want % 1) and abs(got - want) <= ${tolerance} * max(1, abs(want))
    if isinstance(want, (list, tuple)):
        return type(got) == type(want) and len(got) == len(want) and all(map(${closeName}, got, want))
    if isinstance(want, dict):
        return isinstance(got, dict) and got.keys() == want.keys() and all(${closeName}(got[k], want[k]) for k in want)
    return got == want
`

function sourceOf(lines: readonly string[], { asFunctions, tolerance }: { asFunctions: boolean; tolerance: number }) {
  const head = lines.some((line) => line.includes(`${closeName}(`)) ? `${closeSource(tolerance)}\n\n` : ''
  if (!asFunctions) return `${head}${lines.join('\n')}\n`
  return head + lines.map((line, at) => `def test_added_${at + 1}():\n    ${line}\n`).join('\n\n')
}

interface Written {
  readonly entryPoint: string
  readonly form: Form
  readonly tolerance: number
}

function assertion({ input, shown }: Observed, { entryPoint, form, tolerance }: Written): string {
  if (!('args' in input && 'value' in shown)) return 'pass'
  const { value } = shown
  const named = Object.entries(input.kwargs ?? {}).map(([name, one]) => `${name}=${pythonLiteral(one)}`)
  const call = `${entryPoint}(${[...input.args.map(pythonLiteral), ...named].join(', ')})`
  if (form.is === 'truth') return isTrue(value) ? `assert ${call}` : `assert not ${call}`
  const { before, after } = form.is === 'equal' ? form : { before: '', after: '' }
  const [got, want] = [`${before}${call}${after}`, `${before}${pythonLiteral(value)}${after}`]
  const isNear = form.is === 'close' || (tolerance > 0 && valueHasFraction(value))
  if (isNear) return `assert ${closeName}(${got}, ${want})`
  return want === 'None' ? `assert ${got} is None` : `assert ${got} == ${want}`
}

/** What Python takes for true. */
function isTrue(value: Value): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value)
  if (Array.isArray(value)) return value.length > 0
  const { $, v } = value as { readonly [key: string]: Value }
  if ($ === undefined) return Object.keys(value).length > 0
  if ($ === 'complex' && Array.isArray(v)) return v.some((part) => part !== 0)
  return Array.isArray(v) || typeof v === 'string' ? v.length > 0 : Boolean(v)
}

/** Each added test has its name in the line that tells its failure. */
function failedTests({ cases }: Verdict, count: number): readonly VerdictStatus[] | undefined {
  const failed = cases.map(({ reason = '' }) => Number(/^test_added_(\d+):/.exec(reason)?.[1]))
  if (failed.length === 0 || failed.length >= mostFailures || failed.some(Number.isNaN)) return undefined
  return Array.from({ length: count }, (_, at) => (failed.includes(at + 1) ? 'wrong_answer' : 'accepted'))
}
