import { expect, test } from 'vitest'
import { defaultLimits, type ExecRequest } from '../../src/schemas/exec.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { caseResult, problemWith, slot } from './scripted.js'

const limits = { cpuMs: 1_000, wallMs: 3_000 }
const program = (millions: number, right = true) => `${millions} ${right}`
const problemOf = (reference: string | undefined) =>
  problemWith(
    { type: 'stdio', cases: [{ stdin: '', stdout: 'yes' }] },
    { limits, reference: reference === undefined ? undefined : { code: reference } },
  )

/** A machine on which a million steps take so many milliseconds of CPU time; a program is its steps, and if it is right. */
function machine(msPerMillion: number) {
  const ran: string[] = []
  const exec = async (request: ExecRequest, { timeFactor = 1, alone = false } = {}) => {
    const [millions, right] = (request.code ?? '').split(' ')
    ran.push(`${request.code} x${timeFactor}${alone ? ' alone' : ''}`)
    const cpuMs = Number(millions) * msPerMillion
    const over = cpuMs > (request.limits?.cpuMs ?? 0) * timeFactor
    const status = over ? ('time_limit' as const) : ('ok' as const)
    const cases = [caseResult('1', { status, cpuMs, stdout: over ? '' : right === 'true' ? 'yes' : 'no' })]
    return {
      compile: null,
      cases,
      mode: request.mode ?? ('batch' as const),
      limits: { ...defaultLimits, ...request.limits },
      slot,
    }
  }
  const verify = createVerify({ exec })
  const verdictOf = async (code: string, reference?: string) =>
    (await verify(problemOf(reference), { kind: 'code', code })).verdict
  return { verdictOf, ran }
}

// Steps as a share of the limit on the machine that it was made for.
test.each([
  [0.3, 0.7, 'accepted'],
  [0.3, 1.5, 'time_limit'],
  [0.4, 0.7, 'accepted'],
  [0.4, 1.5, 'time_limit'],
  [0.7, 1.5, 'accepted'],
  [0.7, 5, 'time_limit'],
])(
  'with a reference at %s of its limit a program at %s is %s, also on a machine half as fast',
  async (r, c, status) => {
    for (const msPerMillion of [1, 2]) {
      const { verdictOf } = machine(msPerMillion)
      expect((await verdictOf(program(c * 1_000), program(r * 1_000))).status, `${msPerMillion} ms`).toBe(status)
    }
  },
)

test('a reference that needs more than its limit here is accepted, and the evidence says under which limit', async () => {
  const { verdictOf } = machine(3)
  const reference = program(500)
  expect(await verdictOf(reference, reference)).toMatchObject({
    status: 'accepted',
    evidence: { limits: { cpuMs: 4_000, wallMs: 12_000 } },
  })
  expect(await verdictOf(program(100), reference)).toMatchObject({ status: 'accepted', evidence: { limits } })
})

test('the reference runs once for a problem, alone, and only after a time-out', async () => {
  const { verdictOf, ran } = machine(1)
  const reference = program(100)
  await verdictOf(program(900), reference)
  expect(ran.some((line) => line.startsWith(reference))).toBe(false)
  await Promise.all([verdictOf(program(5_000), reference), verdictOf(program(6_000), reference)])
  await verdictOf(program(7_000), reference)
  // Accepted twice: in a batch, and in a fork of its own.
  expect(ran.filter((line) => line.startsWith(reference))).toEqual(['100 true x0.5 alone', '100 true x0.5 alone'])
})

test.each([
  ['no reference', undefined],
  ['a wrong reference', program(1, false)],
  ['a reference that never ends', program(Number.POSITIVE_INFINITY)],
])('with %s the limits stay as they are', async (_, reference) => {
  expect(await machine(1).verdictOf(program(1_500), reference)).toMatchObject({
    status: 'time_limit',
    evidence: { limits },
  })
})

test('who asks after an interrupted one still gets an answer', async () => {
  let interrupted = true
  const verify = createVerify({
    exec: async (request, { alone = false } = {}) => {
      if (alone && interrupted) throw new Error('interrupted')
      const status = request.code === 'slow' ? ('time_limit' as const) : ('ok' as const)
      const cases = [caseResult('1', { status, stdout: 'yes' })]
      return {
        compile: null,
        cases,
        mode: request.mode ?? ('batch' as const),
        limits: { ...defaultLimits, ...request.limits },
        slot,
      }
    },
  })
  const ask = () => verify(problemOf('reference'), { kind: 'code', code: 'slow' })
  const both = await Promise.allSettled([ask(), ask()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  interrupted = false
  expect((await ask()).verdict.status).toBe('time_limit')
})
