/** An input of a program under test: the arguments of a call, or what it reads. */
import type { Value } from '../../schemas/value.js'

export type Input =
  | { readonly args: readonly Value[]; readonly kwargs?: Readonly<Record<string, Value>> }
  | { readonly stdin: string }

export const inputText = (input: Input): string => ('stdin' in input ? input.stdin : JSON.stringify(input))

/** Shorter first; equal ones by their text, so that the order never depends on how they came about. */
export function shorterInput(a: Input, b: Input): number {
  const [left, right] = [inputText(a), inputText(b)]
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0)
}

export const uniqueInputs = (inputs: readonly Input[]): Input[] => [
  ...new Map(inputs.map((input) => [inputText(input), input])).values(),
]
