/** Labelled pairs: how many verdicts are right, and how fast, beside Math-Verify in the same minutes. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { parseJsonAs } from '../../src/schemas/parse.js'
import { checkPair } from '../../src/verifiers/math/batch-pair.js'
import { type MathVerdict, mathEqual } from '../../src/verifiers/math/equal.js'
import { openPeer, type Peer, type PeerRound } from './math-peer.js'
import { median, quantile } from './measure.js'

const pairSchema = z.object({
  id: z.string(),
  class: z.string(),
  gold: z.string(),
  prediction: z.string(),
  equal: z.boolean(),
  form: z.enum(['answer', 'response']).default('answer'),
})
type Pair = z.infer<typeof pairSchema>

export interface PairsOptions {
  readonly files: readonly string[]
  /** Undefined: we alone. */
  readonly peer: { readonly python: string | undefined } | undefined
  readonly rounds: number
  /** So many wrong verdicts are listed. */
  readonly wrong: number
  readonly json: boolean
}

/** Returns false when a verdict is a false accept, or is another one with the sides swapped. */
export async function benchPairs({ files, peer, rounds, wrong, json }: PairsOptions): Promise<boolean> {
  const pairs = files.flatMap(pairsOf)
  const verdicts: MathVerdict[] = []
  for (const pair of pairs) verdicts.push(await checkPair(pair))
  const crooked = await asymmetries(pairs, verdicts)
  const speed = await sideBySide(pairs, { peer, rounds })
  const table = tally(pairs, verdicts, speed.theirs?.verdicts)
  if (json) console.log(JSON.stringify({ pairs: pairs.length, ...speed, classes: table, crooked }))
  else {
    print(table)
    for (const line of crooked) console.log(`not symmetric or not reflexive: ${line}`)
    printWrong(pairs, verdicts, wrong)
    printSpeed(speed)
  }
  return crooked.length === 0 && table.every(({ falseAccepts }) => falseAccepts === 0)
}

const pairsOf = (file: string): Pair[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, n) => (line.trim() === '' ? [] : parseJsonAs(pairSchema, line, `${file}:${n + 1}`)))

/** Pairs whose verdict changes when the sides are swapped, and answers that are not themselves. */
async function asymmetries(pairs: readonly Pair[], verdicts: readonly MathVerdict[]): Promise<string[]> {
  const found: string[] = []
  for (const [n, { id, gold, prediction, form }] of pairs.entries()) {
    if (form === 'response') continue
    const swapped = await mathEqual(prediction, gold)
    if (swapped.equal !== verdicts[n]?.equal)
      found.push(`${id}: ${verdicts[n]?.equal}, swapped ${swapped.equal}: ${shown(gold)} | ${shown(prediction)}`)
    for (const text of [gold, prediction]) {
      const { equal, reason } = await mathEqual(text, text)
      if (equal === false && reason !== 'the answer is empty')
        found.push(`${id}: ${shown(text)} is not itself: ${reason}`)
    }
  }
  return found
}

interface Tally {
  readonly class: string
  readonly pairs: number
  readonly right: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly open: number
  readonly peerRight?: number
  readonly peerFalseAccepts?: number
}

function tally(
  pairs: readonly Pair[],
  verdicts: readonly MathVerdict[],
  theirs: PeerRound['verdicts'] | undefined,
): Tally[] {
  const rowsOf = (name: string) => [...pairs.keys()].filter((n) => name === 'all' || pairs[n]?.class === name)
  return ['all', ...new Set(pairs.map((pair) => pair.class))].map((name) => {
    const rows = rowsOf(name)
    const count = (holds: (n: number) => boolean | undefined) => rows.filter(holds).length
    const isEqual = (n: number) => pairs[n]?.equal
    const ours = (n: number) => verdicts[n]?.equal
    return {
      class: name,
      pairs: rows.length,
      right: count((n) => ours(n) === isEqual(n)),
      falseAccepts: count((n) => ours(n) === true && !isEqual(n)),
      falseRejects: count((n) => ours(n) === false && isEqual(n)),
      open: count((n) => ours(n) === null),
      ...(theirs && {
        peerRight: count((n) => (theirs[n] ?? false) === isEqual(n)),
        peerFalseAccepts: count((n) => theirs[n] === true && !isEqual(n)),
      }),
    }
  })
}

interface Speed {
  /** Checks per second of CPU time, ours and theirs: medians over the rounds; and how many times theirs we do. */
  readonly perCpuSecond: number
  readonly peerPerCpuSecond?: number
  readonly ratio?: number
  /** Of each pair, warm: the median over the rounds; then over the pairs. */
  readonly ms: Quantiles
  readonly peerMs?: Quantiles
  readonly slowest: string
  readonly theirs?: PeerRound
}

