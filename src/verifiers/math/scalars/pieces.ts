/** An integral cut where an absolute value, a floor or a case of its integrand changes. */
import type { How } from '../finding.js'
import { rootsOf } from '../regions/roots.js'
import { settled } from '../regions/unsettled.js'
import type { KindOf, Node } from '../tree/node.js'
import { childrenOf, mapChildren, some, variablesOf } from '../tree/walk.js'
import { add, divide, integer, negate, type Rational } from '../value/rational.js'
import { apply, difference, num, over, pi, plus, times } from './build.js'
import { holds } from './condition.js'
import type { Definite } from './integral.js'
import { linearIn, polynomialIn } from './polynomial.js'
import { rangeOf } from './range.js'

const maxPieces = 64

interface Cut {
  readonly node: Node
  readonly about: number
}

/** The integral itself where nothing has to be cut; undefined where the cuts are not certain. */
export function piecesOf(given: Definite, how: How): readonly Definite[] | undefined {
  const body = withoutExtremes(given.body)
  if (!some(body, (node) => isPieced(node, given.name))) return [{ ...given, body }]
  const [from, to] = [cutOf(given.from, how), cutOf(given.to, how)]
  if (!from || !to || variablesOf(given.from).size + variablesOf(given.to).size > 0) return undefined
  const [low, high] = from.about <= to.about ? [from, to] : [to, from]
  const cuts = cutsIn(body, given.name, low, high, how)
  if (!cuts || cuts.length > maxPieces) return undefined
  const between = cuts
    .filter(({ about }) => about > low.about + 1e-12 && about < high.about - 1e-12)
    .toSorted((a, b) => a.about - b.about)
    .filter((cut, k, all) => k === 0 || cut.about - (all[k - 1] as Cut).about > 1e-12)
  const places = [low, ...between, high]
  const pieces: Definite[] = []
  for (let k = 0; k + 1 < places.length; k++) {
    const [a, b] = [places[k] as Cut, places[k + 1] as Cut]
    const middle = middleOf(a.about, b.about)
    const plain = resolved(body, given.name, middle, how)
    if (!plain) return undefined
    pieces.push(
      from.about <= to.about
        ? { ...given, from: a.node, to: b.node, body: plain }
        : { ...given, from: b.node, to: a.node, body: plain },
    )
  }
  return pieces
}

const pieced = new Set(['abs', 'sgn', 'floor', 'ceil'])
const isPieced = (node: Node, name: string): boolean =>
  ((node.kind === 'apply' && pieced.has(node.name)) || node.kind === 'cases') && variablesOf(node).has(name)

function withoutExtremes(node: Node): Node {
  const inner = mapChildren(node, withoutExtremes)
  if (inner.kind !== 'apply' || inner.args.length !== 2 || (inner.name !== 'max' && inner.name !== 'min')) return inner
  const [a, b] = inner.args as [Node, Node]
  const size = apply('abs', difference(a, b))
  return over(plus(plus(a, b), inner.name === 'max' ? size : times(num(-1), size)), num(2))
}

function cutOf(node: Node, how: How): Cut | undefined {
  if (some(node, (one) => one.kind === 'constant' && one.name === 'infinity'))
    return { node, about: node.kind === 'constant' ? Infinity : -Infinity }
  const range = rangeOf(node, new Map(), how.budget)
  return range && { node, about: (range.low + range.high) / 2 }
}

function middleOf(a: number, b: number): Rational {
  const [low, high] = [Math.max(a, b === Infinity ? a : b - 2), Math.min(b, a === -Infinity ? b : a + 2)]
  const middle = a === -Infinity && b === Infinity ? 0.25 : (low + high) / 2
  return { n: BigInt(Math.round(middle * 2 ** 40)), d: 2n ** 40n }
}

function cutsIn(node: Node, name: string, low: Cut, high: Cut, how: How): Cut[] | undefined {
  if (!variablesOf(node).has(name)) return []
  let own: Cut[] | undefined = []
  if (node.kind === 'apply' && pieced.has(node.name) && node.args[0])
    own =
      node.name === 'abs' || node.name === 'sgn'
        ? zerosOf(node.args[0], name, low, high, how)
        : stepsOf(node.args[0], name, low, high, how)
  else if (node.kind === 'cases') own = casesOf(node, how)
  if (!own) return undefined
  for (const child of node.kind === 'cases' ? node.pieces.map(({ value }) => value) : childrenOf(node)) {
    const inner = cutsIn(child, name, low, high, how)
    if (!inner) return undefined
    own.push(...inner)
  }
  return own
}

