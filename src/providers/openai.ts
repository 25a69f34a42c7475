/** Any server that speaks OpenAI's API: chat completions, and raw completions where the request has a prompt. */
import { findServer } from './openai-server.js'
import type { Provider } from './provider.js'

export const openai = {
  id: 'openai',
  summary: 'an OpenAI-compatible server (openai:NAME, --base-url; key from OPENAI_API_KEY)',
  async open(context) {
    const server = findServer(context)
    // Loaded here, not above: commands that ask no such model should not wait for it.
    const { openOpenAi } = await import('./openai-client.js')
    return openOpenAi(context, server)
  },
} satisfies Provider
