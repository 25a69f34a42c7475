/** The function types that parts receive: what one part needs from another comes in as one of these, never by import. */
import type { Submission } from './candidate.js'
import type { Check, CheckType } from './check.js'
import type { ArmEstimate, CurriculumInit, CurriculumResult, Pick, Tried } from './curriculum.js'
import type { Event, EventBody } from './event.js'
import type { ExecRequest, ExecResult } from './exec.js'
import type { GenerateReply, GenerateRequest } from './generate.js'
import type { Problem } from './problem.js'
import type { Verdict } from './verdict.js'

export interface CallOptions {
  readonly signal?: AbortSignal
}

export interface ExecOptions extends CallOptions {
  /** Run it while no other request of this sandbox runs. */
  readonly alone?: boolean
  /** Multiplies the time limits, also those that the request leaves to the sandbox. Default 1. */
  readonly timeFactor?: number
}

/** Runs one program in a sandbox slot. Trouble of the sandbox is the status `sandbox_error`, after a retry on a fresh slot; it throws only when aborted or closed. */
export type Exec = (request: ExecRequest, options?: ExecOptions) => Promise<ExecResult>

/** Asks a model for one reply. Throws AppError `provider/…` after its own retries. */
export type Generate = (request: GenerateRequest, options?: GenerateOptions) => Promise<GenerateReply>

export interface GenerateOptions extends CallOptions {
  /** Aborted: a try that is under way may finish, but nothing is waited for and no further try is made. */
  readonly lastTry?: AbortSignal
}

/** Writes an event; resolves with its stamped form once it is on disk. */
export type Append = (event: EventBody) => Promise<Event>

/** The result of checking a submission, with the program or answer that was read from it. */
export interface Checked {
  readonly verdict: Verdict
  /** The program that was run, if any. */
  readonly code?: string
  /** The answer that was compared, if any. */
  readonly answer?: string
}

/** Checks one submission. Never throws for what a candidate or a problem does. */
export type Verify = (problem: Problem, submission: Submission, options?: CallOptions) => Promise<Checked>

export interface VerifierPorts {
  readonly exec: Exec
  readonly signal?: AbortSignal
  /** Prove accepted programs again with a fork per case. */
  readonly strict?: boolean
}

/** Decides problems of one check type. */
export interface Verifier {
  readonly id: CheckType
  readonly version: string
  check(problem: Problem & { readonly check: Check }, submission: Submission, ports: VerifierPorts): Promise<Checked>
}

/** What a model can do; recipes choose their prompt by it. */
export interface ModelSupport {
  readonly chat: boolean
  readonly completion: boolean
  /** True when the model answers raw completions better than chats (base models, tiny models). */
  readonly prefersCompletion: boolean
}

export interface PriceUsd {
  readonly inputPerMtok: number
  readonly outputPerMtok: number
}

/** A model that was opened; close() ends what it started. */
export interface Model {
  readonly provider: string
  readonly model: string
  readonly supports: ModelSupport
  /** Requests that it can answer at the same time without queueing. */
  readonly parallel: number
  /** Facts for provenance, e.g. the weights' sha256 and the runtime's version. */
  readonly versions: Readonly<Record<string, string>>
  /** What its tokens cost; null or left out when nobody knows. */
  readonly priceUsd?: PriceUsd | null
  readonly generate: Generate
  close(): Promise<void>
}

/** A request for one candidate, and how its reply is to be read. */
export interface Ask {
  readonly request: GenerateRequest
  readonly form: 'code' | 'program' | 'answer'
  readonly style: 'chat' | 'completion'
  readonly prefix: string
}

/** A way of asking. Pure: the same problem, draw, sample and seed give the same request. */
export interface Recipe {
  readonly id: string
  ask(input: {
    problem: Problem
    /** Number of the draw in the run, and of the sample in the draw. */
    draw: number
    sample: number
    /** The run's seed. */
    seed: number
    /** How a chat model is asked for math: the answer in a box, or a program that computes it. */
    math: 'answer' | 'program'
    supports: ModelSupport
    prompting: 'auto' | 'chat' | 'completion'
    sampling: Partial<GenerateRequest['sampling']>
  }): Ask
}

/**
 * A policy that picks what to draw next. State is a fold over `next` and `report` calls: the same calls give the same picks.
 */
export interface Curriculum {
  /** stock: left out where there is no end of new problems everywhere. */
  next(n: number, stock?: Stock): Pick[]
  report(results: readonly CurriculumResult[]): void
  /** Every arm that was tried or is next in line, of one topic or of all, sorted by topic and level. */
  estimates(topic?: string): ArmEstimate[]
  /** The level that a topic stands at now. */
  levelOf(topic: string): number
}
/** What is known of the problems that there are to draw, each record once, in the order in which they come; none: nothing is there. */
export type Stock = (topic: string, level: number) => readonly Tried[]
export interface CurriculumPolicy {
  readonly id: string
  create(init: CurriculumInit): Curriculum
}
