import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { main } from '../../src/cli/main.js'
import { claimRunDir, describeRun } from '../../src/pipeline/run-dir.js'
import { runConfigSchema } from '../../src/schemas/config.js'
import type { VerifiedRow } from '../../src/schemas/trace.js'
import { openRows } from '../../src/store/files.js'
import { openLedger } from '../../src/store/ledger.js'
import { addTrace, codeProblem, mathProblem, traceOf } from '../exporters/trace.js'

export const rows = [
  addTrace('c1'),
  addTrace('c2', { duplicateOf: 'c1' }),
  addTrace('c3', { code: 'def add(a, b):\n    return b + a\n' }),
  traceOf(mathProblem, 'c4', { answer: '10', reply: 'So it is \\boxed{10}.' }),
]

/** A finished run on disk, written by the store itself: two draws, four accepted candidates and a refused one. */
export async function makeRun(dir: string, verified: readonly VerifiedRow[] = rows): Promise<void> {
  const run = describeRun(runConfigSchema.parse({ sets: ['own'], model: 'recorded:some-model' }), {
    own: 'a'.repeat(64),
  })
  mkdirSync(dir, { recursive: true })
  claimRunDir(dir, run, [codeProblem, mathProblem])
  const ledger = await openLedger(dir, { runId: run.runId, clock: { now: () => Date.UTC(2026, 0, 1) } })
  await ledger.append({
    kind: 'run.started',
    configHash: run.configHash,
    setHashes: run.setHashes,
    problems: 2,
    versions: {},
    backend: 'bubblewrap',
  })
  for (const [draw, problem] of [codeProblem, mathProblem].entries()) {
    const topic = `${problem.kind}/${problem.skills[0]}`
    await ledger.append({
      kind: 'problem.drawn',
      draw,
      problemId: problem.id,
      topic,
      level: problem.level,
      expected: 0.5,
    })
  }
  for (const { id, problemId, candidate, verdict, code, answer } of [...verified, addTrace('c9')]) {
    const { reply: _reply, ...facts } = candidate
    await ledger.append({
      kind: 'candidate.replied',
      candidate: { ...facts, draw: problemId === codeProblem.id ? 0 : 1 },
      latencyMs: 1,
    })
    const refused = { ...verdict, status: 'wrong_answer' as const, score: 0 }
    await ledger.append({
      kind: 'candidate.verified',
      candidateId: id,
      verdict: id === 'c9' ? refused : verdict,
      solutionHash: code ?? answer,
      verifyMs: 1,
    })
  }
  await ledger.append({ kind: 'run.stopped', reason: 'complete' })
  await ledger.close()
  const writer = await openRows(path.join(dir, 'verified.jsonl'))
  for (const row of verified) await writer.write(row)
  await writer.close()
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs one command line in this process. */
export async function assay(cwd: string, ...args: string[]): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err]: [string[], string[]] = [[], []]
  stdout.on('data', (chunk) => out.push(String(chunk)))
  stderr.on('data', (chunk) => err.push(String(chunk)))
  const interrupt = new AbortController().signal
  const code = await main(args, { stdin: new PassThrough(), stdout, stderr, env: {}, cwd, interrupt })
  await new Promise(setImmediate)
  return { code, out: out.join(''), err: err.join('') }
}
