import { lookup } from '../base/registry.js'
import type { Model } from '../schemas/ports.js'
import { providers } from './index.js'
import type { OpenContext, Provider } from './provider.js'

export type OpenModelOptions = Omit<OpenContext, 'name'> & {
  /** `provider:name`, or `provider` alone where it has a default model. */
  readonly model: string
}

/**
 * Opens a model by its name, e.g. `local`, `openai:gpt-5-mini`, `recorded:replies.jsonl`.
 * Throws `usage/bad-option` for an unknown provider, and the provider's own errors. close() ends what it started.
 */
export async function openModel({ model, ...options }: OpenModelOptions): Promise<Model> {
  const colon = model.indexOf(':')
  const id = colon === -1 ? model : model.slice(0, colon)
  const name = colon === -1 ? undefined : model.slice(colon + 1) || undefined
  const provider = lookup<Provider>(providers, id, 'provider')
  options.signal?.throwIfAborted()
  return provider.open({ ...options, name })
}
