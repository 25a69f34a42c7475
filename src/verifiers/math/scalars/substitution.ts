/** Antiderivatives by a substitution: an inner function with its slope beside it, exponentials, roots of a linear expression. */
import type { Node } from '../tree/node.js'
import { childrenOf, mapChildren, substitute, variablesOf } from '../tree/walk.js'
import { add, divide, integer, isInteger, one, type Rational } from '../value/rational.js'
import { type Search, search } from './antiderivative.js'
import { apply, difference, num, over, plus, power, times, variable } from './build.js'
import { constantQuotientOf } from './compare.js'
import { derivativeOf } from './derivative.js'
import { evaluateExactly, exactValue } from './exact.js'
import { type Factor, keyOf, productOf } from './factors.js'
import { doubles, evaluate } from './numeric.js'
import { linearIn, quotientIn } from './polynomial.js'
import { rationalAntiderivative } from './rational-antiderivative.js'

const maxCandidates = 12
const maxDepthOfSubstitution = 3

export function bySubstitution(factors: readonly Factor[], f: Node, x: string, at: Search): Node | undefined {
  if (at.depth > maxDepthOfSubstitution) return undefined
  for (const inner of candidatesIn(factors, x)) {
    const found = byInner(factors, inner, x, at)
    if (found) return found
  }
  return byPower(factors, x, at) ?? byExponential(f, x, at) ?? byRoot(f, x, at) ?? byHalfAngle(f, x, at)
}

/** What stands inside, the largest first. */
function candidatesIn(factors: readonly Factor[], x: string): Node[] {
  const found = new Map<string, Node>()
  const visit = (node: Node): void => {
    if (!variablesOf(node).has(x) || node.kind === 'variable') return
    if (!linearIn(node, x)) found.set(keyOf(node), node)
    for (const child of childrenOf(node)) visit(child)
  }
  for (const { base } of factors) visit(base)
  const sized = [...found].toSorted(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
  return sized.map(([, node]) => node).slice(0, maxCandidates)
}

const named = (at: Search): Node => variable(`#s${at.depth}`)

/** f = H(g) · c g': the factors that g is in, and the others against its slope. */
function byInner(factors: readonly Factor[], g: Node, x: string, at: Search): Node | undefined {
  const slope = derivativeOf(g, x)
  if (!slope) return undefined
  const key = keyOf(g)
  const name = named(at)
  const held: Factor[] = []
  const others: Factor[] = []
  for (const factor of factors) {
    const base = withName(factor.base, key, name)
    if (variablesOf(base).has(x)) others.push(factor)
    else held.push({ base, exponent: factor.exponent })
  }
  if (held.length === 0) return undefined
  const rest = productOf({ constant: num(1), factors: others })
  const c = constantRatio(rest, slope, x, at)
  const inner = c && search(productOf({ constant: num(1), factors: held }), nameOf(name), at)
  return c && inner && times(c, substitute(inner, nameOf(name), g))
}

const nameOf = (node: Node) => (node.kind === 'variable' ? node.name : '')

function withName(node: Node, key: string, name: Node): Node {
  return keyOf(node) === key ? name : mapChildren(node, (child) => withName(child, key, name))
}

/** c where a = c b for all x. Doubles tell quickly where it is not so. */
function constantRatio(a: Node, b: Node, x: string, at: Search): Node | undefined {
  const { budget } = at.how
  if (variablesOf(a).size <= 1 && variablesOf(b).size <= 1) {
    const seen: number[] = []
    for (const n of [3n, 7n, 11n, 19n]) {
      const point = new Map([[x, { n, d: 10n }]])
      const [p, q] = [evaluate(doubles, a, point, budget), evaluate(doubles, b, point, budget)]
      if (p && q && q.re.v !== 0) seen.push(p.re.v / q.re.v)
    }
    const [first] = seen
    if (first !== undefined && seen.some((value) => Math.abs(value - first) > 1e-9 * Math.abs(first))) return undefined
  }
  const sign = constantQuotientOf(a, b, budget)
  if (sign !== 'positive' && sign !== 'negative') return undefined
  for (const n of [1n, 2n, 3n]) {
    const point: [string, Rational] = [x, { n, d: 2n }]
    const [p, q] = [a, b].map((side) => substitute(side, x, num(point[1])))
    if (!p || !q) continue
    const [v, w] = [p, q].map((side) => evaluateExactly(side, new Map(), budget))
    const exact = v && w && divide(v, w)
    if (exact && exact.n !== 0n) return num(exact)
    const others = [...variablesOf(a), ...variablesOf(b)].some((one) => one !== x)
    const value = others ? undefined : evaluate(doubles, over(p, q), new Map(), budget)
    if (value && Math.abs(value.re.v) > 1e-6) return nearestFraction(value.re.v, a, b, at) ?? over(p, q)
  }
  return undefined
}

/** A plain factor, where the quotient is one; it is proved by the comparison that follows. */
function nearestFraction(value: number, a: Node, b: Node, at: Search): Node | undefined {
  for (const d of [1, 2, 3, 4, 5, 6, 8, 10, 12]) {
    const n = Math.round(value * d)
    if (n === 0 || Math.abs(n / d - value) > 1e-9 * Math.abs(value)) continue
    const factor = num({ n: BigInt(n), d: 1n })
    const scaled = over(factor, num(d))
    const sign = constantQuotientOf(plus(a, times(scaled, b)), b, at.how.budget)
    return sign ? scaled : undefined
  }
  return undefined
}

/** x^m F(x^n) with u = x^n, where x^m dx is a power of u. */
function byPower(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const own = factors.find(({ base }) => base.kind === 'variable')
  const others = factors.filter((factor) => factor !== own)
  const m = own ? own.exponent : integer(0)
  if (others.length === 0 || !isInteger(m)) return undefined
  const exponents = others.flatMap(({ base }) => powersIn(base, x))
  if (exponents.length === 0 || exponents.includes(undefined)) return undefined
  const n = (exponents as bigint[]).reduce((a, b) => commonOf(a, b))
  const k = divide(add(m, one), integer(n))
  if (n < 2n || !k || !isInteger(k)) return undefined
  const name = named(at)
  const replaced = others.map(({ base, exponent }) => ({ base: withPower(base, x, n, name), exponent }))
  const inner = productOf({
    constant: over(num(1), num(integer(n))),
    factors: [...replaced, { base: name, exponent: add(k, integer(-1)) }],
  })
  const found = search(inner, nameOf(name), at)
  return found && substitute(found, nameOf(name), power(variable(x), num(integer(n))))
}

const commonOf = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonOf(b, a % b))

