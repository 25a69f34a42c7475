/** The parent's side of the local model: starts the child, hands it requests, and starts it once more when it dies. */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { AppError } from '../base/errors.js'
import type { GenerateRequest } from '../schemas/generate.js'
import { type ChildOptions, type Order, type Report, type ReportOf, reportSchema } from './local-protocol.js'

export interface LocalProcessOptions extends ChildOptions {
  /** A child that gives no sign of life for so long (30 s at least) is taken for dead. */
  readonly timeoutMs: number
  readonly log: (line: string) => void
}

interface Pending {
  readonly request: GenerateRequest
  tries: number
  resolve(reply: ReportOf<'reply'>): void
  reject(error: unknown): void
}

/** A request is asked again at most once; so is the child started again. */
const TRIES = 2
/** Evaluating a long prompt on a busy machine is silent for seconds. */
const SILENCE_MS = 30_000

export class LocalProcess {
  readonly #options: LocalProcessOptions
  readonly #pending = new Map<number, Pending>()
  #child: ChildProcess | undefined
  #ready: Promise<ReportOf<'ready'>> | undefined
  #watchdog: NodeJS.Timeout | undefined
  #nextId = 0
  #closed = false
  /** Deaths since the last reply. */
  #deaths = 0
  #lastWords = ''

  constructor(options: LocalProcessOptions) {
    this.#options = options
  }

  /** Of the child, while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts the child if need be; resolves once the model is loaded. */
  ready(): Promise<ReportOf<'ready'>> {
    this.#ready ??= this.#start()
    return this.#ready
  }

  /** One reply. Rejects with the signal's reason when aborted, `provider/unreachable` when the child died twice. */
  async ask(request: GenerateRequest, signal?: AbortSignal): Promise<ReportOf<'reply'>> {
    signal?.throwIfAborted()
    if (this.#closed) throw closedError()
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#pending.delete(id)
        this.#send({ type: 'cancel', id })
        this.#watch()
        reject(signal?.reason)
      }
      const settle = () => signal?.removeEventListener('abort', abort)
      signal?.addEventListener('abort', abort, { once: true })
      this.#pending.set(id, {
        request,
        tries: 1,
        resolve(reply) {
          settle()
          resolve(reply)
        },
        reject(error) {
          settle()
          reject(error)
        },
      })
      this.ready().catch(() => {})
      this.#send({ type: 'job', job: { id, request } })
      this.#watch()
    })
  }

  /** Ends the child at once; what is pending is rejected. */
  kill(): void {
    this.#closed = true
    clearTimeout(this.#watchdog)
    this.#child?.kill('SIGKILL')
    for (const pending of this.#pending.values()) pending.reject(closedError())
    this.#pending.clear()
  }

  async close(): Promise<void> {
    const child = this.#child
    const gone = child && isRunning(child) ? new Promise((resolve) => child.once('exit', resolve)) : undefined
    this.kill()
    await gone
  }

  #start(): Promise<ReportOf<'ready'>> {
    const { modelFile, threads, parallel } = this.#options
    const child = fork(...entry())
    this.#child = child
    this.#lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-2000)
    })
    return new Promise((resolve, reject) => {
      child.on('message', (message) => {
        const report = reportSchema.safeParse(message).data ?? { type: 'failed', message: 'unreadable report' }
        if (report.type === 'ready') resolve(report)
        this.#receive(report)
      })
      child.on('error', (error) => reject(this.#deathError(error.message)))
      child.on('exit', (code, signal) => {
        const how = signal ? `was killed by ${signal}` : `ended with exit code ${code}`
        reject(this.#deathError(how))
        if (this.#child === child) this.#died(how)
      })
      this.#send({ type: 'load', options: { modelFile, threads, parallel } })
      this.#watch()
    })
  }

  #receive(report: Report): void {
    this.#watch()
    if (report.type === 'failed') {
      this.#lastWords = report.message
      this.#child?.kill('SIGKILL')
    }
    if (report.type !== 'reply' && report.type !== 'refused') return
    const pending = this.#pending.get(report.id)
    this.#pending.delete(report.id)
    this.#watch()
    if (report.type === 'reply') {
      this.#deaths = 0
      pending?.resolve(report)
    } else {
      const hint = 'shorten the prompt, or use a model with a longer context'
      pending?.reject(new AppError('provider/bad-request', { message: report.message, hint }))
    }
  }

  #died(how: string): void {
    this.#child = undefined
    this.#ready = undefined
    clearTimeout(this.#watchdog)
    if (this.#closed) return
    this.#deaths++
    const again = [...this.#pending].filter(([, { tries }]) => tries < TRIES && this.#deaths < TRIES)
    const retried = new Set(again.map(([id]) => id))
    for (const [id, pending] of this.#pending) {
      if (retried.has(id)) continue
      this.#pending.delete(id)
      pending.reject(this.#deathError(how))
    }
    if (again.length === 0) return
    this.#options.log(`the local model's process ${how}; starting it again`)
    this.ready().catch(() => {})
    for (const [id, pending] of again) {
      pending.tries++
      this.#send({ type: 'job', job: { id, request: pending.request } })
    }
  }

  #deathError(how: string): AppError {
    const words = this.#lastWords.trim().split('\n').at(-1)
    return new AppError('provider/unreachable', {
      message: `the local model's process ${how}${words ? `: ${words}` : ''}`,
      hint: 'it needs about 600 MB of memory; `assay doctor` checks the machine, or use another model with --model',
      details: { modelFile: this.#options.modelFile },
    })
  }

  /** (Re)starts the wait for a sign of life, as long as something is expected. */
  #watch(): void {
    clearTimeout(this.#watchdog)
    if (this.#pending.size === 0 || !this.#child) return
    const silenceMs = Math.max(this.#options.timeoutMs, SILENCE_MS)
    this.#watchdog = setTimeout(() => {
      this.#lastWords = `no sign of life for ${silenceMs} ms`
      this.#child?.kill('SIGKILL')
    }, silenceMs)
  }

  #send(order: Order): void {
    if (this.#child?.connected) this.#child.send(order)
  }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

const closedError = () => new AppError('run/interrupted', { message: 'the local model was closed' })

/** The child's file and how to run it: compiled, or by tsx from the sources. */
function entry(): Parameters<typeof fork> {
  const compiled = fileURLToPath(new URL('./local-child.js', import.meta.url))
  const source = fileURLToPath(new URL('./local-child.ts', import.meta.url))
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const
  if (existsSync(compiled)) return [compiled, [], { execArgv: [], stdio: [...stdio] }]
  const tsx = createRequire(import.meta.url).resolve('tsx')
  return [source, [], { execArgv: ['--import', tsx], stdio: [...stdio] }]
}
