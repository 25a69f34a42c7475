/** Finds the weights of the local model and says how to get them. It fetches nothing: that is `npm run setup`. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'
import { cacheDir, packageRoot } from '../base/paths.js'
import { parseJsonAs } from '../schemas/parse.js'
import type { OpenContext } from './provider.js'

/** src/setup/weights.json; the set-up reads the same file. */
const weightsSchema = z.object({
  id: z.string(),
  file: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
})

export interface Weights {
  readonly id: string
  readonly path: string
  readonly sizeBytes: number
  /** Of the whole file, lower-case hex. For the default weights it was compared with the pinned one. */
  readonly sha256: string
}

/**
 * The weights that `local[:name]` means: `--model-file`, else ASSAY_MODEL_FILE, else the default ones in the cache.
 * Throws `provider/model-missing` when the file is not there or not what was pinned.
 */
export async function findWeights({ name, modelFile, env }: OpenContext): Promise<Weights> {
  const given = modelFile ?? env.ASSAY_MODEL_FILE
  if (given) {
    const file = path.resolve(given)
    const told = modelFile ? '--model-file' : 'ASSAY_MODEL_FILE'
    const missing = `${told} names a file that is not there: ${file}`
    const sizeBytes = await sizeOf(file, missing, 'give the path of a GGUF file')
    const id = name ?? path.basename(file).replace(/\.gguf$/i, '')
    return { id, path: file, sizeBytes, sha256: await digest(file) }
  }
  const pinnedFile = path.join(packageRoot, 'src/setup/weights.json')
  const pinned = parseJsonAs(weightsSchema, await readFile(pinnedFile, 'utf8'), pinnedFile)
  if (name !== undefined && name !== pinned.id) throw unknownName(name, pinned.id)
  const file = path.join(cacheDir(env), 'models', pinned.file)
  const hint = `run \`npm run setup\`, or name a GGUF file with --model-file or ASSAY_MODEL_FILE`
  const bytes = await sizeOf(file, `the weights of ${pinned.id} are not in ${path.dirname(file)}`, hint)
  const sha256 = bytes === pinned.bytes ? await digest(file) : undefined
  if (sha256 !== pinned.sha256) {
    throw new AppError('provider/model-missing', {
      message: `${file} is not the published file (${bytes} bytes, sha256 ${sha256 ?? 'not computed'})`,
      hint: 'delete it and run `npm run setup`',
      details: { expected: { bytes: pinned.bytes, sha256: pinned.sha256 } },
    })
  }
  return { id: pinned.id, path: file, sizeBytes: bytes, sha256 }
}

function unknownName(name: string, known: string): AppError {
  return new AppError('usage/bad-option', {
    message: `the local provider has no model '${name}'`,
    hint: `${nearest(name, [known]) ? `did you mean 'local:${known}'?` : `known: local:${known}`}; other weights: --model-file FILE.gguf`,
  })
}

async function sizeOf(file: string, message: string, hint: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile()) return found.size
  throw new AppError('provider/model-missing', { message, hint, details: { file } })
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
