/** What an OpenAI-compatible server answers, and what we take from it. Loose: servers differ and add fields. */
import { z } from 'zod'
import type { FinishReason, GenerateReply, Usage } from '../schemas/generate.js'

const count = z.number().int().min(0)

const usageFields = z
  .object({
    prompt_tokens: count.nullish(),
    completion_tokens: count.nullish(),
    prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
    completion_tokens_details: z.object({ reasoning_tokens: count.nullish() }).nullish(),
  })
  .nullish()

const textPart = z.object({ type: z.string().optional(), text: z.string().optional() })

export const chatReply = z.object({
  model: z.string().nullish(),
  usage: usageFields,
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.union([z.string(), z.array(textPart)]).nullish(),
          refusal: z.string().nullish(),
          // DeepSeek and older vLLM use the first name, newer vLLM and OpenRouter the second.
          reasoning_content: z.string().nullish(),
          reasoning: z.string().nullish(),
        }),
      }),
    )
    .min(1),
})

export const completionReply = z.object({
  model: z.string().nullish(),
  usage: usageFields,
  choices: z.array(z.object({ finish_reason: z.string().nullish(), text: z.string() })).min(1),
})

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  content_filter: 'content_filter',
}

export type ReplyCore = Omit<GenerateReply, 'latencyMs' | 'costUsd' | 'model'> & {
  readonly model: string | undefined
  /** False when the server sent no token counts; usage is 0 then and the cost unknown. */
  readonly counted: boolean
}

/** `<think>` that a server leaves in the text stays there: whoever reads the answer knows about it. */
export function readChat({ choices: [choice], usage, model }: z.infer<typeof chatReply>): ReplyCore {
  const { message, finish_reason } = choice as NonNullable<typeof choice>
  const { content } = message
  const text = Array.isArray(content) ? content.map((part) => part.text ?? '').join('') : content
  const reasoning = message.reasoning_content || message.reasoning || undefined
  return {
    text: text ?? message.refusal ?? '',
    ...(reasoning === undefined ? {} : { reasoning }),
    ...core(usage, model, finish_reason),
  }
}

export function readCompletion({ choices: [choice], usage, model }: z.infer<typeof completionReply>): ReplyCore {
  const { text, finish_reason } = choice as NonNullable<typeof choice>
  return { text, ...core(usage, model, finish_reason) }
}

function core(
  usage: z.infer<typeof usageFields>,
  model: string | null | undefined,
  reason: string | null | undefined,
): Omit<ReplyCore, 'text'> {
  const counted = typeof usage?.prompt_tokens === 'number' && typeof usage.completion_tokens === 'number'
  return {
    usage: readUsage(usage),
    counted,
    finishReason: (reason && finishReasons[reason]) || 'other',
    model: model ?? undefined,
  }
}

function readUsage(usage: z.infer<typeof usageFields>): Usage {
  const reasoningTokens = usage?.completion_tokens_details?.reasoning_tokens
  const cachedTokens = usage?.prompt_tokens_details?.cached_tokens
  return {
    promptTokens: usage?.prompt_tokens ?? 0,
    completionTokens: usage?.completion_tokens ?? 0,
    ...(typeof reasoningTokens === 'number' ? { reasoningTokens } : {}),
    ...(typeof cachedTokens === 'number' ? { cachedTokens } : {}),
  }
}
