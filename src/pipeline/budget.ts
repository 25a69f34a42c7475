/** A run's budget: hard limits on money, tokens or wall time. Pure. */
import { assertNever } from '../base/errors.js'

export type Budget =
  | { readonly kind: 'usd'; readonly limit: number }
  | { readonly kind: 'tokens'; readonly limit: number }
  | { readonly kind: 'wall'; readonly limitMs: number }

const units = {
  usd: (n: number): Budget => ({ kind: 'usd', limit: n }),
  Mtok: (n: number): Budget => ({ kind: 'tokens', limit: n * 1e6 }),
  ktok: (n: number): Budget => ({ kind: 'tokens', limit: n * 1e3 }),
  tok: (n: number): Budget => ({ kind: 'tokens', limit: n }),
  s: (n: number): Budget => ({ kind: 'wall', limitMs: n * 1e3 }),
  min: (n: number): Budget => ({ kind: 'wall', limitMs: n * 60e3 }),
  h: (n: number): Budget => ({ kind: 'wall', limitMs: n * 3600e3 }),
}

/** A budget as written in the config, e.g. `5usd`; its form was checked by the schema. */
export function parseBudget(text: string): Budget {
  const [, amount, unit] = /^([\d.]+)([A-Za-z]+)$/.exec(text) ?? []
  return units[unit as keyof typeof units](Number(amount))
}

export interface Spent {
  readonly tokens: number
  readonly costUsd: number
  /** The most that one candidate cost so far; 0 before the first. */
  readonly dearestUsd: number
  /** Candidates whose cost is known or unknown, observed so far. */
  readonly candidates: number
  readonly activeMs: number
}

export interface Reserved {
  readonly candidates: number
  /** The most tokens that the candidates in flight, and the next draw, can use. */
  readonly tokens: number
}

/**
 * May another draw start? What is in flight counts at its worst case, so that the limit holds whatever comes back.
 * Before the first cost is known, money lets one draw go at a time.
 */
export function fits(budget: Budget, spent: Spent, reserved: Reserved, inFlight: number): boolean {
  switch (budget.kind) {
    case 'tokens':
      return spent.tokens + reserved.tokens <= budget.limit
    case 'usd':
      if (spent.candidates === 0) return inFlight === 0
      return spent.costUsd + reserved.candidates * spent.dearestUsd <= budget.limit
    case 'wall':
      return spent.activeMs < budget.limitMs
    default:
      return assertNever(budget)
  }
}
