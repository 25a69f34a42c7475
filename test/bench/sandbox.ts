/**
 * The sandbox beside plain processes of the same interpreter or compiler (same flags), in turns on one machine; every program
 * is a new text, so that no cache helps. Units: a run is one program on one input; a program has ten of them.
 * Usage: npm run bench -- sandbox [--backend ID] [--seconds N] [--rounds N] [--only GROUP,…] [--json]
 *        [--sandboxfusion URL] [--piston URL] [--judge0 URL]
 * Rates are the machine's and of the moment; quote ratios, from an idle machine. CPU milliseconds hardly depend on the load.
 * Slots are never replaced here, since the CPU time of one that was killed cannot be read any more.
 */
import { availableParallelism, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { findPython } from '../../src/sandbox/backends/python-runtime.js'
import { openSandbox } from '../../src/sandbox/open.js'
import type { ExecRequest } from '../../src/schemas/exec.js'
import { compare, type Figures, plainSide, quantile, type Side } from './measure.js'
import { judge0, type Peer, piston, sandboxFusion } from './peers.js'
import { byHand, output, plainCases } from './plain.js'
import { calls, fresh, inputs, outputs, type Source, type SourceLanguage, sources } from './programs.js'

const { values: options } = parseArgs({
  options: {
    backend: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    sandboxfusion: { type: 'string' },
    piston: { type: 'string' },
    judge0: { type: 'string' },
  },
})

const SLOTS = 2
const IN_FLIGHT = 2 * SLOTS
const LATENCIES = 200
const RUN_AWAYS = 10
const RUN_AWAY_MS = 500

const python = await findPython(process.env)
if (!python) throw new Error('there is no python3 to compare with')
const say = (line: string) => console.error(line)
const sandbox = await openSandbox({
  backend: options.backend,
  slots: SLOTS,
  recycleAfter: 1e9,
  env: process.env,
  log: say,
})
const measuring = { windowMs: Number(options.seconds) * 1000, rounds: Number(options.rounds), backend: sandbox.backend }
const peers: Peer[] = [
  ...(options.sandboxfusion ? [sandboxFusion(options.sandboxfusion)] : []),
  ...(options.piston ? [piston(options.piston)] : []),
  ...(options.judge0 ? [judge0(options.judge0)] : []),
]

interface Group {
  readonly group: string
  readonly unit: 'run' | 'program'
  /** What was compared with what. */
  readonly versions: string
  readonly figures: readonly Figures[]
}

const cases = inputs.map((stdin) => ({ stdin }))

/** Runs all cases of a program and holds each output against the right one. */
async function checked(request: Omit<ExecRequest, 'cases'>): Promise<void> {
  const result = await sandbox.exec({ ...request, cases })
  for (const [n, { status, stdout, stderr }] of result.cases.entries()) {
    if (status === 'ok' && stdout === outputs[n]) continue
    throw new Error(`${request.language}, case ${n}: ${status}: ${stdout} ${stderr} ${result.compile?.stderr ?? ''}`)
  }
}

async function called(): Promise<void> {
  const result = await sandbox.exec({
    language: 'python',
    code: fresh(calls),
    cases: calls.cases,
  })
  if (result.cases.some(({ value }, n) => value !== 2 * n)) throw new Error('a call went wrong')
}

const ours = (name: string, one: () => Promise<void>, units = 1): Side => ({
  name,
  workers: IN_FLIGHT,
  one: async () => {
    await one()
    return units
  },
})

const peerSides = (language: 'python' | 'cpp', asPrograms: boolean): Side[] =>
  peers.map((peer) => ({
    name: peer.name,
    workers: IN_FLIGHT,
    one: async () => {
      const code = fresh(sources[language])
      for (const [n, stdin] of inputs.entries()) {
        const out = await peer.run(language, code, stdin)
        if (out !== outputs[n]) throw new Error(`${peer.name} printed ${JSON.stringify(out)}`)
      }
      return asPrograms ? 1 : inputs.length
    },
  }))

async function pythonCases(interpreter: string): Promise<Group> {
  const text = () => fresh(sources.python)
  const figures = await compare(
    [
      { name: plainSide, workers: SLOTS, one: plainCases(interpreter, sources.python.text) },
      ours('batched', () => checked({ language: 'python', code: text() }), inputs.length),
      ours('strict', () => checked({ language: 'python', code: text(), mode: 'strict' }), inputs.length),
      ...peerSides('python', false),
    ],
    measuring,
  )
  return { group: 'python cases', unit: 'run', versions: pythonVersions(), figures }
}

async function pythonCalls(interpreter: string): Promise<Group> {
  const plain = async () => {
    await output([interpreter, '-I', '-S', '-c', calls.plain])
    return 1
  }
  const figures = await compare([{ name: plainSide, workers: SLOTS, one: plain }, ours('calls', called)], measuring)
  return { group: 'python calls', unit: 'program', versions: pythonVersions(), figures }
}

/** A compiled or started language: new programs, one program again and again, and the same by hand. */
async function other(language: SourceLanguage, version: string, interpreter: string): Promise<Group> {
  const source: Source = sources[language]
  const hand = await byHand(interpreter, language, source.text)
  try {
    const kept = fresh(source)
    const figures = await compare(
      [
        { name: plainSide, workers: SLOTS, one: () => hand.program(fresh(source)) },
        ours('fresh', () => checked({ language, code: fresh(source) })),
        ours('strict', () => checked({ language, code: fresh(source), mode: 'strict' })),
        ours('compiled before', () => checked({ language, code: kept })),
        ...(language === 'cpp' ? peerSides('cpp', true) : []),
      ],
      measuring,
    )
    return { group: language, unit: 'program', versions: `slots ${version}, by hand ${hand.version}`, figures }
  } finally {
    hand.close()
  }
}

const pythonVersions = () => `slots ${sandbox.slot.versions.python}, plain ${python?.version}`

async function milliseconds(times: number, one: () => Promise<void>): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const from = performance.now()
    await one()
    took.push(performance.now() - from)
  }
  return took
}

