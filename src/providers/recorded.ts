/** Replays a cassette: the same request gives the same reply, in any order and at any concurrency. */
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { type GenerateRequest, generateRequestSchema } from '../schemas/generate.js'
import type { Model } from '../schemas/ports.js'
import { type Cassette, cassetteKey, readCassette } from './cassette.js'
import type { OpenContext, Provider } from './provider.js'
import { commonPrefixLength, differences } from './request-difference.js'

async function open({ name, parallel }: OpenContext): Promise<Model> {
  if (!name) {
    const hint = 'write recorded:FILE'
    throw new AppError('usage/bad-option', { message: 'the recorded provider needs the file of a cassette', hint })
  }
  const file = path.resolve(name)
  const cassette = await readCassette(file)
  const { header } = cassette
  return {
    provider: 'recorded',
    model: header.model,
    supports: header.supports,
    parallel,
    versions: { ...header.versions, recordedFrom: header.provider },
    async generate(request, { signal } = {}) {
      signal?.throwIfAborted()
      const exact = generateRequestSchema.parse(request)
      const row = cassette.rows.get(cassetteKey(header.model, exact))
      if (!row) throw noRecording(file, cassette, exact)
      return row.reply
    },
    close: async () => {},
  }
}

function noRecording(file: string, cassette: Cassette, request: GenerateRequest): AppError {
  let nearest: { key: string; differences: string[] } | undefined
  let best = Number.NEGATIVE_INFINITY
  for (const { key, request: there } of cassette.rows.values()) {
    const found = differences(there, request)
    const score = commonPrefixLength(textOf(there), textOf(request)) - found.length
    if (score <= best) continue
    best = score
    nearest = { key, differences: found }
  }
  const told = nearest ? `; the nearest one differs in ${nearest.differences.join(', ')}` : '; it holds none at all'
  return new AppError('provider/no-recording', {
    message: `${file} has no reply to this request${told}`,
    hint: 'record again with the same problems, recipe, sampling and seed, or give the model that was recorded',
    details: { file, key: cassetteKey(cassette.header.model, request), nearest },
  })
}

const textOf = ({ prompt, messages }: GenerateRequest) => prompt ?? JSON.stringify(messages)

export const recorded = {
  id: 'recorded',
  summary: 'replies that were recorded before (recorded:FILE)',
  open,
} satisfies Provider
