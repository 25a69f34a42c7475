/** The value that one sentence states. A number counts only where the sentence says that it is what was looked for. */
import { answerIn, type Context } from './chain.js'
import { bareEnd, isDigit, markedEnd } from './mathematics.js'
import type { Span } from './page.js'
import {
  carriesOn,
  concluding,
  labelBefore,
  numberWord,
  ofEquations,
  ofRounding,
  operandBefore,
  refusal,
  stating,
  summing,
  telling,
  unitBehind,
  wordedResult,
} from './words.js'

/** A piece of mathematics in a sentence. */
export interface Item {
  readonly span: Span
  /** Of bare text or between marks. */
  readonly marked: boolean
}

/** The mathematics of a sentence, in order. */
export function itemsOf(text: string): Item[] {
  const items: Item[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    const marked = char === '$' || char === '\\' ? markedEnd(text, i) : -1
    if (marked !== -1) {
      items.push({ span: [i, marked], marked: true })
      i = marked - 1
      continue
    }
    if (!beginsBare(text, i)) {
      if (isWordChar(char)) while (isWordChar(text[i + 1])) i++
      continue
    }
    const end = bareEnd(text, i)
    if (end === i) continue
    if (isValue(text, i, end)) items.push({ span: [i, end], marked: false })
    i = end - 1
  }
  return items
}

const isWordChar = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}_'’]/u.test(char)

