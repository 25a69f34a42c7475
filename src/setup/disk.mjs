import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { SetupError, size } from './say.mjs'

/** Throws a SetupError when the disk that holds `folder` (or its nearest parent) lacks `bytes`. */
export async function needSpace(folder, bytes, what, hint) {
  const free = await freeBytes(folder)
  if (free >= bytes) return
  throw new SetupError(
    `not enough space on the disk for ${what}: ${size(bytes)} are needed in ${folder}, ${size(free)} are free`,
    hint,
  )
}

async function freeBytes(folder) {
  let there = path.resolve(folder)
  while (!existsSync(there)) there = path.dirname(there)
  const { bavail, bsize } = await statfs(there)
  return bavail * bsize
}

/** An error of the file system as a SetupError; anything else as it is. */
export function diskError(error, what, hint) {
  if (error?.code === 'ENOSPC' || error?.code === 'EDQUOT') {
    return new SetupError(`the disk is full: ${what} could not be written`, hint)
  }
  if (error?.code === 'EACCES' || error?.code === 'EROFS' || error?.code === 'EPERM') {
    return new SetupError(`${what} could not be written: ${error.message}`, hint)
  }
  return error
}
