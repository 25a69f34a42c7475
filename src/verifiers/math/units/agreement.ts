/** Do two quantities say the same? Units of one dimension by their factors; the written rules for all the others. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { add, divide, equalTo, multiply, type Rational, ratio } from '../value/rational.js'
import { inBaseUnits, type Measure, numberOf, productOf, type Reading } from './measure.js'
import { isOutcome } from './nouns.js'
import { currencies } from './table.js'
import { dimensionOf, type Unit } from './unit.js'

/** Exact where both are fractions of numbers; otherwise the comparison of all kinds decides. */
export function sameValue(a: Node, b: Node, how: How): Finding {
  how.budget.spend()
  const [left, right] = [fractionOf(a), fractionOf(b)]
  if (!left || !right) return how.same(a, b)
  return equalTo(left, right) ? yes('exact', 'the exact values are equal') : no('exact', 'the exact values differ')
}

const maxDepth = 6

function fractionOf(node: Node, depth = 0): Rational | undefined {
  if (node.kind === 'number') return node.value
  if (depth > maxDepth || (node.kind !== 'add' && node.kind !== 'multiply' && node.kind !== 'divide')) return undefined
  const left = fractionOf(node.left, depth + 1)
  const right = left && fractionOf(node.right, depth + 1)
  if (!left || !right) return undefined
  return node.kind === 'add' ? add(left, right) : node.kind === 'multiply' ? multiply(left, right) : divide(left, right)
}

/** Symmetric. At least one side has a unit. */
export function sameMeasure(a: Measure, b: Measure, how: How): Finding {
  if (a.bare || b.bare) return a.bare ? besideBare(b, a, how) : besideBare(a, b, how)
  let open: Finding | undefined
  let unequal: Finding | undefined
  for (const left of a.readings) {
    for (const right of b.readings) {
      const finding = sameReading(left, right, how)
      if (finding?.equal) return finding
      if (finding?.equal === null) open ??= finding
      if (finding?.equal === false) unequal ??= finding
    }
  }
  return open ?? unequal ?? unlike(a, b, how)
}

/** Undefined when the units measure different things. */
function sameReading(left: Reading, right: Reading, how: How): Finding | undefined {
  const fitted = inOneDimension(left.unit, right.unit) ?? inOneDimension(right.unit, left.unit)?.toReversed()
  const [ours, theirs] = fitted ?? []
  if (!ours || !theirs) return undefined
  const one = equalTo(ours.factor, theirs.factor) && ours.pi === theirs.pi && equalTo(ours.zero, theirs.zero)
  if (one) return sameValue(left.value, right.value, how)
  if (ours.rounded || theirs.rounded) return unsure('units', 'the factor between the units is known in part only')
  // One power of pi on both sides says nothing.
  const pi = ours.pi === theirs.pi ? ours.pi : 0
  const scaled = (reading: Reading, unit: Unit) => inBaseUnits({ ...reading, unit: { ...unit, pi: unit.pi - pi } })
  return sameValue(scaled(left, ours), scaled(right, theirs), how)
}

/** Both units in one dimension: a radian is 1 beside a unit without angles, a revolution 2 pi radians, or 1. */
function inOneDimension(left: Unit, right: Unit): [Unit, Unit] | undefined {
  const [own, other] = [dimensionOf(left), dimensionOf(right)]
  if (own === other) return [left, right]
  const turns = left.powers.get('cycle') ?? 0
  const angles = left.powers.get('angle') ?? 0
  if (turns === 0 && angles === 0) return undefined
  const rest = new Map([...left.powers].filter(([base]) => base !== 'cycle' && base !== 'angle'))
  if (turns !== 0 && angles === 0 && right.powers.has('angle')) {
    rest.set('angle', turns)
    const two: Rational = turns > 0 ? { n: 2n ** BigInt(turns), d: 1n } : { n: 1n, d: 2n ** BigInt(-turns) }
    const unit = { ...left, powers: rest, factor: multiply(left.factor, two), pi: left.pi + turns }
    return dimensionOf(unit) === other ? [unit, right] : undefined
  }
  const unit = { ...left, powers: rest }
  return rest.size > 0 && dimensionOf(unit) === other ? [unit, right] : undefined
}

/** A number without a unit stands for itself with the other side's unit; beside an angle also for radians. */
function besideBare(measure: Measure, bare: Measure, how: How): Finding {
  const value = bare.readings[0]?.value as Node
  if (measure.compound) return besideParts(measure, value, how)
  let last: Finding = no('units', 'the numbers differ')
  for (const reading of measure.readings) {
    const finding = sameValue(reading.value, value, how)
    if (finding.equal)
      return how.policy.missingUnit ? withoutUnit(finding) : unsure('policy:missingUnit', 'one side has no unit')
    const pure = dimensionOf(reading.unit)
    if (pure === 'angle' || pure === '') {
      const plain = sameValue(inBaseUnits(reading), value, how)
      if (plain.equal) return plain
      if (plain.equal === null) last = plain
    }
    if (finding.equal === null) last = finding
    if (names(value).some((name) => !names(reading.value).includes(name)))
      last = unsure('units', 'a unit against a name')
  }
  return last
}

const withoutUnit = (finding: Finding): Finding => ({
  ...finding,
  layer: 'policy:missingUnit',
  reason: 'equal but for the unit',
})
const names = (node: Node) => [...variablesOf(node)]

