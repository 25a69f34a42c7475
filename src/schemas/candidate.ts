import { z } from 'zod'
import { finishReason, samplingSchema, usageSchema } from './generate.js'

/** How a reply is to be read. code: a program for the check; program: a program whose solution() returns the answer; answer: text that ends in an answer. */
export const replyForm = z.enum(['code', 'program', 'answer'])
export type ReplyForm = z.infer<typeof replyForm>

/** One model reply to one problem, with what produced it. It holds no clock or latency: those stay in the ledger's event. */
export const candidateSchema = z.strictObject({
  id: z.string().describe('hash(runSeed, problemId, recipe, draw, sample)'),
  problemId: z.string(),
  recipe: z.string(),
  draw: z.number().int().min(0).describe('number of the draw in the run'),
  sample: z.number().int().min(0).describe('number of the sample in the draw'),
  provider: z.string(),
  model: z.string(),
  sampling: samplingSchema.extend({ seed: z.number().int() }),
  form: replyForm,
  style: z.enum(['chat', 'completion']),
  prefix: z.string().describe('text that a completion continues; empty for chat'),
  promptHash: z.string(),
  replyHash: z.string(),
  reply: z.string(),
  usage: usageSchema,
  finishReason,
  costUsd: z.number().nullable(),
})
export type Candidate = Readonly<z.infer<typeof candidateSchema>>

/** What a verifier reads: a model's reply, or a program or answer already taken out of one. */
export type Submission =
  | {
      readonly kind: 'reply'
      readonly form: ReplyForm | 'any'
      readonly style: 'chat' | 'completion'
      readonly prefix: string
      readonly text: string
    }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'answer'; readonly answer: string }
