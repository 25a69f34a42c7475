import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheDir } from '../../src/base/paths.js'
import { type CassetteRow, readCassette } from '../../src/providers/cassette.js'
import { providers } from '../../src/providers/index.js'
import { openModel } from '../../src/providers/open.js'
import { type GenerateReply, type GenerateRequest, generateReplySchema } from '../../src/schemas/generate.js'
import type { Model } from '../../src/schemas/ports.js'
import { chatBody, type FakeServer, fakeServer, sendJson } from '../providers/fake-server.js'

const fixture = path.join(import.meta.dirname, '../fixtures/cassettes/smollm2.jsonl')
const weights = path.join(cacheDir(process.env), 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf')
const rows = [...(await readCassette(fixture)).rows.values()]
const chats = rows.filter(({ request }) => request.messages)
const completions = rows.filter(({ request }) => request.prompt)
const options = { timeoutMs: 120_000, threads: 1, parallel: 8, env: process.env, log: () => {} }

interface Harness {
  /** Why it cannot run here; undefined when it can. */
  readonly missing?: string
  open(): Promise<Model>
  close?(): Promise<void>
}

const servers: FakeServer[] = []
/** How each registered provider is opened in this suite. A provider without a harness fails. */
const harnesses: Record<string, Harness> = {
  recorded: { open: () => openModel({ ...options, model: `recorded:${fixture}` }) },
  openai: {
    async open() {
      // Answers with what the real model was recorded to say.
      const server = await fakeServer(({ body }, response) => {
        const row = rows.find(({ request }) => request.seed === body.seed && sameText(request, body)) as CassetteRow
        const { text, usage, finishReason } = row.reply
        const counts = { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens }
        const choice = body.prompt === undefined ? { message: { content: text } } : { text }
        const choices = [{ ...choice, finish_reason: finishReason }]
        sendJson(response, chatBody(null, { choices, usage: counts }))
      })
      servers.push(server)
      return openModel({ ...options, model: 'openai:smollm2-135m', baseUrl: server.baseUrl, env: {} })
    },
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  },
  local: {
    ...(existsSync(weights) ? {} : { missing: 'the weights of the local model are not here (npm run setup)' }),
    open: () => openModel({ ...options, model: 'local' }),
  },
}

const sameText = ({ prompt, messages }: GenerateRequest, body: Record<string, unknown>) =>
  prompt === undefined ? JSON.stringify(messages) === JSON.stringify(body.messages) : prompt.trimEnd() === body.prompt

const told = ({ text, usage, finishReason }: GenerateReply) => ({ text, usage, finishReason })

test('every registered provider is known to this suite and stands under its own id', () => {
  expect(Object.keys(harnesses).sort()).toEqual(Object.keys(providers).sort())
  for (const [id, provider] of Object.entries(providers)) expect(provider.id).toBe(id)
})

test('an unknown provider is told with the known ones', async () => {
  await expect(openModel({ ...options, model: 'opnai:x' })).rejects.toMatchObject({
    code: 'usage/bad-option',
    hint: expect.stringMatching(/did you mean 'openai'.*known: local, openai, recorded/),
  })
})

describe.each(Object.entries(harnesses))('%s', (_id, harness) => {
  let model: Model
  beforeAll(async () => {
    if (!harness.missing) model = await harness.open()
  })
  afterAll(async () => {
    await model?.close()
    await harness.close?.()
  })
  const check = (name: string, body: () => Promise<void>) =>
    test(harness.missing ? `${name} (skipped: ${harness.missing})` : name, { skip: Boolean(harness.missing) }, body)

  check('says what it is and what it can do', async () => {
    expect(model.model).toBe('smollm2-135m')
    expect(model.supports.chat || model.supports.completion).toBe(true)
    expect(model.parallel).toBeGreaterThanOrEqual(1)
    expect(Object.values(model.versions).every((version) => typeof version === 'string')).toBe(true)
  })

  check('answers chats and completions, and counts tokens', async () => {
    for (const { request } of [chats.at(-1)!, completions[0]!]) {
      const reply = generateReplySchema.parse(await model.generate(request))
      expect(reply.usage.promptTokens).toBeGreaterThan(0)
      expect(reply.usage.completionTokens).toBeGreaterThan(0)
    }
  })

  check('gives the same reply to the same request, whatever is asked at the same time and before', async () => {
    const some = [...completions.slice(0, 6), ...chats.slice(-2)].map(({ request }) => request)
    const [together, reversed] = [
      await Promise.all(some.map((request) => model.generate(request))),
      await Promise.all([...some].reverse().map((request) => model.generate(request))),
    ]
    const alone: GenerateReply[] = []
    for (const request of some) alone.push(await model.generate(request))
    expect(reversed.reverse().map(told)).toEqual(together.map(told))
    expect(alone.map(told)).toEqual(together.map(told))
  })

  check('ends at a stop text and at the limit', async () => {
    const stopped = await model.generate(completions[0]!.request)
    expect(stopped.finishReason).toBe('stop')
    for (const stop of completions[0]!.request.sampling.stop) expect(stopped.text).not.toContain(stop)
    const limited = chats.find(({ reply }) => reply.finishReason === 'length')!
    const reply = await model.generate(limited.request)
    expect(reply).toMatchObject({ finishReason: 'length', usage: { completionTokens: 24 } })
  })

  check('an aborted request ends with the reason of its signal, and the model still answers', async () => {
    const { request } = completions[0]!
    await expect(model.generate(request, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect(told(await model.generate(request))).toEqual(told(await model.generate(request)))
  })

  check('may be closed twice', async () => {
    const another = await harness.open()
    await another.close()
    await another.close()
  })
})
