/** Boxed answers. The last box counts, with the boxes that are joined to it; one that is a part of a sum says nothing. */
import { answerIn } from './chain.js'
import { type Finding, type Found, lastOffsets, maxAnswerChars, type Page, pageAfter, type Span } from './page.js'
import { hashed, phrased } from './statements.js'
import { saysOther, takenBack } from './taken-back.js'
import { butBehind, deniedBefore, disownedBehind, hedgedBefore, supposedBefore, unitBehind } from './words.js'

interface Box {
  readonly start: number
  readonly end: number
  readonly inner: Span
}

const commands = ['\\boxed', '\\fbox', '\\framebox']
const opening = /^\\(?:boxed|fbox|framebox(?:\[[^\]\n]{0,40}\]){0,2})(?![A-Za-z])\s{0,20}/
const placeholder =
  /^(?:\s|\\text\s*\{|\})*(?:[.…?_\s]*|\\[lc]?dots|(?:your |the |final |correct )*(?:answer|result|option|letter)(?: here)?)(?:\s|\})*$/i

export function boxed(page: Page): Finding {
  const { boxes, cut } = boxesOf(page)
  if (cut) return 'none'
  const group = lastGroup(
    page,
    boxes.filter((box) => !isDenied(page, box)),
  )
  if (boxes.length > 0 && group.length === 0) return 'none'
  const [first, last] = [group[0], group.at(-1)]
  if (!first || !last) return undefined
  const behind = last.end + unitLength(page, last)
  if (partBefore.test(page.look(first.start - 80, first.start)) || partAfter.test(page.look(behind, behind + 20)))
    return 'none'
  const found = group.length > 1 ? joined(page, group) : single(page, last)
  const later = statementAfter(page, last.end)
  if (takenBack(page, last.end) || isDisowned(page, last)) return later ?? 'none'
  return later && saysOther(page, last.inner, later) ? later : found
}

/** `\boxed{7}, but there is no solution`, `Is it \boxed{5}?`, `If it were odd we would get \boxed{7}. But it is even` */
function isDisowned(page: Page, { start, end }: Box): boolean {
  const behind = page.look(end, end + 60)
  return disownedBehind.test(behind) || (butBehind.test(behind) && supposedBefore.test(page.look(start - 120, start)))
}

/** `not \boxed{10}`, `(if order mattered it would be \boxed{10})` */
function isDenied(page: Page, { start }: Box): boolean {
  const before = page.look(start - 120, start)
  return deniedBefore.test(before) || hedgedBefore.test(before)
}

function statementAfter(page: Page, offset: number): Found | undefined {
  const rest = pageAfter(page, offset)
  const found = hashed(rest) ?? phrased(rest)
  return found === 'none' ? undefined : found
}

/** Every complete box outside another one, among the last ones; `cut`: the last one was opened and never closed. */
function boxesOf(page: Page): { boxes: Box[]; cut: boolean } {
  const offsets = commands.flatMap((command) => lastOffsets(page.text, command)).sort((a, b) => a - b)
  const boxes: Box[] = []
  let cut = false
  for (const start of offsets) {
    if (start < (boxes.at(-1)?.end ?? 0)) continue
    const mark = opening.exec(page.look(start, start + 130))?.[0]
    if (!mark) continue
    const box = boxAt(page, start, start + mark.length)
    cut = box === 'cut'
    if (box && box !== 'cut' && !placeholder.test(page.text.slice(...box.inner).slice(0, 60))) boxes.push(box)
  }
  return { boxes, cut }
}

function boxAt(page: Page, start: number, from: number): Box | 'cut' | undefined {
  const piece = page.look(from, from + maxAnswerChars)
  if (piece[0] !== '{') {
    const token = /^(?:[-−]?\d+(?:\.\d+)?|[A-Za-z])/.exec(piece)?.[0]
    return token ? { start, end: from + token.length, inner: [from, from + token.length] } : undefined
  }
  const { close, depth } = closing(piece)
  if (close !== undefined) return { start, end: from + close + 1, inner: [from + 1, from + close] }
  return unclosed(piece, depth, start, from) ?? 'cut'
}

/** Offset of the brace that closes the first one of the piece. */
function closing(piece: string): { close?: number; depth: number } {
  let depth = 0
  for (let i = 0; i < piece.length; i++) {
    if (piece[i] === '\\') i++
    else if (piece[i] === '{') depth++
    else if (piece[i] === '}' && --depth === 0) return { close: i, depth }
  }
  return { depth }
}

/** The brace was forgotten before the end of the mathematics: what stands up to there, when its own braces are whole. */
function unclosed(piece: string, depth: number, start: number, from: number): Box | undefined {
  const end = /^\{[^\n$]{1,200}?(?=\$|\\\)|\\\])/.exec(piece)?.[0].length
  if (depth > 3 || end === undefined || closing(`${piece.slice(0, end)}}`).close !== end) return undefined
  return { start, end: from + end, inner: [from + 1, from + end] }
}

