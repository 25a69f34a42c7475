import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAtomic, openRows, writeAtomically } from '../../src/store/files.js'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-files-'))
  file = path.join(dir, 'rows.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const row = (i: number) => ({ id: i, text: `é${i}` })
async function tell(count: number, from = 0): Promise<number> {
  const rows = await openRows(file)
  for (let i = from; i < from + count; i++) await rows.write(row(i))
  await rows.close()
  return rows.existing
}
const wanted = (count: number) => Array.from({ length: count }, (_, i) => `${JSON.stringify(row(i))}\n`).join('')

test('a file is replaced as a whole and leaves no draft behind', () => {
  writeAtomically(file, 'old')
  writeAtomically(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(dir)).toEqual(['rows.jsonl'])
})

test('a file that cannot be put in its place leaves the old one and no draft', () => {
  mkdirSync(file)
  expect(() => writeAtomically(file, 'new')).toThrow()
  expect(readdirSync(dir)).toEqual(['rows.jsonl'])
})

test('a long file appears only when it is committed', async () => {
  const kept = await openAtomic(file)
  await kept.write('one\n')
  expect(existsSync(file)).toBe(false)
  await kept.write('two\n')
  await kept.commit()
  await kept.discard()
  const dropped = await openAtomic(file)
  await dropped.write('three\n')
  await dropped.discard()
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
  expect(readdirSync(dir)).toEqual(['rows.jsonl'])
})

test('rows told again are written once', async () => {
  expect(await tell(3)).toBe(0)
  expect(await tell(5)).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe(wanted(5))
})

test('a run that stops before it told every row again keeps the rows that are there', async () => {
  await tell(4)
  await tell(2)
  expect(readFileSync(file, 'utf8')).toBe(wanted(4))
})

test('wherever a crash cut the file, telling all rows again gives the same file', async () => {
  await tell(3)
  const whole = readFileSync(file)
  for (let size = 0; size <= whole.length; size++) {
    writeFileSync(file, whole.subarray(0, size))
    await tell(3)
    expect(readFileSync(file, 'utf8'), `cut at byte ${size}`).toBe(wanted(3))
  }
})

test.each([
  ['changed', (text: string) => text.replace('"id":1', '"id":7')],
  ['emptied', (text: string) => text.replace('\n', '\n\n')],
  ['foreign', () => 'something else\n'],
])('a %s row is written anew with all that follow', async (_name, damage) => {
  await tell(3)
  writeFileSync(file, damage(readFileSync(file, 'utf8')))
  await tell(4)
  expect(readFileSync(file, 'utf8')).toBe(wanted(4))
})

test.skipIf(process.platform !== 'linux')('a full disk is told with the name of the file', async () => {
  symlinkSync('/dev/full', file)
  const rows = await openRows(file)
  await rows.write(row(1))
  await expect(rows.flush()).rejects.toMatchObject({
    code: 'store/full',
    message: expect.stringContaining('rows.jsonl'),
  })
  await rows.close().catch(() => {})
})
