/** The figures of a run, as one pass over its events. Kept in memory: a line per draw and per distinct solution, never a candidate. */
import { AppError } from '../base/errors.js'
import type { Event, EventOf } from '../schemas/event.js'
import type { Figures } from '../schemas/figures.js'
import { type Problem, topicOf } from '../schemas/problem.js'
import type { Verdict } from '../schemas/verdict.js'
import { calibration } from './calibration.js'
import {
  armFigures,
  armKey,
  byTopicAndLevel,
  compare,
  coverageOf,
  type DrawTally,
  pathFigures,
  rateOf,
  share,
  skippedBy,
  topicFigures,
} from './draws.js'

interface ProblemFacts extends Pick<Problem, 'kind' | 'level'> {
  readonly topic: string
  /** Place among the run's problems. */
  readonly place: number
}
type Outcome = Pick<Verdict, 'status' | 'blame'>

interface OpenCandidate {
  readonly problemId: string
  readonly draw: number
  /** A verdict that blames the infrastructure: a later one may take its place. */
  outcome?: Outcome
}

interface LevelTally extends Pick<Problem, 'kind' | 'level'> {
  readonly problems: Set<string>
  candidates: number
  verified: number
  distinct: number
}

/** Clock time in which a process of the run was at work; a killed one counts until its last event. */
class WorkingTime {
  #total = 0
  #start: number | undefined
  #last = 0

  see({ kind, at }: Event): void {
    const now = Date.parse(at)
    if (kind === 'run.started') {
      this.#close()
      this.#start = now
    }
    this.#last = now
    if (kind === 'run.stopped') this.#close()
  }

  get totalMs(): number {
    return this.#total + (this.#start === undefined ? 0 : this.#last - this.#start)
  }

  #close(): void {
    if (this.#start !== undefined) this.#total += this.#last - this.#start
    this.#start = undefined
  }
}

class Tally {
  readonly #facts: ReadonlyMap<string, ProblemFacts>
  readonly #open = new Map<string, OpenCandidate>()
  readonly #draws: DrawTally[] = []
  readonly #levels = new Map<string, LevelTally>()
  readonly #solutions = new Set<string>()
  readonly #solved = new Set<string>()
  readonly #drawn = new Set<string>()
  readonly #byStatus: Record<string, number> = {}
  /** Where each topic stands. */
  readonly #targets = new Map<string, number>()
  /** Pass rate that was last expected of each arm. */
  readonly #expected = new Map<string, number>()
  readonly #estimates = new Map<string, Figures['estimates'][number]>()
  readonly #audits = new Map<string, EventOf<'audit.checked'>>()
  readonly #time = new WorkingTime()
  readonly #tokens = { prompt: 0, completion: 0 }
  #runId = ''
  #status: Figures['status'] = 'running'
  #problems: number
  #candidates = 0
  #failed = 0
  #verified = 0
  #moves = 0
  #costUsd: number | null = 0

