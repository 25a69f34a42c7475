import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { firstPlaces } from '../../src/problems/first-places.js'

test('a text that was seen is told with the place where it was first, among any number of others', () => {
  const seen = firstPlaces()
  const rows = 50_000
  for (let n = 0; n < rows; n++) expect(seen(`set/${n}`, `rows.jsonl:${n + 1}`)).toBeUndefined()
  for (let n = 0; n < rows; n += 97) expect(seen(`set/${n}`, 'again.jsonl:1')).toBe(`rows.jsonl:${n + 1}`)
})

test.each([
  'rows.jsonl:1',
  'table: row 20',
  'part-007',
  'x:0',
  'x:00',
  'x:4294967295',
  'x:123456789012345678901',
  'folder of a problem',
  '',
])('the place %j comes back as it was', (where) => {
  const seen = firstPlaces()
  seen('a', where)
  expect(seen('a', 'elsewhere')).toBe(where)
})

test('texts that differ in half a pair of UTF-16, in NUL or in nothing but their length are not the same', () => {
  const texts = ['\ud800', '\ud801', '\ufffd', 'a', 'a\u0000', '\u0000a', '', '\u0000', 'é', 'e\u0301']
  const seen = firstPlaces()
  expect(texts.map((text, index) => seen(text, `:${index}`))).toEqual(texts.map(() => undefined))
  expect(texts.map((text) => seen(text, ':99'))).toEqual(texts.map((_, index) => `:${index}`))
})

test('a text takes some 30 bytes, whatever its length', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heldBytes = () => {
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = heldBytes()
  const seen = firstPlaces()
  const count = 200_000
  for (let n = 0; n < count; n++) seen(`${'a long start of every id '.repeat(4)}${n}`, `/a/long/path/rows.jsonl:${n}`)
  expect((heldBytes() - before) / count).toBeLessThan(40)
  expect(seen('new', 'x:1')).toBeUndefined()
})
