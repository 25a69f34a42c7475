/** What the errors of the openai package mean: whether to try again, and what to tell the user. */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { AppError, type ErrorCode } from '../base/errors.js'
import type { Server } from './openai-server.js'
import { askedWaitMs, type Failure } from './retry.js'

const AGAIN = new Set([408, 409, 425, 429])
/** OpenAI answers 429 also when the account has run dry; waiting does not help then. */
const DRY = /insufficient_quota|billing/i

export function judge(error: unknown, now: number): Failure {
  if (error instanceof AppError) return { again: error.code === 'provider/bad-reply' }
  if (error instanceof APIUserAbortError) return { again: false }
  if (error instanceof APIConnectionError) return { again: true, silent: !(error instanceof APIConnectionTimeoutError) }
  if (!(error instanceof APIError) || error.status === undefined) return { again: false }
  const dry = error.status === 429 && DRY.test(`${error.code} ${error.message}`)
  const again = !dry && (AGAIN.has(error.status) || error.status >= 500)
  return { again, limited: again && error.status === 429, askedMs: askedWaitMs(error.headers, now) }
}

/** A failure in the user's words. Typed ones pass through. */
export function explain(error: unknown, server: Server): unknown {
  if (error instanceof AppError || !(error instanceof APIError)) return error
  const { baseUrl, model } = server
  const said = scrub(error.message, server.key)
  const make = (code: ErrorCode, message: string, hint: string) =>
    new AppError(code, {
      message,
      hint,
      details: { baseUrl, model, status: error.status },
      cause: scrubbed(error, server),
    })
  const start = `start the server, or name another one with --base-url`
  if (error instanceof APIConnectionTimeoutError) {
    const hint = 'give it more time with operational.timeoutMs, or ask for fewer tokens'
    return make('provider/unreachable', `${baseUrl} did not answer in time`, hint)
  }
  if (error instanceof APIConnectionError) {
    const hint = `${start} (it includes /v1)`
    return make('provider/unreachable', `no answer from ${baseUrl}: ${connectionTrouble(error)}`, hint)
  }
  switch (error.status) {
    case 401:
    case 403:
      return make(
        'provider/refused',
        `${baseUrl} refused the key: ${said}`,
        'set OPENAI_API_KEY to a key that may use this model',
      )
    case 404:
      return make(
        'provider/model-missing',
        `${baseUrl} does not know the model '${model}': ${said}`,
        'check the name after openai: and that --base-url ends in /v1',
      )
    case 429:
      return make(
        'provider/refused',
        `${baseUrl} lets no more requests through: ${said}`,
        'wait, raise the limit of the account, or ask with fewer requests in flight',
      )
  }
  if (error.status !== undefined && error.status >= 500) {
    return make(
      'provider/unreachable',
      `${baseUrl} is in trouble: ${said}`,
      'try again later; the same command goes on where it stopped',
    )
  }
  return make(
    'provider/bad-request',
    `${baseUrl} refused the request: ${said}`,
    'shorten the prompt or lower sampling.maxTokens if it is too long',
  )
}

/** Error text without the key: some servers repeat it. */
function scrub(text: string, key: string | undefined): string {
  return key ? text.replaceAll(key, '***') : text
}

function scrubbed(error: Error, { key }: Server): Error {
  const copy = new Error(scrub(error.message, key))
  copy.stack = scrub(error.stack ?? '', key)
  return copy
}

function connectionTrouble(error: Error): string {
  let inner: unknown = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  const { code, message } = inner as NodeJS.ErrnoException
  return [code, message].filter(Boolean).join(' ')
}

/** The name of a parameter that the server does not take, of those that can be left out or renamed; else undefined. */
export function refusedParameter(error: unknown, sent: readonly string[]): string | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined
  if (error.param && sent.includes(error.param)) return error.param
  if (!/unsupported|not support|unknown|unrecogni[sz]ed|unexpected|not permitted|extra/i.test(error.message))
    return undefined
  return sent.find((name) => new RegExp(`\\b${name}\\b`).test(error.message))
}
