/** Published pairs of an input text and an output text, as `stdio` cases. */
import type { CheckOf } from '../../../schemas/check.js'
import { defaultLimits, type Limits } from '../../../schemas/exec.js'
import { textHasFraction } from '../../fractions.js'
import type { ColumnPlace } from '../columns/json-column.js'
import { refusal } from '../columns/refusal.js'

/** One published test: texts, or for functions arguments and a value. */
export interface Pair {
  readonly input: unknown
  readonly output: unknown
}

/** The pairs of two lists of the same length. Throws when there are none or one list is longer. */
export function pairsOf(inputs: readonly unknown[], outputs: readonly unknown[], place: ColumnPlace): Pair[] {
  if (inputs.length !== outputs.length) {
    throw refusal(
      place,
      `${inputs.length} inputs and ${outputs.length} outputs: it cannot be told which belong together`,
    )
  }
  if (inputs.length === 0) throw refusal(place, 'there are no test cases, so nothing would be tested')
  return inputs.map((input, index) => ({ input, output: outputs[index] }))
}

/**
 * A `stdio` check of published pairs; a list of lines is one text. Numbers compare as numbers (1e-6, absolute or
 * relative) when any expected output holds a decimal fraction, else words compare as they stand: the graders that were
 * published with these sets accept the same and looser forms (words in any order, numbers rounded to three places).
 * Throws when a pair is no text, or when nothing but empty output is expected.
 */
export function stdioCheckOf(pairs: readonly Pair[], place: ColumnPlace): CheckOf<'stdio'> {
  const cases = pairs.map(({ input, output }, index) => ({
    stdin: textOf(input, { place, what: `input ${index}` }),
    stdout: textOf(output, { place, what: `output ${index}` }),
  }))
  if (cases.every(({ stdout }) => stdout.trim() === '')) {
    throw refusal(place, 'every expected output is empty, so nothing would be tested')
  }
  return { type: 'stdio', cases, compare: cases.some(({ stdout }) => textHasFraction(stdout)) ? 'float' : 'tokens' }
}

function textOf(value: unknown, { place, what }: { place: ColumnPlace; what: string }): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every(isLine)) return value.map((line) => `${line}\n`).join('')
  throw refusal(place, `${what} is neither a text nor a list of lines`)
}

const isLine = (value: unknown) => typeof value === 'string' || typeof value === 'number'

export interface PublishedLimits {
  readonly seconds?: number
  readonly memoryBytes?: number
}

/** What judges grant on top of a program's own memory, and what a language's own runtime needs here. */
const leastMemoryBytes = 256 << 20
const mostMemoryBytes = 16 * 2 ** 30
const mostCpuMs = 600_000

/**
 * Limits of a problem by the published ones, as far as a slot can grant them; wall time leaves room for a busy machine.
 * A program that must print more than the usual limit allows may do so. Undefined: the usual limits hold.
 */
export function limitsOf(
  { seconds, memoryBytes }: PublishedLimits,
  outputs: readonly string[],
): Partial<Limits> | undefined {
  const cpuMs = seconds && seconds > 0 ? Math.min(mostCpuMs, Math.max(1, Math.round(seconds * 1000))) : undefined
  const longest = outputs.reduce((most, text) => Math.max(most, Buffer.byteLength(text)), 0)
  const limits: Partial<Limits> = {
    ...(cpuMs === undefined ? {} : { cpuMs, wallMs: Math.max(defaultLimits.wallMs, 3 * cpuMs) }),
    ...(memoryBytes && memoryBytes > 0
      ? { memoryBytes: Math.round(Math.min(mostMemoryBytes, Math.max(leastMemoryBytes, memoryBytes))) }
      : {}),
    ...(longest * 2 > defaultLimits.outputBytes ? { outputBytes: Math.min(256 << 20, longest * 2) } : {}),
  }
  return Object.keys(limits).length > 0 ? limits : undefined
}
