import { z } from 'zod'

export const samplingSchema = z.strictObject({
  temperature: z.number().min(0).max(5).default(0.8),
  topP: z.number().gt(0).max(1).default(0.95),
  maxTokens: z.number().int().min(1).max(200_000).default(512),
  stop: z.array(z.string().min(1)).default([]).describe('texts that end a completion'),
})
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
