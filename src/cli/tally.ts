/** Counts for the progress display, kept event by event. The report's figures are computed elsewhere, from the whole ledger. */
import type { Event, EventOf } from '../schemas/event.js'

export interface Tally {
  candidates: number
  checked: number
  failed: number
  verified: number
  distinct: number
  tokens: number
  /** null: unknown for at least one candidate. */
  costUsd: number | null
  draws: number
  drawnProblems: number
  moves: number
  /** Level of each topic's last draw, or where the curriculum moved it. */
  readonly levels: ReadonlyMap<string, number>
  readonly byStatus: ReadonlyMap<string, number>
  audit: { checked: number; wrong: number }
  stopped?: EventOf<'run.stopped'>['reason']
  add(event: Event): void
}

export function createTally(): Tally {
  const levels = new Map<string, number>()
  const byStatus = new Map<string, number>()
  const drawn = new Set<string>()
  const solutions = new Set<string>()
  // Only candidates that wait for their verdict, so that memory does not grow with the run.
  const waiting = new Map<string, string>()

  const replied = ({ candidate }: EventOf<'candidate.replied'>): void => {
    tally.candidates++
    tally.tokens += candidate.usage.promptTokens + candidate.usage.completionTokens
    tally.costUsd = tally.costUsd === null || candidate.costUsd === null ? null : tally.costUsd + candidate.costUsd
    waiting.set(candidate.id, candidate.problemId)
  }
  const verified = (event: EventOf<'candidate.verified'>): void => {
    tally.checked++
    const { status } = event.verdict
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
    if (status === 'accepted') {
      tally.verified++
      solutions.add(`${waiting.get(event.candidateId)} ${event.solutionHash ?? event.candidateId}`)
      tally.distinct = solutions.size
    }
    waiting.delete(event.candidateId)
  }

  const tally: Tally = {
    candidates: 0,
    checked: 0,
    failed: 0,
    verified: 0,
    distinct: 0,
    tokens: 0,
    costUsd: 0,
    draws: 0,
    drawnProblems: 0,
    moves: 0,
    levels,
    byStatus,
    audit: { checked: 0, wrong: 0 },
    add(event) {
      switch (event.kind) {
        case 'run.started':
          tally.stopped = undefined
          break
        case 'problem.drawn':
          tally.draws++
          drawn.add(event.problemId)
          tally.drawnProblems = drawn.size
          levels.set(event.topic, event.level)
          break
        case 'candidate.replied':
          replied(event)
          break
        case 'candidate.verified':
          verified(event)
          break
        case 'candidate.failed':
          tally.failed++
          break
        case 'curriculum.moved':
          tally.moves++
          levels.set(event.topic, event.to)
          break
        case 'audit.checked':
          tally.audit.checked++
          if (!event.agreed) tally.audit.wrong++
          break
        case 'run.stopped':
          tally.stopped = event.reason
          break
      }
    },
  }
  return tally
}
