import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cassetteKey, readCassette, recordTo } from '../../src/providers/cassette.js'
import { openModel } from '../../src/providers/open.js'
import type { GenerateRequest } from '../../src/schemas/generate.js'
import type { Model } from '../../src/schemas/ports.js'

const fixture = path.join(import.meta.dirname, '../fixtures/cassettes/smollm2.jsonl')
const folder = mkdtempSync(path.join(tmpdir(), 'assay-cassette-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const fresh = () => path.join(folder, `${files++}.jsonl`)

const open = (file: string): Promise<Model> =>
  openModel({ model: `recorded:${file}`, timeoutMs: 1000, threads: 1, parallel: 4, env: {}, log: () => {} })
const rows = async () => [...(await readCassette(fixture)).rows.values()]

/** The recorded model, counting what it is asked. */
async function counted() {
  const model = await open(fixture)
  const asked: GenerateRequest[] = []
  const generate: Model['generate'] = (request) => {
    asked.push(request)
    return model.generate(request)
  }
  return { asked, model: { ...model, generate } }
}

describe('replay', () => {
  test('gives every recorded request its reply, in any order and twice', async () => {
    const model = await open(fixture)
    const all = await rows()
    expect(all.length).toBeGreaterThanOrEqual(12)
    const replies = await Promise.all(
      [...all]
        .reverse()
        .concat(all)
        .map(({ request }) => model.generate(request)),
    )
    expect(replies).toEqual(
      [...all]
        .reverse()
        .concat(all)
        .map(({ reply }) => reply),
    )
  })

  test('reports the recorded model, what it supports and its versions', async () => {
    const model = await open(fixture)
    expect(model).toMatchObject({
      provider: 'recorded',
      model: 'smollm2-135m',
      supports: { chat: true, completion: true, prefersCompletion: true },
      versions: { recordedFrom: 'local', weights: expect.stringMatching(/^sha256:/) },
    })
  })

  test('a request without a recording names the file and what the nearest one has instead', async () => {
    const model = await open(fixture)
    const { request } = (await rows())[1]!
    await expect(model.generate({ ...request, seed: 99 })).rejects.toMatchObject({
      code: 'provider/no-recording',
      message: expect.stringMatching(/smollm2\.jsonl.* seed \(\d there, 99 here\)$/),
    })
    await expect(model.generate({ ...request, prompt: `${request.prompt} ` })).rejects.toThrow(/prompt from character/)
    const sampling = { ...request.sampling, maxTokens: 5 }
    await expect(model.generate({ ...request, sampling })).rejects.toThrow('maxTokens (96 there, 5 here)')
  })

  test('the key depends on model and request, not on the order of fields', () => {
    const sampling = { temperature: 0, topP: 1, maxTokens: 5, stop: [] }
    const key = cassetteKey('m', { prompt: 'a', sampling, seed: 1 })
    expect(cassetteKey('m', { seed: 1, sampling: { ...sampling }, prompt: 'a' })).toBe(key)
    expect(cassetteKey('n', { prompt: 'a', sampling, seed: 1 })).not.toBe(key)
    expect(cassetteKey('m', { prompt: 'a', sampling, seed: 2 })).not.toBe(key)
  })
})

describe('reading', () => {
  test('leaves out a torn last line', async () => {
    const file = fresh()
    copyFileSync(fixture, file)
    appendFileSync(file, '{"key":"abc","requ')
    const { rows: kept, wholeBytes } = await readCassette(file)
    expect(kept.size).toBe((await rows()).length)
    expect(wholeBytes).toBe(readFileSync(fixture).length)
  })

  test('counts the bytes of a torn line, also when it was cut inside a character', async () => {
    const file = fresh()
    copyFileSync(fixture, file)
    appendFileSync(file, Buffer.from('{"key":"é').subarray(0, -1))
    expect((await readCassette(file)).wholeBytes).toBe(readFileSync(fixture).length)
  })

  test.each([
    ['a missing file', undefined, 'config/missing-file'],
    ['an empty file', '', 'input/malformed'],
    ['a file of something else', '{"a":1}\n', 'input/malformed'],
    ['a broken line', (text: string) => `${text}nonsense\n`, 'input/malformed'],
    ['a row whose request was edited', (text: string) => text.replace('"seed":1', '"seed":41'), 'input/malformed'],
    [
      'a row with a field that may hold secrets',
      (text: string) => text.replace('"key":', '"headers":{},"key":'),
      'input/malformed',
    ],
  ])('%s is told', async (_name, content, code) => {
    const file = fresh()
    const text = typeof content === 'function' ? content(readFileSync(fixture, 'utf8')) : content
    if (text !== undefined) writeFileSync(file, text)
    await expect(readCassette(file)).rejects.toMatchObject({ code, message: expect.stringContaining(file) })
  })
})

describe('recording', () => {
  const clock = { now: () => Date.parse('2026-01-01T00:00:00Z') }

  test('writes what can be replayed, and asks nothing twice, not even after a restart', async () => {
    const file = fresh()
    const { asked, model } = await counted()
    const requests = (await rows()).map(({ request }) => request)
    const first = await recordTo(model, file, clock)
    const replies = await Promise.all([...requests, ...requests].map((request) => first.generate(request)))
    await first.close()
    expect(asked).toHaveLength(requests.length)
    const again = await recordTo(model, file, clock)
    expect(await again.generate(requests[3]!)).toEqual(replies[3])
    expect(asked).toHaveLength(requests.length)
    const replay = await open(file)
    expect(await Promise.all(requests.map((request) => replay.generate(request)))).toEqual(
      replies.slice(0, requests.length),
    )
  })

  test('goes on after a torn line', async () => {
    const file = fresh()
    const { model } = await counted()
    const [a, b] = await rows()
    await (await recordTo(model, file, clock)).generate(a!.request)
    appendFileSync(file, '{"key":')
    await (await recordTo(model, file, clock)).generate(b!.request)
    expect((await readCassette(file)).rows.size).toBe(2)
  })

  test('does not add to the cassette of another model', async () => {
    const { model } = await counted()
    await expect(recordTo({ ...model, model: 'other' }, fixture)).rejects.toMatchObject({ code: 'usage/bad-option' })
  })

  test('a request that failed is not recorded', async () => {
    const file = fresh()
    const { model } = await counted()
    const recorder = await recordTo(model, file, clock)
    const { request } = (await rows())[0]!
    await expect(recorder.generate({ ...request, seed: 99 })).rejects.toThrow()
    expect((await readCassette(file)).rows.size).toBe(0)
  })
})