interface Quantiles {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const windowCpuMs = 1_000

/** We, they, we again in each round: what else the machine does meets both. */
async function sideBySide(
  pairs: readonly Pair[],
  { peer, rounds }: Pick<PairsOptions, 'peer' | 'rounds'>,
): Promise<Speed> {
  const opened = peer && (await open(pairs, peer.python))
  try {
    const [ours, theirs, ratios]: [number[], PeerRound[], number[]] = [[], [], []]
    const times: number[][] = pairs.map(() => [])
    await ourRound(pairs)
    for (let round = 0; round < rounds; round++) {
      const before = await ourRound(pairs, times)
      const peerRound = await opened?.peer.round()
      const after = await ourRound(pairs, times)
      ours.push(before, after)
      if (!peerRound) continue
      theirs.push(peerRound)
      ratios.push((before + after) / 2 / peerRate(peerRound))
    }
    const medians = times.map(median)
    return {
      perCpuSecond: median(ours),
      ms: quantiles(medians),
      slowest: pairs[medians.indexOf(Math.max(...medians))]?.id ?? '',
      ...(theirs.length > 0 && {
        peerPerCpuSecond: median(theirs.map(peerRate)),
        ratio: median(ratios),
        peerMs: quantiles(pairs.map((_, n) => median(theirs.map(({ ms }) => ms[n] ?? Number.NaN)))),
        theirs: theirs[0],
      }),
    }
  } finally {
    await opened?.close()
  }
}

const peerRate = ({ cpuMs, verdicts }: PeerRound) => (1000 * verdicts.length) / cpuMs

const quantiles = (ms: readonly number[]): Quantiles => ({
  p50: quantile(ms, 0.5),
  p99: quantile(ms, 0.99),
  max: Math.max(...ms),
})

/** Checks per second of CPU time. */
async function ourRound(pairs: readonly Pair[], times?: number[][]): Promise<number> {
  const cpuMs = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  const fromMs = cpuMs()
  let checks = 0
  while (cpuMs() - fromMs < windowCpuMs) {
    for (const [n, pair] of pairs.entries()) {
      const startedMs = performance.now()
      await checkPair(pair)
      times?.[n]?.push(performance.now() - startedMs)
    }
    checks += pairs.length
  }
  return (1000 * checks) / (cpuMs() - fromMs)
}

async function open(pairs: readonly Pair[], python: string | undefined) {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-pairs-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const file = path.join(folder, 'pairs.jsonl')
    await writeFile(file, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''))
    const peer: Peer = await openPeer(file, python)
    return {
      peer,
      close: async () => {
        await peer.close()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    console.error(`without Math-Verify: ${(error as Error).message.split('\n')[0]}`)
    return undefined
  }
}

const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text).replace(/\n/g, '⏎')

function print(table: readonly Tally[]): void {
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`.padStart(8)
  console.log(`${''.padEnd(24)}pairs    right  false+  false-   open   Math-Verify right, false+`)
  for (const row of table) {
    const { pairs, right, falseAccepts, falseRejects, open: left, peerRight, peerFalseAccepts } = row
    const counts = [falseAccepts, falseRejects, left].map((count) => String(count).padStart(7)).join(' ')
    const peer =
      peerRight === undefined ? '' : `${percent(peerRight, pairs).padStart(18)} ${String(peerFalseAccepts).padStart(7)}`
    console.log(`${row.class.padEnd(24)}${String(pairs).padStart(5)} ${percent(right, pairs)}${counts}${peer}`)
  }
}

function printWrong(pairs: readonly Pair[], verdicts: readonly MathVerdict[], most: number): void {
  const wrong = [...pairs.keys()].filter((n) => verdicts[n]?.equal !== pairs[n]?.equal)
  for (const n of wrong.slice(0, most)) {
    const [{ id, gold, prediction, equal }, verdict] = [pairs[n] as Pair, verdicts[n] as MathVerdict]
    console.log(
      `${id}: ${verdict.equal}, should be ${equal}: ${shown(gold)} | ${shown(prediction)} (${verdict.reason})`,
    )
  }
  if (wrong.length > most) console.log(`… and ${wrong.length - most} more`)
}

function printSpeed({ perCpuSecond, peerPerCpuSecond, ratio, ms, peerMs, slowest }: Speed): void {
  const told = ({ p50, p99, max }: Quantiles) =>
    `p50 ${p50.toFixed(3)}, p99 ${p99.toFixed(2)}, max ${max.toFixed(2)} ms`
  console.log(
    `assay        ${perCpuSecond.toFixed(0).padStart(7)} checks per CPU second, warm ${told(ms)} (${slowest})`,
  )
  if (peerPerCpuSecond === undefined || peerMs === undefined) return
  console.log(`Math-Verify  ${peerPerCpuSecond.toFixed(0).padStart(7)} checks per CPU second, ${told(peerMs)}`)
  console.log(`ratio        ${ratio?.toFixed(0).padStart(7)} (rounds of assay, Math-Verify, assay; median)`)
}
