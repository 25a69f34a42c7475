import { z } from 'zod'

/** The policy that is used where none is named; ids are those of the registry in src/curriculum. */
export const defaultPolicy = 'band'

/** contracts.md §7. level runs from 0 to levels - 1. */
export const curriculumInitSchema = z.object({
  seed: z.number().describe('any finite number'),
  topics: z.array(z.string().min(1)).min(1),
  levels: z.number().int().min(1).max(100),
  k: z.number().int().min(1).describe('attempts a problem gets at most'),
  budget: z.number().positive().optional().describe('attempts in all, when known'),
  band: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).describe('pass rates worth sampling'),
  batch: z.number().int().min(1).default(1),
  tokenCost: z.array(z.number().positive()).optional().describe('mean tokens of an attempt, by level'),
})
export type CurriculumInit = z.infer<typeof curriculumInitSchema>

/** What is known of one problem: attempts that counted, and how many of them passed. */
export const triedSchema = z.object({ attempts: z.number().int().min(0), passes: z.number().int().min(0) })
export type Tried = Readonly<z.infer<typeof triedSchema>>

export const pickSchema = z.object({
  id: z.string(),
  topic: z.string(),
  level: z.number().int().min(0),
  attempts: z.number().int().min(1).optional(),
  tried: triedSchema.optional().describe('a problem of which this is known; left out: whichever comes next'),
})
export type Pick = z.infer<typeof pickSchema>

export const curriculumResultSchema = z.object({
  id: z.string(),
  topic: z.string(),
  level: z.number().int().min(0),
  attempts: z.number().int().min(0),
  passes: z.number().int().min(0),
  tokens: z.number().min(0),
  model: z.string(),
})
export type CurriculumResult = z.infer<typeof curriculumResultSchema>

/** What the scheduler believes about one arm, for the progress line, the report and the ledger. */
export const armEstimateSchema = z.strictObject({
  topic: z.string(),
  level: z.number().int().min(0),
  passRate: z.number().min(0).max(1).describe('expected, of the model now'),
  attempts: z.number().int().min(0),
  passes: z.number().int().min(0),
})
export type ArmEstimate = z.infer<typeof armEstimateSchema>
