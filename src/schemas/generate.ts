import { z } from 'zod'

const samplingFields = {
  temperature: z.number().min(0).max(5),
  topP: z.number().gt(0).max(1),
  maxTokens: z.number().int().min(1).max(200_000),
  stop: z.array(z.string().min(1)).describe('texts that end a completion'),
}

export const samplingSchema = z.strictObject({
  temperature: samplingFields.temperature.default(0.8),
  topP: samplingFields.topP.default(0.95),
  maxTokens: samplingFields.maxTokens.default(512),
  stop: samplingFields.stop.default([]),
})
/** What a user sets; the rest is the recipe's. It has no defaults: one of them would hide the recipe's own value. */
export const samplingOverrides = z.strictObject(samplingFields).partial()
export type Sampling = z.infer<typeof samplingSchema>

export const messageSchema = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
export type Message = z.infer<typeof messageSchema>

/** One request for one reply: either messages (chat) or prompt (raw completion). */
export const generateRequestSchema = z.strictObject({
  messages: z.array(messageSchema).min(1).optional(),
  prompt: z.string().min(1).optional(),
  sampling: samplingSchema,
  seed: z.number().int().min(0).describe('passed on where the model takes one'),
})
export type GenerateRequest = Readonly<z.infer<typeof generateRequestSchema>>

export const usageSchema = z.strictObject({
  promptTokens: z.number().int().min(0),
  completionTokens: z.number().int().min(0),
  reasoningTokens: z.number().int().min(0).optional(),
  cachedTokens: z.number().int().min(0).optional(),
})
export type Usage = z.infer<typeof usageSchema>

export const finishReason = z.enum(['stop', 'length', 'content_filter', 'other'])
export type FinishReason = z.infer<typeof finishReason>

export const generateReplySchema = z.strictObject({
  text: z.string(),
  reasoning: z.string().optional().describe("the model's thinking, where the server gives it apart"),
  usage: usageSchema,
  finishReason,
  model: z.string().describe('as the server names it'),
  latencyMs: z.number(),
  costUsd: z.number().nullable().describe('null: unknown'),
})
export type GenerateReply = Readonly<z.infer<typeof generateReplySchema>>
