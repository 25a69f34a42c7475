/** The process that holds the model: a native crash or lack of memory costs one batch, not the run. Started by local.ts. */
import { readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type ChatHistoryItem,
  getLlama,
  getModuleVersion,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp'
import type { GenerateRequest, Message } from '../schemas/generate.js'
import { trimPrompt } from './completion-text.js'
import { createEngine } from './local-engine.js'
import type { ChildOptions, Job, Order, Report } from './local-protocol.js'

/** Room for a prompt and its reply; the cache of 8 such sequences takes 190 MB with the default model. */
const CONTEXT_TOKENS = 1024
const ALIVE_EVERY_MS = 1000
const SCRATCH = /^assay-prefix-(\d+)\.bin$/

const say = (report: Report) => process.send?.(report)

async function load({ modelFile, threads, parallel }: ChildOptions) {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
  })
  const model = await llama.loadModel({ modelPath: modelFile })
  const context = await model.createContext({
    contextSize: Math.min(CONTEXT_TOKENS, model.trainContextSize),
    sequences: parallel,
    batchSize: CONTEXT_TOKENS,
    threads,
    flashAttention: false,
  })
  let told = Date.now()
  const engine = createEngine({
    model,
    context,
    scratchFile: path.join(tmpdir(), `assay-prefix-${process.pid}.bin`),
    onReply: (reply) => say({ type: 'reply', ...reply }),
    onStep: () => {
      if (Date.now() - told < ALIVE_EVERY_MS) return
      told = Date.now()
      say({ type: 'alive' })
    },
    onFailed: (error) => fail(error),
  })
  say({
    type: 'ready',
    runtime: `node-llama-cpp ${await getModuleVersion()}, llama.cpp ${llama.llamaCppRelease.release}`,
    chat: Boolean(model.fileInfo.metadata.tokenizer?.chat_template),
    contextTokens: context.contextSize,
  })
  return { model, engine, contextTokens: context.contextSize }
}

function start({ model, engine, contextTokens }: Awaited<ReturnType<typeof load>>, { id, request }: Job): void {
  const tokens = request.prompt === undefined ? chatTokens(model, request) : promptTokens(model, request.prompt)
  if (tokens.length === 0 || tokens.length > contextTokens - 2) {
    say({
      type: 'refused',
      id,
      message: `the prompt has ${tokens.length} tokens, the model takes 1 to ${contextTokens - 2}`,
    })
    return
  }
  engine.add({ id, tokens, seed: request.seed, ...request.sampling })
}

function promptTokens(model: LlamaModel, prompt: string): readonly Token[] {
  const tokens = model.tokenize(trimPrompt(prompt))
  const { bos, shouldPrependBosToken } = model.tokens
  return shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens
}

let chatWrapper: ReturnType<typeof resolveChatWrapper> = null

/** By the chat template that the model file carries. */
function chatTokens(model: LlamaModel, { messages = [] }: GenerateRequest): readonly Token[] {
  const item = ({ role, content }: Message): ChatHistoryItem =>
    role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content }
  const chatHistory: ChatHistoryItem[] = [...messages.map(item), { type: 'model', response: [] }]
  chatWrapper ??= resolveChatWrapper(model)
  return chatWrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
}

/** A killed child can leave its scratch file behind. */
function sweep(): void {
  for (const file of readdirSync(tmpdir())) {
    const pid = Number(SCRATCH.exec(file)?.[1] ?? 0)
    if (pid > 0 && !isAlive(pid)) rmSync(path.join(tmpdir(), file), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function fail(error: unknown): void {
  say({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  setTimeout(() => process.exit(1), 50)
}

let loaded: Promise<Awaited<ReturnType<typeof load>>> | undefined

function receive(order: Order): void {
  if (order.type === 'load') {
    loaded = load(order.options)
    loaded.catch(fail)
  } else {
    loaded
      ?.then((ready) => {
        if (order.type === 'job') start(ready, order.job)
        else ready.engine.cancel(order.id)
      })
      .catch(fail)
  }
}

// Ctrl-C in a terminal reaches the whole group, but it is the parent that decides when the work ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// The parent is gone, however it died. No clean-up: native threads may be in the middle of a step.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
sweep()
process.on('message', receive)
