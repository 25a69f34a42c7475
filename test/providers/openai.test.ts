import { afterEach, describe, expect, test } from 'vitest'
import { openOpenAi } from '../../src/providers/openai-client.js'
import { findServer } from '../../src/providers/openai-server.js'
import type { OpenContext } from '../../src/providers/provider.js'
import { defaultPatience } from '../../src/providers/retry.js'
import { type GenerateRequest, samplingSchema } from '../../src/schemas/generate.js'
import type { Model } from '../../src/schemas/ports.js'
import { type Answer, chatBody, closedPort, type FakeServer, fakeServer, sendJson } from './fake-server.js'

const KEY = 'sk-test-do-not-tell'
const open: { server?: FakeServer; model?: Model } = {}
const logged: string[] = []
const slept: number[] = []

afterEach(async () => {
  await open.model?.close()
  await open.server?.close()
  logged.length = 0
  slept.length = 0
})

/** Opens a model on a server that answers as told. Waits are noted and not waited for. */
async function serve(answer: Answer | string, more: Partial<OpenContext> = {}): Promise<Model> {
  if (typeof answer !== 'string') open.server = await fakeServer(answer)
  const context: OpenContext = {
    name: 'tiny',
    baseUrl: typeof answer === 'string' ? answer : open.server!.baseUrl,
    timeoutMs: 5000,
    threads: 1,
    parallel: 4,
    env: { OPENAI_API_KEY: KEY },
    log: (line) => logged.push(line),
    ...more,
  }
  let now = Date.parse('2026-01-01T00:00:00Z')
  open.model = await openOpenAi(context, findServer(context), {
    patience: defaultPatience,
    clock: { now: () => now },
    sleep: async (ms) => {
      slept.push(ms)
      now += ms
    },
    random: () => 0,
  })
  return open.model
}

const chat: GenerateRequest = {
  messages: [{ role: 'user', content: 'What is 2 + 3?' }],
  sampling: samplingSchema.parse({ stop: ['\n#'] }),
  seed: 7,
}

describe('a request', () => {
  test('sends messages to chat completions with every sampling parameter and the key', async () => {
    const model = await serve((_seen, response) => sendJson(response, chatBody('5')))
    await model.generate(chat)
    const [seen] = open.server!.seen
    expect(seen!.path).toBe('/v1/chat/completions')
    expect(seen!.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(seen!.body).toEqual({
      model: 'tiny',
      messages: chat.messages,
      temperature: 0.8,
      top_p: 0.95,
      max_tokens: 512,
      stop: ['\n#'],
      seed: 7,
    })
  })

  test('sends a prompt to raw completions, without trailing white space', async () => {
    const body = { model: 'served-name', choices: [{ finish_reason: 'length', text: ' 5' }] }
    const model = await serve((_seen, response) => sendJson(response, body))
    const { messages: _, ...rest } = chat
    const reply = await model.generate({ ...rest, prompt: '2 + 3 =\n' })
    expect(open.server!.seen[0]!.path).toBe('/v1/completions')
    expect(open.server!.seen[0]!.body).toMatchObject({ prompt: '2 + 3 =' })
    expect(reply).toMatchObject({ text: ' 5', finishReason: 'length' })
  })

  test('carries no key when there is none', async () => {
    const model = await serve((_seen, response) => sendJson(response, chatBody('5')), { env: {} })
    await model.generate(chat)
    expect(open.server!.seen[0]!.headers.authorization).toBeUndefined()
  })

  test('is asked again without a parameter that the server refuses, and says so once', async () => {
    const model = await serve(({ body }, response) => {
      if (!('temperature' in body)) return sendJson(response, chatBody('5'))
      const error = { message: "Unsupported value: 'temperature' does not support 0.8", param: 'temperature' }
      sendJson(response, { error }, { status: 400 })
    })
    await model.generate(chat)
    await model.generate(chat)
    expect(open.server!.seen.map(({ body }) => 'temperature' in body)).toEqual([true, false, false])
    expect(logged).toEqual(['tiny: the server does not take temperature; asking without it'])
  })

  test('names the limit max_completion_tokens where max_tokens is refused', async () => {
    const model = await serve(({ body }, response) => {
      if ('max_completion_tokens' in body) return sendJson(response, chatBody('5'))
      const message = "Unsupported parameter: 'max_tokens' is not supported with this model."
      sendJson(response, { error: { message, param: 'max_tokens' } }, { status: 400 })
    })
    await model.generate(chat)
    expect(open.server!.seen[1]!.body).toMatchObject({ max_completion_tokens: 512 })
    expect(open.server!.seen[1]!.body).not.toHaveProperty('max_tokens')
  })
})

describe('a reply', () => {
  const reply = async (body: unknown, more: Partial<OpenContext> = {}) =>
    (await serve((_seen, response) => sendJson(response, body), more)).generate(chat)
  const message = (fields: Record<string, unknown>, finish = 'stop') =>
    chatBody(null, { choices: [{ finish_reason: finish, message: { role: 'assistant', ...fields } }] })

  test('keeps the counts of cached and reasoning tokens', async () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 40 },
    }
    expect((await reply(chatBody('5', { usage }))).usage).toEqual({
      promptTokens: 100,
      completionTokens: 50,
      cachedTokens: 64,
      reasoningTokens: 40,
    })
  })

  test('has zero tokens and an unknown cost when the server counts none', async () => {
    const priceUsd = { inputPerMtok: 1, outputPerMtok: 1 }
    const got = await reply(chatBody('5', { usage: undefined }), { priceUsd })
    expect(got).toMatchObject({ usage: { promptTokens: 0, completionTokens: 0 }, costUsd: null })
  })

  test('costs what the given prices say, and is of unknown cost without a known price', async () => {
    const priceUsd = { inputPerMtok: 2, outputPerMtok: 10 }
    expect((await reply(chatBody('5'), { priceUsd })).costUsd).toBeCloseTo((11 * 2 + 7 * 10) / 1e6, 12)
    await open.server!.close()
    expect((await reply(chatBody('5'))).costUsd).toBeNull()
    expect(open.model?.priceUsd).toBeNull()
  })

  test.each(['reasoning_content', 'reasoning'])('gives the thinking that stands in %s', async (field) => {
    expect(await reply(message({ content: '5', [field]: 'two and three' }))).toMatchObject({
      text: '5',
      reasoning: 'two and three',
    })
  })

  test('leaves <think> in the text where the server left it', async () => {
    const got = await reply(message({ content: '<think>2 + 3</think>5' }))
    expect(got.text).toBe('<think>2 + 3</think>5')
    expect(got.reasoning).toBeUndefined()
  })

  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'other'],
  ])('with the finish reason %s ends as %s', async (given, expected) => {
    expect((await reply(message({ content: 'x' }, given))).finishReason).toBe(expected)
  })

  test('may be empty or cut short by the limit: that is no error', async () => {
    expect(await reply(message({ content: null }))).toMatchObject({ text: '', finishReason: 'stop' })
    await open.server!.close()
    expect(await reply(message({ content: 'def f(' }, 'length'))).toMatchObject({ text: 'def f(' })
  })

  test('may come in parts', async () => {
    const content = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]
    expect((await reply(message({ content }))).text).toBe('ab')
  })

  test('names the model as the server does', async () => {
    expect((await reply(chatBody('5'))).model).toBe('served-name')
  })
})

