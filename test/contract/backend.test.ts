import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.js'
import { describeOn, honest, honestOutputs, probes } from '../sandbox/open.js'

for (const member of probes) {
  const { backend, probe } = member

  test(`${backend.id}: says what it protects from and what not, and why it cannot be used`, () => {
    expect(backend.protects.length).toBeGreaterThan(0)
    expect(backend.doesNotProtect.length).toBeGreaterThan(0)
    if (probe.usable) expect(Object.keys(probe.facts).length).toBeGreaterThan(0)
    else expect([probe.reason, probe.hint].every((words) => words.length > 10)).toBe(true)
  })

  describeOn(
    member,
    'contract',
    ({ sandbox, run }) => {
      test('runs a program, case by case', async () => {
        const { cases, slot } = await run({ ...honest, cases: [...honest.cases] })
        expect(cases.map(({ stdout }) => stdout)).toEqual(honestOutputs)
        expect(slot).toMatchObject({ backend: backend.id, agent: expect.stringMatching(/^1\./) })
        expect(slot.image).not.toBe('')
        expect(slot.versions.python).toMatch(/^3\./)
      })

      test('many requests at one time are all answered, each with its own result', async () => {
        const requests = Array.from({ length: 60 }, (_, n) => ({ code: `print(${n})`, cases: [{}] }))
        const results = await Promise.all(requests.map(run))
        expect(results.map(({ cases }) => cases[0]!.stdout)).toEqual(requests.map((_, n) => `${n}\n`))
      })

      test('a program that was timed out leaves room for the next one', async () => {
        const { cases } = await run({ code: 'while True: pass', cases: [{}] })
        expect(cases[0]).toMatchObject({ status: 'time_limit' })
        expect((await run({ code: 'print(1)', cases: [{}] })).cases[0]).toMatchObject({ status: 'ok', stdout: '1\n' })
      })

      test('an aborted request is let go and the others go on', async () => {
        const abort = new AbortController()
        const slow = sandbox().exec(
          { language: 'python', code: 'import time\ntime.sleep(0.4)', cases: [{}] },
          { signal: abort.signal },
        )
        abort.abort(new AppError('run/interrupted', { message: 'enough' }))
        await expect(slow).rejects.toThrow('enough')
        expect((await run({ code: 'print(2)', cases: [{}] })).cases[0]!.stdout).toBe('2\n')
      })

      test('a request that no sandbox can run is refused with its place', async () => {
        await expect(sandbox().exec({ language: 'cobol', code: '' })).rejects.toMatchObject({
          code: 'usage/bad-option',
        })
        await expect(sandbox().exec({ language: 'python', files: [{ path: '../x', text: '' }] })).rejects.toMatchObject(
          { code: 'input/malformed' },
        )
        for (const paths of [['b', 'b/c'], ['b', 'b'], ['x'.repeat(300)], ['.'], ['a\ud800']]) {
          const files = ['main.py', ...paths].map((path) => ({ path, text: '' }))
          await expect(sandbox().exec({ language: 'python', files })).rejects.toMatchObject({ code: 'input/malformed' })
        }
        await expect(sandbox().exec({ language: 'python' } as never)).rejects.toMatchObject({ code: 'input/malformed' })
      })
    },
    { slots: 2 },
  )

  test.skipIf(!probe.usable)(
    `${backend.id}: a closed sandbox leaves no process behind`,
    async () => {
      const { openSandbox } = await import('../../src/sandbox/open.js')
      const before = agents()
      const sandbox = await openSandbox({ backend: backend.id, slots: 2, env: process.env, log: () => {} })
      await sandbox.exec({ language: 'python', code: 'print(1)', cases: [{}] })
      await sandbox.close()
      expect(agents().filter((pid) => !before.includes(pid))).toEqual([])
      await expect(sandbox.exec({ language: 'python', code: '', cases: [] })).rejects.toMatchObject({
        code: 'run/interrupted',
      })
    },
    600_000,
  )
}

/** Process numbers of agents that this test's own process started (other test files have theirs). */
function agents(): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
      return parent === String(process.pid) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('agent.py')
    } catch {
      return false
    }
  })
}
