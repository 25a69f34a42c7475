/** Wires the parts into a run: opens what is needed, draws, and ends what it opened. The only file with a run's effects. */
import path from 'node:path'
import PQueue from 'p-queue'
import type { Clock } from '../base/clock.js'
import { toAppError } from '../base/errors.js'
import { lookup } from '../base/registry.js'
import { solutionHash } from '../curation/exact.js'
import { policies } from '../curriculum/index.js'
import { wrongAnswers } from '../problems/wrong.js'
import { recipes } from '../recipes/index.js'
import type { RunConfig } from '../schemas/config.js'
import type { Event, EventBody } from '../schemas/event.js'
import type { Append, CurriculumPolicy, Model, Recipe, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { VerifiedRow } from '../schemas/trace.js'
import { openBlobs } from '../store/blobs.js'
import { openRows } from '../store/files.js'
import { openLedger, readEvents } from '../store/ledger.js'
import { acquireLock } from '../store/lock.js'
import { audit, auditPlan } from './audit.js'
import { type CandidateOutcome, interrupted, runCandidate } from './candidates.js'
import { runDraws, type StopReason } from './draws.js'
import { moveKey, type Recall, recallFrom } from './recall.js'
import { claimRunDir, type RunFile } from './run-dir.js'
import { createScheduler, type Draw, type Move } from './scheduler.js'

/** A sandbox with the verify port over it. */
export interface OpenVerifier {
  readonly verify: Verify
  readonly backend: string
  readonly versions: Readonly<Record<string, string>>
  close(): Promise<void>
}

export interface RunInput {
  readonly run: RunFile
  readonly dir: string
  readonly problems: readonly Problem[]
  readonly openModel: () => Promise<Model>
  readonly openVerifier: () => Promise<OpenVerifier>
  readonly clock: Clock
  readonly assayVersion: string
  /** Aborted to finish what is in flight and stop. */
  readonly interrupt: AbortSignal
  /** Sees every event: those of the ledger first, then each new one. */
  readonly onEvent: (event: Event) => void
  /** Called once the ledger was read and the run really starts. */
  readonly onStart?: () => void
}

const ended = (reason: string | undefined): reason is 'complete' | 'target' | 'exhausted' =>
  reason === 'complete' || reason === 'target' || reason === 'exhausted'

/** True when a raised target gives an ended run something to do again. */
const goesOn = (config: RunConfig, recall: Recall, distinct: number) =>
  !ended(recall.stopped) || (recall.stopped === 'target' && config.target !== undefined && distinct < config.target)

const bySolution = () => {
  const first = new Map<string, string>()
  /** Id of the first candidate with this solution of this problem, or undefined when it is new. */
  return (problemId: string, hash: string, id: string): string | undefined => {
    const key = `${problemId} ${hash}`
    const known = first.get(key)
    if (known === undefined) first.set(key, id)
    return known
  }
}

/** Distinct verified solutions that the ledger holds. */
async function distinctIn(dir: string): Promise<number> {
  const problemOf = new Map<string, string>()
  const seen = new Set<string>()
  for await (const event of readEvents(dir)) {
    if (event.kind === 'candidate.replied') problemOf.set(event.candidate.id, event.candidate.problemId)
    if (event.kind !== 'candidate.verified' || event.verdict.status !== 'accepted') continue
    seen.add(`${problemOf.get(event.candidateId)} ${event.solutionHash}`)
  }
  return seen.size
}

/**
 * Runs, or continues, the run of a folder until its end. Returns why it stopped; `undefined` recorded work is never redone.
 * Throws AppError: `config/changed`, `store/…`, `provider/…`, `sandbox/…`. Whatever was recorded before stays.
 */
export async function run(input: RunInput): Promise<StopReason> {
  const { dir, run: runFile, problems, clock } = input
  claimRunDir(dir, runFile, problems)
  const lock = await acquireLock(dir)
  try {
    const recall = await recallFrom(readEvents(dir), input.onEvent)
    if (ended(recall.stopped) && !goesOn(runFile.config, recall, await distinctIn(dir))) return recall.stopped
    input.onStart?.()
    const ledger = await openLedger(dir, { runId: runFile.runId, clock })
    const append: Append = async (event) => {
      const stamped = await ledger.append(event)
      input.onEvent(stamped)
      return stamped
    }
    try {
      return await work({ ...input, append, recall })
    } finally {
      await ledger.close()
    }
  } finally {
    await lock.release()
  }
}

type WorkInput = RunInput & { readonly append: Append; readonly recall: Recall }

/** Opens the model and the sandbox side by side; when one fails the other is closed again. */
async function openBoth(input: WorkInput): Promise<{ model: Model; verifier: OpenVerifier }> {
  const [model, verifier] = await Promise.allSettled([input.openModel(), input.openVerifier()])
  if (model.status === 'fulfilled' && verifier.status === 'fulfilled')
    return { model: model.value, verifier: verifier.value }
  if (model.status === 'fulfilled') await model.value.close()
  if (verifier.status === 'fulfilled') await verifier.value.close()
  throw model.status === 'rejected' ? model.reason : (verifier as PromiseRejectedResult).reason
}

async function work(input: WorkInput): Promise<StopReason> {
  const { model, verifier } = await openBoth(input)
  try {
    const { configHash, setHashes } = input.run
    const versions = { assay: input.assayVersion, ...verifier.versions, ...model.versions }
    await input.append({
      kind: 'run.started',
      configHash,
      setHashes: { ...setHashes },
      problems: input.problems.length,
      versions,
      backend: verifier.backend,
    })
    try {
      const reason = await drawAndAudit(input, model, verifier.verify, versions)
      await input.append({ kind: 'run.stopped', reason })
      return reason
    } catch (error) {
      // A disk that is full cannot take this event either; the first error is the one to tell.
      const stopped: EventBody = { kind: 'run.stopped', reason: 'failed', message: toAppError(error).message }
      await input.append(stopped).catch(() => {})
      throw error
    }
  } finally {
    await Promise.allSettled([model.close(), verifier.close()])
  }
}

async function drawAndAudit(
  input: WorkInput,
  model: Model,
  verify: Verify,
  versions: Record<string, string>,
): Promise<StopReason> {
  const { problems, append, recall, clock, interrupt } = input
  const { config } = input.run
  const blobs = await openBlobs(input.dir)
  const rows = await openRows(path.join(input.dir, 'verified.jsonl'))
  const queue = new PQueue({ concurrency: config.operational.requests })
  const startedMs = clock.now()
  const halt = new AbortController()
  try {
    const ports = {
      config,
      recipe: lookup<Recipe>(recipes, config.recipe, 'recipe'),
      model,
      verify,
      append,
      recall,
      blobs,
      solutionHash,
      now: clock.now,
      limitRequests: <T>(task: () => Promise<T>): Promise<T> =>
        queue.add(() => {
          if (interrupt.aborted || halt.signal.aborted) throw interrupted()
          return task()
        }) as Promise<T>,
    }
    const auditing = audit({
      plan: auditPlan({ problems, count: config.audit, seed: config.seed, wrong: wrongAnswers }),
      audited: recall.audited,
      verify,
      append,
      signal: AbortSignal.any([interrupt, halt.signal]),
    })
    auditing.catch(() => {})
    const reason = await runDraws({
      config,
      scheduler: createScheduler({
        config,
        problems,
        policy: lookup<CurriculumPolicy>(policies, config.curriculum.policy, 'curriculum policy'),
        rounds: config.target || config.budget ? config.rounds : 1,
      }),
      runCandidate: (draw, sample) => runCandidate(ports, draw, sample),
      worstTokens: worstTokensOf(ports),
      append,
      interrupt,
      halt: () => halt.abort(),
      activeMs: () => recall.activeMs + clock.now() - startedMs,
      ...recordings(input, rows, versions),
    })
    await auditing
    return reason
  } finally {
    halt.abort()
    await rows.close()
    await blobs.close()
  }
}

/** A bound without a tokenizer: no token is shorter than half a character on average in any text we send. */
function worstTokensOf(ports: Parameters<typeof runCandidate>[0]): (draw: Draw) => number {
  return ({ problem, number }) => {
    const { config, recipe, model } = ports
    const { request } = recipe.ask({
      problem,
      draw: number,
      sample: 0,
      seed: config.seed,
      math: config.math,
      supports: model.supports,
      prompting: config.prompting,
      sampling: config.sampling,
    })
    const text = request.prompt ?? (request.messages ?? []).map(({ content }) => content).join('\n')
    return Math.ceil(text.length / 2) + request.sampling.maxTokens
  }
}

/** What is written down about draws: the draw itself, moves of the curriculum, and the rows of verified.jsonl. */
function recordings(input: WorkInput, rows: { write(row: object): Promise<void> }, versions: Record<string, string>) {
  const { append, recall, run: runFile } = input
  const firstWith = bySolution()
  const provenance = { runId: runFile.runId, configHash: runFile.configHash, seed: runFile.config.seed, versions }
  return {
    drawn: async ({ number, problem, topic, level, expected }: Draw) => {
      const recorded = recall.draws[number]
      if (recorded === undefined) {
        await append({ kind: 'problem.drawn', draw: number, problemId: problem.id, topic, level, expected })
      } else if (recorded !== problem.id) {
        throw new Error(`draw ${number} was ${recorded} in the ledger and is ${problem.id} now`)
      }
    },
    moved: async ({ number }: Draw, move: Move) => {
      if (recall.moves.has(moveKey(number, move.topic))) return
      await append({ kind: 'curriculum.moved', draw: number, ...move })
    },
    keep: async ({ problem }: Draw, outcomes: readonly CandidateOutcome[]): Promise<number> => {
      let fresh = 0
      for (const { id, row, verified } of outcomes) {
        if (!row || !verified?.solutionHash) continue
        const duplicateOf = firstWith(problem.id, verified.solutionHash, id)
        if (duplicateOf === undefined) fresh++
        const { candidate, code, answer, verdict } = await row()
        const line: VerifiedRow = {
          v: 1,
          id,
          problemId: problem.id,
          problem,
          candidate,
          code,
          answer,
          verdict,
          duplicateOf,
          provenance,
        }
        await rows.write(line)
      }
      return fresh
    },
  }
}
