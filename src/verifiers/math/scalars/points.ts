/** Points to compare expressions at. They depend on the names and the expressions alone. */
import { OverBudget } from '../budget.js'
import type { Node } from '../tree/node.js'
import { childrenOf, usesFunction } from '../tree/walk.js'
import { add, type Rational } from '../value/rational.js'
import type { Point } from './exact.js'

const pointCount = 12
const maxBreaks = 60

/** One empty point for constants; else fractions of both signs, or small whole numbers, and every place where a piece may end. */
export function points(
  names: readonly string[],
  { whole, nodes }: { whole: ReadonlySet<string>; nodes: readonly Node[] },
): Point[] {
  if (names.length === 0) return [new Map()]
  const general = Array.from({ length: pointCount }, (_, k): Point => {
    return new Map(names.map((name, j) => [name, whole.has(name) ? wholeAt(k, j) : fractionAt(k, j)]))
  })
  const [only] = names
  if (whole.size === 0 && nodes.some((node) => usesFunction(node, steps))) {
    general.push(...wholes.map((n): Point => new Map(names.map((name, j) => [name, { n: n + BigInt(j), d: 1n }]))))
  }
  if (names.length > 1 || only === undefined) return general
  return [...general, ...breaks(nodes).map((value): Point => new Map([[only, value]]))]
}

const wholeAt = (k: number, j: number): Rational => ({ n: BigInt(2 + ((k * (2 + j) + j * 3) % 17)), d: 1n })

/**
 * Fractions without a meaning of their own. Most are small, where sums of large terms that cancel keep their digits; some lie
 * below 1/5, some beyond 5.
 */
const fractions = (
  [
    [7n, 11n],
    [-13n, 17n],
    [31n, 13n],
    [-37n, 19n],
    [5n, 43n],
    [53n, 47n],
    [-23n, 41n],
    [-61n, 29n],
    [2n, 67n],
    [19n, 73n],
    [-67n, 11n],
    [97n, 17n],
    [-3n, 37n],
    [83n, 59n],
    [-71n, 79n],
    [41n, 15n],
    [-47n, 21n],
  ] as const
).map(([n, d]): Rational => ({ n, d }))

/** The names step through the table at different paces, so that no two keep company. */
const fractionAt = (k: number, j: number): Rational =>
  fractions[(k * (1 + (j % 13)) + 5 * j) % fractions.length] as Rational

/** Functions that jump at whole numbers, and whole numbers to see it at. */
const steps = ['floor', 'ceil', 'round', 'mod', 'sgn'] as const
const wholes = [-3n, -1n, 0n, 1n, 2n, 7n]

const pieces = new Set(['abs', 'max', 'min', 'floor', 'ceil', 'sgn', 'round', 'mod'])

/** Numbers that stand in conditions and beside functions in pieces, and a little to each side of them. */
function breaks(nodes: readonly Node[]): Rational[] {
  const found = new Map<string, Rational>()
  const visit = (node: Node, near: boolean): void => {
    if (found.size > maxBreaks) throw new OverBudget('too many pieces')
    if (near && node.kind === 'number') found.set(`${node.value.n}/${node.value.d}`, node.value)
    const opens = node.kind === 'relation' || node.kind === 'member' || (node.kind === 'apply' && pieces.has(node.name))
    for (const child of childrenOf(node)) visit(child, near || opens)
  }
  for (const node of nodes) visit(node, false)
  if (found.size === 0) return []
  const eighth: Rational = { n: 1n, d: 8n }
  const values = [{ n: 0n, d: 1n }, ...found.values()]
  return values.flatMap((value) => [
    value,
    { n: -value.n, d: value.d },
    add(value, eighth),
    add(value, { n: -1n, d: 8n }),
    add({ n: -value.n, d: value.d }, eighth),
    add({ n: -value.n, d: value.d }, { n: -1n, d: 8n }),
  ])
}
