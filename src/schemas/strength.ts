import { z } from 'zod'
import { languageId } from './exec.js'
import { valueSchema } from './value.js'

const inputSchema = z.union([
  z.strictObject({ args: z.array(valueSchema), kwargs: z.record(z.string(), valueSchema).optional() }),
  z.strictObject({ stdin: z.string() }),
])

/** A wrong program that the tests let through. */
export const survivorSchema = z.strictObject({
  operator: z.string().describe('mutation operator, or known-wrong/KIND, trivial/KIND for what is no mutation'),
  line: z.number().int().min(0).describe('in the reference, from 1; 0 where there is no place'),
  before: z.string().describe('what stood there'),
  after: z.string().describe('what stands there now'),
  input: inputSchema
    .nullable()
    .describe('the shortest generated input on which the check would refuse it; null: too few could be compared on'),
  expected: z.string().nullable().describe('what the reference gives on it: the value as JSON, or the output'),
  got: z.string().nullable().describe('what the survivor gives on it'),
})
export type Survivor = Readonly<z.infer<typeof survivorSchema>>

const count = z.number().int().min(0)

/** One line of `assay problems strength`: how many wrong programs the tests of a problem refuse. */
export const problemStrengthSchema = z.strictObject({
  id: z.string(),
  language: languageId,
  skipped: z.string().optional().describe('why nothing was measured'),
  mutants: count.describe('wrong programs that were tried'),
  killed: count.describe('refused by the tests'),
  timedOut: count.describe('of the killed: those that ran into the time limit'),
  survivors: z.array(survivorSchema).describe('accepted, and not known to be equivalent'),
  equivalent: count.describe('accepted, and on no generated input would the check refuse it: likely no fault at all'),
  notJudged: count.describe('left out: they do not compile, are flaky, or the sandbox failed'),
  inputs: count.describe('inputs on which survivors were compared with the reference'),
  killRate: z.number().min(0).max(1).nullable().describe('killed / (killed + survivors); null when nothing was judged'),
  weak: z.boolean().describe('the kill rate is below the limit'),
  added: count.optional().describe('cases added to the tests'),
  notAdded: z.string().optional().describe('why cases that tell survivors apart were not added'),
  after: z
    .strictObject({ killed: count, survivors: count })
    .optional()
    .describe('the same mutants against the tests with the added cases'),
})
export type ProblemStrength = Readonly<z.infer<typeof problemStrengthSchema>>
