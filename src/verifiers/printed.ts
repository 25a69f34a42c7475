/** Comparison of what a program printed with what was expected, on the host. */
import type { CheckOf } from '../schemas/check.js'
import type { ExecCaseResult } from '../schemas/exec.js'
import { told } from './verdict.js'

type Compare = Pick<CheckOf<'stdio'>, 'compare' | 'tolerance'>

export const defaultTolerance = 1e-6
const maxTokenChars = 80
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Why the output is wrong, or undefined when it is right. Bytes that are not UTF-8 never equal an expected text. */
export function outputDefect(
  expected: string,
  { stdout, stdoutBase64 }: Pick<ExecCaseResult, 'stdout' | 'stdoutBase64'>,
  { compare, tolerance = defaultTolerance }: Compare,
): string | undefined {
  if (stdoutBase64 !== undefined) return 'the output is not UTF-8'
  if (compare === 'exact') {
    return stdout === expected ? undefined : `expected exactly ${quoted(expected)}, got ${quoted(stdout)}`
  }
  const [want, got] = [tokens(expected), tokens(stdout)]
  const same = (a: string, b: string) => a === b || (compare === 'float' && nearlySame(a, b, tolerance))
  const at = want.findIndex((token, index) => !same(token, got[index] ?? ''))
  if (at !== -1 && at < got.length)
    return `expected ${quoted(want[at] ?? '')}, got ${quoted(got[at] ?? '')}${place(at, want)}`
  if (want.length === got.length) return undefined
  if (got.length === 0) return `expected ${quoted(want[0] ?? '')}, got no output`
  return `expected ${want.length} words, got ${got.length}`
}

const whole = /^[+-]?(?!0\d)\d+$/

/** Two whole numbers are the same or not, also beside others that are rounded; `-0` and `+5` are as good as 0 and 5. */
const nearlySame = (a: string, b: string, tolerance: number): boolean =>
  whole.test(a) && whole.test(b) ? unsigned(a) === unsigned(b) : close(a, b, tolerance)

const unsigned = (text: string) => text.replace(/^\+|^-(?=0$)/, '')

/** White space is ASCII's: other blanks of Unicode are content. */
const tokens = (text: string) => text.split(/[ \t\n\v\f\r]+/).filter((token) => token !== '')

const place = (at: number, want: readonly string[]) => (want.length > 1 ? ` as word ${at + 1}` : '')

const quoted = (text: string) => JSON.stringify(told(text, maxTokenChars))

function close(expected: string, got: string, tolerance: number): boolean {
  if (!number.test(expected) || !number.test(got)) return false
  return within(Number(expected), Number(got), tolerance)
}

/** Absolute or relative error of at most `tolerance`; both finite. */
export function within(expected: number, got: number, tolerance: number): boolean {
  if (!Number.isFinite(expected) || !Number.isFinite(got)) return false
  return Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected))
}
