/** Our own failures. A candidate that fails is a Verdict, never an AppError. Each code is explained in errors.md. */

export const errorCodes = {
  'usage/bad-option': 2,
  'config/invalid': 2,
  'config/changed': 2,
  'config/missing-file': 2,
  'input/malformed': 2,
  'problems/malformed-row': 2,
  'problems/unknown-id': 2,
  'problems/set-missing': 2,
  'problems/set-changed': 2,
  'provider/unreachable': 3,
  'provider/refused': 3,
  'provider/bad-request': 1,
  'provider/bad-reply': 1,
  'provider/no-recording': 3,
  'provider/model-missing': 3,
  'sandbox/backend-missing': 3,
  'sandbox/not-isolated': 2,
  'sandbox/agent-died': 1,
  'sandbox/protocol': 1,
  'sandbox/image': 3,
  'sandbox/language-missing': 3,
  'store/locked': 2,
  'store/corrupt': 1,
  'store/full': 3,
  'store/denied': 3,
  'metrics/bad-count': 1,
  'run/interrupted': 130,
  'internal/bug': 1,
} as const

export type ErrorCode = keyof typeof errorCodes

export interface AppErrorInit {
  /** What happened. */
  message: string
  /** What to do next. */
  hint?: string
  /** Facts for machines. */
  details?: Readonly<Record<string, unknown>>
  cause?: unknown
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, { message, hint, details = {}, cause }: AppErrorInit) {
    super(message, { cause })
    this.name = 'AppError'
    this.code = code
    this.hint = hint
    this.details = details
  }

  /** Process exit code, contracts.md §10. */
  get exitCode(): number {
    return errorCodes[this.code]
  }
}

/** Any thrown value as an AppError; typed ones pass through, file-system trouble gets its own code, the rest is a bug of ours. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const system = error as NodeJS.ErrnoException
  if (system?.code === 'ENOSPC' || system?.code === 'EDQUOT') {
    return new AppError('store/full', {
      message: `no space left on the disk${system.path ? ` (${system.path})` : ''}`,
      // True of every command: what was done so far is continued by some, and begun anew by others.
      hint: 'free some space and run the same command again',
      cause: error,
    })
  }
  const denied = system?.code === undefined ? undefined : denial(system)
  if (denied) {
    const hint = 'name a file or folder that you may write to'
    return new AppError('store/denied', { message: denied, hint, cause: error })
  }
  return new AppError('internal/bug', {
    message: error instanceof Error ? error.message : String(error),
    hint: 'this is a defect in assay; run again with ASSAY_DEBUG=1 for the stack and report it',
    cause: error,
  })
}

/** Why the file system refused, as a sentence that names the path; undefined for another kind of trouble. */
function denial({ code, syscall, path, message }: NodeJS.ErrnoException): string | undefined {
  const place = path ?? 'the file'
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return path ? `no permission for ${place}${syscall ? ` (${syscall})` : ''}` : message
    case 'EROFS':
      return `${place} lies on a file system that is read-only`
    case 'ENOTDIR':
      return `${place}: what should be a folder on this path is a file`
    case 'EEXIST':
      return syscall === 'mkdir' ? `${place} is to be a folder, but is a file` : `${place} is there already`
    case 'EISDIR':
      return `${place} is a folder, where a file is expected`
    case 'ENOENT':
      return syscall === 'mkdir' ? `the folder ${place} cannot be made here` : undefined
    default:
      return undefined
  }
}

export function assertNever(value: never): never {
  throw new Error(`unexpected variant: ${JSON.stringify(value)}`)
}
