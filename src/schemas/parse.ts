/** Turns zod's issues into sentences that name the place and the nearest known key. */
import type { z } from 'zod'
import { AppError, type ErrorCode } from '../base/errors.js'
import { nearest } from '../base/nearest.js'

export interface Defect {
  /** Path in the value, e.g. `curriculum.band.0`; empty for the value itself. */
  readonly path: string
  readonly message: string
  readonly hint?: string
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let node: unknown = schema
  const unwrap = (value: unknown): unknown => {
    let inner = value
    while (inner && typeof inner === 'object') {
      const definition = (inner as { _zod?: { def?: Record<string, unknown> } })._zod?.def
      if (!definition || !('innerType' in definition)) break
      inner = definition.innerType
    }
    return inner
  }
  for (const step of path) {
    const shape = (unwrap(node) as { shape?: Record<string, unknown> } | undefined)?.shape
    if (!shape) return []
    node = shape[String(step)]
  }
  return Object.keys((unwrap(node) as { shape?: object } | undefined)?.shape ?? {})
}

/** One entry per defect; an unknown key is its own entry with the nearest known key as hint. */
export function defects(error: z.ZodError, schema: z.ZodType): Defect[] {
  return error.issues.flatMap((issue): Defect[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.map(String).join('.'), message: issue.message }]
    const known = keysAt(schema, issue.path)
    return issue.keys.map((key) => {
      const guess = nearest(key, known)
      return {
        path: [...issue.path.map(String), key].join('.'),
        message: 'unknown key',
        hint: guess ? `did you mean '${guess}'?` : known.length > 0 ? `known keys: ${known.join(', ')}` : undefined,
      }
    })
  })
}

/**
 * A value by a schema, or an AppError that names where it came from and what is wrong.
 * where: e.g. `my.jsonl:12`.
 */
export function parseAs<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: string,
  code: ErrorCode = 'input/malformed',
): z.infer<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const found = defects(result.error, schema)
  const told = found
    .slice(0, 5)
    .map(({ path, message, hint }) => `${path ? `${path}: ` : ''}${message}${hint ? ` (${hint})` : ''}`)
  throw new AppError(code, {
    message: `${where}: ${told.join('; ')}`,
    hint: found.find((defect) => defect.hint)?.hint,
    details: { where, defects: found },
  })
}

/** JSON text by a schema; text that is no JSON gets the same kind of error. */
export function parseJsonAs<S extends z.ZodType>(
  schema: S,
  text: string,
  where: string,
  code: ErrorCode = 'input/malformed',
): z.infer<S> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError(code, { message: `${where}: not JSON: ${(cause as Error).message}`, cause })
  }
  return parseAs(schema, value, where, code)
}
