/** What a run's ledger already knows, so that nothing is asked or checked twice. A fold over its events. */
import type { Candidate } from '../schemas/candidate.js'
import type { Event, EventOf } from '../schemas/event.js'
import type { Verdict } from '../schemas/verdict.js'

/** A candidate as the ledger has it: its reply is in the blob store. */
export type RecordedCandidate = Omit<Candidate, 'reply'>

/** What a row of verified.jsonl is made of; kept for accepted candidates only. */
export interface Accepted {
  readonly candidate: RecordedCandidate
  readonly verdict: Verdict
  readonly solutionBlob?: string
  readonly answer?: string
  /** Of the process that verified it. */
  readonly versions: Readonly<Record<string, string>>
}

export interface KnownVerdict {
  readonly status: Verdict['status']
  readonly blame: Verdict['blame']
  readonly solutionHash?: string
  readonly accepted?: Accepted
}

export interface Known {
  readonly replyHash?: string
  readonly model?: string
  readonly tokens?: number
  readonly costUsd?: number | null
  /** Only until its verdict is known. */
  readonly candidate?: RecordedCandidate
  readonly verified?: KnownVerdict
  /** Message of a request that failed for good. */
  readonly failed?: string
}

export interface Recall {
  readonly candidates: Map<string, Known>
  /** What each draw was, by its number. attempts: left out where it asks for as many as `samples`. */
  readonly draws: { readonly problemId: string; readonly attempts?: number }[]
  /** Draw and topic of every recorded move of the curriculum. */
  readonly moves: Set<string>
  /** Problem and kind of every recorded check of the self-audit. */
  readonly audited: Set<string>
  /** Problem and solution hash of every accepted candidate. */
  readonly distinct: Set<string>
  /** Accepted candidates. */
  accepted: number
  /** Replies that were recorded. */
  replied: number
  /** Reason of the last stop, or undefined when the run was killed or never stopped. */
  stopped: string | undefined
  /** Milliseconds in which the run was working, before now. */
  activeMs: number
}

export const moveKey = (draw: number, topic: string) => `${draw} ${topic}`
export const auditKey = (problemId: string, what: string) => `${problemId} ${what}`
export const solutionKey = (problemId: string, hash: string) => `${problemId} ${hash}`

export const tokensOf = ({ usage }: Pick<Candidate, 'usage'>) => usage.promptTokens + usage.completionTokens

/** What stays in memory of a candidate whose reply was recorded. */
export function knownReply(candidate: RecordedCandidate): Known {
  const { replyHash, model, costUsd } = candidate
  return { replyHash, model, costUsd, tokens: tokensOf(candidate), candidate }
}

/** What stays in memory of a verdict; the candidate's record only when it was accepted. */
export function knownVerdict(
  candidate: RecordedCandidate,
  {
    verdict,
    solutionHash,
    solutionBlob,
    answer,
  }: Pick<EventOf<'candidate.verified'>, 'verdict' | 'solutionHash' | 'solutionBlob' | 'answer'>,
  versions: Readonly<Record<string, string>>,
): KnownVerdict {
  const { status, blame } = verdict
  const accepted = status === 'accepted' ? { candidate, verdict, solutionBlob, answer, versions } : undefined
  return { status, blame, solutionHash, accepted }
}

class Fold {
  readonly recall: Recall = {
    candidates: new Map(),
    draws: [],
    moves: new Set(),
    audited: new Set(),
    distinct: new Set(),
    accepted: 0,
    replied: 0,
    stopped: undefined,
    activeMs: 0,
  }
  #spanStart: number | undefined
  #last = 0
  #versions: Readonly<Record<string, string>> = {}

  see(event: Event): void {
    const { recall } = this
    const at = Date.parse(event.at)
    if (event.kind === 'run.started') {
      this.closeSpan()
      this.#spanStart = at
      this.#versions = event.versions
      recall.stopped = undefined
    } else if (event.kind === 'run.stopped') recall.stopped = event.reason
    else if (event.kind === 'problem.drawn') {
      const { problemId, attempts } = event
      recall.draws[event.draw] = { problemId, attempts }
    } else if (event.kind === 'candidate.replied') {
      recall.replied++
      recall.candidates.set(event.candidate.id, knownReply(event.candidate))
    } else if (event.kind === 'candidate.verified') this.#verified(event)
    else if (event.kind === 'candidate.failed') recall.candidates.set(event.candidateId, { failed: event.message })
    else if (event.kind === 'curriculum.moved') recall.moves.add(moveKey(event.draw, event.topic))
    else if (event.kind === 'audit.checked') recall.audited.add(auditKey(event.problemId, event.what))
    this.#last = at
  }

  closeSpan(): void {
    if (this.#spanStart !== undefined) this.recall.activeMs += this.#last - this.#spanStart
    this.#spanStart = undefined
  }

  #verified(event: EventOf<'candidate.verified'>): void {
    const known = this.recall.candidates.get(event.candidateId)
    if (!known?.candidate) return
    const { candidate, ...rest } = known
    const verified = knownVerdict(candidate, event, this.#versions)
    this.recall.candidates.set(event.candidateId, { ...rest, verified })
    if (!verified.accepted) return
    this.recall.accepted++
    this.recall.distinct.add(solutionKey(candidate.problemId, event.solutionHash ?? event.candidateId))
  }
}

/** Reads a ledger's events once, in order. onEvent sees each one, e.g. to bring a progress display up to date. */
export async function recallFrom(events: AsyncIterable<Event>, onEvent: (event: Event) => void): Promise<Recall> {
  const fold = new Fold()
  for await (const event of events) {
    onEvent(event)
    fold.see(event)
  }
  fold.closeSpan()
  return fold.recall
}
