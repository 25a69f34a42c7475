import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, sandboxes/ and problem-sets/; the same from src/ and from dist/. */
export const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Where what was fetched once is kept between runs and checkouts (weights, compiled programs). */
export function cacheDir(env: Readonly<Record<string, string | undefined>>): string {
  if (env.ASSAY_CACHE) return path.resolve(env.ASSAY_CACHE)
  return path.join(env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache'), 'assay')
}