/** How far past its limit a program that does not end is when it is answered: in wall time, and in CPU time. */
async function overrun(code: string, limits: ExecRequest['limits']) {
  const cpuMs: number[] = []
  const wallMs = await milliseconds(RUN_AWAYS, async () => {
    const { cases: found } = await sandbox.exec({ language: 'python', code, cases: [{}], limits })
    if (found[0]?.status !== 'time_limit') throw new Error(`a run-away ended as ${found[0]?.status}`)
    cpuMs.push(found[0].cpuMs)
  })
  return { wallMs: wallMs.map((ms) => ms - RUN_AWAY_MS), cpuMs: cpuMs.map((ms) => ms - RUN_AWAY_MS) }
}

async function moments() {
  const one = () => checked({ language: 'python', code: fresh(sources.python) })
  const programs = await milliseconds(LATENCIES, one)
  const busy = await overrun('while True: pass', { cpuMs: RUN_AWAY_MS })
  const asleep = await overrun('import time\ntime.sleep(60)', { wallMs: RUN_AWAY_MS })
  return {
    programMs: spread(programs),
    busyLoopMsPastLimit: spread(busy.wallMs),
    busyLoopCpuMsPastLimit: spread(busy.cpuMs),
    sleepMsPastLimit: spread(asleep.wallMs),
  }
}

interface Spread {
  readonly p50: number
  readonly p99: number
}

const spread = (ms: readonly number[]): Spread => ({ p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) })

function table({ group, unit, versions, figures }: Group): void {
  const cells = (one: Figures) =>
    [one.side, one.perSecond, one.rateRatio, one.cpuMs, one.cpuRatio, one.hostCpuMs].map((cell) =>
      typeof cell === 'number' ? cell.toFixed(cell < 10 ? 2 : 0) : (cell ?? ''),
    )
  console.log(`\n${group} (${versions})`)
  const rows = [['', `${unit}s/s`, 'x plain', `CPU ms/${unit}`, 'x less', 'of it host'], ...figures.map(cells)]
  for (const [name = '', ...rest] of rows)
    console.log(`  ${name.padEnd(16)}${rest.map((cell) => cell.padStart(16)).join('')}`)
}

try {
  const [load = 0] = loadavg()
  const busy = load > availableParallelism() / 4
  if (busy) say(`bench: the machine is busy (load ${load.toFixed(1)}): believe the CPU milliseconds, not the rates`)
  const only = options.only?.split(',')
  const wanted = (group: string) => !only || only.includes(group)
  const versions = await sandbox.versions()
  const groups: Group[] = []
  const add = (group: Group) => {
    groups.push(group)
    if (!options.json) table(group)
  }
  if (!options.json)
    console.log(`${sandbox.backend}, ${SLOTS} slots, ${availableParallelism()} processors, load ${load.toFixed(1)}`)
  if (wanted('cases')) add(await pythonCases(python.executable))
  if (wanted('calls')) add(await pythonCalls(python.executable))
  for (const language of Object.keys(sources) as SourceLanguage[]) {
    if (language === 'python' || !wanted(language)) continue
    const version = versions[language]
    if (version === undefined) say(`bench: ${language} is left out: the slots have no toolchain for it`)
    else add(await other(language, version, python.executable))
  }
  const latencies: Readonly<Record<string, Spread>> = wanted('latency') ? await moments() : {}
  if (options.json) {
    console.log(JSON.stringify({ backend: sandbox.backend, slots: SLOTS, load, busy, groups, ...latencies }))
  } else {
    console.log('')
    for (const [name, { p50, p99 }] of Object.entries(latencies))
      console.log(`${name.padEnd(24)} p50 ${p50.toFixed(1)}  p99 ${p99.toFixed(1)}`)
  }
} finally {
  await sandbox.close()
}
