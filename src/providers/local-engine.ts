/**
 * Batched generation over one llama.cpp context. The text of a reply depends on its request alone, not on what else is
 * in the batch or what a sequence held before. llama.cpp gives equal bits when (a) attention is not fused, (b) a prompt
 * is evaluated by itself, two tokens or more at a time, (c) a step decodes one token of each sequence; hence the two
 * phases below, and only prompt tokens are ever reused. The contract suite asks the same in different company.
 */
import { rm } from 'node:fs/promises'
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp'
import type { FinishReason } from '../schemas/generate.js'
import { findStop } from './completion-text.js'
import { TOP_K } from './local-sampling.js'
import { commonPrefix, pieces } from './token-prefix.js'

/** Beyond this many tokens, copying a prefix from another sequence through a file is cheaper than evaluating it. */
const COPY_GAIN_TOKENS = 24
/** Most tokens of a prompt in one evaluation. */
const PIECE_TOKENS = 512
/** llama.cpp takes this seed for "choose one yourself". */
const NO_SEED = 0xffff_ffff

export interface EngineJob {
  readonly id: number
  readonly tokens: readonly Token[]
  readonly seed: number
  readonly temperature: number
  readonly topP: number
  readonly maxTokens: number
  readonly stop: readonly string[]
}

export interface EngineReply {
  readonly id: number
  readonly text: string
  readonly promptTokens: number
  readonly completionTokens: number
  readonly finishReason: FinishReason
}

export interface EngineOptions {
  readonly model: LlamaModel
  readonly context: LlamaContext
  /** A file that may be written and is removed again; carries a prefix from one sequence to another. */
  readonly scratchFile: string
  readonly onReply: (reply: EngineReply) => void
  /** Called after each step. */
  readonly onStep: () => void
}

interface Work {
  readonly job: EngineJob
  readonly tokens: AsyncGenerator<Token, unknown, undefined>
  readonly generated: Token[]
  text: string
}

interface Slot {
  readonly sequence: LlamaContextSequence
  /** The prompt whose evaluation the sequence holds, from its start. */
  prompt: readonly Token[]
  work: Work | undefined
}

export interface Engine {
  add(job: EngineJob): void
  cancel(id: number): void
}

/** onFailed: the context cannot be trusted any more; the process should end. */
export function createEngine(options: EngineOptions & { onFailed: (error: unknown) => void }): Engine {
  const { context } = options
  const slots: Slot[] = Array.from({ length: context.totalSequences }, () => ({
    sequence: context.getSequence(),
    prompt: [],
    work: undefined,
  }))
  const waiting: EngineJob[] = []
  const cancelled = new Set<number>()
  let running = false

  async function loop(): Promise<void> {
    for (;;) {
      for (const slot of slots) if (slot.work && cancelled.has(slot.work.job.id)) await release(slot)
      cancelled.clear()
      if (waiting.length > 0 && slots.some((slot) => !slot.work)) {
        await admit(slots, waiting.shift() as EngineJob, options)
        options.onStep()
        continue
      }
      const active = slots.filter((slot) => slot.work)
      if (active.length === 0) return
      const results = await Promise.all(active.map((slot) => (slot.work as Work).tokens.next()))
      for (const [index, slot] of active.entries())
        await advance(slot, results[index] as IteratorResult<Token>, options)
      options.onStep()
    }
  }

  function wake(): void {
    if (running) return
    running = true
    loop()
      .catch(options.onFailed)
      .finally(() => {
        running = false
        if (waiting.length > 0) wake()
      })
  }

  return {
    add(job) {
      waiting.push(job)
      wake()
    },
    cancel(id) {
      const at = waiting.findIndex((job) => job.id === id)
      if (at === -1) cancelled.add(id)
      else waiting.splice(at, 1)
    },
  }
}

/** Evaluates a prompt in the free sequence that holds most of it already, alone in the context, up to its first token. */
async function admit(slots: readonly Slot[], job: EngineJob, options: EngineOptions): Promise<void> {
  // At least two tokens are left to evaluate: (b) above.
  const usable = (slot: Slot) => Math.max(0, Math.min(commonPrefix(slot.prompt, job.tokens), job.tokens.length - 2))
  const most = (among: readonly Slot[]) => among.reduce((best, slot) => (usable(slot) > usable(best) ? slot : best))
  const slot = most(slots.filter(({ work }) => !work))
  const donor = most(slots)
  let reused = usable(slot)
  if (usable(donor) >= reused + COPY_GAIN_TOKENS) {
    reused = usable(donor)
    await copyState(donor.sequence, slot.sequence, options.scratchFile)
  }
  const { sequence } = slot
  slot.prompt = []
  await sequence.eraseContextTokenRanges([{ start: reused, end: sequence.nextTokenIndex }])
  const todo = pieces(job.tokens.slice(reused), PIECE_TOKENS)
  const last = todo.pop() as Token[]
  for (const piece of todo) await sequence.evaluateWithoutGeneratingNewTokens(piece)
  const tokens = sequence.evaluate(last, {
    temperature: job.temperature,
    topP: job.topP,
    topK: TOP_K,
    minP: 0,
    seed: job.seed % NO_SEED,
  })
  slot.work = { job, tokens, generated: [], text: '' }
  const first = await tokens.next()
  slot.prompt = job.tokens
  await advance(slot, first, options)
}

async function copyState(from: LlamaContextSequence, to: LlamaContextSequence, file: string): Promise<void> {
  try {
    await from.saveStateToFile(file)
    await to.loadStateFromFile(file, { acceptRisk: true })
  } finally {
    await rm(file, { force: true })
  }
}

/** Takes one generated token; ends the work at the model's end, a stop text or the limit. */
async function advance(slot: Slot, result: IteratorResult<Token, unknown>, options: EngineOptions): Promise<void> {
  const work = slot.work as Work
  const { job } = work
  const finish = async (text: string, finishReason: FinishReason) => {
    await release(slot)
    const completionTokens = work.generated.length
    options.onReply({ id: job.id, text, promptTokens: job.tokens.length, completionTokens, finishReason })
  }
  if (result.done) return finish(work.text, 'stop')
  work.generated.push(result.value)
  const before = work.text.length
  work.text = options.model.detokenize(work.generated, false, job.tokens.slice(-4))
  const stop = findStop(work.text, job.stop, before)
  if (stop !== -1) return finish(work.text.slice(0, stop), 'stop')
  const room = options.context.contextSize - 1 - job.tokens.length
  if (work.generated.length >= Math.min(job.maxTokens, room)) return finish(work.text, 'length')
}

async function release(slot: Slot): Promise<void> {
  await slot.work?.tokens.return(undefined)
  slot.work = undefined
}
