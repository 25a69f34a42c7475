/**
 * Whether the two sides of a relation are the same number. The words around numbers leave room for readings; a step is
 * right when one of them holds, wrong when none does, and no step at all where the words make the sides something else.
 */
import type { Budget } from '../math/budget.js'
import { equalTo, multiply, type Rational, ratio } from '../math/value/rational.js'
import { doubleOf, numberOf, plain, type Reading } from './evaluate.js'
import type { Expression, Run } from './expression.js'
import { isRounded, loneNumber } from './rounding.js'
import type { Token } from './token.js'
import { everydayUnit } from './units.js'

export type StepVerdict = 'right' | 'wrong' | 'unread'
export interface Outcome {
  readonly verdict: StepVerdict
  readonly reason: string
}

/** Two runs with a relation between them. */
export interface Claim {
  readonly left: Run
  readonly right: Run
  readonly tokens: readonly Token[]
  /** Where the part of the left run begins: the tokens between are words before it. */
  readonly leftPart: number
  /** One past the last token of the part of the right run. */
  readonly rightPart: number
  /** Another relation stands before the left run, so it is itself a result. */
  readonly chained: boolean
  /** The text says that it rounds. */
  readonly about: boolean
  /** A little of the text behind. */
  readonly after: string
  /** A dash stood before the first token, and was left out as a bullet. */
  readonly bullet: boolean
}

const converted: Reading = { percent: 'hundredths', units: 'converted' }
const readings: readonly Reading[] = [
  plain,
  { percent: 'unit', units: 'none' },
  { percent: 'hundredths', units: 'scales' },
  converted,
  { percent: 'unit', units: 'converted' },
  { percent: 'hundredths', units: 'none', thirds: true },
]

const right = (reason: string): Outcome => ({ verdict: 'right', reason })
const unread = (reason: string): Outcome => ({ verdict: 'unread', reason })

/** Undefined when the two sides make no claim, e.g. `Day 2 = 15`. For sides without names. */
export function judgeNumbers(claim: Claim, budget: Budget): Outcome | undefined {
  const { left, right: result } = claim
  if (left.hasOpaque || result.hasOpaque) return notRead(claim, 'holds notation that is not read')
  for (const reading of readings) {
    const held = holds(claim, reading, budget)
    if (held) return right(held)
  }
  const other = otherReading(claim, budget)
  if (other) return right(other)
  if (isNoClaim(claim)) return undefined
  const doubt = doubtOf(claim)
  if (doubt) return unread(doubt)
  const compound = [left, result].some(({ expression }) => expression.kind === 'compound')
  const reading = compound ? converted : plain
  const [a, b] = [numberOf(left.expression, reading, budget), numberOf(result.expression, reading, budget)]
  if (!a || !b) return numeric(claim)
  if (nearly(a, b, 5000n) && fromRounded(left.expression) && loneNumber(result.expression)?.decimals !== 0)
    return unread('nearly the same, from numbers that may be rounded')
  return { verdict: 'wrong', reason: `the left side is ${shown(a)}, the right side is ${shown(b)}` }
}

function notRead({ left, right: result }: Claim, why: string): Outcome | undefined {
  return left.operators + result.operators > 0 ? unread(why) : undefined
}

function holds({ left, right: result, about }: Claim, reading: Reading, budget: Budget): string | undefined {
  const a = numberOf(left.expression, reading, budget)
  // A shown result stands for itself; operands before it may have been cut off.
  const b = a && numberOf(result.expression, reading.thirds && result.operators === 0 ? plain : reading, budget)
  if (!a || !b) return undefined
  const note =
    reading === plain
      ? ''
      : reading.percent === 'unit'
        ? ', percent as a unit'
        : reading.thirds
          ? ', thirds written as decimals'
          : ', units changed'
  if (equalTo(a, b)) return `both sides are ${shown(b)}${note}`
  const rounded =
    isRounded({ exact: a, shown: b, expression: result.expression, said: about }) ||
    (result.operators > 0 && isRounded({ exact: b, shown: a, expression: left.expression, said: about }))
  if (rounded) return `rounded to the digits shown${note}`
  return about && left.operators > 0 && result.operators > 0 && nearly(a, b, 100n) ? `about the same${note}` : undefined
}

