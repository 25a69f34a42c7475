/** A `fetch` for the openai package over a pool of kept-open connections: half the CPU of the global one. Reads bodies whole. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'

export interface PooledFetch {
  readonly fetch: typeof fetch
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000

/** connections: most at one time to one server. Proxies are taken from env (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). */
export function pooledFetch(connections: number, env: Readonly<Record<string, string | undefined>>): PooledFetch {
  // The time-out of a try is the caller's: it ends the whole exchange by its signal.
  const options = { connections, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: CONNECT_TIMEOUT_MS } }
  const httpProxy = env.HTTP_PROXY ?? env.http_proxy
  const httpsProxy = env.HTTPS_PROXY ?? env.https_proxy
  const noProxy = env.NO_PROXY ?? env.no_proxy ?? ''
  const dispatcher: Dispatcher =
    httpProxy || httpsProxy ? new EnvHttpProxyAgent({ ...options, httpProxy, httpsProxy, noProxy }) : new Agent(options)
  return {
    async fetch(input, init = {}) {
      const { statusCode, headers, body } = await request(String(input), {
        dispatcher,
        method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: Object.fromEntries(new Headers(init.headers)),
        body: init.body as string | undefined,
        signal: init.signal,
      })
      const text = await body.text()
      const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      )
      return new Response(text, { status: statusCode, headers: pairs })
    },
    close: () => dispatcher.destroy(),
  }
}
