import { z } from 'zod'
import { languageId } from './exec.js'
import { valueSchema } from './value.js'

export const stdioCase = z.strictObject({
  stdin: z.string().default('').describe('bytes given to the program, UTF-8'),
  stdout: z.string().describe('expected output, UTF-8'),
})

export const callCase = z.strictObject({
  args: z.array(valueSchema).describe('positional arguments'),
  kwargs: z.record(z.string(), valueSchema).optional().describe('named arguments'),
  expected: valueSchema.describe('expected return value'),
})

const tolerance = z
  .number()
  .positive()
  .optional()
  .describe('largest absolute or relative error; 1e-6 when `float` and not given')

export const stdioCheck = z.strictObject({
  type: z.literal('stdio'),
  cases: z.array(stdioCase).describe('an empty list is a bad problem'),
  compare: z.enum(['tokens', 'exact', 'float']).default('tokens').describe('tokens: split on white space, case kept'),
  tolerance,
})

export const callCheck = z.strictObject({
  type: z.literal('call'),
  function: z.string().min(1).describe('name of the function that is called'),
  cases: z.array(callCase).describe('an empty list is a bad problem'),
  compare: z.enum(['exact', 'float', 'unordered']).default('exact').describe('type-strict comparison of values'),
  tolerance,
  tupleIsList: z.boolean().optional().describe('true when the set says that a tuple may stand for a list'),
})

export const unitCheck = z.strictObject({
  type: z.literal('unit'),
  code: z.string().describe('test code; runs apart from the candidate'),
  call: z.string().optional().describe('a statement that starts the tests, e.g. check(add)'),
  framework: z.enum(['plain', 'pytest', 'unittest']).default('plain').describe('how the test code is run'),
})

export const checkerCheck = z.strictObject({
  type: z.literal('checker'),
  cases: z.array(z.strictObject({ stdin: z.string(), answer: z.string().optional() })),
  checker: z.strictObject({
    language: languageId,
    code: z.string(),
    protocol: z.enum(['testlib', 'argv', 'kattis']),
  }),
})

export const propertyCheck = z.strictObject({
  type: z.literal('property'),
  code: z.string().describe('properties over the candidate and generated inputs'),
  seed: z.number().int(),
  runs: z.number().int().positive(),
})

export const answerCheck = z.strictObject({
  type: z.literal('answer'),
  gold: z.string().describe('the right answer; may stand in $…$, \\(…\\) or \\boxed{}'),
  class: z.string().optional().describe('answer class, e.g. number, fraction, set'),
  policy: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
    .optional()
    .describe('policy switches of the math checker'),
})

export const outputCheck = z.strictObject({
  type: z.literal('output'),
  program: z.string(),
  input: z.string(),
  expected: z.string(),
  direction: z.enum(['output', 'input']),
})

/** What decides right from wrong, contracts.md §1. */
export const checkSchema = z.discriminatedUnion('type', [
  stdioCheck,
  callCheck,
  unitCheck,
  checkerCheck,
  propertyCheck,
  answerCheck,
  outputCheck,
])

export type Check = z.infer<typeof checkSchema>
export type CheckType = Check['type']
export type CheckOf<T extends CheckType> = Extract<Check, { type: T }>
