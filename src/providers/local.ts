/** A small language model on this machine's CPU, by llama.cpp in a child process. Needs no key and no network. */
import { AppError } from '../base/errors.js'
import type { Model } from '../schemas/ports.js'
import { LocalProcess } from './local-process.js'
import { TOP_K } from './local-sampling.js'
import type { OpenContext, Provider } from './provider.js'
import { findWeights } from './weights.js'

/** Weights below this size answer a few-shot completion better than a chat (measured with 135 M and 270 M parameters). */
const SMALL_BYTES = 600e6
/** More sequences than this gain little speed and cost memory. */
const MOST_SEQUENCES = 8

async function open(context: OpenContext): Promise<Model> {
  const weights = await findWeights(context)
  const parallel = Math.min(context.parallel, MOST_SEQUENCES)
  const child = new LocalProcess({
    modelFile: weights.path,
    threads: context.threads,
    parallel,
    timeoutMs: context.timeoutMs,
    log: context.log,
  })
  const stop = () => child.kill()
  context.signal?.addEventListener('abort', stop, { once: true })
  try {
    const ready = await child.ready()
    context.signal?.throwIfAborted()
    return {
      provider: 'local',
      model: weights.id,
      supports: {
        chat: ready.chat,
        completion: true,
        prefersCompletion: !ready.chat || weights.sizeBytes < SMALL_BYTES,
      },
      parallel,
      versions: {
        runtime: ready.runtime,
        weights: `sha256:${weights.sha256}`,
        sampler: `top-k ${TOP_K}, top-p, temperature`,
        contextTokens: String(ready.contextTokens),
      },
      priceUsd: { inputPerMtok: 0, outputPerMtok: 0 },
      async generate(request, { signal } = {}) {
        if (request.messages && !ready.chat) {
          throw new AppError('provider/bad-request', {
            message: `${weights.id} has no chat template`,
            hint: 'ask with --prompting completion',
          })
        }
        const startedAt = performance.now()
        const reply = await child.ask(request, signal)
        return {
          text: reply.text,
          usage: { promptTokens: reply.promptTokens, completionTokens: reply.completionTokens },
          finishReason: reply.finishReason,
          model: weights.id,
          latencyMs: performance.now() - startedAt,
          costUsd: 0,
        }
      },
      close: () => child.close(),
    }
  } catch (error) {
    await child.close()
    throw error
  } finally {
    context.signal?.removeEventListener('abort', stop)
  }
}

export const local = {
  id: 'local',
  summary: 'a small model on this machine (local:smollm2-135m, or --model-file FILE.gguf)',
  open,
} satisfies Provider
