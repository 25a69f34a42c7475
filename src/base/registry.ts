import { AppError } from './errors.js'
import { nearest } from './nearest.js'

/**
 * The member of a registry by its id. Throws `usage/bad-option` naming the nearest id and all known ones.
 * what: the noun for the message, e.g. 'backend'.
 */
export function lookup<T>(registry: Readonly<Record<string, T>>, id: string, what: string): T {
  if (Object.hasOwn(registry, id)) return registry[id] as T
  const known = Object.keys(registry)
  const guess = nearest(id, known)
  throw new AppError('usage/bad-option', {
    message: `unknown ${what} '${id}'`,
    hint: `${guess ? `did you mean '${guess}'? ` : ''}known: ${known.join(', ')}`,
    details: { known },
  })
}
