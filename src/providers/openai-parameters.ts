/** Servers differ in what they take. Learns it from their refusals, once per opened model, and says so. */
import type { Sampling } from '../schemas/generate.js'
import { refusedParameter } from './openai-errors.js'

export class ParameterFit {
  readonly #log: (line: string) => void
  readonly #leftOut = new Set<string>()
  readonly #refusedLimits = new Set<string>()
  #limitName: 'max_tokens' | 'max_completion_tokens'

  /** newNames: the server is known to want max_completion_tokens. */
  constructor(newNames: boolean, log: (line: string) => void) {
    this.#log = log
    this.#limitName = newNames ? 'max_completion_tokens' : 'max_tokens'
  }

  /** Asks, and asks again without a parameter that the server refuses by name. */
  async attempt<T>(
    sampling: Sampling,
    seed: number,
    ask: (parameters: Readonly<Record<string, unknown>>) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const parameters = this.#parameters(sampling, seed)
      try {
        return await ask(parameters)
      } catch (error) {
        const refused = refusedParameter(error, Object.keys(parameters))
        if (!refused || !this.#adapt(refused)) throw error
      }
    }
  }

  #parameters({ temperature, topP, maxTokens, stop }: Sampling, seed: number): Record<string, unknown> {
    const all = {
      [this.#limitName]: maxTokens,
      temperature,
      top_p: topP,
      seed,
      ...(stop.length > 0 ? { stop } : {}),
    }
    return Object.fromEntries(Object.entries(all).filter(([name]) => !this.#leftOut.has(name)))
  }

  /** False when nothing can be changed. Requests in flight may report the same refusal; it is told once. */
  #adapt(refused: string): boolean {
    if (refused === 'max_tokens' || refused === 'max_completion_tokens') {
      const other = refused === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
      if (this.#refusedLimits.has(other)) return false
      this.#refusedLimits.add(refused)
      this.#limitName = other
      return true
    }
    if (!this.#leftOut.has(refused)) this.#log(`the server does not take ${refused}; asking without it`)
    this.#leftOut.add(refused)
    return true
  }
}
