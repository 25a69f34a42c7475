import { mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './say.mjs'

const POLL_MS = 300

/**
 * Runs `work` while this process alone holds the lock file, so that two set-ups started together do not write the same
 * folder. The file names its holder; the lock of a process that is gone is taken over.
 */
export async function withLock(file, work) {
  await mkdir(path.dirname(file), { recursive: true })
  let told = false
  while (!(await take(file))) {
    const holder = Number(await readFile(file, 'utf8').catch(() => ''))
    if (holder > 0 && !isAlive(holder)) {
      await rm(file, { force: true })
      continue
    }
    if (!told) say(`waiting for another set-up${holder > 0 ? ` (process ${holder})` : ''} to finish`)
    told = true
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function take(file) {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
