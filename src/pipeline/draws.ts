/**
 * The main loop: draws go out within a window and are observed in draw order, so that the same seed and replies give
 * the same draws whatever the concurrency or the budget, and a resumed run takes the same path as an unbroken one.
 */
import { AppError, toAppError } from '../base/errors.js'
import type { RunConfig } from '../schemas/config.js'
import { type Budget, fits, parseBudget, type Spent } from './budget.js'
import type { CandidateOutcome } from './candidates.js'
import type { Draw, Move, Outcome, Scheduler } from './scheduler.js'

export type StopReason = 'complete' | 'target' | 'exhausted' | 'budget' | 'interrupted'

export interface DrawPorts {
  readonly config: RunConfig
  readonly scheduler: Scheduler
  readonly runCandidate: (draw: Draw, sample: number) => Promise<CandidateOutcome>
  /** Upper bounds of one candidate of this draw. costUsd: undefined while no price is known. */
  readonly worst: (draw: Draw) => { readonly tokens: number; readonly costUsd: number | undefined }
  /** Was this draw made before? What the ledger holds is taken up again whatever the budget says. */
  readonly recorded: (draw: Draw) => boolean
  /** Is told each draw before its candidates are asked for. */
  readonly drawn: (draw: Draw) => Promise<void>
  readonly moved: (draw: Draw, move: Move) => Promise<void>
  /** Takes the outcomes of a draw, in draw order; returns how many are verified and new. */
  readonly keep: (draw: Draw, outcomes: readonly CandidateOutcome[]) => Promise<number>
  readonly interrupt: AbortSignal
  /** Called at the first failure: requests that have not started need not start. */
  readonly halt: () => void
  readonly activeMs: () => number
}

interface Flight {
  readonly draw: Draw
  readonly worstTokens: number
  readonly done: Promise<readonly CandidateOutcome[]>
  settled: boolean
}

const counts = (outcome: CandidateOutcome) => outcome.verified?.blame === 'candidate'
const passed = ({ verified }: CandidateOutcome) => verified?.status === 'accepted'

/** Did all of them pass, or all fail? One that does not count leaves it open. From recorded outcomes alone. */
const isClear = (outcomes: readonly CandidateOutcome[]) =>
  outcomes.every(counts) && (outcomes.every(passed) || !outcomes.some(passed))

function toOutcome(draw: Draw, outcomes: readonly CandidateOutcome[]): Outcome {
  const counted = outcomes.filter(counts)
  return {
    draw,
    attempts: counted.length,
    passes: counted.filter(passed).length,
    tokens: outcomes.reduce((sum, { tokens }) => sum + tokens, 0),
    model: outcomes[0]?.model ?? '',
  }
}

/** What was spent so far, counted as soon as a draw is done. A server that tells no usage is charged the worst case. */
class Purse {
  readonly #budget: Budget | undefined
  #spent: Omit<Spent, 'activeMs'> = { tokens: 0, costUsd: 0, dearestUsd: 0, candidates: 0 }

  constructor(budget: Budget | undefined) {
    this.#budget = budget
  }

