import { z } from 'zod'
import { defaultPolicy } from './curriculum.js'
import { samplingOverrides } from './generate.js'
import { carriesSecret, secretInAddress } from './server-address.js'

export const budgetSchema = z
  .string()
  .regex(
    /^\d+(\.\d+)?(usd|Mtok|ktok|tok|s|min|h)$/,
    'write a number and one of usd, Mtok, ktok, tok, s, min, h, e.g. 5usd',
  )
  .describe('hard limit of a run: money, tokens or wall time')

/** The configuration of a run. What is in `operational` may differ between two starts of one run; everything else may not. */
export const runConfigSchema = z.strictObject({
  sets: z.array(z.string().min(1)).min(1).describe('folders of problem sets, or names of built-in sets'),
  model: z
    .string()
    .regex(/^[a-z]+(:.+)?$/, 'write provider:name, e.g. openai:gpt-5-mini')
    .describe('provider:name'),
  baseUrl: z
    .url()
    .refine((address) => !carriesSecret(address), secretInAddress)
    .optional()
    .describe('of an OpenAI-compatible server, with /v1'),
  modelFile: z.string().optional().describe('weights for the local provider instead of the default ones'),
  priceUsd: z
    .strictObject({ inputPerMtok: z.number().min(0), outputPerMtok: z.number().min(0) })
    .optional()
    .describe('prices of a model that the price list does not know'),
  prompting: z
    .enum(['auto', 'chat', 'completion'])
    .default('auto')
    .describe('auto: completion where the model prefers it'),
  math: z
    .enum(['answer', 'program'])
    .default('answer')
    .describe('how a chat model is asked for math; completions always give a program'),
  recipe: z.string().default('solve'),
  samples: z.number().int().min(1).max(10_000).default(4).describe('candidates per draw of a problem'),
  target: z.number().int().min(1).optional().describe('stop after this many distinct verified candidates'),
  budget: budgetSchema.optional(),
  rounds: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe(
      'draws of one problem at most, when a target or a budget decides the end; else each problem is drawn once',
    ),
  limit: z.number().int().min(1).optional().describe('use only the first N problems of the sets'),
  seed: z.number().int().min(0).default(0),
  sampling: samplingOverrides.prefault({}),
  curriculum: z
    .strictObject({
      policy: z.string().default(defaultPolicy).describe('how the next problem is chosen'),
      band: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).default([0.2, 0.8]),
      window: z
        .number()
        .int()
        .min(1)
        .max(1024)
        .default(16)
        .describe('draws in flight at most, once as many were observed; results are observed in draw order'),
      adaptive: z
        .boolean()
        .default(true)
        .describe('the curriculum may ask fewer candidates of a draw, when a target or a budget decides the end'),
      earlyStop: z
        .boolean()
        .default(false)
        .describe(
          'with 4 samples or more: ask half of a draw first, and the rest only when some passed and some failed',
        ),
    })
    .prefault({}),
  audit: z
    .number()
    .int()
    .min(0)
    .default(24)
    .describe('problems whose known-right and known-wrong answers are checked in the run'),
  keep: z
    .strictObject({
      strict: z.boolean().default(true).describe('prove every accepted candidate again with a fork per case'),
    })
    .prefault({}),
  operational: z
    .strictObject({
      backend: z.string().optional().describe('sandbox backend; chosen by itself when left out'),
      slots: z.number().int().min(1).max(64).optional(),
      requests: z.number().int().min(1).max(1024).default(8).describe('model requests in flight'),
      timeoutMs: z.number().int().min(1000).default(120_000).describe('of one model request'),
      threads: z.number().int().min(1).max(64).default(1).describe('CPU threads of the local model'),
    })
    .prefault({}),
})
export type RunConfig = Readonly<z.infer<typeof runConfigSchema>>
export type RunConfigInput = z.input<typeof runConfigSchema>
