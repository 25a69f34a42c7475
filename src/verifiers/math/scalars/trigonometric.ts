/** Products of sines and cosines: odd powers by substitution, negative even ones by the tangent, the rest as sums of waves. */
import type { FunctionName, KindOf, Node } from '../tree/node.js'
import { substitute } from '../tree/walk.js'
import { isInteger } from '../value/rational.js'
import { type Search, search } from './antiderivative.js'
import { apply, difference, num, over, plus, power, times, variable } from './build.js'
import { type Factor, keyOf, productOf } from './factors.js'
import { linearIn, quotientIn } from './polynomial.js'
import { rationalAntiderivative } from './rational-antiderivative.js'

const isTrigonometric = (name: FunctionName) => name === 'sin' || name === 'cos'

export function trigonometric(factors: readonly Factor[], x: string, at: Search): Node | undefined {
  const waves: Wave[] = []
  const others: Factor[] = []
  for (const factor of factors) {
    const wave = waveOf(factor, x)
    if (wave) waves.push(wave)
    else others.push(factor)
  }
  if (waves.length === 0) return undefined
  const keys = new Set(waves.map(({ argument }) => keyOf(argument)))
  if (keys.size === 1 && others.length === 0) {
    const found = ofOneArgument(waves, at)
    if (found) return found
  }
  const size = waves.reduce((total, { exponent }) => total + exponent, 0)
  if (size < 2 || size > 10 || waves.some(({ exponent }) => exponent < 0)) return undefined
  const rest = productOf({ constant: num(1), factors: others })
  return search(times(asSum(waves, x), rest), x, { ...at, depth: at.depth + 1 })
}

interface Wave {
  readonly name: 'sin' | 'cos'
  readonly argument: Node
  readonly slope: Node
  readonly exponent: number
}

function waveOf({ base, exponent }: Factor, x: string): Wave | undefined {
  if (base.kind !== 'apply' || !isTrigonometric(base.name) || !isInteger(exponent)) return undefined
  const [argument] = base.args
  const linear = argument && linearIn(argument, x)
  const small = exponent.n <= 10n && exponent.n >= -10n
  if (!linear || !argument || !small) return undefined
  return {
    name: (base as KindOf<'apply'>).name as 'sin' | 'cos',
    argument,
    slope: linear.slope,
    exponent: Number(exponent.n),
  }
}

/** sin^m cos^n of one argument. */
function ofOneArgument(waves: readonly Wave[], at: Search): Node | undefined {
  const [first] = waves
  if (!first) return undefined
  const exponentOf = (name: 'sin' | 'cos') => waves.find((wave) => wave.name === name)?.exponent ?? 0
  const [m, n] = [exponentOf('sin'), exponentOf('cos')]
  const { argument, slope } = first
  const [s, c] = [apply('sin', argument), apply('cos', argument)]
  const u = variable('#u')
  const square = power(u, num(2))
  const odd = (k: number) => Math.abs(k) % 2 === 1
  let inner: Node | undefined
  let by: Node
  if (odd(m) && (!odd(n) || m > 0)) {
    inner = times(num(-1), times(power(difference(num(1), square), num((m - 1) / 2)), power(u, num(n))))
    by = c
  } else if (odd(n)) {
    inner = times(power(difference(num(1), square), num((n - 1) / 2)), power(u, num(m)))
    by = s
  } else if (m < 0 || n < 0) {
    inner = times(power(u, num(m)), power(plus(num(1), square), num(-(m + n) / 2 - 1)))
    by = over(s, c)
  } else return undefined
  const quotient = quotientIn(inner, '#u', at.how.budget)
  const found = quotient && rationalAntiderivative(quotient, u, at.how.budget)
  return found && over(substitute(found, '#u', by), slope)
}

interface Term {
  readonly factor: Node
  readonly name: 'sin' | 'cos'
  readonly argument: Node
}

/** The product as a sum of single waves. */
function asSum(waves: readonly Wave[], x: string): Node {
  let terms: Term[] = [{ factor: num(1), name: 'cos', argument: num(0) }]
  for (const { name, argument, exponent } of waves) {
    for (let k = 0; k < exponent; k++) terms = terms.flatMap((term) => multiplied(term, name, argument, x))
  }
  const together = new Map<string, Term>()
  for (const term of terms) {
    const key = `${term.name} ${keyOf(term.argument)}`
    const before = together.get(key)
    together.set(key, before ? { ...term, factor: plus(before.factor, term.factor) } : term)
  }
  return [...together.values()].reduce<Node>(
    (total, { factor, name, argument }) => plus(total, times(factor, waveNode(name, argument))),
    num(0),
  )
}

const isNothing = (node: Node) => node.kind === 'number' && node.value.n === 0n
const waveNode = (name: 'sin' | 'cos', argument: Node): Node =>
  isNothing(argument) ? num(name === 'sin' ? 0 : 1) : apply(name, argument)

function multiplied({ factor, name, argument }: Term, by: 'sin' | 'cos', other: Node, x: string): Term[] {
  // The first of them: cos 0 times a wave.
  if (isNothing(argument) && name === 'cos') return [{ factor, name: by, argument: combined(other, num(0), 1, x) }]
  const half = times(factor, num({ n: 1n, d: 2n }))
  const negative = times(half, num(-1))
  const [sum, rest] = [combined(argument, other, 1, x), combined(argument, other, -1, x)]
  if (name === 'cos' && by === 'cos')
    return [
      { factor: half, name: 'cos', argument: rest },
      { factor: half, name: 'cos', argument: sum },
    ]
  if (name === 'sin' && by === 'sin')
    return [
      { factor: half, name: 'cos', argument: rest },
      { factor: negative, name: 'cos', argument: sum },
    ]
  // sin a cos b = (sin(a + b) + sin(a - b)) / 2; cos a sin b = (sin(a + b) - sin(a - b)) / 2.
  return [
    { factor: half, name: 'sin', argument: sum },
    { factor: name === 'sin' ? half : negative, name: 'sin', argument: rest },
  ]
}

/** a ± b, both linear in x. */
function combined(a: Node, b: Node, sign: 1 | -1, x: string): Node {
  if (sign < 0 && keyOf(a) === keyOf(b)) return num(0)
  const [p, q] = [linearIn(a, x), linearIn(b, x)]
  if (!p || !q) return sign > 0 ? plus(a, b) : difference(a, b)
  const added = (one: Node, other: Node) => {
    if (keyOf(one) === keyOf(other)) return sign > 0 ? times(num(2), one) : num(0)
    return sign > 0 ? plus(one, other) : difference(one, other)
  }
  return plus(times(added(p.slope, q.slope), variable(x)), added(p.constant, q.constant))
}
