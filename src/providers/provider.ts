import type { Model, PriceUsd } from '../schemas/ports.js'

/** What a provider is opened with. */
export interface OpenContext {
  /** What follows `provider:` in the model's name; undefined when nothing does. */
  readonly name: string | undefined
  readonly baseUrl?: string
  readonly modelFile?: string
  /** Of one try of a request, milliseconds. */
  readonly timeoutMs: number
  /** CPU threads of a model that runs here. */
  readonly threads: number
  /** Requests in flight. */
  readonly parallel: number
  readonly priceUsd?: PriceUsd
  readonly env: Readonly<Record<string, string | undefined>>
  /** A sentence for people. */
  readonly log: (line: string) => void
  /** Aborts the opening. */
  readonly signal?: AbortSignal
}

/** A way to reach models. Adding one is one file and one line in index.ts. */
export interface Provider {
  readonly id: string
  /** Its own options in words, for `--help` and `doctor`. */
  readonly summary: string
  open(context: OpenContext): Promise<Model>
}