  pay(outcomes: readonly CandidateOutcome[], worstTokensEach: number): void {
    if (this.#budget?.kind === 'usd' && outcomes.some(({ costUsd }) => costUsd === null)) {
      throw new AppError('config/invalid', {
        message: 'a budget in usd needs the price of the model, and it is not known',
        hint: 'give priceUsd { inputPerMtok, outputPerMtok } in the configuration, or a budget in tokens or time',
      })
    }
    const costs = outcomes.map(({ costUsd }) => costUsd ?? 0)
    const { tokens, costUsd, dearestUsd, candidates } = this.#spent
    this.#spent = {
      tokens: tokens + outcomes.reduce((sum, outcome) => sum + (outcome.tokens || worstTokensEach), 0),
      costUsd: costUsd + costs.reduce((sum, cost) => sum + cost, 0),
      dearestUsd: Math.max(dearestUsd, ...costs),
      candidates: candidates + outcomes.length,
    }
  }

  /** Is there room for what is in flight and one more draw, each at its worst? */
  hasRoom(
    flying: readonly Flight[],
    next: { draw: Draw; worstTokens: number; worstUsd: number | undefined },
    activeMs: number,
  ): boolean {
    if (!this.#budget) return true
    const spent = { ...this.#spent, activeMs }
    if (next.worstUsd !== undefined) {
      spent.dearestUsd = Math.max(spent.dearestUsd, next.worstUsd)
      spent.candidates = Math.max(1, spent.candidates)
    }
    const reserved = {
      candidates: flying.reduce((sum, { draw }) => sum + draw.attempts, next.draw.attempts),
      tokens: flying.reduce((sum, flight) => sum + flight.worstTokens, next.worstTokens),
    }
    return fits(this.#budget, spent, reserved, flying.length)
  }
}

/** A run begins with so many draws in flight, and one more with each that was observed: the first are made knowing nothing. */
const FIRST_DRAWS = 2

/** Draws until an end is reached. What ends the run early is rethrown once everything in flight is recorded. */
export async function runDraws(ports: DrawPorts): Promise<StopReason> {
  const { config, scheduler, interrupt } = ports
  const purse = new Purse(config.budget ? parseBudget(config.budget) : undefined)
  /** In draw order, until observed. */
  const flights: Flight[] = []
  let observed = 0
  let distinct = 0
  let failure: unknown

  const fail = (error: unknown) => {
    failure ??= error
    ports.halt()
  }
  const ask = async (draw: Draw, first: number, end: number): Promise<CandidateOutcome[]> => {
    const samples = Array.from({ length: end - first }, (_, i) => ports.runCandidate(draw, first + i))
    for (const sample of samples) sample.catch(fail)
    // Every sample settles before the draw counts as done, so that nothing is written after the ledger was closed.
    await Promise.allSettled(samples)
    return Promise.all(samples)
  }
  const askAll = async (draw: Draw): Promise<CandidateOutcome[]> => {
    const outcomes = await ask(draw, 0, draw.wave ?? draw.attempts)
    if (outcomes.length === draw.attempts || isClear(outcomes)) return outcomes
    return [...outcomes, ...(await ask(draw, outcomes.length, draw.attempts))]
  }
  const launch = async (draw: Draw, worstTokens: number) => {
    await ports.drawn(draw)
    const done = askAll(draw)
    const flight: Flight = { draw, worstTokens, done, settled: false }
    flights.push(flight)
    done
      .then((outcomes) => purse.pay(outcomes, worstTokens / draw.attempts))
      .catch(fail)
      .finally(() => {
        flight.settled = true
      })
  }
  const observeOldest = async () => {
    const flight = flights.shift()
    if (!flight) return
    observed++
    const outcomes = await flight.done
    distinct += await ports.keep(flight.draw, outcomes)
    const move = scheduler.observe(toOutcome(flight.draw, outcomes))
    if (move) await ports.moved(flight.draw, move)
  }
  /** Waits for spending to become known rather than observing early: what is drawn must not depend on the budget. */
  const findRoom = async (draw: Draw, worstTokens: number): Promise<boolean> => {
    const costUsd = ports.worst(draw).costUsd
    for (;;) {
      const flying = flights.filter(({ settled }) => !settled)
      if (purse.hasRoom(flying, { draw, worstTokens, worstUsd: costUsd }, ports.activeMs())) return true
      if (flying.length === 0 || interrupt.aborted || failure) return false
      await Promise.race(flying.map(({ done }) => done)).catch(() => {})
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const decide = async (): Promise<StopReason | undefined> => {
    for (;;) {
      if (flights.length >= Math.min(config.curriculum.window, FIRST_DRAWS + observed)) await observeOldest()
      if (interrupt.aborted) return 'interrupted'
      if (failure) return undefined
      if (config.target !== undefined && distinct >= config.target) return 'target'
      const draw = scheduler.next()
      if (!draw) return config.target || config.budget ? 'exhausted' : 'complete'
      const worstTokens = ports.worst(draw).tokens * draw.attempts
      if (!ports.recorded(draw) && !(await findRoom(draw, worstTokens))) {
        return interrupt.aborted ? 'interrupted' : failure ? undefined : 'budget'
      }
      await launch(draw, worstTokens)
    }
  }

  let reason: StopReason | undefined
  try {
    reason = await decide()
    while (flights.length > 0) await observeOldest()
    if (reason === 'exhausted' && config.target !== undefined && distinct >= config.target) reason = 'target'
  } catch (error) {
    await Promise.allSettled(flights.map(({ done }) => done))
    failure ??= error
  }
  if (failure === undefined && reason) return reason
  if (toAppError(failure).code === 'run/interrupted') return 'interrupted'
  throw failure
}
