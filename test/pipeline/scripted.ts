/** Ports for pipeline tests: a model whose reply depends on the request alone, and a verifier that reads that reply. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { hashOf } from '../../src/base/hash.js'
import { rng } from '../../src/base/rng.js'
import type { StopReason } from '../../src/pipeline/draws.js'
import { type RunInput, run } from '../../src/pipeline/run.js'
import { describeRun } from '../../src/pipeline/run-dir.js'
import { type RunConfigInput, runConfigSchema } from '../../src/schemas/config.js'
import type { Event } from '../../src/schemas/event.js'
import type { Generate, Model, Verify } from '../../src/schemas/ports.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'

export const problems: Problem[] = ['strings', 'lists'].flatMap((skill) =>
  [0, 1, 2].flatMap((level) =>
    [0, 1, 2, 3].map((n) =>
      problemSchema.parse({
        v: 1,
        id: `scripted/${skill}-${level}-${n}`,
        kind: 'code',
        set: 'scripted',
        license: 'Apache-2.0',
        source: 'test',
        statement: `Problem ${n} of ${skill} at level ${level}.`,
        entryPoint: 'f',
        check: { type: 'call', function: 'f', cases: [{ args: [], expected: 1 }] },
        reference: { code: 'right' },
        skills: [skill],
        level,
        meta: { wrong: [{ kind: 'slip', code: 'slip' }] },
      }),
    ),
  ),
)

export interface Script {
  /** Ids of requests in the order in which they were made. */
  readonly asked: string[]
  /** Called before each reply; may throw or wait. */
  before?: (count: number) => Promise<void> | void
  readonly latency?: boolean
  /** null: the server tells no price. */
  readonly costUsd?: number | null
}

const generate =
  (script: Script): Generate =>
  async (request) => {
    script.asked.push(hashOf(request))
    await script.before?.(script.asked.length)
    const stream = rng(hashOf(request))
    if (script.latency) {
      for (let turns = rng(hashOf(request), 'latency').int(0, 20); turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve))
    }
    return {
      text: `solution ${stream.int(0, 9)}`,
      usage: { promptTokens: 50, completionTokens: 10 },
      finishReason: 'stop',
      model: 'scripted',
      latencyMs: 1,
      costUsd: script.costUsd === undefined ? 0.001 : script.costUsd,
    }
  }

const scriptedModel = (script: Script): Model => ({
  provider: 'scripted',
  model: 'scripted',
  supports: { chat: true, completion: false, prefersCompletion: false },
  parallel: 8,
  versions: { weights: 'none' },
  generate: generate(script),
  close: async () => {},
})

/** Replies with a digit under 9 - 3 * level are right. */
const verify: Verify = async (problem, submission) => {
  const text =
    submission.kind === 'reply' ? submission.text : submission.kind === 'code' ? submission.code : submission.answer
  const digit = Number(/^solution (\d)/.exec(text)?.[1] ?? 99)
  const right = text === 'right' || digit < 9 - 3 * problem.level
  return {
    code: text,
    verdict: {
      status: right ? 'accepted' : 'wrong_answer',
      blame: 'candidate',
      score: right ? 1 : 0,
      reason: right ? 'all cases passed' : 'case 0 differs',
      cases: [],
      evidence: { checkHash: 'c', verifier: 'call', verifierVersion: '1', runs: 1 },
    },
  }
}

/** Where a run may go; removed at the end of the test. */
export function newDir(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'assay-run-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return path.join(parent, 'run')
}

export interface Started {
  readonly reason: StopReason
  readonly script: Script
  readonly events: Event[]
}

/** Starts, or continues, a run of the scripted parts. */
export async function start(input: {
  dir: string
  config?: Partial<RunConfigInput>
  script?: Partial<Script>
  interrupt?: AbortSignal
  over?: Partial<RunInput>
  sets?: Record<string, string>
}): Promise<Started> {
  const config = runConfigSchema.parse({ sets: ['scripted'], model: 'scripted', samples: 3, audit: 2, ...input.config })
  const script: Script = { asked: [], ...input.script }
  const events: Event[] = []
  let tick = Date.parse('2026-01-01T00:00:00Z')
  const reason = await run({
    run: describeRun(config, input.sets ?? { scripted: 'a'.repeat(64) }),
    dir: input.dir,
    problems,
    openModel: async () => scriptedModel(script),
    openVerifier: async () => ({ verify, backend: 'scripted', versions: { agent: 'none' }, close: async () => {} }),
    clock: { now: () => tick++ },
    assayVersion: '0.0.0',
    interrupt: input.interrupt ?? new AbortController().signal,
    onEvent: (event) => void events.push(event),
    ...input.over,
  })
  return { reason, script, events }
}
