import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AppError } from '../../src/base/errors.js'
import { acquireLock, describeSelf, type Holder } from '../../src/store/lock.js'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-lock-'))
  file = path.join(dir, 'lock')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function refusal(): AppError | undefined {
  try {
    acquireLock(dir).release()
    return undefined
  } catch (error) {
    return error as AppError
  }
}
const leave = (holder: Partial<Holder>) =>
  writeFileSync(file, JSON.stringify({ ...describeSelf(), id: 'before', ...holder }))
/** A pid that was in use a moment ago and is not any more. */
const deadPid = () => Number(execFileSync('bash', ['-c', 'echo $$'], { encoding: 'utf8' }))

test('a free folder is taken, names its holder, and is free again after release', () => {
  const lock = acquireLock(dir)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
  lock.release()
  lock.release()
  expect(readdirSync(dir)).toEqual([])
})

test('a folder that is not there yet is made', () => {
  const fresh = path.join(dir, 'new', 'run')
  acquireLock(fresh).release()
  expect(readdirSync(fresh)).toEqual([])
})

test('a living holder is named', () => {
  const lock = acquireLock(dir)
  const error = refusal()
  expect(error?.code).toBe('store/locked')
  expect(error?.message).toContain(`process ${process.pid}`)
  lock.release()
  expect(refusal()).toBeUndefined()
})

test("a dead holder's lock is taken over and leaves nothing behind", () => {
  leave({ pid: deadPid() })
  const lock = acquireLock(dir)
  expect(readdirSync(dir)).toEqual(['lock'])
  lock.release()
  expect(readdirSync(dir)).toEqual([])
})

test.skipIf(process.platform !== 'linux')('a pid that now belongs to another process does not keep the lock', () => {
  leave({ startTime: '1' })
  expect(refusal()).toBeUndefined()
})

test('a lock from before the last start of the machine is taken over', () => {
  leave({ bootId: 'another boot', pid: process.pid })
  expect(refusal()).toBeUndefined()
})

test('a holder on another machine keeps the lock as long as it shows that it lives', () => {
  leave({ bootId: 'elsewhere', host: 'other-machine', pid: 4242 })
  const error = refusal()
  expect(error?.message).toContain('process 4242 on other-machine')
  expect(error?.hint).toContain(file)
  const longAgo = new Date(Date.now() - 3_600_000)
  utimesSync(file, longAgo, longAgo)
  expect(refusal()).toBeUndefined()
})

test('a lock file that cannot be read is not removed by itself', () => {
  writeFileSync(file, 'garbage')
  expect(refusal()).toMatchObject({ code: 'store/locked', hint: expect.stringContaining('delete that file') })
})

test('a taker that died while it took over does not block the next one', () => {
  leave({ pid: deadPid() })
  writeFileSync(`${file}.before`, JSON.stringify({ ...describeSelf(), id: 'taker', pid: deadPid() }))
  expect(refusal()).toBeUndefined()
  expect(readdirSync(dir)).toEqual([])
})

test.skipIf(process.platform === 'win32')(
  'of many that find a dead holder at once, one has the lock at a time',
  async () => {
    leave({ pid: deadPid() })
    const module = pathToFileURL(path.resolve('src/store/lock.ts')).href
    // Each taker notes when it went in and out; two at once would show as "in in" in the common file.
    const script = `
    import { appendFileSync } from 'node:fs'
    const { acquireLock } = await import('${module}')
    const journal = ${JSON.stringify(path.join(dir, 'journal'))}
    for (let i = 0; i < 300; i++) {
      try {
        const lock = acquireLock(${JSON.stringify(dir)})
        appendFileSync(journal, 'in ' + process.pid + '\\n')
        appendFileSync(journal, 'out ' + process.pid + '\\n')
        lock.release()
      } catch (error) { if (error.code !== 'store/locked') throw error }
    }
    process.kill(process.pid, 'SIGKILL')`
    const takers = Array.from(
      { length: 4 },
      () =>
        new Promise<string>((resolve) => {
          const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
            stdio: ['ignore', 'ignore', 'pipe'],
          })
          let told = ''
          child.stderr.on('data', (data) => {
            told += data
          })
          child.on('exit', () => resolve(told))
        }),
    )
    expect((await Promise.all(takers)).join('')).toBe('')
    const journal = readFileSync(path.join(dir, 'journal'), 'utf8').trimEnd().split('\n')
    expect(journal.length).toBeGreaterThan(8)
    for (let i = 0; i < journal.length; i += 2) {
      expect(journal[i + 1]).toBe(journal[i]!.replace('in', 'out'))
    }
  },
)
