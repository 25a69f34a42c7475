/**
 * Whether the two sides of a relation are the same number. The words around numbers leave room for readings; a step is
 * right when one of them holds, wrong when none does, and no step at all where the words make the sides something else.
 */
import type { Budget } from '../math/budget.js'
import { equalTo, multiply, type Rational } from '../math/value/rational.js'
import { type Claim, factorBefore, isNoClaim } from './claim.js'
import { doubtOf } from './claim-doubt.js'
import { doubleOf, numberOf, plain, type Reading } from './evaluate.js'
import type { Expression, NumberNode } from './expression.js'
import { isRounded, loneNumber } from './rounding.js'
import { neededReading } from './scale.js'

export type StepVerdict = 'right' | 'wrong' | 'unread'
export interface Outcome {
  readonly verdict: StepVerdict
  readonly reason: string
}

const converted: Reading = { percent: 'hundredths', units: 'converted' }
const readings: readonly Reading[] = [
  plain,
  { percent: 'unit', units: 'none' },
  { percent: 'hundredths', units: 'scales' },
  converted,
  { percent: 'unit', units: 'converted' },
  { percent: 'share', units: 'none' },
  { percent: 'hundredths', units: 'none', thirds: true },
]

const right = (reason: string): Outcome => ({ verdict: 'right', reason })
const unread = (reason: string): Outcome => ({ verdict: 'unread', reason })

/** Undefined when the two sides make no claim, e.g. `Day 2 = 15`. For sides without names. */
export function judgeNumbers(claim: Claim, budget: Budget): Outcome | undefined {
  const { left, right: result } = claim
  if (left.hasOpaque || result.hasOpaque) return notRead(claim, 'holds notation that is not read')
  const division = withRemainder(claim)
  if (division) return division
  const needed = neededReading(claim)
  for (const reading of readings) {
    if (needed && reading.units !== 'converted' && reading.units !== needed.units) continue
    const held = holds(claim, reading, budget)
    if (held) return right(held)
  }
  const other = needed ? undefined : otherReading(claim, budget)
  if (other) return right(other)
  if (isNoClaim(claim)) return undefined
  const doubt = doubtOf(claim)
  if (doubt) return unread(doubt)
  const compound = [left, result].some(({ expression }) => expression.kind === 'compound')
  const amounts = left.operators + result.operators === 0
  const reading = compound || amounts ? converted : (needed ?? plain)
  const [a, b] = [numberOf(left.expression, reading, budget), numberOf(result.expression, reading, budget)]
  if (!a || !b) return numeric(claim)
  if (claim.about && nearly(a, b, 20n)) return unread('about the same')
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
        : reading.percent === 'share'
          ? ', percent of what stands before it'
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

const remainder = /^[\s$,]*(?:(?:with|and)\s+)?(?:an?\s+)?(?:remainder|rem\.?|R)(?:\s+(?:of|is))?[\s:]*(\d{1,15})\b/i
const leftOver = /^[\s$,]*with\s+(\d{1,15})\s+(?:[a-z]+\s+)?(?:left|leftover|remaining)\b/i

/** `17/5 = 3 remainder 2`, `17 / 5 = 3 with 2 left over` */
function withRemainder({ left, right: result, after }: Claim): Outcome | undefined {
  const said = remainder.exec(after)?.[1]
  const rest = said ?? leftOver.exec(after)?.[1]
  if (rest === undefined || left.expression.kind !== 'binary' || left.expression.op !== '/') return undefined
  const parts = [left.expression.left, left.expression.right, result.expression].map((side) => loneNumber(side)?.value)
  const [whole, divisor, quotient] = parts.map((part) => (part?.d === 1n ? part.n : undefined))
  if (whole === undefined || divisor === undefined || quotient === undefined) return undefined
  // `20/4 = 5 with 3 left`: of something else.
  if (said === undefined && whole === divisor * quotient) return undefined
  const holds = whole === divisor * quotient + BigInt(rest) && BigInt(rest) < divisor
  const written = `${divisor} * ${quotient} + ${rest}`
  return holds
    ? right(`${whole} is ${written}`)
    : { verdict: 'wrong', reason: `${whole} is not ${written}, or the remainder is too large` }
}

/** Roots and the like: a decimal may be right, and is wrong only when it is far off. */
function numeric(claim: Claim): Outcome | undefined {
  const { left, right: result } = claim
  const [a, b] = [doubleOf(left.expression), doubleOf(result.expression)]
  if (!Number.isFinite(a) && !Number.isNaN(a) && Number.isFinite(b))
    return { verdict: 'wrong', reason: 'the left side divides by zero' }
  if (!Number.isFinite(a) || !Number.isFinite(b)) return notRead(claim, 'has no exact value')
  const node = loneNumber(result.expression)
  const unit = node ? lastPlace(node) : 0
  const gap = Math.abs(a - b)
  if (gap <= Math.abs(a) * 1e-12) return right('both sides agree to twelve digits')
  // A whole number may be rounded to its last place, and is not shown to be; what is further off is no rounding.
  if (node && unit >= 1) return gap <= unit / 2 ? unread('a whole number beside a root') : apart(a, b)
  if (node && gap <= unit * 1.001) return right('rounded to the digits shown')
  if (gap > unit + Math.abs(a) * 1e-3) return apart(a, b)
  return unread('nearly the same, and not shown to be rounded')
}

/** What one more in the last place that is not zero makes: .01 of 3.14, 1 of 3, 1000 of 1414000. */
function lastPlace({ decimals, value }: NumberNode): number {
  if (decimals > 0) return 10 ** -decimals
  return 10 ** (/0*$/.exec(value.n === 0n ? '' : value.n.toString())?.[0].length ?? 0)
}

const apart = (a: number, b: number): Outcome => ({
  verdict: 'wrong',
  reason: `the left side is about ${short(a)}, the right side is ${short(b)}`,
})

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
