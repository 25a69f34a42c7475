/**
 * The main loop: draws go out within a window and are observed in draw order, so that the same seed and replies give
 * the same draws whatever the concurrency, and a resumed run takes the same path as an unbroken one.
 */
import { toAppError } from '../base/errors.js'
import type { RunConfig } from '../schemas/config.js'
import type { Append } from '../schemas/ports.js'
import { type Budget, fits, parseBudget, type Spent } from './budget.js'
import type { CandidateOutcome } from './candidates.js'
import type { Draw, Move, Outcome, Scheduler } from './scheduler.js'

export type StopReason = 'complete' | 'target' | 'exhausted' | 'budget' | 'interrupted' | 'failed'

export interface DrawPorts {
  readonly config: RunConfig
  readonly scheduler: Scheduler
  readonly runCandidate: (draw: Draw, sample: number) => Promise<CandidateOutcome>
  /** Upper bound of the tokens of one candidate of this draw. */
  readonly worstTokens: (draw: Draw) => number
  /** Is told each draw before its candidates are asked for. */
  readonly drawn: (draw: Draw) => Promise<void>
  readonly moved: (draw: Draw, move: Move) => Promise<void>
  /** Takes the outcomes of a draw, in draw order; returns how many are verified and new. */
  readonly keep: (draw: Draw, outcomes: readonly CandidateOutcome[]) => Promise<number>
  readonly append: Append
  readonly interrupt: AbortSignal
  /** Called at the first failure: requests that have not started need not start. */
  readonly halt: () => void
  readonly activeMs: () => number
}

interface Flight {
  readonly draw: Draw
  readonly worstTokens: number
  readonly done: Promise<readonly CandidateOutcome[]>
}

const counts = (outcome: CandidateOutcome) => outcome.verified?.blame === 'candidate'

function toOutcome(draw: Draw, outcomes: readonly CandidateOutcome[]): Outcome {
  const counted = outcomes.filter(counts)
  return {
    draw,
    attempts: counted.length,
    passes: counted.filter(({ verified }) => verified?.status === 'accepted').length,
    tokens: outcomes.reduce((sum, { tokens }) => sum + tokens, 0),
    model: outcomes[0]?.model ?? '',
  }
}

function addCost(spent: Omit<Spent, 'activeMs'>, outcomes: readonly CandidateOutcome[]): Omit<Spent, 'activeMs'> {
  const costs = outcomes.map(({ costUsd }) => costUsd ?? 0)
  return {
    tokens: spent.tokens + outcomes.reduce((sum, { tokens }) => sum + tokens, 0),
    costUsd: spent.costUsd + costs.reduce((sum, cost) => sum + cost, 0),
    dearestUsd: Math.max(spent.dearestUsd, ...costs),
    candidates: spent.candidates + outcomes.length,
  }
}

/** Draws until an end is reached. A provider that cannot be reached is rethrown once everything in flight is recorded. */
export async function runDraws(ports: DrawPorts): Promise<StopReason> {
  const { config, scheduler, interrupt } = ports
  const budget: Budget | undefined = config.budget ? parseBudget(config.budget) : undefined
  const flights: Flight[] = []
  let spent: Omit<Spent, 'activeMs'> = { tokens: 0, costUsd: 0, dearestUsd: 0, candidates: 0 }
  let distinct = 0
  let failure: unknown

  const launch = async (draw: Draw) => {
    await ports.drawn(draw)
    const samples = Array.from({ length: config.samples }, (_, sample) => ports.runCandidate(draw, sample))
    const done = Promise.all(samples)
    done.catch((error: unknown) => {
      failure ??= error
      ports.halt()
    })
    // Every sample settles before the draw counts as done, so that nothing is written after the ledger was closed.
    const settled = Promise.allSettled(samples).then(() => done)
    settled.catch(() => {})
    flights.push({ draw, worstTokens: ports.worstTokens(draw) * config.samples, done: settled })
  }
  const observeOldest = async () => {
    const flight = flights.shift()
    if (!flight) return
    const outcomes = await flight.done
    distinct += await ports.keep(flight.draw, outcomes)
    spent = addCost(spent, outcomes)
    const move = scheduler.observe(toOutcome(flight.draw, outcomes))
    if (move) await ports.moved(flight.draw, move)
  }
  const roomFor = (draw: { worst: number }) =>
    !budget ||
    fits(
      budget,
      { ...spent, activeMs: ports.activeMs() },
      {
        candidates: (flights.length + 1) * config.samples,
        tokens: flights.reduce((sum, flight) => sum + flight.worstTokens, draw.worst),
      },
      flights.length,
    )
  const decide = async (): Promise<StopReason> => {
    for (;;) {
      if (flights.length >= config.curriculum.window) await observeOldest()
      if (interrupt.aborted) return 'interrupted'
      if (failure) return 'failed'
      if (config.target !== undefined && distinct >= config.target) return 'target'
      const draw = scheduler.next()
      if (!draw) return config.target || config.budget ? 'exhausted' : 'complete'
      const worst = ports.worstTokens(draw) * config.samples
      while (!roomFor({ worst }) && flights.length > 0 && !interrupt.aborted) await observeOldest()
      if (interrupt.aborted) return 'interrupted'
      if (!roomFor({ worst })) return 'budget'
      await launch(draw)
    }
  }

  let reason: StopReason
  try {
    reason = await decide()
    while (flights.length > 0) await observeOldest()
    if (reason === 'exhausted' && config.target !== undefined && distinct >= config.target) reason = 'target'
  } catch (error) {
    await Promise.allSettled(flights.map(({ done }) => done))
    if (toAppError(error).code !== 'run/interrupted') throw error
    reason = 'interrupted'
  }
  if (failure && toAppError(failure).code !== 'run/interrupted') throw failure
  return reason
}
