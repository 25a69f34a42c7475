import { z } from 'zod'
import { limitsSchema } from './exec.js'

export const verdictStatus = z.enum([
  'accepted',
  'wrong_answer',
  'runtime_error',
  'time_limit',
  'memory_limit',
  'output_limit',
  'compile_error',
  'no_answer',
  'cheat',
  'flaky',
  'bad_problem',
  'unknown',
  'sandbox_error',
])
export type VerdictStatus = z.infer<typeof verdictStatus>

export const blame = z.enum(['candidate', 'problem', 'infrastructure'])
export type Blame = z.infer<typeof blame>

export const verdictCase = z.strictObject({
  id: z.string(),
  status: verdictStatus,
  reason: z.string().optional(),
})

export const stepCountsSchema = z.strictObject({
  found: z.number().int(),
  checked: z.number().int(),
  wrong: z.number().int(),
  unread: z.number().int(),
  firstWrong: z.tuple([z.number().int(), z.number().int()]).optional().describe('offsets in the reply'),
})
export type StepCounts = Readonly<z.infer<typeof stepCountsSchema>>

export const evidenceSchema = z.strictObject({
  codeHash: z.string().optional().describe('hash of the program or answer that was checked'),
  checkHash: z.string().describe('hash of the check'),
  verifier: z.string(),
  verifierVersion: z.string(),
  backend: z.string().optional(),
  image: z.string().optional(),
  limits: limitsSchema
    .optional()
    .describe(
      "those that the verdict holds for: the problem's, with a multiple of its time where its reference needs more",
    ),
  mode: z.enum(['batch', 'strict']).optional(),
  isolation: z.enum(['separate', 'shared']).optional(),
  layer: z.string().optional().describe('layer of the math checker that decided'),
  steps: stepCountsSchema.optional().describe('the arithmetic of the reply, beside its answer; it moves no status'),
  runs: z.number().int().describe('sandbox requests made'),
})

/**
 * The reasoned result of checking one candidate. It holds no times: the same candidate gives the same verdict.
 * Only `blame: candidate` may become a label or move the curriculum; `accepted` carries blame candidate.
 */
export const verdictSchema = z.strictObject({
  status: verdictStatus,
  blame,
  score: z.number().min(0).max(1).describe('share of cases that passed'),
  reason: z.string(),
  cases: z.array(verdictCase),
  evidence: evidenceSchema,
  strength: z.number().min(0).max(1).optional().describe('share of known-wrong answers that the check refuses'),
})
export type Verdict = Readonly<z.infer<typeof verdictSchema>>
export type VerdictCase = z.infer<typeof verdictCase>
