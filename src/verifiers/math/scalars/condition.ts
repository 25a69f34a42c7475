/** Does a condition hold where its names have values? Undefined where that is not certain. */
import type { Budget } from '../budget.js'
import type { Node, Sign } from '../tree/node.js'
import { compare, isInteger, type Rational } from '../value/rational.js'
import { disjoint } from './enclosure.js'
import { evaluateExactly, type Point } from './exact.js'
import { doubles, evaluate } from './numeric.js'

export function holds(condition: Node, point: Point, budget: Budget): boolean | undefined {
  budget.spend()
  switch (condition.kind) {
    case 'truth':
      return condition.value
    case 'relation':
      return all(
        condition.signs.map((sign, i) => related(condition.sides[i], sign, condition.sides[i + 1], point, budget)),
      )
    case 'and':
    case 'list':
      return all(
        (condition.kind === 'list' ? condition.items : [condition.left, condition.right]).map((part) =>
          holds(part, point, budget),
        ),
      )
    case 'or': {
      const none = all([condition.left, condition.right].map((part) => inverse(holds(part, point, budget))))
      return inverse(none)
    }
    case 'not':
      return inverse(holds(condition.inner, point, budget))
    case 'member':
      return member(condition.left, condition.right, condition.negated, point, budget)
    default:
      return undefined
  }
}

const inverse = (value: boolean | undefined) => (value === undefined ? undefined : !value)

function all(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false
  return values.includes(undefined) ? undefined : true
}

const wanted: Readonly<Record<Sign, ((order: number) => boolean) | undefined>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
  '~': undefined,
}

function related(a: Node | undefined, sign: Sign, b: Node | undefined, point: Point, budget: Budget) {
  const test = wanted[sign]
  if (!a || !b || !test) return undefined
  const order = orderAt(a, b, point, budget)
  return order === undefined ? undefined : test(order)
}

function orderAt(a: Node, b: Node, point: Point, budget: Budget): number | undefined {
  const infinite = infiniteOrder(a, b)
  if (infinite !== undefined) return infinite
  const [x, y] = [evaluateExactly(a, point, budget), evaluateExactly(b, point, budget)]
  if (x && y) return compare(x, y)
  const [u, v] = [evaluate(doubles, a, point, budget), evaluate(doubles, b, point, budget)]
  if (!u || !v || !doubles.isZero(u.im) || !doubles.isZero(v.im) || !disjoint(doubles, u, v)) return undefined
  return u.re.v < v.re.v ? -1 : 1
}

const isInfinite = (node: Node): number =>
  node.kind === 'constant' && node.name === 'infinity'
    ? 1
    : node.kind === 'multiply' && node.left.kind === 'number' && node.left.value.n < 0n
      ? -isInfinite(node.right)
      : 0

function infiniteOrder(a: Node, b: Node): number | undefined {
  const [x, y] = [isInfinite(a), isInfinite(b)]
  if (x === 0 && y === 0) return undefined
  return x < y ? -1 : 1
}

function member(left: Node, right: Node, negated: boolean, point: Point, budget: Budget): boolean | undefined {
  const value = evaluateExactly(left, point, budget)
  const within = value && contains(right, value, left, point, budget)
  return within === undefined ? undefined : within !== negated
}

function contains(set: Node, value: Rational, left: Node, point: Point, budget: Budget): boolean | undefined {
  if (set.kind === 'named-set') {
    if (set.name === 'integers') return isInteger(value)
    if (set.name === 'naturals')
      return isInteger(value) && value.n !== 0n ? value.n > 0n : isInteger(value) ? undefined : false
    return set.name !== 'empty'
  }
  if (set.kind === 'union') {
    const parts = [set.left, set.right].map((part) => inverse(contains(part, value, left, point, budget)))
    return inverse(all(parts))
  }
  if (set.kind !== 'group') return undefined
  if (set.open === '{') {
    return inverse(all(set.items.map((item) => inverse(related(left, '=', item, point, budget)))))
  }
  const [low, high] = set.items
  if (set.items.length !== 2) return undefined
  return all([
    related(low, set.open === '[' ? '<=' : '<', left, point, budget),
    related(left, set.close === ']' ? '<=' : '<', high, point, budget),
  ])
}
