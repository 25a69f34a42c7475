/** Two answers as the checker sees them: read, then met by the kinds. */
import { Budget } from '../../../../src/verifiers/math/budget.js'
import type { Finding, How } from '../../../../src/verifiers/math/finding.js'
import { kinds } from '../../../../src/verifiers/math/kinds/index.js'
import { meet } from '../../../../src/verifiers/math/kinds/kind.js'
import { defaultPolicy, type MathPolicy } from '../../../../src/verifiers/math/policy.js'
import { readAnswer } from '../../../../src/verifiers/math/read/answer.js'

export function metBy(a: string, b: string, policy: MathPolicy = defaultPolicy): Finding & { work: number } {
  const budget = new Budget(400_000)
  const how: How = {
    policy,
    budget,
    same: (one, other) => meet(kinds, { text: '', node: one }, { text: '', node: other }, how),
  }
  const finding = meet(kinds, readAnswer(a, budget), readAnswer(b, budget), how)
  return { ...finding, work: budget.work }
}

export type Pair = readonly [a: string, b: string]
