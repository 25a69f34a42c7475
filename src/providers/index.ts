import { local } from './local.js'
import { openai } from './openai.js'
import type { Provider } from './provider.js'
import { recorded } from './recorded.js'

/** Every provider; its id is what stands before the colon in `--model`. */
export const providers = { local, openai, recorded } satisfies Record<string, Provider>
