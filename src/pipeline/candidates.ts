/** The life of one candidate: asked, recorded, checked, recorded. What the ledger knows is never done again. */
import { AppError, type ErrorCode, toAppError } from '../base/errors.js'
import { hashOf } from '../base/hash.js'
import type { RunConfig } from '../schemas/config.js'
import type { Append, Ask, Checked, Model, Recipe, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { Asker } from './asks.js'
import type { Failures } from './failures.js'
import { type KnownVerdict, knownReply, knownVerdict, type Recall, type RecordedCandidate, tokensOf } from './recall.js'
import type { Draw } from './scheduler.js'

export interface CandidatePorts {
  readonly config: RunConfig
  readonly recipe: Recipe
  readonly model: Model
  readonly ask: Asker
  readonly verify: Verify
  readonly append: Append
  readonly recall: Recall
  readonly blobs: { put(text: string): Promise<string>; get(hash: string): Promise<string> }
  readonly solutionHash: (problem: Problem, solution: Pick<Checked, 'code' | 'answer'>) => string
  /** Runs a request when there is room for one; refuses those not yet started once the run is interrupted. */
  readonly limitRequests: <T>(task: () => Promise<T>) => Promise<T>
  /** Aborted: what is in flight may finish, nothing new is begun. */
  readonly interrupt: AbortSignal
  readonly requestFailures: Failures
  readonly sandboxFailures: Failures
  readonly versions: Readonly<Record<string, string>>
  readonly now: () => number
}

export interface CandidateOutcome {
  readonly id: string
  /** 0 when the server did not say. */
  readonly tokens: number
  readonly costUsd: number | null
  readonly model: string
  /** Undefined when the request failed for good. */
  readonly verified?: KnownVerdict
}

/** Longest answer that stands in an event; longer ones are in their program's output alone. */
const ANSWER_CHARACTERS = 2000

const candidateId = (config: RunConfig, draw: Draw, sample: number) =>
  hashOf([config.seed, draw.problem.id, config.recipe, draw.number, sample])

/** Failures that are one request's own: the model answered, but not to this. */
const ownFailures: ReadonlySet<ErrorCode> = new Set(['provider/bad-reply', 'provider/bad-request'])

/** Asks the model and records the reply. The reply's text comes along, so that it need not be read back. */
async function request(
  ports: CandidatePorts,
  draw: Draw,
  sample: number,
): Promise<{ candidate: RecordedCandidate; text: string }> {
  const { config, recipe, model } = ports
  const ask: Ask = ports.ask(draw.problem, draw.number, sample)
  const reply = await ports.limitRequests(() => model.generate(ask.request, { lastTry: ports.interrupt }))
  ports.requestFailures.worked()
  const candidate: RecordedCandidate = {
    id: candidateId(config, draw, sample),
    problemId: draw.problem.id,
    recipe: recipe.id,
    draw: draw.number,
    sample,
    provider: model.provider,
    model: reply.model,
    sampling: { ...ask.request.sampling, seed: ask.request.seed },
    form: ask.form,
    style: ask.style,
    prefix: ask.prefix,
    promptHash: hashOf(ask.request),
    replyHash: await ports.blobs.put(reply.text),
    usage: reply.usage,
    finishReason: reply.finishReason,
    costUsd: reply.costUsd,
  }
  await ports.append({ kind: 'candidate.replied', candidate, latencyMs: Math.round(reply.latencyMs) })
  return { candidate, text: reply.text }
}

/** Checks a recorded candidate and records the verdict. A sandbox that fails again and again ends the run instead. */
async function check(
  ports: CandidatePorts,
  problem: Problem,
  candidate: RecordedCandidate,
  text: string,
): Promise<KnownVerdict> {
  const startedMs = ports.now()
  const { form, style, prefix } = candidate
  const checked = await ports.verify(problem, { kind: 'reply', form, style, prefix, text })
  const { verdict, answer } = checked
  if (verdict.status !== 'sandbox_error') ports.sandboxFailures.worked()
  else if (!ports.sandboxFailures.isolated()) {
    throw new AppError('sandbox/agent-died', {
      message: `the sandbox does not work: ${verdict.reason}`,
      hint: '`assay doctor` says what is wrong; the same command continues the run',
    })
  }
  const solution = checked.code ?? answer
  const facts = {
    verdict,
    solutionHash: solution === undefined ? undefined : ports.solutionHash(problem, checked),
    solutionBlob: solution === undefined ? undefined : await ports.blobs.put(solution),
    answer: answer !== undefined && answer.length <= ANSWER_CHARACTERS ? answer : undefined,
  }
  const verifyMs = Math.round(ports.now() - startedMs)
  await ports.append({ kind: 'candidate.verified', candidateId: candidate.id, ...facts, verifyMs })
  return knownVerdict(candidate, facts, ports.versions)
}

/** A failure of one request is one candidate's loss; a model that does not work ends the run, which continues later. */
async function recordFailure(ports: CandidatePorts, id: string, error: unknown): Promise<void> {
  if (ports.interrupt.aborted && error === ports.interrupt.reason) throw interrupted()
  const { code, message } = toAppError(error)
  if (!ownFailures.has(code) || !ports.requestFailures.isolated()) throw error
  await ports.append({ kind: 'candidate.failed', candidateId: id, code, message })
}

/** One candidate from the question to the verdict, taking from the ledger what it already holds. */
export async function runCandidate(ports: CandidatePorts, draw: Draw, sample: number): Promise<CandidateOutcome> {
  const id = candidateId(ports.config, draw, sample)
  let known = ports.recall.candidates.get(id) ?? {}
  const failed: CandidateOutcome = { id, tokens: 0, costUsd: 0, model: ports.model.model }
  if (known.failed !== undefined) return failed
  let text: string | undefined
  if (known.replyHash === undefined) {
    try {
      const asked = await request(ports, draw, sample)
      text = asked.text
      known = knownReply(asked.candidate)
    } catch (error) {
      await recordFailure(ports, id, error)
      return failed
    }
  }
  const { candidate, replyHash = '', tokens = 0, costUsd = null, model = ports.model.model } = known
  const outcome = { id, tokens, costUsd, model }
  if (known.verified) return { ...outcome, verified: known.verified }
  if (!candidate) throw new Error(`candidate ${id} has neither a record nor a verdict`)
  const verified = await check(ports, draw.problem, candidate, text ?? (await ports.blobs.get(replyHash)))
  return { ...outcome, tokens: tokensOf(candidate), verified }
}

/** Thrown to requests that had not started when the run was interrupted. */
export const interrupted = () =>
  new AppError('run/interrupted', { message: 'the run was interrupted', hint: 'the same command continues it' })
