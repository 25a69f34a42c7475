import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/schemas/exec.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { type OneCase, problemWith, type ScriptedExec, scriptedExec } from './scripted.js'

const problem = problemWith({ type: 'stdio', cases: ['1', '2', '3'].map((stdout) => ({ stdin: '', stdout })) })
const right = (id: string): OneCase => ({ stdout: id })
const wrong: OneCase = { stdout: 'no' }
const verified = async ({ exec }: ScriptedExec, strict = false) =>
  (await createVerify({ exec, strict })(problem, { kind: 'code', code: 'x' })).verdict
const modes = ({ requests }: ScriptedExec) =>
  requests.map(({ mode, cases }) => `${mode} ${cases!.map(({ id }) => id).join()}`)

test('a program that passes its batch is accepted by one request', async () => {
  const sandbox = scriptedExec(({ id }) => right(id))
  expect(await verified(sandbox)).toMatchObject({
    status: 'accepted',
    blame: 'candidate',
    score: 1,
    evidence: { mode: 'batch', runs: 1 },
  })
  expect(modes(sandbox)).toEqual(['batch 1,2,3'])
})

test('a failing case that fails again alone stands', async () => {
  const sandbox = scriptedExec(({ id }) => (id === '1' ? right(id) : wrong))
  const verdict = await verified(sandbox)
  expect(verdict).toMatchObject({ status: 'wrong_answer', score: 1 / 3, reason: 'case 2: expected "2", got "no"' })
  expect(modes(sandbox)).toEqual(['batch 1,2,3', 'strict 2'])
})

test('cases that fail only in the batch are accepted by a strict proof', async () => {
  const sandbox = scriptedExec(({ id, mode }) => (mode === 'batch' && id !== '1' ? wrong : right(id)))
  expect(await verified(sandbox)).toMatchObject({ status: 'accepted', score: 1, evidence: { mode: 'strict', runs: 3 } })
  expect(modes(sandbox)).toEqual(['batch 1,2,3', 'strict 2', 'strict 2,3'])
})

test('a first case that passes alone does not save a second one that fails', async () => {
  const sandbox = scriptedExec(({ id, mode }) => (id === '1' || (id === '2' && mode === 'strict') ? right(id) : wrong))
  expect(await verified(sandbox)).toMatchObject({ status: 'wrong_answer', score: 2 / 3 })
})

test('a case that passes alone once and fails alone once is flaky', async () => {
  const sandbox = scriptedExec(({ id, request }) => (id === '2' && request !== 2 ? wrong : right(id)))
  expect(await verified(sandbox)).toMatchObject({ status: 'flaky', blame: 'candidate' })
})

test('strict proof runs an accepted program again with a fork per case', async () => {
  const sandbox = scriptedExec(({ id }) => right(id))
  expect(await verified(sandbox, true)).toMatchObject({ status: 'accepted', evidence: { mode: 'strict', runs: 2 } })
})

test('a program that passes only in the batch is wrong under strict proof', async () => {
  const sandbox = scriptedExec(({ id, mode }) => (mode === 'strict' && id === '3' ? wrong : right(id)))
  expect(await verified(sandbox, true)).toMatchObject({ status: 'wrong_answer', score: 2 / 3 })
})

test('batch and strict that stay inconsistent are flaky', async () => {
  const sandbox = scriptedExec(({ id, request }) => (request === 2 && id === '3' ? wrong : right(id)))
  expect(await verified(sandbox, true)).toMatchObject({ status: 'flaky', blame: 'candidate' })
})

test('a program that runs out of twice its time is over it, and nobody has to wait', async () => {
  const sandbox = scriptedExec(({ id }) => (id === '2' ? { status: 'time_limit' } : right(id)))
  expect(await verified(sandbox)).toMatchObject({ status: 'time_limit', blame: 'candidate', score: 2 / 3 })
  expect(modes(sandbox)).toEqual(['batch 1,2,3', 'strict 2'])
  expect(sandbox.asked).toEqual([{}, { timeFactor: 2 }])
})

