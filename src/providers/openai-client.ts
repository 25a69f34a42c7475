/** The working half of the openai provider; loaded only when such a model is opened. */
import { setTimeout as delay } from 'node:timers/promises'
import OpenAI from 'openai'
import type { z } from 'zod'
import { type Clock, systemClock } from '../base/clock.js'
import { AppError } from '../base/errors.js'
import type { GenerateRequest } from '../schemas/generate.js'
import type { Model } from '../schemas/ports.js'
import { AdaptiveGate, type Sleep } from './adaptive-gate.js'
import { trimPrompt } from './completion-text.js'
import { type PooledFetch, pooledFetch } from './http-fetch.js'
import { explain, judge } from './openai-errors.js'
import { ParameterFit } from './openai-parameters.js'
import { chatReply, completionReply, type ReplyCore, readChat, readCompletion } from './openai-reply.js'
import { DEFAULT_URL, type Server } from './openai-server.js'
import { loadPrices } from './prices.js'
import type { OpenContext } from './provider.js'
import { createRetry, defaultPatience, type Failure, type Patience } from './retry.js'

/** What tests put in the place of the world. */
export interface OpenAiWorld {
  readonly patience: Patience
  readonly clock: Clock
  readonly sleep: Sleep
  readonly random: () => number
}

const world: OpenAiWorld = {
  patience: defaultPatience,
  clock: systemClock,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: () => Math.random(),
}

/** server: where to ask, as found by openai.ts. */
export async function openOpenAi(context: OpenContext, server: Server, outside: OpenAiWorld = world): Promise<Model> {
  const { model } = server
  const { parallel } = context
  const { priceOf, priceUsd } = await loadPrices(model, server.baseUrl, context.priceUsd)
  const pool = pooledFetch(parallel, context.env)
  const client = createClient(context, server, pool.fetch)
  const closing = new AbortController()
  const gate = new AdaptiveGate({
    most: parallel,
    clock: outside.clock,
    sleep: (ms) => outside.sleep(ms, closing.signal),
  })
  const retry = createRetry({
    ...outside,
    gate,
    judge: (error) => judge(error, outside.clock.now()),
    onRetry: tellOnce(server.baseUrl, context.log),
  })
  const fit = new ParameterFit(server.baseUrl === DEFAULT_URL, (line) => context.log(`${model}: ${line}`))
  return {
    provider: 'openai',
    model,
    supports: { chat: true, completion: true, prefersCompletion: false },
    parallel,
    versions: {},
    priceUsd,
    async generate(request, { signal, lastTry } = {}) {
      let latencyMs = 0
      const attempt = async () => {
        const startedAt = performance.now()
        const reply = await fit.attempt(request.sampling, request.seed, (parameters) =>
          ask({ client, model, request, parameters, signal }),
        )
        latencyMs = performance.now() - startedAt
        return reply
      }
      try {
        const { counted, ...reply } = await retry(attempt, { signal, lastTry })
        const costUsd = counted ? priceOf(reply.usage) : null
        return { ...reply, model: reply.model ?? model, latencyMs, costUsd }
      } catch (error) {
        signal?.throwIfAborted()
        if (lastTry?.aborted && error === lastTry.reason) throw error
        throw explain(error, server)
      }
    },
    async close() {
      gate.close(new AppError('run/interrupted', { message: 'the model was closed' }))
      closing.abort()
      await pool.close()
    },
  }
}

function createClient({ env, timeoutMs }: OpenContext, { baseUrl, key }: Server, fetch: PooledFetch['fetch']): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: key ?? 'none',
    defaultHeaders: key ? {} : { Authorization: null },
    // Given here, or the package would look for them in the process's environment.
    adminAPIKey: null,
    organization: env.OPENAI_ORG_ID ?? null,
    project: env.OPENAI_PROJECT_ID ?? null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch,
  })
}

function tellOnce(baseUrl: string, log: (line: string) => void) {
  const told = new Set<string>()
  return ({ limited }: Failure, waitMs: number) => {
    const line = limited ? `${baseUrl} asks for fewer requests` : `a request to ${baseUrl} failed`
    if (told.has(line)) return
    told.add(line)
    log(`${line}; trying again in ${Math.ceil(waitMs / 1000)} s (said once)`)
  }
}

interface AskOptions {
  readonly client: OpenAI
  readonly model: string
  readonly request: GenerateRequest
  readonly parameters: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal | undefined
}

async function ask({ client, model, request, parameters, signal }: AskOptions): Promise<ReplyCore> {
  const { prompt, messages } = request
  if (prompt === undefined) {
    const body = { model, messages: messages ?? [], ...parameters } as OpenAI.ChatCompletionCreateParamsNonStreaming
    const reply: unknown = await parsed(client.chat.completions.create(body, { signal }))
    return readChat(checked(chatReply, reply, 'chat completion'))
  }
  const body = { model, prompt: trimPrompt(prompt), ...parameters } as OpenAI.CompletionCreateParamsNonStreaming
  const reply: unknown = await parsed(client.completions.create(body, { signal }))
  return readCompletion(checked(completionReply, reply, 'completion'))
}

/** A body that is no JSON reaches us as the parser's own error. */
async function parsed(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof SyntaxError) throw badReply(`no JSON (${error.message})`, error)
    throw error
  }
}

function checked<S extends z.ZodType>(schema: S, reply: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(reply)
  if (result.success) return result.data
  const start = (typeof reply === 'string' ? reply : (JSON.stringify(reply) ?? '')).slice(0, 120)
  throw badReply(`no ${what}, but: ${start}`, result.error)
}

function badReply(message: string, cause: unknown): AppError {
  return new AppError('provider/bad-reply', {
    message: `the server answered with ${message}`,
    hint: 'check that --base-url is that of an OpenAI-compatible server and ends in /v1',
    cause,
  })
}
