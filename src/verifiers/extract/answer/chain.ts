/**
 * What of a piece of mathematics is the answer: the last side of a chain of equalities, unless the chain only names it
 * (`x = 5`) or is an equation in its own right. Of an exact and an approximate side the exact one counts, unless the
 * sentence asks for rounding.
 */
import { closeOf, isDigit, unmarked } from './mathematics.js'
import type { Span } from './page.js'

export interface Context {
  /** A box is what the model chose to frame: only sums that are worked out and approximations are cut. */
  readonly boxed?: boolean
  /** The sentence is about an equation, a line, a formula: two sides are the answer. */
  readonly equation?: boolean
  /** The sentence speaks of rounding: the approximate side is the answer. */
  readonly rounded?: boolean
}

/** The span within `span` that is the answer; the same span when all of it is. */
export function answerIn(text: string, span: Span, context: Context = {}): Span {
  const whole = text.slice(...span)
  const inner = unmarked(whole) ?? ([0, whole.length] as const)
  const rows = rowsOf(whole, inner)
  const lastRow = rows.at(-1) ?? inner
  const derived = partsAt(whole, lastRow, implications).at(-1) ?? lastRow
  if (isList(whole, derived) || (rows.length > 1 && areAssignments(whole, rows))) return span
  const cut = lastSide(whole, derived, context)
  const kept = trimmed(whole, cut)
  const untouched = kept[0] === trimmed(whole, inner)[0] && kept[1] === trimmed(whole, inner)[1]
  return untouched || kept[0] === kept[1] ? span : [span[0] + kept[0], span[0] + kept[1]]
}

const implications = ['\\implies', '\\Rightarrow', '\\Longrightarrow', '\\iff', '\\Leftrightarrow', '⇒', '⟹', '=>']
const approximations = ['\\approx', '≈', '\\simeq', '\\doteq', '≅']

function lastSide(text: string, span: Span, { boxed, equation, rounded }: Context): Span {
  const [exact, ...rough] = partsAt(text, span, approximations)
  if (exact && rough.length > 0) {
    const approximate = rough.at(-1) as Span
    if (rounded || exact[1] <= exact[0]) return approximate
    const sides = partsAt(text, exact, ['='])
    const last = sides.at(-1) as Span
    return sides.length === 1 && isName(text.slice(...last)) ? approximate : lastSide(text, exact, { boxed, equation })
  }
  const sides = partsAt(text, span, ['='])
  const last = sides.at(-1)
  if (!last || sides.length === 1 || trimmed(text, last)[0] === trimmed(text, last)[1]) return span
  const before = sides.slice(0, -1).map((side) => text.slice(...side))
  if (boxed) return before.every(isNumeric) && isNumeric(text.slice(...last)) ? last : span
  if (before.every(isPlainName) || (sides.length === 2 && equation && !before.every(isNumeric))) return span
  const right = text.slice(...last).trim()
  const isEquation =
    sides.length === 2 &&
    !before.every(isNumeric) &&
    (/^0(?![.\d])/.test(right) || isName(right) || (isNumeric(right) && isSumOfUnknowns(before[0] ?? '')))
  return isEquation ? span : last
}

/** Top-level parts between the separators; `&` of alignments and blanks at the ends are left out. */
function partsAt(text: string, [from, to]: Span, separators: readonly string[]): Span[] {
  const parts: Span[] = []
  let start = from
  for (let i = from; i < to; i++) {
    const char = text[i] as string
    if (char === '(' || char === '[' || char === '{') {
      const end = closeOf(text, i, to)
      if (end !== -1) i = end - 1
      continue
    }
    const separator = separators.find((mark) => char === mark[0] && text.startsWith(mark, i))
    if (!separator) {
      if (char === '\\' && text[i + 1] === 'b' && text.startsWith('\\begin{', i)) i = behindEnvironment(text, i, to) - 1
      continue
    }
    if (separator === '=' ? isPartOfSign(text, i) : ',;'.includes(separator) && isInNumber(text, i)) continue
    parts.push(trimmed(text, [start, i]))
    i += separator.length - 1
    start = i + 1
  }
  parts.push(trimmed(text, [start, to]))
  return parts
}

