/** The life of one candidate: asked, recorded, checked, recorded. What the ledger knows is never done again. */
import { AppError, toAppError } from '../base/errors.js'
import { hashOf } from '../base/hash.js'
import type { Candidate } from '../schemas/candidate.js'
import type { RunConfig } from '../schemas/config.js'
import type { Append, Ask, Checked, Model, Recipe, Verify } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { VerifiedRow } from '../schemas/trace.js'
import type { Known, KnownVerdict, Recall } from './recall.js'
import type { Draw } from './scheduler.js'

export interface CandidatePorts {
  readonly config: RunConfig
  readonly recipe: Recipe
  readonly model: Model
  readonly verify: Verify
  readonly append: Append
  readonly recall: Recall
  readonly blobs: { put(text: string): Promise<string>; get(hash: string): Promise<string> }
  readonly solutionHash: (problem: Problem, solution: Pick<Checked, 'code' | 'answer'>) => string
  /** Runs a request when there is room for one; refuses those not yet started once the run is interrupted. */
  readonly limitRequests: <T>(task: () => Promise<T>) => Promise<T>
  readonly now: () => number
}

export interface CandidateOutcome {
  readonly id: string
  readonly tokens: number
  readonly costUsd: number | null
  readonly model: string
  /** Undefined when the request failed for good. */
  readonly verified?: KnownVerdict
  /** Builds the row for verified.jsonl; only for accepted candidates. */
  readonly row?: () => Promise<Pick<VerifiedRow, 'candidate' | 'code' | 'answer' | 'verdict'>>
}

type Replied = NonNullable<Known['replied']>

const candidateId = (config: RunConfig, draw: Draw, sample: number) =>
  hashOf([config.seed, draw.problem.id, config.recipe, draw.number, sample])

function askFor(ports: CandidatePorts, draw: Draw, sample: number): Ask {
  const { config, recipe, model } = ports
  return recipe.ask({
    problem: draw.problem,
    draw: draw.number,
    sample,
    seed: config.seed,
    math: config.math,
    supports: model.supports,
    prompting: config.prompting,
    sampling: config.sampling,
  })
}

function toCandidate(input: {
  ports: CandidatePorts
  draw: Draw
  sample: number
  ask: Ask
  replied: Replied
}): Omit<Candidate, 'reply'> {
  const { ports, draw, sample, ask, replied } = input
  return {
    id: candidateId(ports.config, draw, sample),
    problemId: draw.problem.id,
    recipe: ports.recipe.id,
    draw: draw.number,
    sample,
    sampling: { ...ask.request.sampling, seed: ask.request.seed },
    form: ask.form,
    style: ask.style,
    prefix: ask.prefix,
    promptHash: hashOf(ask.request),
    ...replied,
  }
}

/** Asks the model and records the reply. The reply's text comes along, so that it need not be read back. */
async function request(
  ports: CandidatePorts,
  draw: Draw,
  sample: number,
  ask: Ask,
): Promise<{ replied: Replied; text: string }> {
  const reply = await ports.limitRequests(() => ports.model.generate(ask.request))
  const replied: Replied = {
    provider: ports.model.provider,
    model: reply.model,
    replyHash: await ports.blobs.put(reply.text),
    usage: reply.usage,
    finishReason: reply.finishReason,
    costUsd: reply.costUsd,
  }
  const candidate = toCandidate({ ports, draw, sample, ask, replied })
  await ports.append({ kind: 'candidate.replied', candidate, latencyMs: Math.round(reply.latencyMs) })
  return { replied, text: reply.text }
}

async function check(ports: CandidatePorts, draw: Draw, id: string, ask: Ask, text: string): Promise<KnownVerdict> {
  const startedMs = ports.now()
  const { form, style, prefix } = ask
  const checked = await ports.verify(draw.problem, { kind: 'reply', form, style, prefix, text })
  const solution = checked.code ?? checked.answer
  const known: KnownVerdict = {
    status: checked.verdict.status,
    blame: checked.verdict.blame,
    solutionHash: solution === undefined ? undefined : ports.solutionHash(draw.problem, checked),
    solutionBlob: solution === undefined ? undefined : await ports.blobs.put(solution),
    verdict: checked.verdict,
  }
  await ports.append({
    kind: 'candidate.verified',
    candidateId: id,
    verdict: checked.verdict,
    solutionHash: known.solutionHash,
    solutionBlob: known.solutionBlob,
    verifyMs: Math.round(ports.now() - startedMs),
  })
  return known
}

/** A bad reply is one candidate's loss; a model that cannot be reached ends the run, which continues later. */
async function recordFailure(ports: CandidatePorts, id: string, error: unknown): Promise<void> {
  const known = toAppError(error)
  if (known.code !== 'provider/bad-reply') throw error
  await ports.append({ kind: 'candidate.failed', candidateId: id, code: known.code, message: known.message })
}

/** One candidate from the question to the verdict, taking from the ledger what it already holds. */
export async function runCandidate(ports: CandidatePorts, draw: Draw, sample: number): Promise<CandidateOutcome> {
  const id = candidateId(ports.config, draw, sample)
  const known = ports.recall.candidates.get(id) ?? {}
  const nothing: CandidateOutcome = { id, tokens: 0, costUsd: 0, model: ports.model.model }
  if (known.failed !== undefined) return nothing
  const ask = askFor(ports, draw, sample)
  let replied = known.replied
  let text: string | undefined
  if (!replied) {
    try {
      ;({ replied, text } = await request(ports, draw, sample, ask))
    } catch (error) {
      await recordFailure(ports, id, error)
      return nothing
    }
  }
  const { replyHash, usage, costUsd } = replied
  const verified = known.verified ?? (await check(ports, draw, id, ask, text ?? (await ports.blobs.get(replyHash))))
  const outcome = { id, tokens: usage.promptTokens + usage.completionTokens, costUsd, model: replied.model, verified }
  if (verified.status !== 'accepted' || !verified.verdict) return outcome
  const { verdict, solutionBlob } = verified
  const facts = replied
  return {
    ...outcome,
    row: async () => {
      const reply = await ports.blobs.get(facts.replyHash)
      const solution = solutionBlob === undefined ? undefined : await ports.blobs.get(solutionBlob)
      const candidate = { ...toCandidate({ ports, draw, sample, ask, replied: facts }), reply }
      return { candidate, ...(ask.form === 'answer' ? { answer: solution } : { code: solution }), verdict }
    },
  }
}

/** Thrown to requests that had not started when the run was interrupted. */
export const interrupted = () =>
  new AppError('run/interrupted', { message: 'the run was interrupted', hint: 'the same command continues it' })