describe('trouble', () => {
  const failing =
    (status: number, headers: Record<string, string> = {}, times = 1): Answer =>
    (_seen, response, index) =>
      index < times
        ? sendJson(response, { error: { message: 'no' } }, { status, headers })
        : sendJson(response, chatBody('5'))

  test.each([
    ['retry-after in seconds', { 'retry-after': '3' }, 3000],
    ['retry-after as a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:08 GMT' }, 8000],
    ['retry-after-ms', { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  ])('429 with %s is asked again after that time', async (_name, headers, waitMs) => {
    const model = await serve(failing(429, headers))
    expect((await model.generate(chat)).text).toBe('5')
    expect(slept).toEqual([waitMs])
  })

  test('after the last try was announced a failed one is not followed by another', async () => {
    const stop = new AbortController()
    let answered = 0
    const model = await serve((_seen, response) => {
      answered++
      stop.abort()
      sendJson(response, { error: { message: 'later' } }, { status: 503 })
    })
    await expect(model.generate(chat, { lastTry: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect({ answered, slept }).toEqual({ answered: 1, slept: [] })
  })

  test('a try that is under way when the last one is announced still counts', async () => {
    const stop = new AbortController()
    const model = await serve((_seen, response) => {
      stop.abort()
      sendJson(response, chatBody('5'))
    })
    expect((await model.generate(chat, { lastTry: stop.signal })).text).toBe('5')
  })

  test('429 that asks for an hour is not waited for', async () => {
    const model = await serve(failing(429, { 'retry-after': '3600' }))
    await expect(model.generate(chat)).rejects.toMatchObject({ code: 'provider/refused' })
    expect(slept).toEqual([])
  })

  test('429 because the account has run dry is told at once', async () => {
    const error = { message: 'You exceeded your quota', code: 'insufficient_quota' }
    const model = await serve((_seen, response) => sendJson(response, { error }, { status: 429 }))
    await expect(model.generate(chat)).rejects.toMatchObject({ code: 'provider/refused' })
    expect(open.server!.seen).toHaveLength(1)
  })

  test('5xx is tried again with growing waits, then told with the address', async () => {
    const model = await serve(failing(503, {}, 99))
    await expect(model.generate(chat)).rejects.toMatchObject({ code: 'provider/unreachable' })
    expect(open.server!.seen).toHaveLength(defaultPatience.tries)
    expect(slept).toEqual([250, 500, 1000, 2000, 4000])
    expect(logged).toHaveLength(1)
  })

  test('a refused key is told at once, names the variable and never the key', async () => {
    const error = { message: `Incorrect API key provided: ${KEY}` }
    const model = await serve((_seen, response) => sendJson(response, { error }, { status: 401 }))
    const failure = await model.generate(chat).catch((thrown) => thrown)
    expect(failure).toMatchObject({ code: 'provider/refused', hint: expect.stringContaining('OPENAI_API_KEY') })
    expect(open.server!.seen).toHaveLength(1)
    const told = [failure.message, failure.stack, failure.cause.stack, JSON.stringify(failure), ...logged].join('\n')
    expect(told).not.toContain(KEY)
  })

  test('an unknown model is told with its name', async () => {
    const model = await serve(failing(404))
    await expect(model.generate(chat)).rejects.toMatchObject({
      code: 'provider/model-missing',
      message: expect.stringContaining("'tiny'"),
    })
  })

  test('a request that the server finds wrong is not repeated', async () => {
    const model = await serve(failing(400, {}, 99))
    await expect(model.generate(chat)).rejects.toMatchObject({ code: 'provider/bad-request' })
    expect(open.server!.seen).toHaveLength(1)
  })

  test('a server that is down is told within two tries, with address and way out', async () => {
    const baseUrl = `http://127.0.0.1:${await closedPort()}/v1`
    const model = await serve(baseUrl)
    await expect(model.generate(chat)).rejects.toMatchObject({
      code: 'provider/unreachable',
      message: expect.stringMatching(new RegExp(`${baseUrl}.*ECONNREFUSED`)),
      hint: expect.stringContaining('--base-url'),
    })
    expect(slept).toHaveLength(defaultPatience.firstTries - 1)
  })

  test('a server that does not answer in time is tried again', async () => {
    const model = await serve((_seen, response, index) => index > 0 && sendJson(response, chatBody('5')), {
      timeoutMs: 100,
    })
    expect((await model.generate(chat)).text).toBe('5')
    expect(open.server!.seen).toHaveLength(2)
  })

  test('a reply that is cut on the wire is asked for again', async () => {
    const model = await serve((_seen, response, index) => {
      if (index > 0) return sendJson(response, chatBody('5'))
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
        .write('{"choices":[{"mess')
      setImmediate(() => response.destroy())
    })
    expect((await model.generate(chat)).text).toBe('5')
  })

  test.each([
    ['broken JSON', 'application/json', '{"choices": [{"message'],
    ['a web page', 'text/html', '<html>welcome</html>'],
    ['JSON of another kind', 'application/json', '{"error": {"message": "upstream is down"}}'],
    ['no choices', 'application/json', '{"choices": []}'],
  ])('%s instead of a reply is tried again, then told', async (_name, type, text) => {
    const model = await serve((_seen, response) => response.writeHead(200, { 'content-type': type }).end(text))
    await expect(model.generate(chat)).rejects.toMatchObject({ code: 'provider/bad-reply' })
    expect(open.server!.seen).toHaveLength(defaultPatience.tries)
  })

  test('an abort in flight ends the request with its reason', async () => {
    const controller = new AbortController()
    const model = await serve(() => controller.abort(new Error('enough')))
    await expect(model.generate(chat, { signal: controller.signal })).rejects.toThrow('enough')
    expect(open.server!.seen).toHaveLength(1)
  })

  test('closing refuses what still waits', async () => {
    const model = await serve(() => {}, { parallel: 1 })
    const first = model.generate(chat).catch((thrown) => thrown)
    const second = model.generate(chat).catch((thrown) => thrown)
    await model.close()
    expect(await second).toMatchObject({ code: 'run/interrupted' })
    expect(await first).toBeInstanceOf(Error)
  })
})

describe('opening', () => {
  const base = { timeoutMs: 1000, threads: 1, parallel: 1, log: () => {} }

  test.each([
    ['without a model', { name: undefined, env: {} }, 'usage/bad-option'],
    ['OpenAI itself without a key', { name: 'gpt-x', env: {} }, 'provider/refused'],
    ['an address that is none', { name: 'x', baseUrl: 'localhost:8000', env: {} }, 'usage/bad-option'],
    ['an address with a key', { name: 'x', baseUrl: 'http://localhost/v1?api_key=b', env: {} }, 'usage/bad-option'],
    ['an address with a password', { name: 'x', baseUrl: 'http://a:b@localhost/v1', env: {} }, 'usage/bad-option'],
  ])('%s is refused before anything is sent', (_name, context, code) => {
    expect(() => findServer({ ...base, ...context })).toThrow(expect.objectContaining({ code }))
  })
})
