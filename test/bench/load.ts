/**
 * Do verdicts depend on what else the machine does? The same programs are verified at rest and with four times as many
 * busy processes as there are processors beside them, each in a session of its own, so that the kernel favours nobody.
 * Usage: npm run bench -- load [--backend ID] [--programs N] [--slots N] [--json]. Exit 1 when a verdict differs.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { findPython } from '../../src/sandbox/backends/python-runtime.js'
import { openSandbox, type Sandbox } from '../../src/sandbox/open.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'
import type { VerdictStatus } from '../../src/schemas/verdict.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { median } from './measure.js'

const { values: options } = parseArgs({
  options: {
    backend: { type: 'string' },
    programs: { type: 'string', default: '300' },
    slots: { type: 'string' },
    json: { type: 'boolean' },
  },
})

const BURNERS_PER_PROCESSOR = 4
const MIB = 1 << 20
const limits = { cpuMs: 250, wallMs: 750, memoryBytes: 128 * MIB }

/** Work that takes CPU time in proportion to `steps`, and not so much time by the clock. */
const busy = (steps: number) => `for step in range(${Math.round(steps)}):\n    x = (x * 31 + step) % 1000003\n`

interface Kind {
  readonly name: string
  readonly status: VerdictStatus
  /** What the function does before it returns; perMs: steps that take a millisecond at rest. */
  readonly body: (perMs: number) => string
}

/** Half and twice, since a virtual machine's own speed moves by a third from one minute to the next. */
const kinds: readonly Kind[] = [
  { name: 'fast', status: 'accepted', body: () => busy(100) },
  { name: 'half of its CPU time', status: 'accepted', body: (perMs) => busy(0.5 * limits.cpuMs * perMs) },
  { name: 'twice its CPU time', status: 'time_limit', body: (perMs) => busy(2 * limits.cpuMs * perMs) },
  {
    name: 'asleep for 70 % of its time',
    status: 'accepted',
    body: () => `import time\ntime.sleep(${(0.7 * limits.wallMs) / 1000})\n`,
  },
  {
    name: 'asleep for 150 % of its time',
    status: 'time_limit',
    body: () => `import time\ntime.sleep(${(1.5 * limits.wallMs) / 1000})\n`,
  },
  { name: 'half of its memory', status: 'accepted', body: () => `block = bytearray(${limits.memoryBytes / 2})\n` },
  { name: 'twice its memory', status: 'memory_limit', body: () => `block = bytearray(${limits.memoryBytes * 2})\n` },
  { name: 'wrong', status: 'wrong_answer', body: () => 'n = n + 1\n' },
]

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ')
const solution = (body: string) => `def solve(n):\n    x = 0\n${indented(body)}    return n + 1\n`

const checks = {
  call: { type: 'call', function: 'solve', cases: [1, 2].map((n) => ({ args: [n], expected: n + 1 })) },
  stdio: { type: 'stdio', cases: [1, 2].map((n) => ({ stdin: `${n}\n`, stdout: `${n + 1}\n` })) },
  unit: { type: 'unit', code: 'def check(f):\n    assert f(1) == 2\n', call: 'check({entryPoint})' },
}

interface Item {
  readonly kind: Kind
  readonly check: keyof typeof checks
  readonly problem: Problem
  readonly code: string
}

function items(count: number, perMs: number): Item[] {
  return Array.from({ length: count }, (_, n) => {
    const kind = kinds[n % kinds.length] as Kind
    const names = Object.keys(checks) as (keyof typeof checks)[]
    const check = names[Math.floor(n / kinds.length) % names.length] as keyof typeof checks
    const program = solution(kind.body(perMs))
    const code = `${program}${check === 'stdio' ? 'print(solve(int(input())))\n' : ''}# ${n}\n`
    const problem = problemSchema.parse({
      v: 1,
      id: `load/${n}`,
      kind: 'code',
      set: 'load',
      license: 'Apache-2.0',
      source: 'made here',
      statement: 'Return n + 1.',
      entryPoint: 'solve',
      check: checks[check],
      reference: { code: check === 'stdio' ? 'print(int(input()) + 1)' : 'def solve(n):\n    return n + 1\n' },
      limits,
      skills: ['load'],
      level: 0,
    })
    return { kind, check, problem, code }
  })
}

