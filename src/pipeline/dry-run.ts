/** What a run would do, without asking for anything: the plan, the first real prompt, and a forecast of its size. */
import { lookup } from '../base/registry.js'
import { policies } from '../curriculum/policies/index.js'
import type { RunConfig } from '../schemas/config.js'
import type { CurriculumPolicy, ModelSupport, PriceUsd, Recipe } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { asker, promptText } from './asks.js'
import { roundsOf } from './run-dir.js'
import { createScheduler } from './scheduler.js'

export interface Dry {
  readonly config: RunConfig
  readonly problems: readonly Problem[]
  readonly recipe: Recipe
  readonly supports: ModelSupport
  readonly model: string
  /** What the model costs; null or left out: unknown, unless the config says it. */
  readonly price?: PriceUsd | null
}

export interface Forecast {
  readonly model: string
  readonly problems: number
  readonly levels: Readonly<Record<string, number>>
  readonly candidatesAtMost: number
  /** Rough, from text lengths: four characters a token. */
  readonly promptTokensAtMost: number
  readonly completionTokensAtMost: number
  readonly costUsdAtMost: number | 'unknown'
  readonly ends: string
  readonly prompt: { readonly problemId: string; readonly text: string }
}

const CHARACTERS_PER_TOKEN = 4

function endOf({ target, budget, samples, curriculum }: RunConfig): string {
  const ends = [target && `${target} distinct verified candidates`, budget && `a budget of ${budget}`].filter(Boolean)
  return ends.length > 0
    ? ends.join(' or ')
    : `every problem asked ${curriculum.earlyStop ? 'up to ' : ''}${samples} times`
}

/** The forecast of a run. Upper bounds: an end that comes earlier costs less. */
export function forecast({ config, problems, recipe, supports, model, price = config.priceUsd }: Dry): Forecast {
  const rounds = roundsOf(config)
  const ask = asker(config, recipe, supports)
  const textOf = (problem: Problem, draw = 0) => promptText(ask(problem, draw, 0))
  const policy = lookup<CurriculumPolicy>(policies, config.curriculum.policy, 'curriculum policy')
  const first = createScheduler({ config, problems, policy, rounds }).next()
  const each = rounds * config.samples
  const promptTokens = problems.reduce((sum, problem) => sum + textOf(problem).length / CHARACTERS_PER_TOKEN, 0) * each
  const completionTokens =
    problems.reduce((sum, problem) => sum + ask(problem, 0, 0).request.sampling.maxTokens, 0) * each
  const levels: Record<string, number> = {}
  for (const { kind, level } of problems) levels[`${kind} ${level}`] = (levels[`${kind} ${level}`] ?? 0) + 1
  return {
    model,
    problems: problems.length,
    levels,
    candidatesAtMost: problems.length * each,
    promptTokensAtMost: Math.round(promptTokens),
    completionTokensAtMost: completionTokens,
    costUsdAtMost: price
      ? (promptTokens * price.inputPerMtok + completionTokens * price.outputPerMtok) / 1e6
      : 'unknown',
    ends: endOf(config),
    prompt: { problemId: first?.problem.id ?? '', text: first ? textOf(first.problem) : '' },
  }
}