/** A decimal among several operands. */
function fromRounded(expression: Expression): boolean {
  if (expression.kind === 'binary') return fromRounded(expression.left) || fromRounded(expression.right)
  return expression.kind === 'number' && expression.decimals > 1
}

function nearly(a: Rational, b: Rational, share: bigint): boolean {
  const difference = a.n * b.d - b.n * a.d
  const size = difference < 0n ? -difference : difference
  const whole = a.n * b.d
  return size * share <= (whole < 0n ? -whole : whole)
}

const factors: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['half', [1, 2]],
  ['third', [1, 3]],
  ['thirds', [2, 3]],
  ['quarter', [1, 4]],
  ['fourth', [1, 4]],
  ['fifth', [1, 5]],
  ['twice', [2, 1]],
  ['double', [2, 1]],
  ['thrice', [3, 1]],
  ['triple', [3, 1]],
])

/** What a writer may mean although it is not what stands there. */
function otherReading(claim: Claim, budget: Budget): string | undefined {
  const { left, right: result } = claim
  const value = (expression: Expression) => numberOf(expression, plain, budget)
  const [a, b] = [value(left.expression), value(result.expression)]
  if (!a) return undefined
  if (left.operators > 0 && result.operators > 0) {
    for (let part = result.expression; part.kind === 'binary'; part = part.left) {
      const first = value(part.left)
      // `1 = 1/4` does not go on; `20 = 20/4 = 5` does.
      if (part.op === '/' && part === result.expression && claim.rightPart === claim.tokens.length) continue
      if (first && equalTo(a, first)) return `the left side is ${shown(a)}; the calculation goes on from it`
    }
  }
  if (!b) return undefined
  const dashed = left.from === 0 ? claim.bullet : claim.tokens[left.from - 1]?.text === '-'
  const negative = dashed ? value(withMinus(left.expression)) : undefined
  if (negative && equalTo(negative, b)) return `both sides are ${shown(b)}, the dash read as a minus`
  const factor = factorBefore(claim)
  const scaled = factor && multiply(a, factor)
  if (scaled && equalTo(scaled, b)) return `both sides are ${shown(b)}, with the word before the left side`
  return undefined
}

const withMinus = (expression: Expression): Expression =>
  expression.kind === 'binary'
    ? { ...expression, left: withMinus(expression.left) }
    : { kind: 'minus', inner: expression }

/** `half of 10`: the factor that the word right before the left side names. */
function factorBefore({ tokens, left, leftPart }: Claim): Rational | undefined {
  for (let at = left.from - 1; at >= leftPart; at--) {
    const word = tokens[at]?.text.toLowerCase() ?? ''
    if (word === 'of' || word === 'the' || tokens[at]?.kind === 'money') continue
    const factor = factors.get(word)
    if (factor) return ratio(BigInt(factor[0]), BigInt(factor[1]))
    // `2 boxes of 6 * 3`
    return undefined
  }
  return undefined
}

const connectives = new Set(
  'so then thus therefore hence and that since because now or but as is are was which means get gets gives we have has finally also total equals'.split(
    ' ',
  ),
)

/** A lone number behind words is a label or a given: `Day 2 = 3 * 5`, `1 box = 12 pens`. */
function isNoClaim({ left, right: result, tokens, leftPart, chained }: Claim): boolean {
  // `a + b = 7/2 and ab = 1`
  if (joins(tokens, left)) return true
  // `1/3 of the class = 66/3`
  if (tokens[left.to]?.text === 'of' && left.to < left.wordsTo && tokens[result.to]?.text !== 'of') return true
  if (left.operators > 0) return isFractionOfUnit(left.expression, result.expression)
  // `60 kW would cost = 60 * $0.10`
  if (left.wordsTo - left.to > 2) return true
  if (result.operators === 0 && !chained) {
    const [a, b] = [unitOf(left.expression), unitOf(result.expression)]
    return !a || !b || a !== b || a === 'span'
  }
  // `2 kg = 2 * 1000`, `8 batches = 5.5 * 8`: what is changed is a factor of its own change.
  if (!chained && left.wordsTo > left.to && changesUnit(left.expression, result.expression)) return true
  // `48 = 100% + 20%`
  if (!chained && !percentIn(left.expression) && percentIn(result.expression)) return true
  for (let at = leftPart; at < left.from; at++) {
    const token = tokens[at]
    if (token?.kind === 'money') continue
    if (token?.kind !== 'word' || !connectives.has(token.text.toLowerCase())) return true
  }
  return false
}