/** An operator, a digit or an open command right before, but no plus sign behind `=`; a minus with a blank only where mathematics stands before it. */
const partBefore = new RegExp(
  [
    String.raw`(?:[-−/^_×·÷]|(?<!=[ \t&]*)\+)\$?$`,
    String.raw`(?:[=\d)}$(]|\\[([])[ \t]*[-−/×·÷*][ \t]*$`,
    String.raw`(?:[\d)}$(]|\\[([])[ \t]*\+[ \t]*$`,
    String.raw`\d$`,
    String.raw`\\(?:times|cdot|div|pm|mp|ln|log|sin|cos|tan|exp|lim)[ \t]*$`,
    String.raw`-\\[,;! ][ \t]*$`,
    String.raw`\\(?:sqrt|[dtc]?frac)[ \t]*(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\})?\{[ \t]*$`,
    String.raw`[\^_]\{[ \t]*$`,
  ].join('|'),
)
const partAfter = new RegExp(
  [
    String.raw`^[ \t]*[\^_]`,
    String.raw`^\/[\d\\({]`,
    String.raw`^[ \t]*[-−+/*][ \t]*(?:[\d\\({]|C\b)`,
    String.raw`^[ \t]*\\(?:times|cdot|div|pm|mp|cdotp|pi|sqrt|[dt]?frac|ln|log|sin|cos|tan|sec|theta|infty|alpha|beta|lambda|binom)(?![A-Za-z]|\{\\(?:text|mathrm))`,
    String.raw`^(?:\\left)?\(`,
    '^(?:[π√]|[ei](?![A-Za-z]))',
    String.raw`^[ \t]*:[ \t]*\d`,
    String.raw`^!+[ \t]*(?:\$|\\[)\]])`,
    String.raw`^\d`,
    String.raw`^(?:\$|\\\))?[ \t]+(?:hundred|thousand|million|billion|trillion|dozen|and a half)\b`,
  ].join('|'),
)

const maxJoinChars = 80
const maxBoxes = 20
/** Commas, and, or; the name that the next box is the value of. */
const joint =
  /^(?:[\s$,;&*、，和及]|\\[()[\],;\\ ]|\\q?quad|and|or|\\(?:text|mbox|textrm)\s*\{[\s,]*(?:for part \([a-h]\))?[\s,]*(?:and|or)?\s*\})*(?:[A-Za-z](?:_\{?\w{1,3}\}?)?\s*=\s*)?$/
/** A sub-question between two boxes: `(b)`, `Part b:`. */
const label = /^[\s$.,;*)\]}]*(?:\\[)\]])?[\s$.,;*]*(?:[Pp]art\s+)?\(?(?:[b-h]|i{2,3}|iv)\)[\s*:]*[^\n.]{0,40}$/

/** The last box, with the boxes right before it when only commas, "and" or the letter of a sub-question stand between them. */
function lastGroup(page: Page, boxes: readonly Box[]): Box[] {
  const group: Box[] = []
  for (const box of boxes.toReversed()) {
    const next = group[0]
    if (next && !joins(page, box, next)) break
    group.unshift(box)
    if (group.length > maxBoxes) break
  }
  const texts = new Set(group.map(({ inner }) => page.text.slice(...inner).replaceAll(/\s/g, '')))
  return texts.size === 1 ? group.slice(-1) : group
}

function joins(page: Page, box: Box, next: Box): boolean {
  if (next.start - box.end > maxJoinChars) return false
  const between = page.look(box.end, next.start)
  if (/\n[ \t]*\n/.test(between) && /^\s*$/.test(between.replaceAll(/[$\s]|\\[()[\]]/g, ''))) return false
  return joint.test(between) || label.test(between)
}

function joined(page: Page, group: readonly Box[]): Found {
  const inner = group.map(({ inner: span }) => page.look(...span).trim())
  return { span: [(group[0] as Box).start, (group.at(-1) as Box).end], answer: inner.join(', ') }
}

function single(page: Page, box: Box): Found {
  const inner = answerIn(page.text, box.inner, { boxed: true })
  const end = box.end + unitLength(page, box)
  const unit = page.look(box.end, end)
  // `/ \mathrm{cm}^3` and seconds of arc are left out: behind a bare number they would be read as a quotient and a mark.
  if (unit === '' || inner !== box.inner || /^\s*(?:\/|\^\s*\{?\s*\\prime)/.test(unit)) return { span: inner }
  return { span: [box.start, end], answer: page.look(...box.inner).trim() + unit }
}

const blanks = String.raw`(?:[ \t~]|\\[,;! ])*`
const unitPiece = new RegExp(
  String.raw`^${blanks}(?:(?:\/|\\cdot(?![A-Za-z]))${blanks})?\\(text|mathrm|textrm|mbox)\s*\{[\s\\,~]*([^{}]{1,30})\}(?:\s*\^\{?-?\d\}?)?`,
)
const unitSign = new RegExp(String.raw`^${blanks}(?:\^\s*\{?\s*(?:\\circ|\\prime(?:\s*\\prime)?)\s*\}?|°|\\?%)`)

/** A unit right behind the box, inside the same mathematics: degrees, percent, `\text{ cm}`, `\mathrm{~km} / \mathrm{s}`. */
function unitLength(page: Page, { end }: Box): number {
  const behind = page.look(end, end + 120)
  let length = 0
  for (let piece = unitPiece.exec(behind); piece; piece = unitPiece.exec(behind.slice(length))) {
    const [whole, command, name = ''] = piece
    if (!isUnit(name.trim(), command === 'mathrm')) break
    length += whole.length
  }
  return length > 0 ? length : (unitSign.exec(behind)?.[0].length ?? 0)
}

/** upright: set as units are, and words are not. */
const isUnit = (name: string, upright: boolean): boolean =>
  unitBehind.exec(name)?.[0].length === name.length || (upright && /^[A-Za-z]{1,5}$/.test(name))
