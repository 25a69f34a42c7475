/** A count of steps instead of a clock: the same pair costs the same on every machine, and nothing runs away. */

export class OverBudget extends Error {}

export class Budget {
  work = 0
  constructor(readonly limit: number) {}

  spend(steps = 1): void {
    this.work += steps
    if (this.work > this.limit) throw new OverBudget(`more than ${this.limit} steps`)
  }
}
