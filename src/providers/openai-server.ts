import { AppError } from '../base/errors.js'
import { carriesSecret, secretInAddress } from '../schemas/server-address.js'
import type { OpenContext } from './provider.js'

export const DEFAULT_URL = 'https://api.openai.com/v1'

/** Which server and model are asked. The key goes into the Authorization header and nowhere else; messages are scrubbed of it. */
export interface Server {
  readonly baseUrl: string
  readonly model: string
  readonly key: string | undefined
}

/** --base-url, else OPENAI_BASE_URL, else OpenAI's own, which is the only one that must have a key. */
export function findServer({ name, baseUrl, env }: OpenContext): Server {
  const url = (baseUrl ?? (env.OPENAI_BASE_URL || DEFAULT_URL)).replace(/\/+$/, '')
  const key = env.OPENAI_API_KEY || undefined
  if (!name) {
    const hint = 'write openai:NAME, with the name that the server gives the model'
    throw new AppError('usage/bad-option', { message: 'the openai provider needs the name of a model', hint })
  }
  if (carriesSecret(url)) {
    const hint = 'leave it out and set OPENAI_API_KEY'
    throw new AppError('usage/bad-option', { message: secretInAddress, hint })
  }
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    const hint = 'write it like http://localhost:8000/v1'
    throw new AppError('usage/bad-option', { message: `'${url}' is not the address of a server`, hint })
  }
  if (!key && url === DEFAULT_URL) {
    throw new AppError('provider/refused', {
      message: 'OPENAI_API_KEY is not set',
      hint: 'set it, or name a server that needs no key with --base-url',
    })
  }
  return { baseUrl: url, key, model: name }
}
