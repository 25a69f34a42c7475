import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { endOrphans, isOwnerless, OWNER_VARIABLE, ownedName, ownerless } from '../../src/sandbox/backends/owner.js'

const linux = process.platform === 'linux'
/** The name that a process which has ended since would have given. */
const deadName = () => ownedName(1).replace(/-\d+-\d+-1$/, `-${spawnSync('true').pid}-1-1`)

test.skipIf(!linux)('what this process made has an owner, what a dead one made has none', () => {
  expect(isOwnerless(ownedName(1))).toBe(false)
  expect(isOwnerless(deadName())).toBe(true)
})

test.skipIf(!linux)('names of another process namespace, and of other programs, are left alone', () => {
  expect(isOwnerless('assay-1-2-3-4')).toBe(false)
  expect(isOwnerless('assay-run-x')).toBe(false)
  const folder = mkdtempSync(path.join(tmpdir(), 'owner-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const dead = deadName()
  for (const name of [dead, ownedName(2), 'else']) writeFileSync(path.join(folder, name), '')
  expect(ownerless(folder)).toEqual([dead])
})

test.skipIf(!linux)('a process that a dead owner left behind is ended, one of a living owner is not', async () => {
  const start = async (owner: string) => {
    const child = spawn('sleep', ['60'], { env: { PATH: '/usr/bin:/bin', [OWNER_VARIABLE]: owner } })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    return child
  }
  const orphan = await start(deadName())
  const owned = await start(ownedName(3))
  endOrphans()
  expect((await once(orphan, 'exit'))[1]).toBe('SIGKILL')
  expect(owned.exitCode).toBeNull()
  expect(owned.signalCode).toBeNull()
})
