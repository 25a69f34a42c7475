/** The plain recipe: ask for a solution, n samples at one temperature, each with a seed of its own. */
import { rng } from '../base/rng.js'
import { samplingSchema } from '../schemas/generate.js'
import type { Ask, Recipe } from '../schemas/ports.js'
import { chatAsk } from './prompts/chat.js'
import { completionAsk } from './prompts/completion.js'

type AskInput = Parameters<Recipe['ask']>[0]

function style({ supports, prompting }: AskInput): 'chat' | 'completion' {
  if (prompting !== 'auto') return prompting
  return supports.completion && (supports.prefersCompletion || !supports.chat) ? 'completion' : 'chat'
}

export const solve: Recipe = {
  id: 'solve',
  ask: (input): Ask => {
    const { problem, sampling, seed, draw, sample, math } = input
    const requestSeed = rng(seed, problem.id, draw, sample).int(0, 2 ** 31 - 1)
    if (style(input) === 'completion') {
      const { prompt, prefix, form, stop, maxTokens } = completionAsk(problem)
      const resolved = samplingSchema.parse({ stop, maxTokens, ...sampling })
      return { request: { prompt, sampling: resolved, seed: requestSeed }, form, style: 'completion', prefix }
    }
    const { messages, form, maxTokens } = chatAsk(problem, math === 'program')
    const resolved = samplingSchema.parse({ maxTokens, ...sampling })
    return { request: { messages, sampling: resolved, seed: requestSeed }, form, style: 'chat', prefix: '' }
  },
}
