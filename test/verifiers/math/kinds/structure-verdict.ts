/** Two answers as text, compared by the kinds both ways round. */
import { expect } from 'vitest'
import { Budget } from '../../../../src/verifiers/math/budget.js'
import type { How } from '../../../../src/verifiers/math/finding.js'
import { kinds } from '../../../../src/verifiers/math/kinds/index.js'
import { meet } from '../../../../src/verifiers/math/kinds/kind.js'
import { defaultPolicy, type MathPolicy } from '../../../../src/verifiers/math/policy.js'
import { readAnswer } from '../../../../src/verifiers/math/read/answer.js'

/** The verdict, which must be the same when the answers are swapped. */
export function verdict(a: string, b: string, policy: Partial<MathPolicy> = {}): boolean | null {
  const [there, back] = [once(a, b, policy), once(b, a, policy)]
  expect(back, `${b} beside ${a}`).toBe(there)
  return there
}

function once(a: string, b: string, policy: Partial<MathPolicy>): boolean | null {
  const budget = new Budget(400_000)
  const how: How = {
    policy: { ...defaultPolicy, ...policy },
    budget,
    same: (x, y) => meet(kinds, { text: '', node: x }, { text: '', node: y }, how),
  }
  return meet(kinds, readAnswer(a, budget), readAnswer(b, budget), how).equal
}
