/** The public API of assay: named exports only. */

export type { ErrorCode } from './base/errors.js'
export { AppError, errorCodes } from './base/errors.js'
