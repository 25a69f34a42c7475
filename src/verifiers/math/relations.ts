/** Equations and inequalities: against each other, and as values or intervals against what is none. */
import { type Finding, rationalQuotients, sameExpression } from './compare.js'
import { assignment, every, type How, no, type Of, times, unsure } from './findings.js'
import { type Node, variablesOf } from './node.js'
import { sameValue } from './quantity.js'
import { integer } from './rational.js'
import type { Shape, Sign } from './shape.js'

const minus = (left: Node, right: Node): Node => ({
  kind: 'add',
  left,
  right: times(right, { kind: 'number', value: integer(-1) }),
})

export async function sameRelations(a: Shape, b: Shape, how: How): Promise<Finding> {
  if (a.kind !== 'relation' || b.kind !== 'relation') {
    const [relation, other] = a.kind === 'relation' ? [a, b] : [b, a]
    const given = assignment(relation)
    if (given && (other.kind === 'expression' || other.kind === 'matrix')) {
      return how.same({ kind: 'expression', node: given.value }, other, how)
    }
    if (given && (other.kind === 'set' || other.kind === 'list')) {
      return how.same({ kind: 'set', items: [relation] }, other, how)
    }
    const interval = intervalOf(relation as Of<'relation'>)
    return interval && other.kind === 'sequence'
      ? how.same(interval, other, how)
      : unsure('a relation against another kind')
  }
  if (a.sides.length !== b.sides.length) {
    const [left, right] = [intervalOf(a), intervalOf(b)]
    return left && right ? how.same(left, right, how) : unsure('chains of different length')
  }
  if (a.sides.length > 2) return sameChain(a, b, how)
  const [left, right] = [assignment(a), assignment(b)]
  if (left && right && left.name === right.name) return sameValue(left.value, right.value, how)
  if (left && right && variablesOf(left.value).size + variablesOf(right.value).size === 0) return no('other names')
  return scaled(a, b, how)
}

/** Both read from the smaller to the larger side, compared side by side. */
async function sameChain(a: Of<'relation'>, b: Of<'relation'>, how: How): Promise<Finding> {
  const [left, right] = [ascending(a), ascending(b)]
  if (!left || !right || left.signs.join() !== right.signs.join()) return unsure('chains of different signs')
  const finding = await every(
    left.sides.map(
      (node, index) =>
        [
          { kind: 'expression', node },
          { kind: 'expression', node: right.sides[index] as Node },
        ] as const,
    ),
    how,
  )
  const [x, y] = [left.sides[1], right.sides[1]]
  return finding.equal === false && !(x?.kind === 'variable' && y?.kind === 'variable')
    ? unsure('chains that differ')
    : finding
}

const turned: Readonly<Record<Sign, Sign>> = {
  '=': '=',
  '\\ne': '\\ne',
  '<': '>',
  '>': '<',
  '\\le': '\\ge',
  '\\ge': '\\le',
}

function ascending(relation: Of<'relation'>): Of<'relation'> | undefined {
  const down = relation.signs.every((sign) => sign === '>' || sign === '\\ge')
  if (down) {
    return {
      ...relation,
      sides: relation.sides.toReversed(),
      signs: relation.signs.toReversed().map((sign) => turned[sign]),
    }
  }
  return relation.signs.every((sign) => sign === '<' || sign === '\\le') ? relation : undefined
}

/** `0 <= x < 1` or `x > 3` as an interval. */
function intervalOf(relation: Of<'relation'>): Of<'sequence'> | undefined {
  const up = ascending(relation)
  if (!up) return undefined
  const at = up.sides.findIndex((side) => side.kind === 'variable')
  const infinity: Node = { kind: 'constant', name: 'infinity' }
  const low = at === 0 ? times({ kind: 'number', value: integer(-1) }, infinity) : up.sides[0]
  const high = at === up.sides.length - 1 ? infinity : up.sides.at(-1)
  const middle = up.sides.length === 3 ? at === 1 : up.sides.length === 2 && at !== -1
  if (!middle || !low || !high || variablesOf(low).size + variablesOf(high).size > 0) return undefined
  const open = at > 0 && up.signs[0] === '\\le' ? '[' : '('
  const close = at < up.sides.length - 1 && up.signs.at(-1) === '\\le' ? ']' : ')'
  return { kind: 'sequence', open, close, items: [low, high].map((node): Shape => ({ kind: 'expression', node })) }
}

/** Two relations with one sign each: the same when one difference of sides is a constant multiple of the other. */
async function scaled(a: Of<'relation'>, b: Of<'relation'>, how: How): Promise<Finding> {
  const [left, right] = [normalised(a), normalised(b)]
  if (left.sign !== right.sign)
    return linear(left.node, how) && linear(right.node, how)
      ? no('the signs of the relations differ')
      : unsure('other signs')
  const names = [left, right].map(({ node }) => [...variablesOf(node)].sort().join())
  const quotients = rationalQuotients(left.node, right.node, how.budget)
  if (!quotients) {
    const same = await sameExpression(left.node, right.node, how.budget)
    return same.equal ? same : unsure('relations that are not rational')
  }
  const [first] = quotients
  const constant = first && first.n !== 0n && quotients.every((q) => q.n === first.n && q.d === first.d)
  const allowed = constant && (left.sign === '=' || left.sign === '\\ne' || first.n > 0n)
  if (allowed) return { equal: true, layer: 'exact', reason: 'one is a multiple of the other' }
  if (linear(left.node, how) && linear(right.node, how))
    return no(names[0] === names[1] ? 'other solutions' : 'other names')
  return unsure('relations that are no multiples')
}

function normalised({ sides, signs }: Of<'relation'>): { node: Node; sign: Sign } {
  const [left, right] = sides as [Node, Node]
  const sign = signs[0] as Sign
  return sign === '<' || sign === '\\le'
    ? { node: minus(right, left), sign: turned[sign] }
    : { node: minus(left, right), sign }
}

/** Of first degree in all its names, read off the tree: no product of names, no power, no function of them. */
function linear(node: Node, how: How): boolean {
  how.budget.spend()
  const names = variablesOf(node).size
  if (names === 0) return true
  if (node.kind === 'variable') return true
  if (node.kind === 'add') return linear(node.left, how) && linear(node.right, how)
  if (node.kind === 'multiply') {
    const [x, y] = [variablesOf(node.left).size, variablesOf(node.right).size]
    return (x === 0 || y === 0) && linear(node.left, how) && linear(node.right, how)
  }
  return node.kind === 'divide' && variablesOf(node.right).size === 0 && linear(node.left, how)
}
