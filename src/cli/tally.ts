/** Counts for the progress display, kept event by event. The report's figures are computed elsewhere, from the whole ledger. */
import type { Candidate } from '../schemas/candidate.js'
import type { ArmEstimate } from '../schemas/curriculum.js'
import type { Event, EventOf } from '../schemas/event.js'
import type { Verdict } from '../schemas/verdict.js'
import type { SkillState } from './heat.js'

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
  /** Candidates that early stop left out. */
  skipped: number
  /** What the curriculum thinks of each skill. */
  readonly skills: ReadonlyMap<string, SkillState>
  readonly byStatus: ReadonlyMap<string, number>
  audit: { checked: number; wrong: number }
  stopped?: EventOf<'run.stopped'>['reason']
  add(event: Event): void
}

export function createTally(): Tally {
  const skills = new Map<string, SkillState & { expected: Map<number, number> }>()
  const byStatus = new Map<string, number>()
  const drawn = new Set<string>()
  const solutions = new Set<string>()
  // Only candidates that wait for their verdict, so that memory does not grow with the run.
  const waiting = new Map<string, Pick<Candidate, 'problemId' | 'draw' | 'sample'>>()
  // Draws whose first candidates decide whether the rest is asked for.
  const waves = new Map<number, { readonly wave: number; readonly most: number; left: number; passes: number }>()

  const skillOf = (topic: string, target: number) => {
    const known = skills.get(topic) ?? { target, lastDraw: -1, expected: new Map() }
    skills.set(topic, known)
    return known
  }
  const estimated = (estimates: readonly ArmEstimate[] = []): void => {
    for (const { topic, level, passRate } of estimates) skillOf(topic, level).expected.set(level, passRate)
  }
  const seenDraw = ({ draw, topic, level, target, expected, wave, attempts }: EventOf<'problem.drawn'>): void => {
    const skill = skillOf(topic, level)
    if (target !== undefined) skill.target = target
    skill.lastDraw = draw
    skill.expected.set(level, expected)
    if (wave !== undefined && attempts !== undefined) waves.set(draw, { wave, most: attempts, left: wave, passes: 0 })
  }
  /** Counts what is left out once the first candidates of a draw all passed or all failed. */
  const seenInWave = (draw: number, sample: number, { status, blame }: Verdict): void => {
    const open = waves.get(draw)
    if (!open || sample >= open.wave) return
    open.left--
    if (status === 'accepted') open.passes++
    if (open.left > 0 && blame === 'candidate') return
    waves.delete(draw)
    if (blame === 'candidate' && (open.passes === 0 || open.passes === open.wave))
      tally.skipped += open.most - open.wave
  }

  const replied = ({ candidate }: EventOf<'candidate.replied'>): void => {
    tally.candidates++
    tally.tokens += candidate.usage.promptTokens + candidate.usage.completionTokens
    tally.costUsd = tally.costUsd === null || candidate.costUsd === null ? null : tally.costUsd + candidate.costUsd
    const { id, problemId, draw, sample } = candidate
    waiting.set(id, { problemId, draw, sample })
  }
  const verified = (event: EventOf<'candidate.verified'>): void => {
    tally.checked++
    const { status } = event.verdict
    const candidate = waiting.get(event.candidateId)
    if (candidate) seenInWave(candidate.draw, candidate.sample, event.verdict)
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
    if (status === 'accepted') {
      tally.verified++
      solutions.add(`${candidate?.problemId} ${event.solutionHash ?? event.candidateId}`)
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
    skipped: 0,
    skills,
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
          seenDraw(event)
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
          skillOf(event.topic, event.to).target = event.to
          estimated(event.estimates)
          break
        case 'audit.checked':
          tally.audit.checked++
          if (!event.agreed) tally.audit.wrong++
          break
        case 'run.stopped':
          tally.stopped = event.reason
          estimated(event.estimates)
          break
      }
    },
  }
  return tally
}
