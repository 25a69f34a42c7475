/** What a reply cost. The price list comes with the program and is not fetched; a model that it does not know has an unknown cost, never 0. */
import type { Usage } from '../schemas/generate.js'
import type { PriceUsd } from './provider.js'

/** USD of a reply's usage, or null when unknown. */
export type PriceOf = (usage: Usage) => number | null

const MTOK = 1e6

/** model: as the user named it. baseUrl: tells whose price list holds; an address that is nobody's has none. */
export async function loadPrices(model: string, baseUrl: string, priceUsd?: PriceUsd): Promise<PriceOf> {
  if (priceUsd) {
    const { inputPerMtok, outputPerMtok } = priceUsd
    return (usage) => (usage.promptTokens * inputPerMtok + usage.completionTokens * outputPerMtok) / MTOK
  }
  const { calcPrice } = await import('@pydantic/genai-prices')
  return (usage) => {
    const counts = {
      input_tokens: usage.promptTokens,
      output_tokens: usage.completionTokens,
      cache_read_tokens: Math.min(usage.cachedTokens ?? 0, usage.promptTokens),
    }
    return calcPrice(counts, model, { providerApiUrl: baseUrl })?.total_price ?? null
  }
}
