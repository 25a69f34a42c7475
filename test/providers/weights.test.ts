import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sha256 } from '../../src/base/hash.js'
import { findWeights } from '../../src/providers/weights.js'

const folder = mkdtempSync(path.join(tmpdir(), 'assay-weights-'))
afterAll(() => rmSync(folder, { recursive: true }))

const find = (more: { name?: string; modelFile?: string; env?: Record<string, string> }) =>
  findWeights({
    name: undefined,
    timeoutMs: 1000,
    threads: 1,
    parallel: 1,
    log: () => {},
    ...more,
    env: { ASSAY_CACHE: folder, ...more.env },
  })

test('missing weights are told with the command that fetches them', async () => {
  await expect(find({})).rejects.toMatchObject({
    code: 'provider/model-missing',
    message: expect.stringContaining(path.join(folder, 'models')),
    hint: expect.stringContaining('npm run setup'),
  })
})

test('weights that are not the published ones are refused', async () => {
  mkdirSync(path.join(folder, 'models'), { recursive: true })
  const file = path.join(folder, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf')
  writeFileSync(file, 'half a download')
  await expect(find({})).rejects.toMatchObject({
    code: 'provider/model-missing',
    message: expect.stringContaining('15 bytes'),
  })
  rmSync(file)
})

test('an unknown model of the local provider is told with the nearest one', async () => {
  await expect(find({ name: 'smollm2-135' })).rejects.toMatchObject({
    code: 'usage/bad-option',
    hint: expect.stringContaining("'local:smollm2-135m'"),
  })
})

test('a file of the user wins over the default weights, the option over the environment', async () => {
  const [mine, other] = ['mine.gguf', 'other.GGUF'].map((name) => path.join(folder, name))
  writeFileSync(mine!, 'mine')
  writeFileSync(other!, 'other')
  const env = { ASSAY_MODEL_FILE: other! }
  expect(await find({ env })).toEqual({ id: 'other', path: other, sizeBytes: 5, sha256: sha256('other') })
  expect(await find({ env, modelFile: mine })).toMatchObject({ id: 'mine', path: mine })
  expect(await find({ env, name: 'named' })).toMatchObject({ id: 'named', path: other })
})

test('a file of the user that is not there is told with where it was named', async () => {
  const gone = path.join(folder, 'gone.gguf')
  await expect(find({ modelFile: gone })).rejects.toMatchObject({ message: expect.stringContaining('--model-file') })
  await expect(find({ env: { ASSAY_MODEL_FILE: gone } })).rejects.toMatchObject({
    message: expect.stringContaining('ASSAY_MODEL_FILE'),
  })
})
