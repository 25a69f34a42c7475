/** The requests of a run: what a recipe asks for one sample of one draw, under the run's config. Pure. */
import type { RunConfig } from '../schemas/config.js'
import type { Ask, ModelSupport, Recipe } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'

export type Asker = (problem: Problem, draw: number, sample: number) => Ask

export function asker(config: RunConfig, recipe: Recipe, supports: ModelSupport): Asker {
  const { seed, math, prompting, sampling } = config
  return (problem, draw, sample) => recipe.ask({ problem, draw, sample, seed, math, supports, prompting, sampling })
}

/** What a chat template may add around a message. */
const TEMPLATE_TOKENS = 64

export const promptText = ({ request }: Ask): string =>
  request.prompt ?? (request.messages ?? []).map(({ role, content }) => `[${role}]\n${content}`).join('\n')

/** No tokenizer makes more tokens than bytes, so this holds without knowing the model's own. */
export const worstTokens = (ask: Ask): number =>
  Buffer.byteLength(promptText(ask)) + TEMPLATE_TOKENS + ask.request.sampling.maxTokens