/** Units that a bare number may mean beside several parts, by dimension: in base units. */
const usual: Readonly<Record<string, readonly (readonly [bigint, bigint])[]>> = {
  T: [
    [1n, 1n],
    [60n, 1n],
    [3600n, 1n],
    [86400n, 1n],
    [604800n, 1n],
  ],
  L: [
    [1n, 1n],
    [1n, 100n],
    [1n, 1000n],
    [1000n, 1n],
    [127n, 5000n],
    [381n, 1250n],
    [1143n, 1250n],
  ],
  M: [
    [1n, 1n],
    [1n, 1000n],
    [45359237n, 100000000n],
    [45359237n, 1600000000n],
  ],
  angle: [
    [1n, 180n],
    [1n, 10800n],
  ],
  calendar: [
    [1n, 1n],
    [12n, 1n],
  ],
}

function besideParts(measure: Measure, value: Node, how: How): Finding {
  for (const reading of measure.readings) {
    const dimension = dimensionOf(reading.unit)
    const factors =
      usual[dimension] ??
      (currencies.has(dimension)
        ? ([
            [1n, 1n],
            [1n, 100n],
          ] as const)
        : undefined)
    if (!factors || reading.value.kind !== 'number')
      return unsure('units', 'a number without a unit beside several parts')
    for (const [n, d] of factors) {
      const scaled = productOf(value, numberOf(ratio(n, d) as Rational))
      const finding = sameValue(reading.value, scaled, how)
      if (finding.equal === false) continue
      const sure = currencies.has(dimension) && d === 1n && finding.equal && how.policy.missingUnit
      return sure ? withoutUnit(finding) : unsure('units', 'a number without a unit beside several parts')
    }
  }
  return no('units', 'the number fits in no unit')
}

/** No reading of the one has the dimension of any reading of the other. */
function unlike(a: Measure, b: Measure, how: How): Finding {
  const [left, right] = [a.readings[0], b.readings[0]] as [Reading, Reading]
  const clash = no('units', `the units ${shown(left.unit)} and ${shown(right.unit)} measure different things`)
  if (left.unit.status === 'noun' || right.unit.status === 'noun') return counted(a, b, { how, clash })
  for (const one of a.readings) {
    for (const other of b.readings) {
      const pair = [dimensionOf(one.unit), dimensionOf(other.unit)].sort().join()
      if (pair === 'T,calendar') return nearly(one, other)
      if (pair === 'K,angle') {
        const finding = sameValue(one.value, other.value, how)
        if (finding.equal !== false) return finding.equal ? withoutUnit(finding) : finding
      }
    }
  }
  return clash
}

const shown = (unit: Unit) => dimensionOf(unit).replaceAll('#', '').slice(0, 60) || '1'

/** A month is 28 to 31 days, so only what is far apart is unequal. */
function nearly(one: Reading, other: Reading): Finding {
  const open = unsure('units', 'months and days do not convert exactly')
  const monthly = one.unit.powers.has('calendar') ? one : other
  const daily = monthly === one ? other : one
  if (monthly.value.kind !== 'number' || daily.value.kind !== 'number') return open
  const months = multiply(monthly.value.value, monthly.unit.factor)
  const days = multiply(multiply(daily.value.value, daily.unit.factor), { n: 1n, d: 86400n })
  const per = ratio(days.n * months.d, days.d * months.n)
  return per && per.n >= 28n * per.d && per.n <= 31n * per.d ? open : no('units', 'the times differ')
}

/**
 * Things counted. The same noun with and without an adjective counts the same; two adjectives, or two nouns, count two
 * things; a word for an outcome (`ways`, `people`) beside another noun leaves it open; `units` stand for any length.
 */
function counted(a: Measure, b: Measure, { how, clash }: { how: How; clash: Finding }): Finding {
  const [left, right] = [a.readings[0], b.readings[0]] as [Reading, Reading]
  const [ours, theirs] = [nounsOf(left.unit), nounsOf(right.unit)]
  const values = sameValue(left.value, right.value, how)
  if (isLength(left.unit, right.unit) || isLength(right.unit, left.unit))
    return values.equal ? withoutUnit(values) : values
  if (!ours || !theirs) {
    const noun = ours ?? theirs
    const loose = noun !== undefined && isOutcome(noun.head)
    return values.equal !== false && loose ? unsure('units', `${noun.head} beside a unit`) : clash
  }
  if (ours.rest !== theirs.rest) return clash
  if (ours.head === theirs.head) return ours.adjectives === '' || theirs.adjectives === '' ? values : clash
  if (values.equal === false || !(isOutcome(ours.head) || isOutcome(theirs.head))) return clash
  return unsure('units', `${ours.head} beside ${theirs.head}`)
}

/** `5 square units` beside an area. */
function isLength(some: Unit, unit: Unit): boolean {
  const power = some.powers.get('#unit')
  return power !== undefined && some.powers.size === 1 && unit.powers.size === 1 && unit.powers.get('L') === power
}

/** The one noun of a unit, and the unit without it. */
function nounsOf(unit: Unit): { head: string; adjectives: string; rest: string } | undefined {
  const nouns = [...unit.powers].filter(([base, power]) => base.startsWith('#') && power === 1)
  const [name] = nouns[0] ?? []
  if (nouns.length !== 1 || name === undefined) return undefined
  const words = name.slice(1).split(' ')
  const rest = new Map(unit.powers)
  rest.delete(name)
  return {
    head: words.at(-1) ?? '',
    adjectives: words.slice(0, -1).join(' '),
    rest: dimensionOf({ ...unit, powers: rest }),
  }
}
