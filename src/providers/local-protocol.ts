/** What the local provider and its child process say to each other over the IPC channel. */
import { z } from 'zod'
import { finishReason, type GenerateRequest } from '../schemas/generate.js'

export interface ChildOptions {
  readonly modelFile: string
  readonly threads: number
  readonly parallel: number
}

export interface Job {
  readonly id: number
  readonly request: GenerateRequest
}

/** To the child. */
export type Order =
  | { readonly type: 'load'; readonly options: ChildOptions }
  | { readonly type: 'job'; readonly job: Job }
  | { readonly type: 'cancel'; readonly id: number }

/** From the child. It crosses a process boundary, hence parsed. `alive` is a sign of life during long work. */
export const reportSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    runtime: z.string(),
    chat: z.boolean(),
    contextTokens: z.number().int(),
  }),
  z.strictObject({
    type: z.literal('reply'),
    id: z.number().int(),
    text: z.string(),
    promptTokens: z.number().int().min(0),
    completionTokens: z.number().int().min(0),
    finishReason,
  }),
  z.strictObject({ type: z.literal('refused'), id: z.number().int(), message: z.string() }),
  z.strictObject({ type: z.literal('failed'), message: z.string() }),
  z.strictObject({ type: z.literal('alive') }),
])
export type Report = z.infer<typeof reportSchema>
export type ReportOf<T extends Report['type']> = Extract<Report, { type: T }>
