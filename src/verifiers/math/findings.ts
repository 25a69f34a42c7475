/** Words that the comparisons of shapes share. */
import type { Budget } from './budget.js'
import type { Finding } from './compare.js'
import { type Node, variablesOf } from './node.js'
import type { MathPolicy } from './policy.js'
import type { Shape } from './shape.js'

export interface How {
  readonly policy: MathPolicy
  readonly budget: Budget
  /** Compares two shapes; parts hand their own parts back to it. */
  readonly same: (gold: Shape, other: Shape, how: How) => Promise<Finding>
}

export type Of<K extends Shape['kind']> = Extract<Shape, { kind: K }>

const layer = 'structure'
export const yes = (reason: string): Finding => ({ equal: true, layer, reason })
export const no = (reason: string): Finding => ({ equal: false, layer, reason })
export const unsure = (reason: string): Finding => ({ equal: null, layer, reason })

export const times = (node: Node, by: Node): Node => ({ kind: 'multiply', left: node, right: by })

/** Equal when every pair is; the first unequal one decides. */
export async function every(pairs: ReadonlyArray<readonly [Shape, Shape]>, how: How): Promise<Finding> {
  let open: Finding | undefined
  for (const [a, b] of pairs) {
    const finding = await how.same(a, b, how)
    if (finding.equal === false) return finding
    if (finding.equal === null) open ??= finding
  }
  return open ?? yes('equal part by part')
}

/** `x = 5`: a name and its value. */
export interface Assignment {
  readonly name: string
  readonly value: Node
}

export const assignment = (shape: Shape): Assignment | undefined => {
  if (shape.kind !== 'relation' || shape.sides.length !== 2 || shape.signs[0] !== '=') return undefined
  const [name, value] = shape.sides
  return name?.kind === 'variable' && value && !variablesOf(value).has(name.name)
    ? { name: name.name, value }
    : undefined
}

/** `x=-3 or x=1/2`: the values of one name. */
export const assignedValue = (shape: Shape): Shape => {
  const given = assignment(shape)
  return given ? { kind: 'expression', node: given.value } : shape
}
