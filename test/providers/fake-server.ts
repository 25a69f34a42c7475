/** A server on loopback that answers what the test says; it stands in for the wire, not for a model. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

export type Answer = (seen: Seen, response: ServerResponse, index: number) => void

export interface FakeServer {
  /** With /v1. */
  readonly baseUrl: string
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

export async function fakeServer(answer: Answer): Promise<FakeServer> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const one = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text || '{}') }
    answer(one, response, seen.push(one) - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** A whole chat completion around a text. */
export const chatBody = (content: string | null, more: Record<string, unknown> = {}) => ({
  id: 'x',
  object: 'chat.completion',
  model: 'served-name',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 11, completion_tokens: 7 },
  ...more,
})

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await fakeServer(() => {})
  await server.close()
  return Number(new URL(server.baseUrl).port)
}
