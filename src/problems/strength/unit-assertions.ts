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
      const source = sourceOf(cases.map(lineOf), { behind: check.code, asFunctions: check.framework === 'pytest' })
      return {
        ...check,
        code: `${check.code.trimEnd()}\n\n\n# Added to tell mutants of the reference apart.\n${source}`,
      }
    },
    only: (cases) => {
      const source = sourceOf(cases.map(lineOf), { behind: '', asFunctions: true })
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

const closeSource = `def assay_close(got, want, tolerance):
    if isinstance(got, float) or isinstance(want, float):
        if not all(isinstance(value, (int, float)) for value in (got, want)):
            return False
        if got == want:
            return True
        # Two whole numbers that a float holds exactly are the same or not.
        if got % 1 == 0 and want % 1 == 0 and abs(want) < 2**53:
            return False
        return abs(want) != float('inf') and abs(got - want) <= tolerance * max(1, abs(want))
    if isinstance(want, (list, tuple)):
        same_shape = type(got) == type(want) and len(got) == len(want)
        return same_shape and all(assay_close(one, other, tolerance) for one, other in zip(got, want))
    if isinstance(want, dict):
        same_keys = isinstance(got, dict) and got.keys() == want.keys()
        return same_keys and all(assay_close(got[key], want[key], tolerance) for key in want)
    return got == want
`

/** behind: the code that the lines are added to, which may hold such lines already. */
function sourceOf(lines: readonly string[], { behind, asFunctions }: { behind: string; asFunctions: boolean }): string {
  const needsClose = lines.some((line) => line.includes('assay_close(')) && !behind.includes(closeSource)
  const head = needsClose ? `${closeSource}\n\n` : ''
  if (!asFunctions) return `${head}${lines.join('\n')}\n`
  const last = Math.max(0, ...[...behind.matchAll(/^def test_added_(\d+)\(/gm)].map(([, number]) => Number(number)))
  return head + lines.map((line, at) => `def test_added_${last + at + 1}():\n    ${line}\n`).join('\n\n')
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
  if (isNear) return `assert assay_close(${got}, ${want}, ${pythonLiteral(tolerance || defaultTolerance)})`
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
