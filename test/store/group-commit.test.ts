import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openGroupCommit } from '../../src/store/group-commit.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-group-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('lines that are appended at the same time land in order, each at the place that is told', async () => {
  const writer = await openGroupCommit(dir)
  const lines = Array.from({ length: 500 }, (_, i) => `line ${i} ${'é'.repeat(i % 7)}`)
  const places = await Promise.all(lines.map((line) => writer.append(line)))
  await writer.close()
  const file = readFileSync(path.join(dir, '000001.jsonl'))
  expect(file.toString()).toBe(`${lines.join('\n')}\n`)
  for (const [i, { offset }] of places.entries()) {
    expect(file.subarray(offset, offset + Buffer.byteLength(lines[i]!)).toString()).toBe(lines[i])
  }
})

test('closing waits for what is under way, and nothing can be appended after it', async () => {
  const writer = await openGroupCommit(dir)
  const under = writer.append('one')
  await writer.close()
  await expect(under).resolves.toEqual({ segment: 1, offset: 0 })
  await expect(writer.append('two')).rejects.toThrow('closed')
  expect(readFileSync(path.join(dir, '000001.jsonl'), 'utf8')).toBe('one\n')
})

test.skipIf(process.platform === 'win32')('a write that the disk takes only in part leaves no half line', () => {
  // A real limit of the system on the size of a file: the kernel takes a part of the write, then refuses.
  const module = pathToFileURL(path.resolve('src/store/group-commit.ts')).href
  const script = `
    const { openGroupCommit } = await import('${module}')
    const writer = await openGroupCommit(${JSON.stringify(dir)})
    await writer.append('a'.repeat(900))
    const codes = await Promise.all([1, 2].map(() => writer.append('b'.repeat(900)).then(() => 'written', (e) => e.code)))
    await writer.close()
    console.log(codes.join(' '))`
  const told = execFileSync(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" --import tsx --input-type=module -e "$1"`, process.execPath, script],
    {
      encoding: 'utf8',
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    },
  )
  expect(told.trim()).toBe('store/full store/full')
  expect(readFileSync(path.join(dir, '000001.jsonl'), 'utf8')).toBe(`${'a'.repeat(900)}\n`)
})
