/** What a run would do, without asking for anything: the plan, the first real prompt, and a forecast of its size. */
import { lookup } from '../base/registry.js'
import { policies } from '../curriculum/index.js'
import type { RunConfig } from '../schemas/config.js'
import type { CurriculumPolicy, ModelSupport, Recipe } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { createScheduler } from './scheduler.js'

export interface Dry {
  readonly config: RunConfig
  readonly problems: readonly Problem[]
  readonly recipe: Recipe
  readonly supports: ModelSupport
  readonly model: string
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

function endOf({ target, budget, samples }: RunConfig): string {
  const ends = [target && `${target} distinct verified candidates`, budget && `a budget of ${budget}`].filter(Boolean)
  return ends.length > 0 ? ends.join(' or ') : `every problem asked ${samples} times`
}

/** The forecast of a run. Upper bounds: an end that comes earlier costs less. */
export function forecast({ config, problems, recipe, supports, model }: Dry): Forecast {
  const rounds = config.target || config.budget ? config.rounds : 1
  const ask = (problem: Problem, draw = 0) => {
    const { prompting, sampling, seed, math } = config
    return recipe.ask({ problem, draw, sample: 0, seed, math, supports, prompting, sampling }).request
  }
  const textOf = (problem: Problem, draw = 0) => {
    const { prompt, messages } = ask(problem, draw)
    return prompt ?? (messages ?? []).map(({ role, content }) => `[${role}]\n${content}`).join('\n')
  }
  const policy = lookup<CurriculumPolicy>(policies, config.curriculum.policy, 'curriculum policy')
  const first = createScheduler({ config, problems, policy, rounds }).next()
  const each = rounds * config.samples
  const promptTokens = problems.reduce((sum, problem) => sum + textOf(problem).length / CHARACTERS_PER_TOKEN, 0) * each
  const completionTokens = problems.reduce((sum, problem) => sum + ask(problem).sampling.maxTokens, 0) * each
  const levels: Record<string, number> = {}
  for (const { kind, level } of problems) levels[`${kind} ${level}`] = (levels[`${kind} ${level}`] ?? 0) + 1
  const price = config.priceUsd
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
