import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { load, scratch } from './load.js'

const { readMember } = await load('zip')
const { checkWeights, store } = await load('weights')
const { fromHub } = await load('hub')
const { withLock } = await load('lock')
const { sourceHash } = await load('build')
const { needSpace, diskError } = await load('disk')

const sum = (text: string) => createHash('sha256').update(text).digest('hex')

/** A zip archive with the members stored or deflated; sums are left at zero, which the reader does not look at. */
function zipOf(members: Readonly<Record<string, { text: string; deflate: boolean }>>): Buffer {
  const files: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, { text, deflate }] of Object.entries(members)) {
    const packed = deflate ? deflateRawSync(text) : Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(deflate ? 8 : 0, 8)
    local.writeUInt16LE(name.length, 26)
    // An extra field that the directory does not have, as some writers make them.
    local.writeUInt16LE(4, 28)
    const file = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), packed])
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(deflate ? 8 : 0, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    files.push(file)
    entries.push(entry, Buffer.from(name))
    offset += file.length
  }
  const table = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, table, end])
}

test('a member of a zip archive is read, deflated or stored', async () => {
  const file = path.join(scratch(), 'a.whl')
  const text = 'weights '.repeat(5000)
  writeFileSync(
    file,
    zipOf({ 'p/a': { text: 'other', deflate: true }, 'p/w': { text, deflate: true }, 'p/s': { text, deflate: false } }),
  )
  expect((await buffer(await readMember(file, 'p/w'))).toString()).toBe(text)
  expect((await buffer(await readMember(file, 'p/s'))).toString()).toBe(text)
  await expect(readMember(file, 'p/none')).rejects.toThrow('has no member')
})

test('a file that is no zip archive, or was cut short, is refused in words', async () => {
  const file = path.join(scratch(), 'cut.whl')
  writeFileSync(file, zipOf({ a: { text: 'x'.repeat(100), deflate: false } }).subarray(0, 90))
  await expect(readMember(file, 'a')).rejects.toThrow('not a zip archive, or was cut short')
})

test('what was stored has the pinned sum, or nothing is kept', async () => {
  const folder = scratch()
  const file = path.join(folder, 'w')
  const part = `${file}.part`
  await expect(store(Readable.from([Buffer.from('wrong')]), { part, file, sha256: sum('right') })).rejects.toThrow(
    'sha256 is',
  )
  expect(readdirSync(folder)).toEqual([])
  await store(Readable.from([Buffer.from('ri'), Buffer.from('ght')]), { part, file, sha256: sum('right') })
  expect(readdirSync(folder)).toEqual(['w'])
})

test('weights are hashed once, and again when the file changes', async () => {
  const file = path.join(scratch(), 'w')
  const pinned = { bytes: 5, sha256: sum('right') }
  expect(await checkWeights(file, pinned)).toBe('missing')
  writeFileSync(file, 'righ')
  expect(await checkWeights(file, pinned)).toBe('wrong')
  writeFileSync(file, 'right')
  expect(await checkWeights(file, pinned)).toBe('right')
  expect(existsSync(`${file}.checked`)).toBe(true)
  writeFileSync(file, 'wrong')
  utimesSync(file, new Date(), new Date(Date.now() + 60_000))
  expect(await checkWeights(file, pinned)).toBe('wrong')
})

const weights = { name: 'tiny', file: 'w.gguf', bytes: 10, sha256: sum('0123456789') }
const reply = (text: string, init?: ResponseInit) => new Response(text, init)

test('a download goes on where an earlier one stopped', async () => {
  const file = path.join(scratch(), 'w.gguf')
  writeFileSync(`${file}.part`, '0123')
  const fetch = vi.fn(async () => reply('456789', { status: 206, headers: { 'content-range': 'bytes 4-9/10' } }))
  await fromHub({ weights, file, env: {}, fetch })
  expect(fetch.mock.calls[0]).toMatchObject([expect.any(String), { headers: { range: 'bytes=4-' } }])
  expect(readFileSync(file, 'utf8')).toBe('0123456789')
})

test('a server that cannot resume sends everything, and that is taken from its beginning', async () => {
  const file = path.join(scratch(), 'w.gguf')
  writeFileSync(`${file}.part`, 'zzzz')
  await fromHub({ weights, file, env: {}, fetch: async () => reply('0123456789') })
  expect(readFileSync(file, 'utf8')).toBe('0123456789')
})

test('a part that does not fit any more is asked for again from its beginning', async () => {
  const file = path.join(scratch(), 'w.gguf')
  writeFileSync(`${file}.part`, '0123')
  const replies = [reply('', { status: 416 }), reply('0123456789')]
  await fromHub({ weights, file, env: {}, fetch: async () => replies.shift() })
  expect(readFileSync(file, 'utf8')).toBe('0123456789')
})

test.each([
  ['an answer that is an error', async () => reply('', { status: 404 }), 'answered 404'],
  [
    'a host that is not there',
    async () =>
      Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND', message: 'no such host' } })),
    'ENOTFOUND: no such host',
  ],
  [
    'a host that does not answer',
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    'no answer within 0.02 s',
  ],
])('%s is told in words and leaves no weights', async (_what, fetch, message) => {
  const file = path.join(scratch(), 'w.gguf')
  await expect(fromHub({ weights, file, env: {}, fetch, connectMs: 20 })).rejects.toThrow(message)
  expect(existsSync(file)).toBe(false)
})

test('two set-ups do not work at the same time, and the lock of a dead one is taken over', async () => {
  const file = path.join(scratch(), 'deep/lock')
  mkdirSync(path.dirname(file))
  writeFileSync(file, '999999999')
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} in`)
    await new Promise((resolve) => setImmediate(resolve))
    order.push(`${name} out`)
  }
  await Promise.all([withLock(file, work('a')), withLock(file, work('b'))])
  expect(order.filter((_, i) => i % 2 === 0).map((line) => line.replace('in', 'out'))).toEqual(
    order.filter((_, i) => i % 2 === 1),
  )
  expect(existsSync(file)).toBe(false)
})

test('what is built depends on the contents of the sources, not on their times', async () => {
  const root = scratch()
  mkdirSync(path.join(root, 'src/base'), { recursive: true })
  for (const name of ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'src/base/a.ts']) {
    writeFileSync(path.join(root, name), '{}')
  }
  const first = await sourceHash(root)
  utimesSync(path.join(root, 'src/base/a.ts'), new Date(0), new Date(0))
  expect(await sourceHash(root)).toBe(first)
  writeFileSync(path.join(root, 'src/base/a.ts'), '{} ')
  expect(await sourceHash(root)).not.toBe(first)
})

test('too little space is told with both figures, before anything is written', async () => {
  await expect(needSpace(path.join(scratch(), 'not/there/yet'), 1e18, 'the model', 'free some')).rejects.toThrow(
    /not enough space on the disk for the model: 1000000000.0 GB are needed/,
  )
})

test('a full disk is an environment error with a way out', () => {
  const error = diskError(Object.assign(new Error('write'), { code: 'ENOSPC' }), '/c/w', 'use ASSAY_CACHE')
  expect([error.message, error.hint, error.exitCode]).toEqual([
    'the disk is full: /c/w could not be written',
    'use ASSAY_CACHE',
    3,
  ])
})