/** The sign of `<=`, `!=`, `:=`, `==`, `=>`. */
const isPartOfSign = (text: string, i: number) =>
  '<>!:='.includes(text[i - 1] ?? ' ') || '>='.includes(text[i + 1] ?? ' ')

/** The comma of `1,234`, of `3,5` and of `\\,`. */
const isInNumber = (text: string, i: number) => text[i - 1] === '\\' || (isDigit(text[i - 1]) && isDigit(text[i + 1]))

function behindEnvironment(text: string, i: number, to: number): number {
  const end = text.indexOf('\\end{', i)
  const close = end === -1 ? -1 : text.indexOf('}', end)
  return close === -1 || close > to ? to : close + 1
}

const aligned = /^\s*\\begin\{(?:align|aligned|gather|gathered|split|equation|eqnarray)\*?\}/

/** The rows of an alignment; the whole when it is none. */
function rowsOf(text: string, span: Span): Span[] {
  const opening = aligned.exec(text.slice(...span))
  const close = text.lastIndexOf('\\end{', span[1])
  if (!opening || close < span[0]) return [span]
  return partsAt(text, [span[0] + opening[0].length, close], ['\\\\']).filter(([from, to]) => to > from)
}

/** Every row gives another name its value: a solution, not a derivation. */
function areAssignments(text: string, rows: readonly Span[]): boolean {
  const names = rows.map((row) => /^([A-Za-z](?:_\{?\w{1,5}\}?)?)\s*&?\s*=[^=]*$/.exec(text.slice(...row))?.[1])
  return names.every((name) => name !== undefined) && new Set(names).size === rows.length
}

const listMarks = [',', ';', '\\text{ and', '\\text{and', '\\text{ or', '\\text{or', '\\quad', '\\qquad', '\\lor']
const isList = (text: string, span: Span) => partsAt(text, span, listMarks).filter(([from, to]) => to > from).length > 1

const plainName =
  /^(?:[A-Za-z]|\\(?:theta|alpha|beta|gamma|lambda|mu|phi|omega|sigma|rho|tau|delta|varphi))(?:_(?:\w|\{\w{1,8}\}))?'{0,3}(?:\^\{-1\})?(?:\([A-Za-z](?:, ?[A-Za-z]){0,3}\))?$/
const longName =
  /^(?:\\(?:text|mathrm|mathbf|vec|hat|bar|overline|operatorname|angle|triangle|measuredangle)\s*(?:\{[^{}]{1,60}\})?|[A-Z]{2,4}|[\s~]|[A-Za-z](?:_(?:\w|\{[^{}]{1,12}\}))?|\([^()]{1,30}\)|\[[A-Z]+\]|\|[A-Z]+\||')+$/

/** A variable, or a function of one: what an answer may begin with. Functions of sets and events (`P(A)`) are left out. */
const isPlainName = (side: string) => plainName.test(side.trim()) && !/^P\(/.test(side.trim())
/** Whatever only names the thing that is asked for. */
const isName = (side: string) => side.length < 90 && longName.test(side.trim())
/** No letters but those of commands: a sum that can be worked out. */
const isNumeric = (side: string) =>
  !/\\(?:text|mathrm)/.test(side) && !/[A-Za-z]/.test(side.replace(/\\[A-Za-z]+/g, ''))

/** `2x + 3`, `a^2 + b^2`: with a number on the other side that is an equation, not a result. */
function isSumOfUnknowns(side: string): boolean {
  if (/\\(?:int|sum|lim|prod|binom|log|ln|sin|cos|tan|text|mathrm|frac\{d)|[A-Za-z]\s*\(|\|/.test(side)) return false
  const letters = side.replace(/\\[A-Za-z]+|_\{?\w+\}?|(?<=[\d)%] ?)x(?= ?[\d($])/g, ' ')
  return /[a-z]/.test(letters) && /[-+^]|\d\s*[a-z]|[a-z]{2}/.test(letters)
}

function trimmed(text: string, [start, end]: Span): Span {
  let [from, to] = [start, end]
  while (from < to && /[\s&]/.test(text[from] as string)) from++
  while (to > from && /[\s&.,;]/.test(text[to - 1] as string) && text[to - 2] !== '\\') to--
  return [from, to]
}
