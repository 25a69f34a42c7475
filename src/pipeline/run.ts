/** Wires the parts into a run: opens what is needed, draws, and ends what it opened. The only file with a run's effects. */
import PQueue from 'p-queue'
import type { Clock } from '../base/clock.js'
import { AppError, toAppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { lookup } from '../base/registry.js'
import { solutionHash } from '../curation/exact.js'
import { policies } from '../curriculum/policies/index.js'
import { wrongAnswers } from '../problems/wrong.js'
import { recipes } from '../recipes/index.js'
import type { RunConfig } from '../schemas/config.js'
import type { ArmEstimate } from '../schemas/curriculum.js'
import type { Event, EventBody } from '../schemas/event.js'
import type { Append, Ask, CurriculumPolicy, Model, Recipe, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { openBlobs } from '../store/blobs.js'
import { openRows } from '../store/files.js'
import { openLedger, readEvents } from '../store/ledger.js'
import { acquireLock } from '../store/lock.js'
import { asker, worstTokens } from './asks.js'
import { audit, auditPlan } from './audit.js'
import { type CandidatePorts, interrupted, runCandidate } from './candidates.js'
import { runDraws, type StopReason } from './draws.js'
import { countFailures } from './failures.js'
import { moveKey, type Recall, recallFrom } from './recall.js'
import { repairRows, rowsFile, rowTeller } from './rows.js'
import { claimRunDir, forgetRun, type RunFile, readRun, refuseOther, roundsOf } from './run-dir.js'
import { createScheduler, type Draw } from './scheduler.js'

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

/** Has a run ended for good? A raised target gives one that had reached its target something to do again. */
function hasEnded({ target }: RunConfig, { stopped, distinct }: Recall): boolean {
  if (!ended(stopped)) return false
  return stopped !== 'target' || target === undefined || distinct.size >= target
}

/** What the folder already knows of this run. A run that never got a reply makes way for another config. */
async function recallRun({ dir, run: runFile, onEvent }: RunInput): Promise<Recall> {
  const before = readRun(dir)
  if (before && before.configHash !== runFile.configHash) {
    const recall = await recallFrom(readEvents(dir), () => {})
    if (recall.replied > 0) refuseOther(dir, before, runFile)
    forgetRun(dir)
  }
  return recallFrom(readEvents(dir), onEvent)
}

/**
 * Runs, or continues, the run of a folder until its end. Returns why it stopped. Recorded work is never redone.
 * Throws AppError: `config/changed`, `usage/bad-option`, `store/…`, `provider/…`, `sandbox/…`. What was recorded stays.
 */
export async function run(input: RunInput): Promise<StopReason> {
  const { dir, run: runFile, problems, clock } = input
  const { config } = runFile
  const recipe = lookup<Recipe>(recipes, config.recipe, 'recipe')
  const policy = lookup<CurriculumPolicy>(policies, config.curriculum.policy, 'curriculum policy')
  const lock = await acquireLock(dir)
  try {
    const recall = await recallRun(input)
    if (hasEnded(config, recall)) {
      await repairRows({ dir, run: runFile, recall, problems })
      return recall.stopped as StopReason
    }
    input.onStart?.()
    const { model, verifier } = await openBoth(input)
    try {
      claimRunDir(dir, runFile, problems)
      const ledger = await openLedger(dir, { runId: runFile.runId, clock })
      const append: Append = async (event) => {
        const stamped = await ledger.append(event)
        input.onEvent(stamped)
        return stamped
      }
      try {
        return await work({ ...input, append, recall, recipe, policy, model, verifier })
      } finally {
        await ledger.close()
      }
    } finally {
      await Promise.allSettled([model.close(), verifier.close()])
    }
  } finally {
    lock.release()
  }
}

interface WorkInput extends RunInput {
  readonly append: Append
  readonly recall: Recall
  readonly recipe: Recipe
  readonly policy: CurriculumPolicy
  readonly model: Model
  readonly verifier: OpenVerifier
}

/** Opens the model and the sandbox side by side; when one fails the other is closed again. */
async function openBoth(input: RunInput): Promise<{ model: Model; verifier: OpenVerifier }> {
  const [model, verifier] = await Promise.allSettled([input.openModel(), input.openVerifier()])
  if (model.status === 'fulfilled' && verifier.status === 'fulfilled')
    return { model: model.value, verifier: verifier.value }
  if (model.status === 'fulfilled') await model.value.close()
  if (verifier.status === 'fulfilled') await verifier.value.close()
  throw model.status === 'rejected' ? model.reason : (verifier as PromiseRejectedResult).reason
}

/** One process's share of a run, between its run.started and its run.stopped. */
async function work(input: WorkInput): Promise<StopReason> {
  const { model, verifier, append } = input
  const { configHash, setHashes } = input.run
  const versions = { assay: input.assayVersion, ...verifier.versions, ...model.versions }
  const { backend } = verifier
  await append({
    kind: 'run.started',
    configHash,
    setHashes: { ...setHashes },
    problems: input.problems.length,
    versions,
    backend,
  })
  try {
    const { reason, estimates } = await drawAndAudit(input, versions)
    await append({ kind: 'run.stopped', reason, estimates })
    return reason
  } catch (error) {
    // A disk that is full cannot take this event either; the first error is the one to tell.
    const stopped: EventBody = { kind: 'run.stopped', reason: 'failed', message: toAppError(error).message }
    await append(stopped).catch(() => {})
    throw error
  }
}

async function drawAndAudit(
  input: WorkInput,
  versions: Record<string, string>,
): Promise<{ reason: StopReason; estimates: ArmEstimate[] }> {
  const { problems, append, recall, clock, interrupt, model, policy } = input
  const { config } = input.run
  const { verify } = input.verifier
  const blobs = await openBlobs(input.dir)
  const rows = await openRows(rowsFile(input.dir))
  const startedMs = clock.now()
  const halt = new AbortController()
  try {
    const auditing = audit({
      plan: auditPlan({ problems, count: config.audit, seed: config.seed, wrong: knownWrong }),
      audited: recall.audited,
      verify,
      append,
      signal: AbortSignal.any([interrupt, halt.signal]),
    })
    auditing.catch(() => {})
    const ports = candidatePorts(input, { blobs, versions, halt: halt.signal })
    const rowsOf = rowTeller({ run: input.run, rows, blobs })
    const scheduler = createScheduler({ config, problems, policy, rounds: roundsOf(config) })
    const reason = await runDraws({
      config,
      scheduler,
      runCandidate: (draw, sample) => runCandidate(ports, draw, sample),
      worst: ({ problem, number }) => worstOf(ports.ask(problem, number, 0), config, model),
      recorded: ({ number }) => recall.draws[number] !== undefined,
      drawn: (draw) => recordDraw(input, draw),
      moved: async ({ number }, move) => {
        if (!recall.moves.has(moveKey(number, move.topic)))
          await append({ kind: 'curriculum.moved', draw: number, ...move })
      },
      keep: ({ problem }, outcomes) =>
        rowsOf.tell(
          problem,
          outcomes.map(({ verified }) => verified),
        ),
      interrupt,
      halt: () => halt.abort(),
      activeMs: () => recall.activeMs + clock.now() - startedMs,
    })
    await auditing
    await rows.flush()
    return { reason, estimates: scheduler.estimates() }
  } finally {
    halt.abort()
    await rows.close()
    await blobs.close()
  }
}

/**
 * Answers that must be refused. A derived wrong program can pass weak tests, and a published one that was only slow may be
 * right: neither is the verifier's fault.
 */
const knownWrong = (problem: Problem) => wrongAnswers(problem).filter(({ given }) => given || problem.kind === 'math')

function candidatePorts(
  input: WorkInput,
  { blobs, versions, halt }: { blobs: CandidatePorts['blobs']; versions: Record<string, string>; halt: AbortSignal },
): CandidatePorts {
  const { recall, recipe, model, append, interrupt, clock } = input
  const { config } = input.run
  const queue = new PQueue({ concurrency: config.operational.requests })
  return {
    config,
    recipe,
    model,
    ask: asker(config, recipe, model.supports),
    verify: input.verifier.verify,
    append,
    recall,
    blobs,
    solutionHash,
    interrupt,
    requestFailures: countFailures(recall.replied > 0),
    sandboxFailures: countFailures(recall.accepted > 0),
    versions,
    now: clock.now,
    limitRequests: <T>(task: () => Promise<T>): Promise<T> =>
      queue.add(() => {
        if (interrupt.aborted || halt.aborted) throw interrupted()
        return task()
      }) as Promise<T>,
  }
}

/** What one candidate can cost at most; no money bound while no price is known. */
function worstOf(ask: Ask, config: RunConfig, model: Model) {
  const tokens = worstTokens(ask)
  const price = config.priceUsd ?? model.priceUsd
  if (!price) return { tokens, costUsd: undefined }
  const { maxTokens } = ask.request.sampling
  return { tokens, costUsd: ((tokens - maxTokens) * price.inputPerMtok + maxTokens * price.outputPerMtok) / 1e6 }
}

async function recordDraw({ append, recall, run: { config } }: WorkInput, draw: Draw): Promise<void> {
  const { number, problem, topic, level, target, expected, wave } = draw
  const attempts = draw.attempts === config.samples && wave === undefined ? undefined : draw.attempts
  const recorded = recall.draws[number]
  if (recorded === undefined) {
    const facts = { draw: number, problemId: problem.id, topic, level, expected, target, attempts, wave }
    await append({ kind: 'problem.drawn', ...facts })
  } else if (recorded.problemId !== problem.id || recorded.attempts !== attempts) {
    const told = (id: string, asked = config.samples) => `${id} with ${counted(asked, 'candidate')}`
    throw new AppError('store/corrupt', {
      message: `draw ${number} was ${told(recorded.problemId, recorded.attempts)} in the ledger and is ${told(problem.id, attempts)} now`,
      hint: 'this version of assay draws differently from the one that began the run: finish it with that one, or choose another --out',
    })
  }
}