test.each([
  ['accepted', right('2'), 1],
  ['time_limit', { status: 'time_limit' } as OneCase, 2 / 3],
])('a time limit that is not reached in twice the time is settled by a run alone: %s', async (status, alone, score) => {
  const sandbox = scriptedExec((about) => {
    if (about.id !== '2' || about.timeFactor === 2) return right(about.id)
    return about.alone ? alone : { status: 'time_limit' }
  })
  expect(await verified(sandbox)).toMatchObject({ status, score })
  expect(sandbox.asked).toEqual([{}, { timeFactor: 2 }, { alone: true }])
})

test('every case that reached its time limit in company is settled before the program is accepted', async () => {
  const sandbox = scriptedExec(({ id, alone, timeFactor }) =>
    id === '1' || alone || timeFactor === 2 ? right(id) : { status: 'time_limit' },
  )
  expect(await verified(sandbox, true)).toMatchObject({ status: 'accepted', score: 1, evidence: { mode: 'strict' } })
  expect(modes(sandbox)).toEqual([
    'batch 1,2,3',
    'strict 2',
    'strict 2',
    'strict 3',
    'strict 3',
    'strict 3',
    'strict 1',
  ])
})

test('a time limit that is reached only by a case in a fork of its own is settled too', async () => {
  const slowBy = (times: number) =>
    scriptedExec(({ id, mode, timeFactor, alone }) =>
      id === '3' && mode === 'strict' && timeFactor < times && !(alone && times < 2)
        ? { status: 'time_limit' }
        : right(id),
    )
  expect(await verified(slowBy(1.5), true)).toMatchObject({ status: 'accepted' })
  expect(await verified(slowBy(3), true)).toMatchObject({ status: 'time_limit', blame: 'candidate' })
})

test('a memory limit is believed when it is reached alone', async () => {
  const sandbox = (alone: OneCase) =>
    scriptedExec((about) => (about.id !== '1' ? right(about.id) : about.alone ? alone : { status: 'memory_limit' }))
  const [fits, doesNot] = [sandbox(right('1')), sandbox({ status: 'memory_limit' })]
  expect(await verified(fits)).toMatchObject({ status: 'accepted' })
  expect(await verified(doesNot)).toMatchObject({ status: 'memory_limit', blame: 'candidate' })
  expect(doesNot.asked).toEqual([{}, { alone: true }])
})

test('trouble of the sandbox in any case is never a wrong answer', async () => {
  const sandbox = scriptedExec(({ id }) => (id === '1' ? wrong : { status: 'sandbox_error' }))
  expect(await verified(sandbox)).toMatchObject({ status: 'sandbox_error', blame: 'infrastructure' })
})

test('a case without a result is trouble of the sandbox', async () => {
  const sandbox = scriptedExec(({ id }) => right(id), { cases: [] })
  expect(await verified(sandbox)).toMatchObject({ status: 'sandbox_error', blame: 'infrastructure' })
})

test('a program that does not compile is not run twice', async () => {
  const compile = {
    status: 'compile_error',
    exitCode: 1,
    stdout: '',
    stderr: 'x.py:1\nSyntaxError: bad',
    cpuMs: 1,
  } as const
  const sandbox = scriptedExec(() => ({ status: 'compile_error' }), { compile })
  expect(await verified(sandbox)).toMatchObject({ status: 'compile_error', reason: 'SyntaxError: bad', score: 0 })
  expect(sandbox.requests).toHaveLength(1)
})

test.each([
  [
    { status: 'runtime_error', exitCode: 1, stderr: 'Traceback\nValueError: at 0x7f00deadbeef' },
    'case 1: ValueError: at 0x…',
  ],
  [{ status: 'runtime_error', exitCode: 3 }, 'case 1: ended with exit code 3'],
  [{ status: 'runtime_error', exitCode: null, signal: 'SIGSEGV' }, 'case 1: ended by SIGSEGV'],
  [{ status: 'memory_limit' }, 'case 1: the memory limit was reached'],
] as const)('%j is told as %s', async (one, reason) => {
  expect((await verified(scriptedExec(() => one))).reason).toBe(reason)
})

test('the evidence names the limits that the sandbox kept, which may be those of the language', async () => {
  const limits = { ...defaultLimits, processes: 24 }
  const sandbox = scriptedExec(({ id }) => right(id), { limits })
  expect(await verified(sandbox)).toMatchObject({ evidence: { limits } })
})
