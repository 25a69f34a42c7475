/** Published pairs of arguments and a value, as `call` cases: the LeetCode and Codewars shape of APPS and its kin. */
import type { CheckOf } from '../../../schemas/check.js'
import type { Value } from '../../../schemas/value.js'
import { valueHasFraction } from '../../fractions.js'
import { type ColumnPlace, exactJson } from '../columns/json-column.js'
import { refusal } from '../columns/refusal.js'
import { mayBe } from './python-types.js'
import type { Pair } from './stdio-cases.js'

export interface CalledFunction {
  readonly name: string
  /** True: a method of `class Solution`. */
  readonly inClass: boolean
  /** The published head of the function; its return annotation helps to say whether a list is the value or wraps it. */
  readonly starter?: string
}

/** The name that a check calls: `f`, or `Solution.f` for a method. */
export const calledName = ({ name, inClass }: CalledFunction) => (inClass ? `Solution.${name}` : name)

/**
 * A `call` check of published pairs: lists of arguments and values, or both as JSON text. As in the published graders
 * (testing_util.py of APPS, TACO and LiveCodeBench) a tuple may stand for a list, whole-number keys of an only argument
 * that is a dict (JSON made them text) are numbers again, and a value that is no text may be published wrapped once in a
 * list, as those of Codewars and GeeksforGeeks are and those of LeetCode are not. The graders take either for each case;
 * here one is chosen for all of them, see `areWrapped`. Fractions compare within 1e-6; all else is type-strict.
 */
export function callCheckOf(pairs: readonly Pair[], called: CalledFunction, place: ColumnPlace): CheckOf<'call'> {
  const outputs = pairs.map((pair, index) => outputValue(pair, { place, index }))
  const wrapped = !pairs.some(isText) && areWrapped(outputs, called)
  const cases = pairs.map(({ input }, index) => ({
    args: argumentsOf(input, { place, index }),
    expected: withNumberKeys(wrapped ? (outputs[index] as Value[])[0] : outputs[index]) as Value,
  }))
  const compare = cases.some(({ expected }) => valueHasFraction(expected)) ? 'float' : 'exact'
  return { type: 'call', function: calledName(called), cases, compare, tupleIsList: true }
}

interface CasePlace {
  readonly place: ColumnPlace
  readonly index: number
}

/** A list, or JSON values one a line. */
function argumentsOf(input: unknown, { place, index }: CasePlace): Value[] {
  if (Array.isArray(input)) return (input.length === 1 ? [withNumberKeys(input[0])] : input) as Value[]
  if (typeof input !== 'string') throw refusal(place, `input ${index} is not a list of arguments`)
  const lines = input.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => jsonValue(line, { place, what: `input ${index}: a line` }) as Value)
}

/** The value, which is JSON text where the arguments are. */
function outputValue(pair: Pair, { place, index }: CasePlace): unknown {
  return isText(pair) ? jsonValue(pair.output, { place, what: `output ${index}` }) : pair.output
}

const isText = (pair: Pair): pair is { input: string; output: string } =>
  typeof pair.input === 'string' && typeof pair.output === 'string'

function jsonValue(text: string, { place, what }: { place: ColumnPlace; what: string }): unknown {
  try {
    return exactJson(text)
  } catch (cause) {
    throw refusal(place, `${what} is not a JSON value: ${(cause as Error).message}`)
  }
}

/**
 * Whether each output is a list of one that holds the value. The annotated return type decides where it fits only one of
 * the two; else a head with an annotation is LeetCode's, whose values are bare, and one without wraps them.
 */
function areWrapped(outputs: readonly unknown[], { name, starter = '' }: CalledFunction): boolean {
  if (!outputs.every((output) => Array.isArray(output) && output.length === 1)) return false
  const type = new RegExp(`def\\s+${name}\\s*\\([\\s\\S]*?\\)\\s*(?:->([^:\\n]+))?:`).exec(starter)?.[1]
  if (type === undefined) return true
  const all = (values: readonly unknown[]) => values.every((value) => mayBe(value, type))
  return !all(outputs) && all(outputs.flat(1))
}

/** A dict whose keys are all whole numbers as text, with numbers for keys. */
function withNumberKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([key]) => /^-?\d{1,15}$/.test(key))) return value
  return { $: 'dict', v: entries.map(([key, inner]) => [Number(key), inner]) }
}
