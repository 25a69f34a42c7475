import { expect, test } from 'vitest'
import { resolveLimits, slotMemoryBytes } from '../../src/sandbox/limits.js'
import { defaultLimits } from '../../src/schemas/exec.js'

test('a request’s limit wins over the language’s, and that over the default', () => {
  expect(resolveLimits({ processes: 2 }, { processes: 8, cpuMs: 9_000 })).toEqual({
    ...defaultLimits,
    processes: 2,
    cpuMs: 9_000,
  })
})

test('a limit that is undefined is one that was not given', () => {
  expect(resolveLimits({ cpuMs: undefined }, {}).cpuMs).toBe(defaultLimits.cpuMs)
})

test('wall time follows a CPU limit that was asked for alone', () => {
  expect(resolveLimits({ cpuMs: 20_000 }, {}).wallMs).toBe(60_000)
  expect(resolveLimits({ cpuMs: 100 }, {}).wallMs).toBe(2_000)
  expect(resolveLimits({ cpuMs: 100, wallMs: 500 }, {}).wallMs).toBe(500)
})

test('more memory than a slot has is refused', () => {
  expect(() => resolveLimits({ memoryBytes: slotMemoryBytes + 1 }, {})).toThrow(/memoryBytes/)
})