/** The exponents of the name; one undefined where it stands otherwise. */
function powersIn(node: Node, x: string): (bigint | undefined)[] {
  if (!variablesOf(node).has(x)) return []
  if (node.kind === 'power' && node.left.kind === 'variable' && node.right.kind === 'number') {
    const { n, d } = node.right.value
    return [d === 1n && n > 0n ? n : undefined]
  }
  if (node.kind === 'variable') return [undefined]
  return childrenOf(node).flatMap((child) => powersIn(child, x))
}

function withPower(node: Node, x: string, n: bigint, name: Node): Node {
  if (node.kind === 'power' && node.left.kind === 'variable' && node.left.name === x && node.right.kind === 'number')
    return power(name, num({ n: node.right.value.n / n, d: 1n }))
  return mapChildren(node, (child) => withPower(child, x, n, name))
}

const hyperbolics = ['sinh', 'cosh', 'tanh', 'coth', 'sech', 'csch'] as const

/** A rational function of e^(s x) with u = e^(s x). */
function byExponential(f: Node, x: string, at: Search): Node | undefined {
  const slopes: Rational[] = []
  let whole = true
  const visit = (node: Node): void => {
    if (!variablesOf(node).has(x)) return
    const exponent = exponentIn(node)
    if (exponent) {
      const linear = linearIn(exponent, x)
      const slope = linear && exactValue(linear.slope, at.how.budget)
      if (slope) slopes.push(slope)
      whole &&= slope !== undefined
    } else if (node.kind === 'variable') whole = false
    else if (node.kind === 'apply' && hyperbolics.some((one) => one === node.name) && node.args[0])
      visit(apply('exp', node.args[0]))
    else for (const child of childrenOf(node)) visit(child)
  }
  visit(f)
  const [first] = slopes
  if (!whole || !first) return undefined
  const least = slopes.reduce((a, b) => (size(b) < size(a) ? b : a), first)
  const unit = size(least) === size(first) ? { n: abs(first.n), d: first.d } : { n: abs(least.n), d: least.d }
  if (slopes.some((slope) => !isInteger(divide(slope, unit) ?? one))) return undefined
  const name = named(at)
  const replaced = withExponential(f, x, unit, name, at)
  const found = search(over(replaced, times(num(unit), name)), nameOf(name), at)
  return found && substitute(found, nameOf(name), apply('exp', times(num(unit), variable(x))))
}

const abs = (n: bigint) => (n < 0n ? -n : n)
const size = ({ n, d }: Rational) => Math.abs(Number(n) / Number(d))

const exponentIn = (node: Node): Node | undefined =>
  node.kind === 'apply' && node.name === 'exp'
    ? node.args[0]
    : node.kind === 'power' && node.left.kind === 'constant' && node.left.name === 'e'
      ? node.right
      : undefined