const joints = /^(?:and|or|so|then|but|thus|therefore|hence|while|where|since|because|which|if|when|gives|implies)$/

/** The words behind a run begin another statement. */
function joins(tokens: readonly Token[], { to, wordsTo }: Run): boolean {
  for (let at = to; at < wordsTo; at++) if (joints.test(tokens[at]?.text ?? '')) return true
  return false
}

const less = (a: Rational, b: Rational) => a.n * b.d < b.n * a.d

/** `1/2 cup = 4 ounces` */
function isFractionOfUnit(left: Expression, result: Expression): boolean {
  if (left.kind !== 'binary' || left.op !== '/' || left.left.kind !== 'number' || left.right.kind !== 'number')
    return false
  const shownUnit = loneNumber(result)?.words[0]
  if (left.left.money || !less(left.left.value, left.right.value)) return false
  return (
    left.left.words.length === 0 &&
    left.right.words.length > 0 &&
    shownUnit !== undefined &&
    !left.right.words.includes(shownUnit)
  )
}

function changesUnit(lone: Expression, result: Expression): boolean {
  if (holdsNumber(result, lone)) return true
  const unit = loneNumber(lone)?.words[0]
  const others = wordsOf(result)
  return unit !== undefined && others.length > 0 && !others.includes(unit)
}

function wordsOf(expression: Expression): readonly string[] {
  if (expression.kind === 'binary') return [...wordsOf(expression.left), ...wordsOf(expression.right)]
  return expression.kind === 'number' ? expression.words : []
}

function percentIn(expression: Expression): boolean {
  if (expression.kind === 'binary') return percentIn(expression.left) && percentIn(expression.right)
  return expression.kind === 'number' && expression.percent
}

function holdsNumber(expression: Expression, lone: Expression): boolean {
  if (expression.kind === 'binary') return holdsNumber(expression.left, lone) || holdsNumber(expression.right, lone)
  const node = loneNumber(lone)
  return node !== undefined && expression.kind === 'number' && equalTo(expression.value, node.value)
}

function unitOf(expression: Expression): string | undefined {
  if (expression.kind === 'compound') return unitOf(expression.parts[0] ?? { kind: 'opaque' })
  const node = loneNumber(expression)
  return node && everydayUnit(node.words)?.dimension
}

/** Why the sides may not be the whole of what stands there. */
export function doubtOf(claim: Claim): string | undefined {
  const { left, right: result, tokens, leftPart, rightPart, after } = claim
  if (left.dangling || result.dangling) return 'an operand is in words'
  if (tokens[left.from - 1]?.kind === 'number' && left.from - 1 >= leftPart) return 'two numbers without a sign between'
  const next = result.wordsTo < rightPart ? tokens[result.wordsTo] : undefined
  const grouped = next?.kind === 'number' && result.to === result.wordsTo && next.end - next.start === 3
  if (next && (grouped || goesOn(next, tokens[result.wordsTo + 1]))) return 'the right side goes on in words'
  if (left.from > leftPart && isLabel(tokens, left.from - 1) && !firstWords(left.expression))
    return 'its first number names something'
  if (wordsEnd(tokens, result)) return 'the right side goes on in words'
  if ((isRate(left.expression) && isOne(result.expression)) || (isRate(result.expression) && isOne(left.expression)))
    return 'a ratio of equal amounts'
  if (denied.test(after)) return 'the text denies it'
  if (factorBefore(claim)) return 'a word before the left side changes it'
  if (followedBy(claim, modulo)) return 'an equality modulo a number'
  return undefined
}

