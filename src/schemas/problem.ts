import { z } from 'zod'
import { checkSchema } from './check.js'
import { languageId, limitsSchema } from './exec.js'

export const referenceSchema = z.strictObject({
  code: z.string().optional().describe('a program that passes the check'),
  answer: z.string().optional().describe('a worked answer that passes the check'),
})

/** A statement plus a check that decides right from wrong. */
export const problemSchema = z.strictObject({
  v: z.literal(1),
  id: z
    .string()
    .regex(/^[^\s/]+\/\S+$/)
    .describe('set/name; an imported problem keeps its published id'),
  hash: z.string().optional().describe('content hash of everything but hash and meta; computed when left out'),
  kind: z.enum(['code', 'math']),
  set: z.string().min(1).describe('id of the set it belongs to'),
  license: z.string().min(1).describe('SPDX id, or the words of the source'),
  source: z.string().min(1).describe('where it comes from'),
  statement: z.string().min(1).describe('what a solver is told'),
  language: languageId.optional().describe('language of the program; python when left out'),
  entryPoint: z.string().optional().describe('name of the function asked for'),
  starter: z.string().optional().describe('source that a solution continues: imports, helpers, signature, docstring'),
  check: checkSchema,
  reference: referenceSchema.optional().describe('a right solution'),
  limits: limitsSchema.partial().optional(),
  skills: z.array(z.string().min(1)).min(1).describe('topics; the first one is the curriculum topic'),
  level: z.number().int().min(0).max(99).describe('ordinal difficulty from 0'),
  meta: z
    .looseObject({
      wrong: z
        .array(
          z.strictObject({
            kind: z.string(),
            code: z.string().optional(),
            answer: z.string().optional(),
            maybeSlow: z.literal(true).optional().describe('it may have been refused for its time alone'),
          }),
        )
        .optional()
        .describe('plausible wrong answers; one that is accepted shows weak tests'),
      solutions: z
        .array(z.string())
        .optional()
        .describe('further right programs, at most 4 are kept; tried where the reference fails'),
    })
    .default({}),
})
export type Problem = Readonly<z.infer<typeof problemSchema>>

/** The curriculum topic of a problem: its kind and its first skill. */
export const topicOf = ({ kind, skills }: Pick<Problem, 'kind' | 'skills'>): string => `${kind}/${skills[0]}`

/** set.json of a set on disk. */
export const problemSetSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  title: z.string().min(1),
  format: z.string().min(1).describe('format it was imported from; assay for own sets'),
  license: z.string().min(1),
  source: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('of problems.jsonl'),
  split: z.string().default('train'),
  count: z.number().int().min(0),
  madeFrom: z
    .array(z.strictObject({ id: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .optional()
    .describe('the sets that it was split, sampled or merged from: id and sha256 as their set.json says'),
})
export type ProblemSet = Readonly<z.infer<typeof problemSetSchema>>
