/**
 * What a warm slot saves: Python cases per second in the sandbox against plain `python3 -I -S` processes of the same
 * interpreter, side by side in one run. Usage: npx tsx test/bench/sandbox.ts [--backend ID] [--seconds N] [--json]
 * Absolute rates are the machine's; quote the ratios, and only from an idle machine.
 */
import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { findPython } from '../../src/sandbox/backends/python-runtime.js'
import { openSandbox } from '../../src/sandbox/open.js'
import type { ExecRequest } from '../../src/schemas/exec.js'

const SLOTS = 2
const CASES = 10
const ROUNDS = 3
const PROGRAM = `import sys
n, *xs = map(int, sys.stdin.read().split())
best = cur = xs[0]
for x in xs[1:]:
    cur = max(x, cur + x)
    best = max(best, cur)
print(best, sum(xs), sorted(xs)[n // 2])
`
const FUNCTION = 'def add(a, b):\n    return a + b\n'

const { values: options } = parseArgs({
  options: { backend: { type: 'string' }, seconds: { type: 'string', default: '4' }, json: { type: 'boolean' } },
})
const windowMs = Number(options.seconds) * 1000

const inputs = Array.from({ length: CASES }, (_, n) => {
  const xs = Array.from({ length: 20 }, (_, k) => ((k * 7919 + n * 104729) % 201) - 100)
  return `${xs.length}\n${xs.join(' ')}\n`
})

/** Runs `one` on so many workers for the window; cases per second by what each call says it did. */
async function rate(workers: number, one: () => Promise<number>): Promise<number> {
  const from = performance.now()
  let done = 0
  const work = async () => {
    while (performance.now() - from < windowMs) {
      const more = await one()
      done += more
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return (done * 1000) / (performance.now() - from)
}

function plain(python: string, stdin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-I', '-S', '-c', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (piece) => {
      out += piece
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`exit code ${code}`))))
    child.stdin.end(stdin)
  })
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number
const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] as number

const python = await findPython(process.env)
if (!python) throw new Error('there is no python3 to compare with')
const expected = await Promise.all(inputs.map((stdin) => plain(python.executable, stdin)))
const sandbox = await openSandbox({
  backend: options.backend,
  slots: SLOTS,
  env: process.env,
  log: (line) => console.error(line),
})

async function checked(request: ExecRequest): Promise<number> {
  const { cases } = await sandbox.exec(request)
  for (const [n, { status, stdout }] of cases.entries()) {
    if (status !== 'ok' || stdout !== expected[n]) throw new Error(`case ${n}: ${status}: ${stdout}`)
  }
  return cases.length
}

async function called(): Promise<number> {
  const cases = inputs.map((_, n) => ({ call: { function: 'add', args: [n, n] } }))
  const result = await sandbox.exec({ language: 'python', code: FUNCTION, cases })
  if (result.cases.some(({ value }, n) => value !== 2 * n)) throw new Error('a call went wrong')
  return cases.length
}

const cases = inputs.map((stdin) => ({ stdin }))
const batched: ExecRequest = { language: 'python', code: PROGRAM, cases }
const strict: ExecRequest = { ...batched, mode: 'strict' }

try {
  await checked(batched)
  const rounds: Record<'plain' | 'batch' | 'strict' | 'calls', number>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let next = 0
    rounds.push({
      plain: await rate(SLOTS, () => plain(python.executable, inputs[next++ % CASES] as string).then(() => 1)),
      batch: await rate(2 * SLOTS, () => checked(batched)),
      strict: await rate(2 * SLOTS, () => checked(strict)),
      calls: await rate(2 * SLOTS, called),
    })
  }
  const latencies: number[] = []
  for (let n = 0; n < 200; n++) {
    const from = performance.now()
    await checked(batched)
    latencies.push(performance.now() - from)
  }
  latencies.sort((a, b) => a - b)
  const ratio = (name: 'batch' | 'strict' | 'calls') => median(rounds.map((round) => round[name] / round.plain))
  const figures = {
    backend: sandbox.backend,
    python: python.version,
    plainPerSecond: median(rounds.map((round) => round.plain)),
    batchedPerSecond: median(rounds.map((round) => round.batch)),
    strictPerSecond: median(rounds.map((round) => round.strict)),
    callsPerSecond: median(rounds.map((round) => round.calls)),
    batchedRatio: ratio('batch'),
    strictRatio: ratio('strict'),
    callsRatio: ratio('calls'),
    programMsP50: quantile(latencies, 0.5),
    programMsP99: quantile(latencies, 0.99),
  }
  if (options.json) console.log(JSON.stringify(figures))
  else
    for (const [name, value] of Object.entries(figures))
      console.log(`${name.padEnd(18)} ${typeof value === 'number' ? value.toFixed(2) : value}`)
} finally {
  await sandbox.close()
}