function goesOn(next: Token, after: Token | undefined): boolean {
  if (next.kind === 'number') return next.glued || after?.text === '^'
  if (next.text === '-') return next.glued && after?.glued === true
  return next.kind === 'operator' || next.kind === 'open' || next.kind === 'opaque' || next.kind === 'function'
}

const firstWords = (expression: Expression): boolean =>
  expression.kind === 'binary'
    ? firstWords(expression.left)
    : expression.kind === 'number' && expression.words.length > 0

/** `day 1 * 2`, and not `every day 1 * 2` */
const isLabel = (tokens: readonly Token[], at: number) =>
  labels.test(tokens[at]?.text ?? '') &&
  !/^(?:every|each|per|a|an|one|this|that|the|in|same)$/i.test(tokens[at - 1]?.text ?? '')

/** `= 1 hour and 30 minutes` */
function wordsEnd(tokens: readonly Token[], { to, wordsTo }: Run): boolean {
  const next = tokens[wordsTo]
  return (
    wordsTo > to &&
    wordsTo - to <= 2 &&
    (next?.kind === 'number' || next?.kind === 'money') &&
    /^(?:and|plus)$/.test(tokens[wordsTo - 1]?.text ?? '')
  )
}

const labels =
  /^(?:days?|weeks?|months?|years?|steps?|parts?|numbers?|no|chapters?|grades?|age|problems?|questions?|rooms?|levels?|stages?|cases?|groups?|teams?|rows?|rounds?|games?|pages?|lines?|equations?)$/i
function isOne(expression: Expression): boolean {
  const node = loneNumber(expression)
  return node !== undefined && node.words.length === 0 && node.value.n === 1n && node.value.d === 1n
}

/** `1 hour / 60 minutes` */
const isRate = (expression: Expression) =>
  expression.kind === 'binary' &&
  expression.op === '/' &&
  (loneNumber(expression.left)?.words.length ?? 0) > 0 &&
  (loneNumber(expression.right)?.words.length ?? 0) > 0

const denied =
  /\b(?:not true|contradict|impossible|false|absurd|no solution|extraneous|incorrect|not equal|not correct|does(?: not|n't)|cannot|is wrong)/i
const modulo = /^(?:mod|modulo)$/
function followedBy({ right: result, tokens, rightPart }: Claim, words: RegExp): boolean {
  for (let at = result.to; at < Math.min(rightPart, result.to + 3); at++) {
    if (words.test(tokens[at]?.text ?? '')) return true
  }
  return false
}

/** Roots and the like: a decimal may be right, and is wrong only when it is far off. */
function numeric(claim: Claim): Outcome | undefined {
  const { left, right: result } = claim
  const [a, b] = [doubleOf(left.expression), doubleOf(result.expression)]
  if (!Number.isFinite(a) && !Number.isNaN(a) && Number.isFinite(b))
    return { verdict: 'wrong', reason: 'the left side divides by zero' }
  if (!Number.isFinite(a) || !Number.isFinite(b)) return notRead(claim, 'has no exact value')
  const node = loneNumber(result.expression)
  const unit = node ? 10 ** -node.decimals : 0
  const gap = Math.abs(a - b)
  if (gap <= Math.abs(a) * 1e-12) return right('both sides agree to twelve digits')
  if (node && gap <= unit * 1.001) return right('rounded to the digits shown')
  if (gap > unit + Math.abs(a) * 1e-3)
    return { verdict: 'wrong', reason: `the left side is about ${short(a)}, the right side is ${short(b)}` }
  return unread('nearly the same, and not shown to be rounded')
}

const short = (value: number) => String(Number(value.toPrecision(6)))

/** A number as a person would write it. */
export function shown({ n, d }: Rational): string {
  if (d === 1n) return n.toString()
  let [rest, twos, fives] = [d, 0, 0]
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1]
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1]
  const places = Math.max(twos, fives)
  if (rest !== 1n || places > 12) return `${n}/${d}`
  const digits = ((n < 0n ? -n : n) * 10n ** BigInt(places)) / d
  const text = digits.toString().padStart(places + 1, '0')
  return `${n < 0n ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`
}
