/** What a comparison found, and what every comparison is given. */
import type { Budget } from './budget.js'
import type { MathPolicy } from './policy.js'
import type { Node } from './tree/node.js'

export interface Finding {
  /** null: cannot tell. */
  readonly equal: boolean | null
  readonly layer: string
  readonly reason: string
}

export interface How {
  readonly policy: MathPolicy
  readonly budget: Budget
  /** Compares two parts as answers of any kind; symmetric. */
  readonly same: (a: Node, b: Node) => Finding
}

export const yes = (layer: string, reason: string): Finding => ({ equal: true, layer, reason })
export const no = (layer: string, reason: string): Finding => ({ equal: false, layer, reason })
export const unsure = (layer: string, reason: string): Finding => ({ equal: null, layer, reason })