function withExponential(node: Node, x: string, unit: Rational, name: Node, at: Search): Node {
  if (!variablesOf(node).has(x)) return node
  const of = (inner: Node) => withExponential(inner, x, unit, name, at)
  const exponent = exponentIn(node)
  const linear = exponent && linearIn(exponent, x)
  if (linear) {
    const slope = exactValue(linear.slope, at.how.budget) ?? unit
    const isZero = linear.constant.kind === 'number' && linear.constant.value.n === 0n
    const raised = power(name, num(divide(slope, unit) ?? one))
    return isZero ? raised : times(apply('exp', linear.constant), raised)
  }
  if (node.kind === 'apply' && node.args[0] && hyperbolics.some((one) => one === node.name)) {
    const [up, down] = [of(apply('exp', node.args[0])), of(apply('exp', times(num(-1), node.args[0])))]
    const [s, c] = [over(difference(up, down), num(2)), over(plus(up, down), num(2))]
    const written = {
      sinh: s,
      cosh: c,
      tanh: over(s, c),
      coth: over(c, s),
      sech: over(num(1), c),
      csch: over(num(1), s),
    }
    return written[node.name as (typeof hyperbolics)[number]]
  }
  return mapChildren(node, of)
}

/** Rational in x and one root of a linear expression: u is that root. */
function byRoot(f: Node, x: string, at: Search): Node | undefined {
  let inner: Node | undefined
  let order = 1n
  let whole = true
  const visit = (node: Node): void => {
    if (!variablesOf(node).has(x)) return
    const root = rootIn(node)
    if (root && root.index > 1n) {
      if (inner && keyOf(inner) !== keyOf(root.of)) whole = false
      inner = root.of
      order = (order * root.index) / commonOf(order, root.index)
      return
    }
    for (const child of childrenOf(node)) visit(child)
  }
  visit(f)
  const linear = inner && linearIn(inner, x)
  if (!whole || !inner || !linear || order > 12n) return undefined
  const name = named(at)
  const key = keyOf(inner)
  const rooted = withRoot(f, key, order, name)
  const raised = power(name, num(integer(order)))
  const replaced = substitute(rooted, x, over(difference(raised, linear.constant), linear.slope))
  const step = over(times(num(integer(order)), power(name, num(integer(order - 1n)))), linear.slope)
  const found = search(times(replaced, step), nameOf(name), at)
  const root = order === 2n ? apply('sqrt', inner) : power(inner, num({ n: 1n, d: order }))
  return found && substitute(found, nameOf(name), root)
}

/** A rational function of sines and cosines of one argument, by the tangent of its half. */
function byHalfAngle(f: Node, x: string, at: Search): Node | undefined {
  const name = named(at)
  const square = power(name, num(2))
  const below = plus(num(1), square)
  let argument: Node | undefined
  let whole = true
  const visit = (node: Node): Node => {
    if (!variablesOf(node).has(x)) return node
    const inner = node.kind === 'apply' ? node.args[0] : undefined
    if (node.kind === 'apply' && inner && waves.has(node.name)) {
      if (argument && keyOf(argument) !== keyOf(inner)) whole = false
      argument = inner
      const [s, c] = [over(times(num(2), name), below), over(difference(num(1), square), below)]
      if (node.name === 'sin' || node.name === 'cos') return node.name === 'sin' ? s : c
      if (node.name === 'tan' || node.name === 'cot') return node.name === 'tan' ? over(s, c) : over(c, s)
      return over(num(1), node.name === 'sec' ? c : s)
    }
    if (node.kind === 'variable' || node.kind === 'apply') whole = false
    return mapChildren(node, visit)
  }
  const replaced = visit(f)
  const linear = whole && argument ? linearIn(argument, x) : undefined
  const quotient = linear && quotientIn(times(replaced, over(num(2), below)), nameOf(name), at.how.budget)
  const found = quotient && rationalAntiderivative(quotient, name, at.how.budget)
  if (!found || !linear || !argument) return undefined
  return over(substitute(found, nameOf(name), apply('tan', over(argument, num(2)))), linear.slope)
}

const waves = new Set<string>(['sin', 'cos', 'tan', 'cot', 'sec', 'csc'])

function rootIn(node: Node): { of: Node; index: bigint; times: bigint } | undefined {
  if (node.kind === 'apply' && node.name === 'sqrt' && node.args[0]) return { of: node.args[0], index: 2n, times: 1n }
  if (node.kind !== 'power' || node.right.kind !== 'number') return undefined
  return { of: node.left, index: node.right.value.d, times: node.right.value.n }
}

function withRoot(node: Node, key: string, order: bigint, name: Node): Node {
  const root = rootIn(node)
  if (root && root.index > 1n && keyOf(root.of) === key)
    return power(name, num(integer((order / root.index) * root.times)))
  return mapChildren(node, (child) => withRoot(child, key, order, name))
}
