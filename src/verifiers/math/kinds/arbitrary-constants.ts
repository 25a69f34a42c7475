/**
 * Expressions in which some names stand for any number: `x^2 + C`, `C_1 e^x + C_2 e^{-x}`. Which names do is told by the
 * letters and by the company: `A` beside an answer with a `C`, but not the `A` of an amplitude.
 */
import type { How } from '../finding.js'
import { plus, variable } from '../scalars/build.js'
import { isScalar } from '../scalars/closed-form.js'
import { derivativeOf } from '../scalars/derivative.js'
import type { KindOf, Node } from '../tree/node.js'
import { signName } from '../tree/node.js'
import { mapChildren, some, substitute, variablesOf } from '../tree/walk.js'
import { zero } from '../value/rational.js'

/** The letters of integration constants, and those that stand for one beside such a letter. */
const surely = /^(?:C|[CcK]_\d+|C')$/
const perhaps = /^(?:[cKkABDEMN]|[kABDMNab]_\d+)$/
/** Names that a function is of. */
const running = ['x', 't', 'theta', 'phi', 'u', 's', 'y', 'z', 'r', 'v', 'w', 'n', 'm']
/** Names that count in whole steps. */
export const stepping = new Set(['n', 'm'])

const only = (names: Iterable<string>, test: (name: string) => boolean) => [...names].filter(test).sort()

/** The names on each side that stand for any number; undefined when none does on either. */
export function constantNames(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
): readonly [readonly string[], readonly string[]] | undefined {
  const sure = [a, b].map((names) => only(names, (name) => surely.test(name))) as [string[], string[]]
  if (sure[0].length + sure[1].length > 0) return [beside(a, b, sure), beside(b, a, [sure[1], sure[0]])]
  const likely = [a, b].map((names) => only(names, (name) => perhaps.test(name))) as [string[], string[]]
  return likely[0].length > 0 && likely[0].length === likely[1].length ? likely : undefined
}

/** Fewer letters of constants than the other side has: names that the other side does not know stand for the rest. */
function beside(own: ReadonlySet<string>, other: ReadonlySet<string>, [mine, theirs]: [string[], string[]]): string[] {
  if (mine.length >= theirs.length) return mine
  const foreign = only(own, (name) => !other.has(name) && !running.includes(name) && !mine.includes(name))
  return foreign.length === theirs.length - mine.length ? [...mine, ...foreign].sort() : mine
}

/** Those letters could as well be parameters that the question gave. */
export const isDoubtful = (names: readonly string[]) => names.every((name) => !surely.test(name))

/** particular + Σ constant · basis. */
export interface Family {
  readonly basis: readonly Node[]
  readonly particular: Node
}

/** Undefined when the constants are in it otherwise than as factors of its terms. */
export function familyOf(node: Node, constants: readonly string[]): Family | undefined {
  if (!isSmall(node)) return undefined
  const spread = constants.reduce(logsSpread, node)
  const basis: Node[] = []
  let particular = spread
  for (const name of constants) {
    const slope = derivativeOf(spread, name)
    if (!slope || constants.some((one) => variablesOf(slope).has(one))) return undefined
    basis.push(slope)
    particular = substitute(particular, name, { kind: 'number', value: zero })
  }
  return { basis, particular }
}

/** ln|C x| is ln|x| plus any number, and ln C any number. */
function logsSpread(node: Node, name: string): Node {
  if (!some(node, (one) => one.kind === 'apply' && one.name === 'ln' && variablesOf(one).has(name))) return node
  if (occurrences(node, name) !== 1) return node
  return spreadLog(node, name)
}

function spreadLog(node: Node, name: string): Node {
  const [argument] = node.kind === 'apply' && node.name === 'ln' ? node.args : []
  if (!argument) return mapChildren(node, (child) => spreadLog(child, name))
  const sized = argument.kind === 'apply' && argument.name === 'abs'
  const inner = sized ? (argument.args[0] as Node) : argument
  const rest = withoutFactor(inner, name)
  if (rest === undefined) return node
  if (rest === 'nothing') return variable(name)
  const size: Node = sized ? { kind: 'apply', name: 'abs', args: [rest] } : rest
  return plus({ kind: 'apply', name: 'ln', args: [size] }, variable(name))
}

/** A product without one factor, or a quotient without its only denominator. */
function withoutFactor(node: Node, name: string): Node | 'nothing' | undefined {
  if (node.kind === 'variable' && node.name === name) return 'nothing'
  if (node.kind !== 'multiply' && node.kind !== 'divide') return undefined
  const inLeft = variablesOf(node.left).has(name)
  const rest = withoutFactor(inLeft ? node.left : node.right, name)
  if (rest === undefined) return undefined
  if (inLeft && node.kind === 'divide') {
    const above: Node = rest === 'nothing' ? { kind: 'number', value: { n: 1n, d: 1n } } : rest
    return { kind: 'divide', left: above, right: node.right }
  }
  const other = inLeft ? node.right : node.left
  return rest === 'nothing' ? other : { ...node, [inLeft ? 'left' : 'right']: rest }
}

const occurrences = (node: Node, name: string): number => {
  let count = 0
  some(node, (one) => {
    if (one.kind === 'variable' && one.name === name) count++
    return false
  })
  return count
}

/** The names that the two sides are functions of. */
export function runningNames(nodes: readonly Node[], constants: ReadonlySet<string>): string[] {
  const names = new Set<string>()
  for (const node of nodes) variablesOf(node, names)
  const own = [...names].filter((name) => !constants.has(name))
  const known = running.filter((name) => own.includes(name))
  const smooth = known.filter((name) => !stepping.has(name))
  if (known.length > 0) return smooth.length > 0 ? smooth : known
  // Capitals are lengths and angles.
  return own.length === 1 && /^[a-z]/.test(own[0] ?? '') ? own : []
}

/** The side that says what the function is: all of `x^2 + C`, the right one of `y = …`, `F(x) = …` and `∫ f dx = …`. */
export function explicitOf(given: Node): { readonly node: Node; readonly left?: Node } | undefined {
  const node = wordsNamed(given)
  if (node.kind !== 'relation') return isValue(node) ? { node } : undefined
  const [left, right] = node.sides
  if (!left || !right || node.sides.length !== 2 || node.signs[0] !== '=' || !isValue(right)) return undefined
  const named =
    (left.kind === 'variable' && !variablesOf(right).has(left.name)) ||
    left.kind === 'call' ||
    (left.kind === 'integral' && left.from === undefined)
  return named ? { node: right, left } : undefined
}

const isValue = (node: Node) =>
  isScalar(node) && !some(node, (one) => one.kind === 'call' || (one.kind === 'variable' && one.name === signName))

/** Two functions may be of two names. */
export function sameNamed(a: Node | undefined, b: Node | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return true
  return a.kind !== 'variable' || a.name === (b as KindOf<'variable'>).name
}

/** Spares the work for nearly all answers, which have no such letter. */
export const mayHoldConstants = (node: Node, how: How): boolean => {
  how.budget.spend()
  for (const name of variablesOf(node)) if (surely.test(name) || perhaps.test(name)) return true
  return (node.kind === 'add' || node.kind === 'relation') && some(node, ({ kind }) => kind === 'words')
}

/** `x^2 + constant` */
function wordsNamed(node: Node): Node {
  if (node.kind === 'words' && /^(?:an? )?(?:arbitrary )?const(?:ant)?(?: of integration)?$/i.test(node.text))
    return variable('C')
  return node.kind === 'add' || node.kind === 'relation' ? mapChildren(node, wordsNamed) : node
}

const maxNodes = 3_000

/** Slopes of slopes grow fast; what is larger than this is not looked at. */
export function isSmall(node: Node): boolean {
  let count = 0
  return !some(node, () => ++count > maxNodes)
}
