import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readLines } from '../../src/base/jsonl.js'
import { cacheDir } from '../../src/base/paths.js'
import { LocalProcess } from '../../src/providers/local-process.js'
import { openModel } from '../../src/providers/open.js'
import { samplingSchema } from '../../src/schemas/generate.js'

const weights = path.join(cacheDir(process.env), 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf')
const missing = existsSync(weights) ? '' : ' (skipped: the weights of the local model are not here, see npm run setup)'
const folder = mkdtempSync(path.join(tmpdir(), 'assay-local-'))
afterAll(() => rmSync(folder, { recursive: true }))

const logged: string[] = []
const options = {
  timeoutMs: 60_000,
  threads: 1,
  parallel: 4,
  log: (line: string) => void logged.push(line),
}
const ask = (seed: number, maxTokens = 24) => ({
  prompt: 'def add(a, b):\n    """Return the sum of a and b."""\n    return a + b\n\n\ndef double(x):',
  sampling: samplingSchema.parse({ maxTokens }),
  seed,
})

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a file that is no model is told with the reason of the runtime', async () => {
  const modelFile = path.join(folder, 'junk.gguf')
  writeFileSync(modelFile, 'this is no model')
  await expect(openModel({ ...options, model: 'local', env: {}, modelFile })).rejects.toMatchObject({
    code: 'provider/unreachable',
    message: expect.stringMatching(/the local model's process .*: .+/),
    details: { modelFile },
  })
})

test('a request to a closed process is refused', async () => {
  const closed = new LocalProcess({ modelFile: '', threads: 1, parallel: 1, timeoutMs: 1000, log: () => {} })
  await closed.close()
  await expect(closed.ask(ask(1))).rejects.toMatchObject({ code: 'run/interrupted' })
})

describe.skipIf(missing)(`with the real model${missing}`, () => {
  // One process for all: loading takes seconds.
  const model = new LocalProcess({ ...options, modelFile: weights })
  afterAll(() => model.close())

  test('a killed child is started again and the same replies come', async () => {
    const expected = await Promise.all([1, 2, 3].map((seed) => model.ask(ask(seed))))
    const again = Promise.all([1, 2, 3].map((seed) => model.ask(ask(seed))))
    process.kill(model.pid!, 'SIGKILL')
    expect((await again).map(({ text }) => text)).toEqual(expected.map(({ text }) => text))
    expect(logged.at(-1)).toMatch(/was killed by SIGKILL; starting it again/)
  })

  test('a child that dies twice over one batch is told', async () => {
    const reply = model.ask(ask(1, 900)).catch((thrown) => thrown)
    const first = model.pid!
    process.kill(first, 'SIGKILL')
    await expect.poll(() => model.pid !== undefined && model.pid !== first).toBe(true)
    process.kill(model.pid!, 'SIGKILL')
    expect(await reply).toMatchObject({ code: 'provider/unreachable' })
  })

  test('a prompt longer than the context is refused, and the others go on', async () => {
    const long = { ...ask(1), prompt: 'word '.repeat(2000) }
    const [refused, reply] = await Promise.allSettled([model.ask(long), model.ask(ask(2))])
    expect(refused).toMatchObject({ reason: { code: 'provider/bad-request' } })
    expect(reply.status).toBe('fulfilled')
  })

  test('an abort in flight leaves the other replies as they are', async () => {
    const expected = await model.ask(ask(5, 60))
    const controller = new AbortController()
    const aborted = model.ask(ask(6, 900), controller.signal).catch((thrown) => thrown)
    const kept = model.ask(ask(5, 60))
    controller.abort(new Error('enough'))
    expect(await aborted).toMatchObject({ message: 'enough' })
    expect((await kept).text).toBe(expected.text)
  })

  test('the child dies with its parent, however that ends', async () => {
    const script = path.join(folder, 'parent.mts')
    writeFileSync(
      script,
      `import { LocalProcess } from ${JSON.stringify(path.resolve('src/providers/local-process.ts'))}
       const model = new LocalProcess(${JSON.stringify({ ...options, modelFile: weights })})
       await model.ready()
       console.log(model.pid)
       setInterval(() => {}, 1000)`,
    )
    const tsx = createRequire(import.meta.url).resolve('tsx')
    const parent = spawn(process.execPath, ['--import', tsx, script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let child = 0
    for await (const line of readLines(parent.stdout)) {
      child = Number(line.text)
      break
    }
    expect(isAlive(child)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false)
  })
})
