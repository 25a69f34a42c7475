/** Numbers and expressions with their units, percent signs, infinities and constants of integration. */
import { type Finding, sameExpression } from './compare.js'
import { type How, no, type Of, times, unsure, yes } from './findings.js'
import { type Node, substitute, usesFunction, variablesOf } from './node.js'
import { integer } from './rational.js'

const degreeOf: Node = {
  kind: 'divide',
  left: { kind: 'constant', name: 'pi' },
  right: { kind: 'number', value: integer(180) },
}
const hundred: Node = { kind: 'number', value: integer(100) }

export async function sameQuantity(a: Of<'expression'>, b: Of<'expression'>, how: How): Promise<Finding> {
  if (a.unit && b.unit && (a.unit.dimension !== b.unit.dimension || !a.unit.known)) return unitClash(a, b, how)
  const only = a.unit && b.unit ? undefined : (a.unit ?? b.unit)
  if (only && !only.plain) return unsure(`the words '${only.dimension.slice(0, 40)}' may change the number`)
  const [left, right] = [inBaseUnits(a, b), inBaseUnits(b, a)]
  const finding = await sameValue(left, right, how)
  const [unnamed, bare] = a.unit ? [left, right] : [right, left]
  if (Boolean(a.unit) !== Boolean(b.unit) && !finding.equal && variablesOf(bare).size > variablesOf(unnamed).size) {
    return unsure('a unit against a name')
  }
  if (finding.equal !== false) return unitMissing(a, b, how) && finding.equal ? unsure('one side has no unit') : finding
  if (how.policy.missingPercent && Boolean(a.percent) !== Boolean(b.percent) && !a.unit && !b.unit) {
    const [scaledA, scaledB] = [a.percent ? times(left, hundred) : left, b.percent ? times(right, hundred) : right]
    const again = await sameValue(scaledA, scaledB, how)
    if (again.equal) return { ...again, layer: 'policy:missingPercent', reason: 'equal but for the percent sign' }
  }
  return finding
}

const unitMissing = (a: Of<'expression'>, b: Of<'expression'>, { policy }: How) =>
  !policy.missingUnit && Boolean(a.unit) !== Boolean(b.unit)

/** Units of one dimension are compared in base units; where a unit stands on one side only, the number is taken as it is. */
const inBaseUnits = (side: Of<'expression'>, other: Of<'expression'>): Node =>
  side.unit && other.unit ? times(side.node, { kind: 'number', value: side.unit.factor }) : side.node

async function unitClash(a: Of<'expression'>, b: Of<'expression'>, how: How): Promise<Finding> {
  const pair = [a.unit?.dimension, b.unit?.dimension]
  if (pair.includes('angle') && pair.includes('radian')) {
    const radians = (side: Of<'expression'>) =>
      side.unit?.dimension === 'angle' ? times(side.node, degreeOf) : side.node
    return sameValue(radians(a), radians(b), how)
  }
  const text = `expected the unit ${pair[0]}, got ${pair[1]}`
  if (pair[0] === pair[1]) return sameValue(a.node, b.node, how)
  if (a.unit?.known && b.unit?.known) return no(text)
  const numbers = await sameValue(a.node, b.node, how)
  return numbers.equal === false ? no('the numbers differ') : unsure(text)
}

const constants = ['C', 'K']

export async function sameValue(a: Node, b: Node, how: How): Promise<Finding> {
  const [left, right] = [withoutConstant(a), withoutConstant(b)]
  if (left && right) return sameUpToConstant(left, right, how)
  if (left && how.policy.missingConstant) return sameUpToConstant(left, b, how)
  if (left) return { equal: false, layer: 'policy:missingConstant', reason: 'the constant of integration is missing' }
  const infinite = [signOfInfinity(a), signOfInfinity(b)]
  if (infinite[0] !== undefined || infinite[1] !== undefined) {
    if (infinite.includes(null)) return unsure('infinity inside an expression')
    return infinite[0] === infinite[1] ? yes('infinity') : no('one side is infinite, or the signs differ')
  }
  const finding = await sameExpression(a, b, how.budget)
  // `log` without a base means one thing here and another there.
  const bare = usesFunction(a, ['log']) !== usesFunction(b, ['log'])
  return bare && finding.equal === false ? unsure('the base of log is not said') : finding
}

function signOfInfinity(node: Node): 1 | -1 | null | undefined {
  if (node.kind === 'constant' && node.name === 'infinity') return 1
  if (
    node.kind === 'multiply' &&
    node.left.kind === 'number' &&
    node.left.value.n === -1n &&
    signOfInfinity(node.right) === 1
  )
    return -1
  const inside = 'left' in node ? [node.left, node.right] : node.kind === 'apply' ? node.args : []
  return inside.some((child) => signOfInfinity(child) !== undefined) ? null : undefined
}

/** A sum with a constant of integration at one end: the rest of it. */
function withoutConstant(node: Node): Node | undefined {
  if (node.kind !== 'add') return undefined
  for (const [rest, last] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const names = variablesOf(rest)
    if (last.kind === 'variable' && constants.includes(last.name) && names.size > 0 && !names.has(last.name))
      return rest
  }
  return undefined
}

const somewhere: Node = { kind: 'number', value: { n: 7n, d: 5n } }

/** Antiderivatives: equal when their difference has one value everywhere. */
async function sameUpToConstant(a: Node, b: Node, how: How): Promise<Finding> {
  const direct = await sameExpression(a, b, how.budget)
  if (direct.equal) return direct
  const difference: Node = { kind: 'add', left: a, right: times(b, { kind: 'number', value: integer(-1) }) }
  const fixed = [...variablesOf(difference)].reduce<Node>((node, name) => substitute(node, name, somewhere), difference)
  const constant = await sameExpression(difference, fixed, how.budget)
  return constant.equal === true ? { ...constant, reason: 'equal up to the constant' } : constant
}