/** A bare piece begins at a number, a bracket, a sign, a command, or at a letter that an operator follows. */
function beginsBare(text: string, i: number): boolean {
  const char = text[i] as string
  if (isWordChar(text[i - 1]) && text[i - 1] !== '_') return false
  if (/[A-Za-z]/.test(char))
    return /^[A-Za-z](?:[_'²³^]\S{0,6}|\([A-Za-z0-9, ]{1,8}\))?\s?[=<>≤≥≈^]/.test(text.slice(i, i + 18))
  return (
    /[\d.$€£¥₹\\√([{|+\-−–±πθ∞½⅓⅔¼¾∅⌊⌈⟨]/.test(char) &&
    !(char === '-' && /[\s-]/.test(text[i + 1] ?? ' ')) &&
    !/^\.(?!\d)/.test(text.slice(i, i + 2))
  )
}

/** Ordinals (`3rd`), compounds (`5-sided`) and labels (`Step 3`, `(1)`) are no values. */
function isValue(text: string, from: number, to: number): boolean {
  const piece = text.slice(from, to)
  if (!/[\d\\πθ∞½⅓⅔¼¾∅=√]/.test(piece)) return /^\([A-J]\)$/.test(piece)
  if (/\d(?:st|nd|rd|th)$/.test(piece) || /^(?:-[A-Za-z]|(?:st|nd|rd|th)\b)/.test(text.slice(to, to + 3))) return false
  return !labelBefore.test(text.slice(Math.max(0, from - 14), from))
}

const joiner = /^(?:[\s,;]|\b(?:and|or|with|y|et|und|oder)\b|&|\*\*)+$/

/** From an item on, the items that only commas and "and" join to it: as items. */
function groupFrom(text: string, items: readonly Item[], at: number): Item[] {
  const group = [items[at] as Item]
  for (let next = at + 1; next < items.length && group.length < 20; next++) {
    const item = items[next] as Item
    if (!joiner.test(text.slice((group.at(-1) as Item).span[1], item.span[0]).slice(0, 24))) break
    group.push(item)
  }
  return group
}

/** The value that stands at the beginning of a text, with its list and its unit. */
export function valueAtStart(text: string): Span | undefined {
  const lead = /^(?:\s|\*\*|__|`|["“])*/.exec(text)?.[0].length ?? 0
  const items = itemsOf(text)
  return items[0]?.span[0] === lead ? spanOf(text, groupFrom(text, items, 0), {}) : undefined
}

function spanOf(text: string, group: readonly Item[], context: Context): Span {
  const first = (group[0] as Item).span
  const last = (group.at(-1) as Item).span
  const single = group.length === 1 ? answerIn(text, first, context) : undefined
  const behind = text.slice(last[1], last[1] + 80)
  const ratio = /^ to \d+(?!\d|\.\d)/.exec(behind)
  if (ratio && /\b(?:ratio|odds)\b/i.test(text)) return [first[0], last[1] + ratio[0].length]
  const glued = /^(?:\*\*|__)?/.exec(behind)?.[0].length ?? 0
  const unit =
    single && single[1] !== last[1] && text[last[1] - 1] !== text[single[1] - 1]
      ? null
      : unitBehind.exec(behind.slice(glued))
  const end = unit && !isFalseUnit(text, last, unit[0]) ? last[1] + glued + unit[0].length : (single ?? last)[1]
  return [(single ?? first)[0], end + furtherLength(text, end)]
}

/** Behind a value, what belongs to it: `5 feet 6 inches`, `3 out of 10`, `12 degrees below zero`, `0.333…`; of a chance, `1 in 6`. */
const furtherPart =
  /(?<=\d)(?:\.{3}|…)|(?<=[a-z])(?:,| and|, and)? \d+(?:\.\d+)? (?:inch(?:es)?|in|ounces?|oz|minutes?|min|seconds?|sec|cents?|cm|months?|days?)\b|(?: dollars?)? and \d+ cents?\b| (?:out of|to) \d+(?![\d.]*\d)| (?:degrees? )?(?:below|under) zero\b/y

const chances = /\b(?:probability|odds|chances?|likelihood)\b/i
const outOf = /(?<=\d) in \d+(?![\d.]*\d)/y

function furtherLength(text: string, at: number): number {
  for (const pattern of chances.test(text) ? [furtherPart, outOf] : [furtherPart]) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return found[0].length
  }
  return 0
}

/** `5 am` of "I am", `5 h`: a lone letter behind a blank is a unit only at the end of a phrase. */
const isFalseUnit = (text: string, last: Span, unit: string) =>
  /^\s+[a-zA-Z]$/.test(unit) && /^\s*[A-Za-z(=]/.test(text.slice(last[1] + unit.length, last[1] + unit.length + 4))

export const contextOf = (sentence: string): Context => ({
  equation: ofEquations.test(sentence),
  rounded: ofRounding.test(sentence),
})

/**
 * The value of a sentence that may conclude a reply; undefined when it states none, or several that differ.
 * `named`: the sentence stands behind a label, so that it concludes whatever its words are.
 */
export function statedIn(sentence: string, { named = false } = {}): Span | undefined {
  if (/\?\s*[*_"”)]*$/.test(sentence) || breaksOff(sentence)) return undefined
  const inWords = wordedResult.exec(sentence)
  if (inWords?.[1]) return [inWords.index + inWords[0].length - inWords[1].length, inWords.index + inWords[0].length]
  if (refusal.test(sentence)) return undefined
  const all = itemsOf(sentence)
  if (all.length === 0) return wordIn(sentence)
  const items = notRuledOut(sentence, all)
  const context = contextOf(sentence)
  const from = conditionEnd(sentence)
  const to = reasonStart(sentence)
  const result = items.findLast((item) => item.span[1] <= to && isWorkedOut(sentence, item))
  const counted = statedGroups(sentence, items).filter(
    ([first]) => first && first.span[0] >= Math.max(from, result?.span[1] ?? 0) && first.span[0] < to,
  )
  const groups = result ? [[result], ...counted] : counted
  const told = groups.filter(([first]) => first !== undefined && !isMereName(sentence, first))
  const ruled = groups.length > 0 ? chosen(sentence, told.length > 0 ? told : groups) : undefined
  if (ruled) return isUnfinished(sentence, ruled, result) ? undefined : spanOf(sentence, ruled, context)
  if (groups.length > 0) return undefined
  const value = alone(
    sentence.slice(0, to),
    items.filter(({ span }) => span[1] <= to),
    named,
    sentence,
  )
  if (value) return spanOf(sentence, value, context)
  return confirmed(sentence, items, to)?.span
}

/** "He needs 5 because 20 / 4 = 5": the one value before the reasons, when they arrive at it. */
function confirmed(sentence: string, items: readonly Item[], to: number): Item | undefined {
  const [only, ...more] = items.filter(({ span }) => span[1] <= to)
  const result = items.findLast((item) => item.span[0] > to && isWorkedOut(sentence, item))
  if (!only || more.length > 0 || !result) return undefined
  const figures = (span: Span) => sentence.slice(...span).replace(/[^\d.]|\.$/g, '')
  return figures(answerIn(sentence, result.span)) === figures(only.span) ? only : undefined
}

const deniedBehind =
  /^[\s*$]*(?:(?:is|are|was|does|do|could|would)(?:n['’]t|\s*not\b)|can(?:['’]t|\s*not)\b|(?:is|are)\s+(?:impossible|extraneous|invalid|too (?:large|small|big))\b|(?:must|should) be (?:discarded|rejected|excluded)\b|fails\b)/i
/** What is said of a bare number: `12 is even`, `12 divides n`. */
const describedBehind =
  /^[\s*$]*(?:(?:is|are)\s+(?:even|odd|prime|composite|divisible)\b(?! (?:number|integer))|divides\b)/i
const boundBefore =
  /(?:≠|\\neq?|\b(?:less|more|greater|fewer|smaller|larger) (?:than(?: or equal to)?|or equal to)|\bdivisible by|\bexceeds?|\b(?:wrong|incorrect|false) (?:answer|result|value) (?:is|was|would be))[\s*$]*$/i

/** `7 is not prime`, `x = 12 is impossible`, `x \ne 7`, `less than 7`: what is said of a value is not that it is the answer. */
function isRuledOut(sentence: string, [from, to]: Span): boolean {
  const [value, behind] = [sentence.slice(from, to), sentence.slice(to, to + 40)]
  return (
    deniedBehind.test(behind) ||
    (describedBehind.test(behind) && !value.includes('=')) ||
    boundBefore.test(sentence.slice(Math.max(0, from - 60), from)) ||
    /≠|\\neq?(?![A-Za-z])/.test(value)
  )
}

/** Without what is ruled out, wherever it stands: `x = 3 or x = -3, but x = -3 is extraneous`. */
function notRuledOut(sentence: string, items: readonly Item[]): Item[] {
  const told = ({ span }: Item) => sentence.slice(...span).replace(/[\s$*]/g, '')
  const out = new Set(items.filter(({ span }) => isRuledOut(sentence, span)).map(told))
  return out.size === 0 ? [...items] : items.filter((item) => !out.has(told(item)))
}

const maxOpenWords = 4

/** More than a few words behind the value and no stop: the sentence was cut off. */
const isUnfinished = (sentence: string, group: readonly Item[], result: Item | undefined) =>
  group[0] !== result &&
  !/[.!:;。)*_"”]\s*$/.test(sentence) &&
  sentence
    .slice((group.at(-1) as Item).span[1])
    .trim()
    .split(/\s+/).length > maxOpenWords

/** A sum with its result, e.g. `16 - 3 = 13`: wherever it stands, it is what the sentence arrives at. */
function isWorkedOut(sentence: string, { span }: Item): boolean {
  const text = sentence.slice(...span)
  if (!/^[^=]*[\d)}%!]\s*=\s*[^=]*\d[^=]*$|^[^A-Za-z]*=.*=\s*[^=]*\d[^=]*$/.test(text)) return false
  const isSum = /^[^A-Za-z]*[-+*/×·÷x–−^√]|\\(?:times|cdot|frac|div)/.test(text)
  // "540 pounds / 3 = 180 pounds"
  return isSum || (isDigit(text[0]) && /[-+*/×·÷–−]\s*$/.test(sentence.slice(Math.max(0, span[0] - 4), span[0])))
}

/** Where the reasons begin that follow what is told. */
function reasonStart(sentence: string): number {
  const at = sentence.search(/\s(?:because|since)\s/i)
  return at < 12 ? sentence.length : at
}

/** The sentence ends in a word that calls for more: the reply was cut off. */
export const breaksOff = (sentence: string) =>
  /(?:\b(?:is|are|was|the|of|to|and|or|an?|get|have|equals|by|with|then|so|that|for)|[=+,:(−×·])[\s*]*$/i.test(
    sentence.slice(-12),
  )

/** What follows "if", up to its comma, is assumed and not told. */
function conditionEnd(sentence: string): number {
  if (!/^[\s*_>]*(?:if|suppose|assume|assuming|when|for|since|because)\b/i.test(sentence)) return 0
  const comma = sentence.indexOf(', ')
  return comma === -1 ? (/^[\s*_>]*(?:if|suppose|assum)/i.test(sentence) ? sentence.length : 0) : comma
}

/** The groups of items that stand right behind a word that states them. */
function statedGroups(sentence: string, items: readonly Item[]): Item[][] {
  const groups: Item[][] = []
  let seen = -1
  items.forEach((item, at) => {
    if (item.span[0] < seen) return
    if (!isStated(sentence, item)) return
    const group = groupFrom(sentence, items, at)
    seen = (group.at(-1) as Item).span[1]
    groups.push(group)
  })
  return groups
}

const smallWords =
  /(?:\s|\*\*|__|\b(?:approximately|approx\.|about|roughly|exactly|precisely|simply|just|only|equal to|nearly|almost|a total of|the value|all|now|also|still|then|therefore|thus|hence|indeed|at most|at least)\b|\ban? (?:\w+ ){1,3}of\b|\b(?:a|the) total of)+$/i

function isStated(sentence: string, { span: [from, to] }: Item): boolean {
  const before = sentence.slice(Math.max(0, from - 80), from)
  const bare = before.replace(smallWords, ' ').trimEnd()
  if (/\b(?:not|n't|never)$/i.test(bare)) return false
  if (stating.test(`${bare} `)) return true
  if (bare.endsWith('=')) return true
  if (/^(?:\$|\\\()?\d{1,2}:\d\d/.test(sentence.slice(from, to)) && /\b(?:at|by|until)$/.test(bare)) return true
  if (isExcepted(bare) || operandBefore.test(before)) return false
  // "So $x = 5$", "Thus, x = 5": the conclusion is the equation.
  return sentence.slice(from, to).includes('=') && concludes(before, from)
}

/** "all numbers except x = 2": what is named is not what is told. */
const isExcepted = (before: string) =>
  /\b(?:except|excluding|besides|other than|unless|when|where|if|for|at)(?:\s+(?:for|when|at))?$/i.test(before)

const concludes = (before: string, from: number) =>
  from <= 80 &&
  concluding.test(before) &&
  /^[\s*_>#-]*(?:and\s+)?[\w∴ ]{1,24}[,:]?\s*(?:we (?:have|get|find)\s*)?(?:\*\*)?$/.test(before)

/** One group of several: the only one, the last of a chain of "which equals", or the one that all agree on. */
function chosen(sentence: string, groups: readonly Item[][]): Item[] | undefined {
  const [first, ...later] = groups as [Item[], ...Item[][]]
  let value = first
  for (const group of later) {
    const before = sentence.slice(0, (group[0] as Item).span[0])
    const rough = /\b(?:approximately|about|roughly)\s*$|≈\s*$/i.test(before)
    const between = before.slice((value.at(-1) as Item).span[1])
    // "the probability that the sum is 9 is 1/9"
    // and "540 pounds / 3 = 180 pounds"
    if (/^\**\s+(?:is|are|was|equals)\b|=\s*$/i.test(between)) value = group
    else if (carriesOn.test(before)) value = rough ? value : group
    else if (
      /\b(?:so|thus|therefore|hence|giving|gives|we get|yields?|means that|follows that)\b[^.]{0,60}$/i.test(between)
    )
      value = group
    else if (textOf(sentence, group) !== textOf(sentence, value)) return undefined
  }
  return value
}

const textOf = (sentence: string, group: readonly Item[]) =>
  sentence.slice((group[0] as Item).span[0], (group.at(-1) as Item).span[1]).replace(/[\s$\\,.]/g, '')

/** No word states a value, but the sentence concludes and holds one only, or it ends in an equation. */
function alone(sentence: string, items: readonly Item[], named: boolean, whole: string): Item[] | undefined {
  const only = sameValue(sentence, items)
  const closes = concluding.test(sentence) || summing.test(sentence) || named
  const complete = /[.!]\**\s*$/.test(whole)
  if (items.length === 0) return undefined
  const told =
    complete && telling.test(sentence) && !/^[\s*]*(?:i|let|we (?:can|will|need|must|want)|you)\b/i.test(sentence)
  if (
    only &&
    (closes || told) &&
    !isMereName(sentence, only) &&
    !isNegated(sentence, only) &&
    (named || !operandBefore.test(sentence.slice(0, only.span[0]))) &&
    !isExcepted(sentence.slice(0, only.span[0]).trimEnd())
  )
    return [only]
  const last = items.at(-1) as Item
  const rest = sentence.slice(last.span[1])
  if (closes && /\bby\s*$/i.test(sentence.slice(0, last.span[0])) && /^[a-z\s.*]{0,30}$/i.test(rest)) return [last]
  const equation = /[^<>!]=/.test(sentence.slice(...last.span))
  return equation &&
    /^[\s.*_!]*$|^\s*[a-zA-Z%²]{1,12}[\s.*_!]*$/.test(rest) &&
    (items.length === 1 || last.marked || !sentence.includes('$'))
    ? [last]
    : undefined
}

/** The only value, or the last of several that are the same. */
function sameValue(sentence: string, items: readonly Item[]): Item | undefined {
  const figures = new Set(items.map((item) => textOf(sentence, [item])))
  return figures.size === 1 ? items.at(-1) : undefined
}

const isMereName = (sentence: string, { span }: Item) => !/\d|=|\\[a-z]|[π∞½⅓⅔¼¾√]/.test(sentence.slice(...span))
const isNegated = (sentence: string, { span: [from] }: Item) =>
  /\b(?:not|n't|never|no)\s+\w{0,12}\s*$/i.test(sentence.slice(Math.max(0, from - 24), from))

/** A sentence whose only value is a word, e.g. "So there are twelve ways." */
function wordIn(sentence: string): Span | undefined {
  const words = [...sentence.matchAll(numberWord)]
  const [only] = words
  if (words.length !== 1 || !only || !concluding.test(sentence)) return undefined
  if (
    /^[\s-]+(?:hundred|thousand|million|billion|dozen|score|and a\b)/i.test(sentence.slice(only.index + only[0].length))
  )
    return undefined
  const before = sentence.slice(Math.max(0, only.index - 80), only.index).replace(smallWords, ' ')
  return stating.test(`${before.trimEnd()} `) ? [only.index, only.index + only[0].length] : undefined
}

/** The text is one value and nothing else but marks of emphasis and a stop. */
export function isBareValue(text: string): boolean {
  const [first, ...later] = itemsOf(text)
  if (!first || later.length > 0) return false
  return /^[\s*_`]*$/.test(text.slice(0, first.span[0])) && /^[\s*_`.,]*$/.test(text.slice(first.span[1]))
}

/** Something that can be an answer at all: mathematics, a number, the letter of a choice. */
export const isValueLike = (text: string) =>
  isDigit(text.trim()[0]) || itemsOf(text).length > 0 || /^\W*[A-J]\W*$/.test(text)
