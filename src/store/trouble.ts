import { AppError, toAppError } from '../base/errors.js'

/** A failed write or read as an AppError that names the file. A file-size limit counts as a full disk. */
export function storeError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error
  const system = error as NodeJS.ErrnoException
  if (typeof system?.code !== 'string') return toAppError(error)
  return toAppError(
    Object.assign(system, { path: system.path ?? file, code: system.code === 'EFBIG' ? 'EDQUOT' : system.code }),
  )
}

/** A stored file that does not say what we wrote. */
export function corrupt(file: string, line: number, message: string): AppError {
  return new AppError('store/corrupt', {
    message: `${file}:${line}: ${message}`,
    hint: 'the file was changed or damaged after it was written: restore it from a copy, or start a new run with another --out',
    details: { file, line },
  })
}