/** Steps that take a millisecond of CPU time here, at rest. */
async function calibrate(sandbox: Sandbox): Promise<number> {
  const steps = 1_000_000
  const code = solution(busy(steps))
  const rates: number[] = []
  for (let n = 0; n < 9; n++) {
    const result = await sandbox.exec({ language: 'python', code, cases: [{ call: { function: 'solve', args: [n] } }] })
    const [one] = result.cases
    if (one?.status !== 'ok') throw new Error(`the calibration ended as ${one?.status} ${one?.error}`)
    rates.push(steps / one.cpuMs)
  }
  return median(rates)
}

/** Verdicts of all items, in order; as many at one time as `assay run` would have. */
async function verdicts(sandbox: Sandbox, all: readonly Item[]): Promise<VerdictStatus[]> {
  const verify = createVerify({ exec: sandbox.exec })
  const found: VerdictStatus[] = []
  let next = 0
  const work = async () => {
    for (let at = next++; at < all.length; at = next++) {
      const { problem, code } = all[at] as Item
      const { verdict } = await verify(problem, { kind: 'code', code })
      found[at] = verdict.status
    }
  }
  await Promise.all(Array.from({ length: 2 * sandbox.slots }, work))
  return found
}

const python = await findPython(process.env)
if (!python) throw new Error('there is no python3 to burn time with')
const slots = options.slots === undefined ? undefined : Number(options.slots)
const sandbox = await openSandbox({
  backend: options.backend,
  slots,
  env: process.env,
  log: (line) => console.error(line),
})
const burners: ChildProcess[] = []
try {
  const [load = 0] = loadavg()
  if (load > availableParallelism() / 4) console.error(`bench: this is not at rest: load ${load.toFixed(1)}`)
  const all = items(Number(options.programs), await calibrate(sandbox))
  const from = performance.now()
  const atRest = await verdicts(sandbox, all)
  const restSeconds = (performance.now() - from) / 1000
  for (let n = 0; n < BURNERS_PER_PROCESSOR * availableParallelism(); n++)
    burners.push(spawn(python.executable, ['-I', '-S', '-c', 'while True: pass'], { stdio: 'ignore', detached: true }))
  const loadedFrom = performance.now()
  const loaded = await verdicts(sandbox, all)
  const loadedSeconds = (performance.now() - loadedFrom) / 1000
  const told = (at: number) =>
    `${all[at]?.kind.name} (${all[at]?.check}): ${atRest[at]} at rest, ${loaded[at]} under load`
  const at = all.map((_, n) => n)
  const differing = at.filter((n) => atRest[n] !== loaded[n]).map(told)
  const unexpected = at.filter((n) => atRest[n] !== all[n]?.kind.status).map(told)
  const figures = { backend: sandbox.backend, programs: all.length, restSeconds, loadedSeconds, differing, unexpected }
  if (options.json) console.log(JSON.stringify(figures))
  else {
    console.log(
      `${sandbox.backend}: ${all.length} programs in ${restSeconds.toFixed(0)} s at rest, in ${loadedSeconds.toFixed(0)} s beside ${burners.length} busy processes`,
    )
    for (const line of differing) console.log(`  differs: ${line}`)
    for (const line of unexpected) console.log(`  not as meant: ${line}`)
    console.log(`${differing.length} verdicts differ, ${unexpected.length} are not as meant`)
  }
  if (differing.length > 0) process.exitCode = 1
} finally {
  for (const burner of burners) burner.kill('SIGKILL')
  await sandbox.close()
}
