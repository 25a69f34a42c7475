import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { hungAfterMs, resolveLimits, slotMemoryBytes } from '../../src/sandbox/limits.js'
import { defaultLimits, type Limits, withTimeFactor } from '../../src/schemas/exec.js'
import { describeOn, isolating } from './open.js'

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

test('a time factor multiplies both time limits, within what can be asked for', () => {
  const times = (limits: Partial<Limits>, factor: number) => withTimeFactor(resolveLimits(limits, {}), factor)
  expect(times({ cpuMs: 1_000, wallMs: 4_000 }, 2)).toMatchObject({ cpuMs: 2_000, wallMs: 8_000 })
  expect(times({ cpuMs: 1 }, 0.25).cpuMs).toBe(1)
  expect(times({ cpuMs: 600_000 }, 8)).toMatchObject({ cpuMs: 600_000, wallMs: 1_800_000 })
})

test('a slot counts as hung only after its program could have waited for a processor for most of its time', () => {
  const limits = resolveLimits({ cpuMs: 1_000 }, {})
  expect(hungAfterMs(10, limits)).toBeGreaterThan(10 * 5 * limits.wallMs)
  expect(hungAfterMs(10_000, { ...limits, wallMs: 1_800_000 })).toBeLessThan(2 ** 31)
})

// gVisor's kernel does not say how long a process waited for a processor.
for (const one of isolating.filter(({ backend }) => backend.id !== 'docker-gvisor')) {
  describeOn(one, 'a busy machine', ({ run }) => {
    test('waiting for a processor is not counted as time, waiting for anything else is', async () => {
      const others = Array.from({ length: 4 * availableParallelism() }, () =>
        // A session of its own for each, so that the kernel does not take them for one.
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true }),
      )
      try {
        const limits = { cpuMs: 2_000, wallMs: 300 }
        const code = 'import time\nwhile time.process_time() < 0.1: pass\nprint(1)'
        const busy = await run({ code, cases: [{}, {}], mode: 'strict', limits })
        expect(busy.cases.map(({ status }) => status)).toEqual(['ok', 'ok'])
        const asleep = await run({ code: 'import time\ntime.sleep(1)', cases: [{}], limits })
        expect(asleep.cases[0]).toMatchObject({ status: 'time_limit', error: 'ran longer than 300 ms' })
      } finally {
        for (const other of others) other.kill('SIGKILL')
      }
    })
  })
}
