import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Where weights are kept between runs and checkouts; the same rule as cacheDir in src/base/paths.ts. */
export function modelsDir(env) {
  const cache = env.ASSAY_CACHE
    ? path.resolve(env.ASSAY_CACHE)
    : path.join(env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache'), 'assay')
  return path.join(cache, 'models')
}
