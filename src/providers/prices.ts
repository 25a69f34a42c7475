/** What a reply cost. The price list comes with the program and is not fetched; a model that it does not know has an unknown cost, never 0. */
import type { Usage } from '../schemas/generate.js'
import type { PriceUsd } from '../schemas/ports.js'

/** USD of a reply's usage, or null when unknown. */
export type PriceOf = (usage: Usage) => number | null

const MTOK = 1e6

export interface Prices {
  readonly priceOf: PriceOf
  /** Per million tokens of a short request; null when unknown. */
  readonly priceUsd: PriceUsd | null
}

/** model: as the user named it. baseUrl: tells whose price list holds; an address that is nobody's has none. */
export async function loadPrices(model: string, baseUrl: string, priceUsd?: PriceUsd): Promise<Prices> {
  if (priceUsd) {
    const { inputPerMtok, outputPerMtok } = priceUsd
    const priceOf: PriceOf = ({ promptTokens, completionTokens }) =>
      (promptTokens * inputPerMtok + completionTokens * outputPerMtok) / MTOK
    return { priceOf, priceUsd }
  }
  const { calcPrice } = await import('@pydantic/genai-prices')
  const priceOf: PriceOf = (usage) => {
    const counts = {
      input_tokens: usage.promptTokens,
      output_tokens: usage.completionTokens,
      cache_read_tokens: Math.min(usage.cachedTokens ?? 0, usage.promptTokens),
    }
    return calcPrice(counts, model, { providerApiUrl: baseUrl })?.total_price ?? null
  }
  return { priceOf, priceUsd: perMtok(priceOf) }
}

/** The price list of a short request: long ones cost more with some models. */
function perMtok(priceOf: PriceOf): PriceUsd | null {
  const tokens = 1000
  const input = priceOf({ promptTokens: tokens, completionTokens: 0 })
  const output = priceOf({ promptTokens: 0, completionTokens: tokens })
  if (input === null || output === null) return null
  return { inputPerMtok: (input / tokens) * MTOK, outputPerMtok: (output / tokens) * MTOK }
}