/** Where a polynomial, or a sine or cosine of something linear, vanishes. */
function zerosOf(node: Node, name: string, low: Cut, high: Cut, how: How): Cut[] | undefined {
  const p = polynomialIn(node, name, how.budget)
  if (p) {
    const common = p.reduce((d, c) => d * c.d, 1n)
    const roots = settled(() =>
      rootsOf(
        p.map((c) => (c.n * common) / c.d),
        how.budget,
      ),
    )
    const nodes = roots?.map((root) => root.node)
    if (!nodes || nodes.includes(undefined)) return undefined
    return (nodes as Node[]).flatMap((root) => cutOf(root, how) ?? [])
  }
  if (node.kind === 'multiply') {
    const [a, b] = [zerosOf(node.left, name, low, high, how), zerosOf(node.right, name, low, high, how)]
    return a && b && [...a, ...b]
  }
  if (node.kind === 'apply' && node.name === 'ln' && node.args[0])
    return zerosOf(difference(node.args[0], num(1)), name, low, high, how)
  if (node.kind !== 'apply' || (node.name !== 'sin' && node.name !== 'cos') || !node.args[0]) return undefined
  const linear = linearIn(node.args[0], name)
  if (!linear || !Number.isFinite(low.about) || !Number.isFinite(high.about)) return undefined
  const ends = [low, high].map(({ about }) => argumentAt(linear, about, how))
  const [a, b] = [Math.min(...ends), Math.max(...ends)]
  if (!(b - a < maxPieces)) return undefined
  const shift = node.name === 'sin' ? 0 : 0.5
  const cuts: Cut[] = []
  for (let k = Math.floor(a / Math.PI) - 1; k <= Math.ceil(b / Math.PI); k++) {
    const value = times(num({ n: BigInt(2 * k + (shift ? 1 : 0)), d: 2n }), pi)
    const cut = cutOf(over(difference(value, linear.constant), linear.slope), how)
    if (cut) cuts.push(cut)
  }
  return cuts
}

function argumentAt({ constant, slope }: { constant: Node; slope: Node }, x: number, how: How): number {
  const [c, s] = [constant, slope].map((node) => rangeOf(node, new Map(), how.budget))
  return c && s ? c.low + s.low * x : Number.NaN
}

/** Where something linear is a whole number. */
function stepsOf(node: Node, name: string, low: Cut, high: Cut, how: How): Cut[] | undefined {
  const p = polynomialIn(node, name, how.budget)
  const [constant, slope] = p ?? []
  if (p?.length !== 2 || !constant || !slope || !Number.isFinite(low.about) || !Number.isFinite(high.about))
    return undefined
  const at = (x: number) => Number(constant.n) / Number(constant.d) + (Number(slope.n) / Number(slope.d)) * x
  const [a, b] = [Math.min(at(low.about), at(high.about)), Math.max(at(low.about), at(high.about))]
  if (b - a > maxPieces) return undefined
  const cuts: Cut[] = []
  for (let k = Math.floor(a); k <= Math.ceil(b); k++) {
    const value = divide(add(integer(k), negate(constant)), slope)
    const cut = value && cutOf(num(value), how)
    if (cut) cuts.push(cut)
  }
  return cuts
}

/** The numbers that the conditions compare with. */
function casesOf({ pieces }: KindOf<'cases'>, how: How): Cut[] | undefined {
  const cuts: Cut[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'relation') {
      for (const side of node.sides) {
        const cut = variablesOf(side).size === 0 ? cutOf(side, how) : undefined
        if (cut && Number.isFinite(cut.about)) cuts.push(cut)
      }
    } else for (const child of childrenOf(node)) visit(child)
  }
  const isPlain = (node: Node): boolean =>
    node.kind === 'relation'
      ? node.sides.every((side) => side.kind === 'variable' || variablesOf(side).size === 0 || isTwice(side))
      : (node.kind === 'and' || node.kind === 'or') && isPlain(node.left) && isPlain(node.right)
  if (pieces.some(({ when }) => when && !isPlain(when))) return undefined
  for (const { when } of pieces) if (when) visit(when)
  return some({ kind: 'list', items: pieces.flatMap(({ when }) => when ?? []) }, isTwice) ? [...cuts, zeroCut] : cuts
}

/** x + x, as it stands in x + x > x: a positive name. */
const isTwice = (node: Node) =>
  node.kind === 'add' &&
  node.left.kind === 'variable' &&
  node.right.kind === 'variable' &&
  node.left.name === node.right.name
const zeroCut: Cut = { node: num(0), about: 0 }

/** Without pieces, as it is around one point. */
function resolved(node: Node, name: string, middle: Rational, how: How): Node | undefined {
  let whole = true
  const visit = (part: Node): Node => {
    if (!isPieced(part, name)) return mapChildren(part, visit)
    const point = new Map([[name, middle]])
    if (part.kind === 'cases') {
      for (const { value, when } of part.pieces) {
        const met = when ? holds(when, point, how.budget) : true
        if (met === undefined) break
        if (met) return visit(value)
      }
      whole = false
      return part
    }
    const inner = part.kind === 'apply' ? part.args[0] : undefined
    if (part.kind !== 'apply' || !inner) return part
    const at: Cut | undefined = { node: num(middle), about: Number(middle.n) / Number(middle.d) }
    const range = rangeOf(inner, new Map([[name, { low: at.about, high: at.about }]]), how.budget)
    if (!range || (range.low <= 0 && range.high >= 0 && part.name !== 'floor' && part.name !== 'ceil')) {
      whole = false
      return part
    }
    if (part.name === 'abs') return range.low > 0 ? visit(inner) : times(num(-1), visit(inner))
    if (part.name === 'sgn') return num(range.low > 0 ? 1 : -1)
    const [down, up] = [Math.floor(range.low), Math.floor(range.high)]
    if (down !== up) whole = false
    return num(part.name === 'floor' ? down : down + 1)
  }
  const plain = visit(node)
  return whole ? plain : undefined
}
