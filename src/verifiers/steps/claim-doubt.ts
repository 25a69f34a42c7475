/** What makes it doubtful that the two sides of a claim are the whole of what stands there. */
import { type Claim, factorBefore } from './claim.js'
import type { Expression, NumberNode, Run } from './expression.js'
import { loneNumber } from './rounding.js'
import type { Token } from './token.js'
import { everydayUnit } from './units.js'

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
  if (isModulo(claim)) return 'an equality modulo a number'
  if (asked.test(after)) return 'it is a question'
  if (mixesTimes(tokens.slice(left.from, left.wordsTo))) return 'a rate by the hour beside another unit of time'
  if (joinsAmount(tokens, claim)) return 'an amount before it belongs to it'
  if (tokens.some(({ text }, at) => clock.test(text) && (tokens[at - 1]?.kind === 'number' || !/^[ap]m$/i.test(text))))
    return 'times of the day'
  if (otherBase.test(claim.before)) return 'numbers of another base'
  if (tokens.slice(leftPart, left.from).some(({ text }) => mistake.test(text))) return 'the text calls it a mistake'
  return undefined
}

function goesOn(next: Token, after: Token | undefined): boolean {
  if (next.kind === 'number') return next.glued || after?.text === '^'
  if (next.text === '-') return next.glued && after?.glued === true
  return next.kind === 'operator' || next.kind === 'open' || next.kind === 'opaque' || next.kind === 'function'
}

const firstNumber = (expression: Expression): NumberNode | undefined =>
  expression.kind === 'binary' ? firstNumber(expression.left) : expression.kind === 'number' ? expression : undefined

const firstWords = (expression: Expression): boolean => (firstNumber(expression)?.words.length ?? 0) > 0

/** `day 1 * 2`, and not `every day 1 * 2` */
const isLabel = (tokens: readonly Token[], at: number) =>
  labels.test(tokens[at]?.text ?? '') &&
  !/^(?:every|each|per|a|an|one|this|that|the|in|same)$/i.test(tokens[at - 1]?.text ?? '')

const clock = /^(?:[ap]m|noon|midnight|o'clock)$/i
const otherBase = /\b(?:(?:in|to) base[ -]\w+|base-\w+|binary|octal|hexadecimal)\b[^.!?\n]*$/i
const mistake = /^(?:errors?|mistakes?|wrong(?:ly)?|incorrect(?:ly)?|tempting|careless)$/i

/** `1 hour and 30 minutes =`: a number, a word of its unit and `and` stand before it. */
function joinsAmount(tokens: readonly Token[], { left, leftPart }: Claim): boolean {
  const [number, unit, joint] = [tokens[left.from - 3], tokens[left.from - 2], tokens[left.from - 1]]
  if (left.from - 3 < leftPart || joint?.text !== 'and' || unit?.kind !== 'word' || number?.kind !== 'number')
    return false
  const [large, small] = [
    everydayUnit([unit.text.toLowerCase()]),
    everydayUnit(firstNumber(left.expression)?.words ?? []),
  ]
  // `124 camels and 180 - 124` are two statements.
  return large !== undefined && large.dimension === small?.dimension
}

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

/** `9 + 5 = 2 (mod 12)` */
const modulo = /^(?:mod|modulo)$/
const isModulo = ({ right: result, tokens, rightPart }: Claim): boolean =>
  tokens.slice(result.from, Math.min(rightPart, result.to + 3)).some(({ text }) => modulo.test(text))

const asked = /^[\s$*)]*\?/

const perHour = /^(?:h|hr|hour)$/i
const otherTime = /^(?:min|mins|minutes?|sec|secs|seconds?|days?|weeks?)$/i

/** `60 mph * 30 minutes`, `$5/hr × 90 min` */
function mixesTimes(tokens: readonly Token[]): boolean {
  const byHour = tokens.some(
    ({ text }, at) =>
      /^[mk]m?ph$/i.test(text) || (perHour.test(text) && /^(?:\/|per)$/i.test(tokens[at - 1]?.text ?? '')),
  )
  return byHour && tokens.some(({ text }) => otherTime.test(text))
}
