/** Sandboxes for tests: opened once a file, skipped with the reason where the machine cannot. */

import { afterAll, beforeAll, describe } from 'vitest'
import { toAppError } from '../../src/base/errors.js'
import type { Backend, Probe } from '../../src/sandbox/backend.js'
import { backends } from '../../src/sandbox/backends/index.js'
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/open.js'
import type { ExecRequest, ExecResult } from '../../src/schemas/exec.js'

const context = { env: process.env, log: () => {} }

/** Whether each backend works here: it says so and can be opened (an engine may be there without a way to an image). */
export const probes: readonly { backend: Backend; probe: Probe }[] = await Promise.all(
  Object.values<Backend>(backends).map(async (backend) => ({ backend, probe: await reallyUsable(backend) })),
)

async function reallyUsable(backend: Backend): Promise<Probe> {
  const probe = await backend.probe(context)
  if (!probe.usable) return probe
  try {
    const opened = await backend.open(context)
    try {
      await opened.image('python')
    } finally {
      await opened.close()
    }
    return probe
  } catch (error) {
    const { message, hint } = toAppError(error)
    return { usable: false, reason: message.slice(0, 300), hint: hint ?? 'run `assay doctor`' }
  }
}

/**
 * Backends that isolate, of those that are chosen by themselves; or those that ASSAY_TEST_BACKENDS names (docker-gvisor,bubblewrap).
 * gVisor takes several times as long, so its suites run when they are asked for.
 */
const asked = process.env.ASSAY_TEST_BACKENDS?.split(',')
const unknown = asked?.find((id) => !(id in backends))
if (unknown !== undefined) throw new Error(`ASSAY_TEST_BACKENDS names '${unknown}', which is no backend`)
export const isolating = probes.filter(({ backend }) => (asked ? asked.includes(backend.id) : backend.automatic))

export interface Opened {
  readonly sandbox: () => Sandbox
  readonly run: (request: Partial<ExecRequest> & { code: string }) => Promise<ExecResult>
}

/** A describe block with an open sandbox of one backend, or a skipped one whose name says why. */
export function describeOn(
  { backend, probe }: (typeof probes)[number],
  title: string,
  body: (opened: Opened) => void,
  options: Partial<SandboxOptions> = {},
): void {
  if (!probe.usable) {
    describe.skip(`${backend.id}: ${title} (skipped: ${probe.reason})`, () => body(unopened))
    return
  }
  describe(`${backend.id}: ${title}`, () => {
    let sandbox: Sandbox | undefined
    beforeAll(async () => {
      sandbox = await openSandbox({ backend: backend.id, slots: 1, ...context, ...options })
    }, 600_000)
    afterAll(() => sandbox?.close())
    const opened = () => {
      if (!sandbox) throw new Error('the sandbox is not open')
      return sandbox
    }
    body({
      sandbox: opened,
      run: (request) => opened().exec({ language: 'python', ...request, limits: { ...quick, ...request.limits } }),
    })
  })
}

const unopened: Opened = {
  sandbox: () => {
    throw new Error('skipped')
  },
  run: () => Promise.reject(new Error('skipped')),
}

/** Little CPU time, so that what runs into it does not hold the suite up; much wall time, for busy machines. */
export const quick = { cpuMs: 400, wallMs: 15_000, memoryBytes: 128 << 20 } as const

/** For programs that wait: they end by the wall. */
export const shortWall = { wallMs: 1_500 } as const

/** The program that every hostile one is followed by. */
export const honest = {
  code: 'import sys\nn = int(sys.stdin.readline())\nprint(sum(range(n + 1)))',
  cases: [{ stdin: '10\n' }, { stdin: '100\n' }],
} as const

export const honestOutputs = ['55\n', '5050\n']
