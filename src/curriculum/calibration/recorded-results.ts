/** What a run's ledger says about each problem: attempts, passes and tokens by model. A fold over its events. */
import { AppError } from '../../base/errors.js'
import { hashOf } from '../../base/hash.js'
import type { Event, EventOf } from '../../schemas/event.js'
import { type Problem, topicOf } from '../../schemas/problem.js'
import type { ProblemResult } from './calibration.js'

interface Counts {
  attempts: number
  passes: number
}

/** Candidates whose verdict is not final: not there yet, or the infrastructure's fault. */
interface Open {
  readonly problemId: string
  readonly model: string
}

export interface RecordedResults {
  /** Of every problem with a candidate that counts, by id. */
  readonly results: readonly ProblemResult[]
  readonly attempts: number
  /** Why the run stopped last; undefined while it is running or was killed. */
  readonly stopped: EventOf<'run.stopped'>['reason'] | undefined
}

/**
 * Only verdicts that blame the candidate count. Throws `problems/unknown-id` for a candidate of a problem that is not
 * among `problems`, which are those of the run.
 */
export async function recordedResults(
  events: Iterable<Event> | AsyncIterable<Event>,
  problems: readonly Problem[],
): Promise<RecordedResults> {
  const open = new Map<string, Open>()
  const byProblem = new Map<string, Map<string, Counts>>()
  let attempts = 0
  let stopped: RecordedResults['stopped']
  for await (const event of events) {
    if (event.kind === 'run.started') stopped = undefined
    else if (event.kind === 'run.stopped') stopped = event.reason
    else if (event.kind === 'candidate.replied') {
      const { id, problemId, model } = event.candidate
      open.set(id, { problemId, model })
    } else if (event.kind === 'candidate.verified') {
      const candidate = open.get(event.candidateId)
      if (!candidate || event.verdict.blame === 'infrastructure') continue
      open.delete(event.candidateId)
      if (event.verdict.blame !== 'candidate') continue
      attempts++
      count(byProblem, candidate, event.verdict.status === 'accepted')
    }
  }
  const known = new Map(problems.map((problem) => [problem.id, problem]))
  const results = [...byProblem].map(([id, models]) => {
    const problem = known.get(id)
    if (!problem) throw unknown(id)
    const byModel = [...models].map(([model, counts]) => ({ model, ...counts }))
    return { id, hash: contentHash(problem), skill: topicOf(problem), level: problem.level, byModel }
  })
  return { results: results.sort((a, b) => (a.id < b.id ? -1 : 1)), attempts, stopped }
}

/** Rows of a set carry it; problems made by hand may not. */
function contentHash({ hash, meta: _meta, ...content }: Problem): string {
  return hash ?? hashOf(content)
}

function count(byProblem: Map<string, Map<string, Counts>>, { problemId, model }: Open, passed: boolean): void {
  const models = byProblem.get(problemId) ?? new Map<string, Counts>()
  byProblem.set(problemId, models)
  const counts = models.get(model) ?? { attempts: 0, passes: 0 }
  models.set(model, counts)
  counts.attempts++
  if (passed) counts.passes++
}

const unknown = (id: string) =>
  new AppError('problems/unknown-id', {
    message: `the ledger names the problem '${id}', which is not among the run's problems`,
    hint: 'problems.jsonl and ledger/ must come from the same run',
    details: { problemId: id },
  })

/**
 * Results of several runs as one list. Throws `problems/set-changed` for a problem that is not the same in all of them:
 * its difficulty is not either.
 */
export function mergedResults(runs: readonly (readonly ProblemResult[])[]): ProblemResult[] {
  const merged = new Map<string, ProblemResult>()
  for (const result of runs.flat()) {
    const known = merged.get(result.id)
    if (known && (known.hash !== result.hash || known.skill !== result.skill || known.level !== result.level)) {
      throw new AppError('problems/set-changed', {
        message: `the problem '${result.id}' is not the same in all runs: its text, its check, its skill or its level differs`,
        hint: 'calibrate runs of one version of the set together, the others apart',
        details: { problemId: result.id },
      })
    }
    merged.set(result.id, { ...result, byModel: added([...(known?.byModel ?? []), ...result.byModel]) })
  }
  return [...merged.values()]
}

function added(list: ProblemResult['byModel']): ProblemResult['byModel'] {
  const sums = new Map<string, Counts>()
  for (const { model, attempts, passes } of list) {
    const sum = sums.get(model) ?? { attempts: 0, passes: 0 }
    sums.set(model, { attempts: sum.attempts + attempts, passes: sum.passes + passes })
  }
  return [...sums].map(([model, counts]) => ({ model, ...counts }))
}