  constructor(problems: readonly Problem[]) {
    this.#facts = new Map(
      problems.map((problem, place) => {
        const { id, kind, level } = problem
        return [id, { kind, level, topic: topicOf(problem), place }]
      }),
    )
    this.#problems = problems.length
  }

  see(event: Event): void {
    this.#time.see(event)
    this.#runId ||= event.runId
    switch (event.kind) {
      case 'run.started':
        this.#status = 'running'
        this.#problems = event.problems
        return
      case 'run.stopped':
        this.#status = event.reason
        this.#seeEstimates(event.estimates ?? [])
        return
      case 'problem.drawn':
        this.#seeDraw(event)
        return
      case 'candidate.replied':
        this.#seeReply(event)
        return
      case 'candidate.verified':
        this.#seeVerdict(event)
        return
      case 'curriculum.moved':
        this.#moves++
        this.#targets.set(event.topic, event.to)
        this.#seeEstimates(event.estimates)
        return
      case 'audit.checked':
        this.#audits.set(`${event.problemId}\n${event.what}`, event)
        return
      case 'candidate.failed':
        this.#failed++
        return
    }
  }

  #seeDraw(event: EventOf<'problem.drawn'>): void {
    const { draw, problemId, topic, level, expected, wave } = event
    const target = event.target ?? this.#targets.get(topic) ?? level
    const most = event.attempts ?? 0
    this.#drawn.add(problemId)
    this.#levelOf(problemId).problems.add(problemId)
    this.#targets.set(topic, target)
    this.#expected.set(armKey({ topic, level }), share(expected))
    const problem = this.#factsOf(problemId).place
    this.#draws[draw] = { problem, topic, level, target, expected, wave, most, replies: 0, attempts: 0, passes: 0 }
  }

  #seeEstimates(estimates: Figures['estimates']): void {
    for (const arm of estimates) {
      this.#estimates.set(armKey(arm), arm)
      this.#expected.set(armKey(arm), arm.passRate)
    }
  }

  #seeReply({ candidate }: EventOf<'candidate.replied'>): void {
    const { id, problemId, draw, usage, costUsd } = candidate
    this.#candidates++
    const tally = this.#draws[draw]
    if (tally) tally.replies++
    this.#open.set(id, { problemId, draw })
    this.#tokens.prompt += usage.promptTokens
    this.#tokens.completion += usage.completionTokens
    this.#costUsd = costUsd === null || this.#costUsd === null ? null : this.#costUsd + costUsd
  }

  #seeVerdict({ candidateId, verdict, solutionHash }: EventOf<'candidate.verified'>): void {
    const candidate = this.#open.get(candidateId)
    if (!candidate) return
    if (candidate.outcome) this.#count(candidate.outcome.status, -1)
    this.#count(verdict.status, 1)
    if (verdict.blame === 'infrastructure') {
      candidate.outcome = { status: verdict.status, blame: verdict.blame }
      return
    }
    this.#open.delete(candidateId)
    if (verdict.blame === 'candidate')
      this.#score(candidate, verdict.status === 'accepted', solutionHash ?? candidateId)
  }

  #score({ problemId, draw }: OpenCandidate, passed: boolean, solution: string): void {
    const level = this.#levelOf(problemId)
    const tally = this.#draws[draw]
    level.candidates++
    if (tally) tally.attempts++
    if (!passed) return
    this.#verified++
    level.verified++
    if (tally) tally.passes++
    this.#solved.add(problemId)
    const key = `${problemId}\n${solution}`
    if (this.#solutions.has(key)) return
    this.#solutions.add(key)
    level.distinct++
  }

  #count(status: string, by: number): void {
    const count = (this.#byStatus[status] ?? 0) + by
    if (count === 0) delete this.#byStatus[status]
    else this.#byStatus[status] = count
  }

  #factsOf(problemId: string): ProblemFacts {
    const facts = this.#facts.get(problemId)
    if (!facts) {
      throw new AppError('problems/unknown-id', {
        message: `the ledger names the problem '${problemId}', which is not among the run's problems`,
        hint: 'problems.jsonl and ledger/ must come from the same run',
        details: { problemId },
      })
    }
    return facts
  }

  #levelOf(problemId: string): LevelTally {
    const { kind, level } = this.#factsOf(problemId)
    const key = `${kind} ${level}`
    const known = this.#levels.get(key) ?? { kind, level, problems: new Set(), candidates: 0, verified: 0, distinct: 0 }
    this.#levels.set(key, known)
    return known
  }

  figures(): Figures {
    const draws = this.#draws.filter(Boolean)
    const stock = [...this.#facts.values()]
    return {
      v: 1,
      runId: this.#runId,
      status: this.#status,
      problems: this.#problems,
      drawn: this.#drawn.size,
      draws: this.#draws.length,
      candidates: this.#candidates,
      failed: this.#failed,
      byStatus: Object.fromEntries(Object.entries(this.#byStatus).sort(([a], [b]) => (a < b ? -1 : 1))),
      verified: this.#verified,
      distinct: this.#solutions.size,
      solved: this.#solved.size,
      tokens: this.#tokens,
      costUsd: this.#costUsd,
      wallMs: this.#time.totalMs,
      levels: levelFigures([...this.#levels.values()]),
      topics: topicFigures(draws, this.#targets),
      path: pathFigures(this.#draws),
      moves: this.#moves,
      skipped: skippedBy(draws),
      estimates: [...this.#estimates.values()].sort(byTopicAndLevel),
      arms: armFigures({ draws, stock, expected: this.#expected }),
      coverage: coverageOf({ draws, stock }),
      calibration: calibration(draws),
      selfAudit: auditFigures([...this.#audits.values()]),
    }
  }
}

function levelFigures(levels: readonly LevelTally[]): Figures['levels'] {
  return levels
    .map(({ kind, level, problems, candidates, verified, distinct }) => ({
      kind,
      level,
      problems: problems.size,
      candidates,
      passes: verified,
      verified,
      distinct,
      passRate: rateOf(verified, candidates),
    }))
    .sort((a, b) => compare(a.kind, b.kind) || a.level - b.level)
}

function auditFigures(audits: readonly EventOf<'audit.checked'>[]): Figures['selfAudit'] {
  const good = audits.filter(({ expected }) => expected === 'accepted')
  const bad = audits.filter(({ expected }) => expected === 'refused')
  const disagreed = (list: typeof audits) => list.filter(({ agreed }) => !agreed).length
  return { good: good.length, bad: bad.length, falseRejects: disagreed(good), falseAccepts: disagreed(bad) }
}

/**
 * The figures of a run. Only candidates whose verdict blames the candidate count in pass rates; distinct counts accepted
 * candidates with a solution that their problem did not have yet; a cost is null when it is unknown for one candidate.
 * problems: those of the run, for their kind and level. Throws `problems/unknown-id` when a drawn one is not among them.
 */
export async function computeFigures(
  events: Iterable<Event> | AsyncIterable<Event>,
  problems: readonly Problem[],
): Promise<Figures> {
  const tally = new Tally(problems)
  for await (const event of events) tally.see(event)
  return tally.figures()
}
