import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorCodes, toAppError } from '../../src/base/errors.js'
import { canonicalJson, hashOf } from '../../src/base/hash.js'
import { readLines } from '../../src/base/jsonl.js'
import { nearest } from '../../src/base/nearest.js'
import { lookup } from '../../src/base/registry.js'
import { rng } from '../../src/base/rng.js'

test('every error code stands in errors.md, and every code there exists', () => {
  const told = [...readFileSync('src/base/errors.md', 'utf8').matchAll(/^\| `([a-z]+\/[a-z-]+)` \| (\d+) \|/gm)]
  expect(Object.fromEntries(told.map(([, code, exit]) => [code, Number(exit)]))).toEqual(errorCodes)
})

test('a full disk is its own error, and an unknown one is a bug of ours', () => {
  const full = toAppError(Object.assign(new Error('write'), { code: 'ENOSPC', path: '/x' }))
  expect(full).toMatchObject({ code: 'store/full', message: 'no space left on the disk (/x)' })
  // It holds for every command: one that continues says so itself.
  expect(full.hint).toBe('free some space and run the same command again')
  expect(toAppError(new Error('boom')).code).toBe('internal/bug')
  expect(toAppError('text').message).toBe('text')
})

test.each([
  ['ENOTDIR', 'open', '/file/sub', /^\/file\/sub: .* is a file$/],
  ['EEXIST', 'mkdir', '/file', /^\/file is to be a folder, but is a file$/],
  ['EISDIR', 'open', '/folder', /^\/folder is a folder/],
  ['EROFS', 'mkdir', '/ro/new', /^\/ro\/new .*read-only$/],
  ['ENOENT', 'mkdir', '/proc/new', /\/proc\/new cannot be made/],
  ['EACCES', 'open', '/secret', /^no permission for \/secret \(open\)$/],
])('a folder or file that cannot be written (%s of %s) is told by its path', (code, syscall, place, told) => {
  const error = toAppError(Object.assign(new Error('trouble'), { code, syscall, path: place }))
  expect(error).toMatchObject({ code: 'store/denied', message: expect.stringMatching(told) })
})

test('a file that is missing where it was to be read is a bug of ours', () => {
  expect(toAppError(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open', path: '/x' })).code).toBe(
    'internal/bug',
  )
})

test('objects with the same content have one hash, whatever the order of their keys', () => {
  expect(canonicalJson({ b: 1, a: [{ d: 2, c: undefined }] })).toBe('{"a":[{"d":2}],"b":1}')
  expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
})

describe('rng', () => {
  test('the same seed and path give the same stream, another path another one', () => {
    const five = (...path: (string | number)[]) => Array.from({ length: 5 }, rng(7, ...path).next)
    expect(five('a', 1)).toEqual(five('a', 1))
    expect(five('a', 1)).not.toEqual(five('a', 2))
  })
  test('integers stay within both ends and reach them', () => {
    const stream = rng(1)
    const seen = new Set(Array.from({ length: 300 }, () => stream.int(-1, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
  })
  test('a shuffle keeps every element', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        expect(rng(seed).shuffle(items).sort()).toEqual([...items].sort())
      }),
    )
  })
})

describe('readLines', () => {
  const lines = async (chunks: Uint8Array[], maxBytes?: number) => {
    const found = []
    for await (const line of readLines(Readable.from(chunks), maxBytes)) found.push(line)
    return found
  }
  test('lines come out the same, however the bytes are cut', async () => {
    const bytes = Buffer.from('{"a":"ü"}\n\n  \nlast')
    const whole = await lines([bytes])
    expect(whole).toEqual([
      { number: 1, text: '{"a":"ü"}', torn: false, bytes: 10 },
      { number: 4, text: 'last', torn: true, bytes: 4 },
    ])
    expect(await lines([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole)
  })
  test('a line that is too long is refused with its number', async () => {
    await expect(lines([Buffer.from('ok\n'), Buffer.alloc(200, 0x61)], 100)).rejects.toThrow(
      'line 2 is longer than 100 bytes',
    )
  })
})

test.each([
  ['limti', ['limit', 'out'], 'limit'],
  ['bnad', ['band', 'window'], 'band'],
  ['zzz', ['limit', 'out'], undefined],
])('the nearest known name to %s', (typo, known, expected) => {
  expect(nearest(typo, known)).toBe(expected)
})

test('an unknown member of a registry is refused with the nearest id', () => {
  expect(() => lookup({ docker: 1, bubblewrap: 2 }, 'bublewrap', 'backend')).toThrow("unknown backend 'bublewrap'")
})
