/**
 * Batches of pairs in worker threads. Starting a worker costs about as much as a thousand checks, and a message as much as
 * a few, so this pays from thousands of pairs on, by a hundred or more a message.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { MathPair } from './batch-pair.js'
import type { MathVerdict } from './equal.js'

export interface CheckedPair extends MathVerdict {
  /** Wall time of this pair, milliseconds. */
  readonly ms: number
}

/** What a worker is told. */
export interface Order {
  readonly pairs: readonly MathPair[]
}

export interface WorkerData {
  /** One number: the index of the pair in work, or -1. */
  readonly at: Int32Array
}

export interface MathWorkersOptions {
  readonly threads: number
  /** A worker that is at one pair for so long is ended, milliseconds. Checks are bounded by steps; this is the last resort. */
  readonly patienceMs?: number
  /** The file that a worker runs, for tests. */
  readonly entry?: URL
}

export interface MathWorkers {
  /**
   * Verdicts in the order of the pairs. A pair in whose check its worker died or got stuck is answered null, with the layer
   * `worker`; the others of its batch are checked all the same. Rejects when workers cannot be started, or after close.
   */
  readonly check: (pairs: readonly MathPair[]) => Promise<CheckedPair[]>
  /** Ends the workers at once. */
  readonly close: () => Promise<void>
}

interface Job {
  readonly pairs: readonly MathPair[]
  readonly resolve: (verdicts: CheckedPair[]) => void
  readonly reject: (error: unknown) => void
}

const defaultPatienceMs = 20_000
/** Deaths one after the other before any pair was begun: then it is the surroundings, not a pair. */
const maxStillbirths = 3

/** Workers start with the first batches. Whoever opens them closes them. */
export function openMathWorkers({ threads, patienceMs = defaultPatienceMs, entry }: MathWorkersOptions): MathWorkers {
  const waiting: Job[] = []
  const desks = Array.from({ length: threads }, () => new Desk({ patienceMs, entry, next: () => waiting.shift() }))
  let closed = false
  return {
    check: (pairs) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the math workers were closed'))
        waiting.push({ pairs, resolve, reject })
        desks.find((desk) => desk.idle)?.work()
      }),
    close: async () => {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new Error('the math workers were closed'))
      await Promise.all(desks.map((desk) => desk.close()))
    },
  }
}

interface DeskOptions {
  readonly patienceMs: number
  readonly entry: URL | undefined
  readonly next: () => Job | undefined
}

/** One worker at a time, and the batch that it is at. */
class Desk {
  readonly #options: DeskOptions
  readonly #at = new Int32Array(new SharedArrayBuffer(4)).fill(-1)
  #worker: Worker | undefined
  #job: Job | undefined
  /** The pairs of the job that are with the worker, by index, and what is known of the others. */
  #open: number[] = []
  #verdicts: CheckedPair[] = []
  #stillbirths = 0
  #lastWords = ''
  #watch: NodeJS.Timeout | undefined

  constructor(options: DeskOptions) {
    this.#options = options
  }

  get idle(): boolean {
    return this.#job === undefined
  }

  work(): void {
    const job = this.#options.next()
    // A worker without work does not keep the process.
    if (!job) return void this.#worker?.unref()
    this.#job = job
    this.#verdicts = new Array(job.pairs.length)
    this.#open = [...job.pairs.keys()]
    this.#send()
  }

  async close(): Promise<void> {
    this.#finish((job) => job.reject(new Error('the math workers were closed')))
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #send(): void {
    const { pairs } = this.#job as Job
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#worker.postMessage({ pairs: this.#open.map((index) => pairs[index]) } as Order)
    this.#watchOver(-1)
  }

  #start(): Worker {
    const [file, options] = entryOf(this.#options.entry)
    Atomics.store(this.#at, 0, -1)
    const worker = new Worker(file, { ...options, workerData: { at: this.#at } satisfies WorkerData })
    this.#lastWords = 'it ended'
    worker.on('message', (verdicts: CheckedPair[]) => {
      if (worker !== this.#worker) return
      for (const [n, index] of this.#open.entries()) this.#verdicts[index] = verdicts[n] as CheckedPair
      this.#done()
    })
    worker.on('error', (error) => {
      this.#lastWords = error.message
    })
    worker.on('exit', () => {
      if (worker === this.#worker) this.#died()
    })
    return worker
  }

  /** The pair that the worker was at is left open; the rest goes to a fresh worker. */
  #died(): void {
    this.#worker = undefined
    if (!this.#job) return
    const at = Atomics.load(this.#at, 0)
    const [lost] = at < 0 ? [] : this.#open.splice(at, 1)
    if (lost === undefined) {
      this.#stillborn()
      return
    }
    this.#stillbirths = 0
    this.#verdicts[lost] = {
      equal: null,
      layer: 'worker',
      reason: `its worker died: ${this.#lastWords}`,
      work: 0,
      ms: 0,
    }
    if (this.#open.length === 0) this.#done()
    else this.#send()
  }

  #stillborn(): void {
    this.#stillbirths++
    if (this.#stillbirths < maxStillbirths) {
      this.#send()
      return
    }
    this.#finish((job) => job.reject(new Error(`the math workers do not start: ${this.#lastWords}`)))
    this.work()
  }

  /** Looks after a while whether the worker is still at the same pair. */
  #watchOver(seen: number): void {
    clearTimeout(this.#watch)
    this.#watch = setTimeout(() => {
      const at = Atomics.load(this.#at, 0)
      if (at !== seen || at < 0) return this.#watchOver(at)
      this.#lastWords = `no end after ${this.#options.patienceMs} ms`
      void this.#worker?.terminate()
    }, this.#options.patienceMs)
  }

  #done(): void {
    this.#stillbirths = 0
    const verdicts = this.#verdicts
    this.#finish((job) => job.resolve(verdicts))
    this.work()
  }

  #finish(tell: (job: Job) => void): void {
    clearTimeout(this.#watch)
    const job = this.#job
    this.#job = undefined
    this.#verdicts = []
    if (job) tell(job)
  }
}

/** The worker's file and how to run it: compiled, or by tsx from the sources. */
function entryOf(given: URL | undefined): [string | URL, WorkerOptions] {
  const compiled = new URL('./batch-worker.js', import.meta.url)
  const file = given ?? (existsSync(fileURLToPath(compiled)) ? compiled : new URL('./batch-worker.ts', import.meta.url))
  if (!file.pathname.endsWith('.ts')) return [file, { execArgv: [] }]
  const tsx = import.meta.resolve('tsx/esm/api')
  const words = `import('${tsx}').then(({ register }) => { register(); return import('${file}') })`
  return [words, { eval: true, execArgv: [] }]
}
