import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** What set-up fetches: see weights.json. */
export async function pinnedWeights() {
  return JSON.parse(await readFile(new URL('./weights.json', import.meta.url), 'utf8'))
}

export async function sha256Of(file) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

const stampOf = (file) => `${file}.checked`

/**
 * 'right', 'missing' or 'wrong'. A file is hashed once: then size and time of change are noted beside it.
 * The provider hashes it again when it loads it.
 */
export async function checkWeights(file, { bytes, sha256 }) {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return 'missing'
  if (found.size !== bytes) return 'wrong'
  const stamp = `${sha256} ${found.size} ${found.mtimeMs}\n`
  if ((await readFile(stampOf(file), 'utf8').catch(() => '')) === stamp) return 'right'
  if ((await sha256Of(file)) !== sha256) return 'wrong'
  await writeFile(stampOf(file), stamp).catch(() => {})
  return 'right'
}

/** Thrown when what arrived is not the pinned file. */
export class WrongSum extends Error {}

/**
 * Writes a stream to `part`, hashing on the way, and renames it to `file` when the sum is the pinned one.
 * resumed: the hash of what `part` holds already, when the stream continues it; onBytes: told each chunk's length.
 */
export async function store(stream, { part, file, sha256, resumed, onBytes = () => {} }) {
  const hash = resumed ?? createHash('sha256')
  await pipeline(
    stream,
    async function* (source) {
      for await (const chunk of source) {
        hash.update(chunk)
        onBytes(chunk.length)
        yield chunk
      }
    },
    createWriteStream(part, { flags: resumed ? 'a' : 'w' }),
  )
  const sum = hash.digest('hex')
  if (sum !== sha256) {
    await rm(part, { force: true })
    throw new WrongSum(`sha256 is ${sum}, not ${sha256}`)
  }
  await rename(part, file)
}
