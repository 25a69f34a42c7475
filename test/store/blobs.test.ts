import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/base/hash.js'
import { BlobIndex } from '../../src/store/blob-index.js'
import { openBlobs } from '../../src/store/blobs.js'

let dir: string
let pack: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-blobs-'))
  pack = path.join(dir, 'blobs', '000001.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const texts = ['', 'plain', 'two\nlines\r\n', 'é \u{1F600} \u2028', '"quoted" \\ back', 'x'.repeat(200_000)]

test('every text comes back as it was, now and after opening again', async () => {
  const blobs = await openBlobs(dir)
  const hashes = await Promise.all(texts.map((text) => blobs.put(text)))
  expect(hashes).toEqual(texts.map(sha256))
  for (const [i, hash] of hashes.entries()) expect(await blobs.get(hash)).toBe(texts[i])
  await blobs.close()
  const again = await openBlobs(dir)
  for (const [i, hash] of hashes.entries()) expect(await again.get(hash)).toBe(texts[i])
  await again.close()
})

test('the same text is stored once, whether put at the same time, later or after opening again', async () => {
  const blobs = await openBlobs(dir)
  await Promise.all([blobs.put('same'), blobs.put('same'), blobs.put('other')])
  await blobs.put('same')
  await blobs.close()
  const again = await openBlobs(dir)
  await again.put('same')
  expect(again.size).toBe(2)
  await again.close()
  expect(readFileSync(pack, 'utf8').trimEnd().split('\n')).toHaveLength(2)
})

test('a text that a crash tore is put again and the others stay', async () => {
  const blobs = await openBlobs(dir)
  const kept = await blobs.put('kept')
  const torn = await blobs.put('torn apart')
  await blobs.close()
  writeFileSync(pack, readFileSync(pack).subarray(0, -4))
  const again = await openBlobs(dir)
  await expect(again.get(torn)).rejects.toMatchObject({ code: 'store/corrupt' })
  await again.put('torn apart')
  expect([await again.get(kept), await again.get(torn)]).toEqual(['kept', 'torn apart'])
  await again.close()
})

test('opening only for reading changes nothing on disk', async () => {
  const blobs = await openBlobs(dir)
  const hash = await blobs.put('text')
  await blobs.close()
  appendFileSync(pack, '{"hash":"00')
  const before = readFileSync(pack)
  const reader = await openBlobs(dir)
  expect(await reader.get(hash)).toBe('text')
  await reader.close()
  expect(readFileSync(pack)).toEqual(before)
})

test('a text that was changed on disk is refused, never handed out', async () => {
  const blobs = await openBlobs(dir)
  const hash = await blobs.put('a true answer')
  await blobs.close()
  writeFileSync(pack, readFileSync(pack, 'utf8').replace('true', 'fake'))
  const again = await openBlobs(dir)
  await expect(again.get(hash)).rejects.toMatchObject({ code: 'store/corrupt' })
  await again.close()
})

test('a line that is no stored text is corruption with its line number', async () => {
  const blobs = await openBlobs(dir)
  await blobs.put('one')
  await blobs.close()
  appendFileSync(pack, '{"some":"thing"}\n')
  await expect(openBlobs(dir)).rejects.toThrow(/000001\.jsonl:2: not a stored text/)
})

test('the index finds every one of many keys and no other', () => {
  const index = new BlobIndex()
  const hashes = Array.from({ length: 5_000 }, (_, i) => sha256(String(i)))
  for (const [i, hash] of hashes.entries()) index.set(hash, { segment: 1 + (i % 3), offset: i, length: 2 * i })
  for (const [i, hash] of hashes.entries()) {
    expect(index.get(hash)).toEqual({ segment: 1 + (i % 3), offset: i, length: 2 * i })
  }
  expect(index.get(sha256('other'))).toBeUndefined()
  expect(index.size).toBe(5_000)
})
