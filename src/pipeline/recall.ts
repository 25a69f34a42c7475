/** What a run's ledger already knows, so that nothing is asked or checked twice. A fold over its events. */
import type { Candidate } from '../schemas/candidate.js'
import type { Event } from '../schemas/event.js'
import type { Verdict } from '../schemas/verdict.js'

type Replied = Pick<Candidate, 'provider' | 'model' | 'replyHash' | 'usage' | 'finishReason' | 'costUsd'>

export interface KnownVerdict {
  readonly status: Verdict['status']
  readonly blame: Verdict['blame']
  readonly solutionHash?: string
  readonly solutionBlob?: string
  /** The whole verdict, for accepted candidates only: nothing else is written out again. */
  readonly verdict?: Verdict
}

export interface Known {
  readonly replied?: Replied
  readonly verified?: KnownVerdict
  /** Message of a request that failed for good. */
  readonly failed?: string
}

export interface Recall {
  readonly candidates: Map<string, Known>
  /** Problem ids by draw number. */
  readonly draws: string[]
  /** Draw and topic of every recorded move of the curriculum. */
  readonly moves: Set<string>
  /** Problem and kind of every recorded check of the self-audit. */
  readonly audited: Set<string>
  /** Reason of the last stop, or undefined when the run was killed or never stopped. */
  stopped: string | undefined
  started: boolean
  /** Milliseconds in which the run was working, before now. */
  activeMs: number
}

export const moveKey = (draw: number, topic: string) => `${draw} ${topic}`
export const auditKey = (problemId: string, what: string) => `${problemId} ${what}`

function keepVerdict({
  verdict,
  solutionHash,
  solutionBlob,
}: Extract<Event, { kind: 'candidate.verified' }>): KnownVerdict {
  const { status, blame } = verdict
  return { status, blame, solutionHash, solutionBlob, verdict: status === 'accepted' ? verdict : undefined }
}

function keepReply({ candidate }: Extract<Event, { kind: 'candidate.replied' }>): Replied {
  const { provider, model, replyHash, usage, finishReason, costUsd } = candidate
  return { provider, model, replyHash, usage, finishReason, costUsd }
}

/** Reads a ledger's events once, in order. onEvent sees each one, e.g. to bring a progress display up to date. */
export async function recallFrom(events: AsyncIterable<Event>, onEvent: (event: Event) => void): Promise<Recall> {
  const recall: Recall = {
    candidates: new Map(),
    draws: [],
    moves: new Set(),
    audited: new Set(),
    stopped: undefined,
    started: false,
    activeMs: 0,
  }
  const add = (id: string, known: Known) => recall.candidates.set(id, { ...recall.candidates.get(id), ...known })
  let spanStart: number | undefined
  let last = 0
  for await (const event of events) {
    onEvent(event)
    const at = Date.parse(event.at)
    if (event.kind === 'run.started') {
      if (spanStart !== undefined) recall.activeMs += last - spanStart
      spanStart = at
      recall.started = true
      recall.stopped = undefined
    } else if (event.kind === 'run.stopped') recall.stopped = event.reason
    else if (event.kind === 'problem.drawn') recall.draws[event.draw] = event.problemId
    else if (event.kind === 'candidate.replied') add(event.candidate.id, { replied: keepReply(event) })
    else if (event.kind === 'candidate.verified') add(event.candidateId, { verified: keepVerdict(event) })
    else if (event.kind === 'candidate.failed') add(event.candidateId, { failed: event.message })
    else if (event.kind === 'curriculum.moved') recall.moves.add(moveKey(event.draw, event.topic))
    else if (event.kind === 'audit.checked') recall.audited.add(auditKey(event.problemId, event.what))
    last = at
  }
  if (spanStart !== undefined) recall.activeMs += last - spanStart
  return recall
}
