/** Statements that name the answer in so many words: `#### 42`, "The answer is …", a heading over it, in any language. */
import { answerIn } from './chain.js'
import { bareEnd, isBlank, markedEnd } from './mathematics.js'
import { type Finding, type Found, lastOffsets, maxStatementChars, maxTries, type Page, type Span } from './page.js'
import { checkedAgain } from './second-look.js'
import { statementEnd } from './sentences.js'
import { contextOf, isBareValue, isValueLike, itemsOf, statedIn, valueAtStart } from './stated.js'
import { takenBack } from './taken-back.js'
import {
  aboutAnswer,
  answerWords,
  casesBehind,
  conditional,
  contrasted,
  corrected,
  fillers,
  headingLine,
  insteadOfDenied,
  operandBefore,
  operationBehind,
  refusal,
  withdrawn,
} from './words.js'

/** `#### 42`. Four marks also begin headings: one with words counts only where nothing follows it. */
export function hashed(page: Page): Finding {
  const offsets = page.style === 'completion' ? firstOffsets(page, '####') : lastOffsets(page.text, '####')
  for (const offset of offsets) {
    if (page.text[offset - 1] === '#' || page.text[offset + 4] === '#') continue
    const line = /^[ \t]*([^\n]*)/.exec(page.look(offset + 4, offset + 4 + maxStatementChars))
    if (!line?.[1] || line[1].trim() === '') continue
    const end = offset + 4 + line[0].length
    const said = line[1].trim()
    if (end >= page.end || (isBareNumber(said) && page.style === 'completion') || isAnswerLine(said)) {
      if (headingOnly(said)) return undefined
      const isKept = page.style === 'completion' || !withdrawn.test(page.look(end, end + 200))
      return isKept ? { span: [end - line[1].length, end] } : 'none'
    }
  }
  return undefined
}

const isBareNumber = (said: string) => /^\S{1,40}$/.test(said)
const isAnswerLine = (said: string) => !/^\d+[.)]\s|:$/.test(said) && isValueLike(said) && !/^[A-Za-z]{2,}/.test(said)
const headingOnly = (said: string) => /:\s*$/.test(said) || headingLine.test(said)

function firstOffsets({ text }: Page, word: string): number[] {
  const offsets: number[] = []
  for (let at = text.indexOf(word); at !== -1 && offsets.length < maxTries; at = text.indexOf(word, at + word.length))
    offsets.push(at)
  return offsets
}

interface Mention {
  /** Where the sentence names the answer, and where what it says begins. */
  readonly start: number
  readonly from: number
}

/** What one mention of the answer says. `pass`: nothing, look at the one before. */
type Said = Found | 'none' | 'pass' | 'denied'

/** The last statement that names the answer. */
export function phrased(page: Page): Finding {
  let denied: string | undefined
  for (const offset of mentions(page)) {
    const said = saidAt(page, offset)
    if (said === 'none') return 'none'
    if (said === 'denied') denied ??= page.look(offset, offset + 80)
    else if (said !== 'pass')
      return denied !== undefined && isDenied(page, said, denied) ? 'none' : (checkedAgain(page, said) ?? said)
  }
  return undefined
}

/** "The answer is not 5" takes an earlier 5 back. */
function isDenied(page: Page, { span, answer }: Found, denial: string): boolean {
  const value = (answer ?? page.look(...span)).replace(/[\s$*]/g, '')
  return value !== '' && denial.replace(/[\s$*]/g, '').includes(`not${value}`)
}

function mentions(page: Page): number[] {
  return [...new Set(answerWords.flatMap(({ word }) => lastOffsets(page.lower, word)))]
    .sort((a, b) => b - a)
    .slice(0, maxTries)
}

function saidAt(page: Page, offset: number): Said {
  const lineStart = page.text.lastIndexOf('\n', offset - 1) + 1
  const before = page.look(Math.max(lineStart, offset - 60), offset)
  const atLineStart = offset - lineStart < 60 && /^[\s>#*_\-[(]*$/.test(before)
  if (conditional.test(before)) return 'pass'
  const ahead = page.look(offset, offset + 200)
  for (const { word, follows, atLineStart: needed } of answerWords) {
    if (!page.lower.startsWith(word, offset) || (needed && !atLineStart) || isInsideWord(page, offset, word)) continue
    follows.lastIndex = word.length
    if (follows.test(ahead)) return valueFrom(page, { start: offset, from: offset + follows.lastIndex })
    if (word !== 'answer') continue
    if (/^answers? (?:cannot|can't|can not|could not|is (?:un)?(?:known|clear)\b|does not exist)/i.test(ahead))
      return 'none'
  }
  const heading = headingEnd(page, lineStart, offset)
  if (heading !== undefined) return valueFrom(page, { start: offset, from: heading })
  return page.lower.startsWith('answer', offset) ? besideAnswer(page, offset, before) : 'pass'
}

const isInsideWord = ({ text }: Page, offset: number, word: string) => {
  const letter = /\p{L}/u
  return (
    /^[a-z]/.test(word) &&
    (letter.test(text[offset - 1] ?? ' ') || (word === 'ans' && letter.test(text[offset + 3] ?? ' ')))
  )
}

/** The line is a heading over the answer: where the next line begins. */
function headingEnd(page: Page, lineStart: number, offset: number): number | undefined {
  if (offset - lineStart > 30) return undefined
  const line = page.look(lineStart, offset + 60)
  const end = line.indexOf('\n')
  const dash = /^[\s>#*_]*(?:final\s+)?answer[*_]*\s*[-–—]\s*(?=\S)/i.exec(line)
  if (dash) return lineStart + dash[0].length
  return end !== -1 && headingLine.test(line.slice(0, end)) ? lineStart + end : undefined
}

/** "42 is the answer", "the answer 42". */
function besideAnswer(page: Page, offset: number, before: string): Said {
  const behind = /^answer(?: of)?[ \t]*(?=[\d$\\(*-])/.exec(page.look(offset, offset + 30))
  if (behind && /\b(?:final|correct|an|the|our)\s+$/i.test(before)) {
    const found = valueFrom(page, { start: offset, from: offset + behind[0].length })
    return typeof found === 'string' || !isValueLike(page.look(...found.span)) ? 'pass' : found
  }
  const letterAtEnd =
    page.end - offset < 30 ? /^answer\s+\(?([A-J])\)?[\s.*_]*$/i.exec(page.look(offset, page.end)) : null
  if (letterAtEnd?.[1] && /[A-J]/.test(letterAtEnd[1]) && beforeLetter.test(before)) {
    const at = offset + letterAtEnd[0].indexOf(letterAtEnd[1], 'answer'.length)
    return { span: [at, at + 1] }
  }
  const tail = /\s+is\s+(?:therefore\s+|thus\s+)?(?:the|our|my)\s+(?:final\s+|correct\s+)?$/i.exec(before)
  if (!tail || /^answer\s*(?:to (?:the|a) (?:first|part)|if|\?)/i.test(page.look(offset, offset + 30))) return 'pass'
  const end = offset - tail[0].length
  const from = Math.max(end - 120, page.text.lastIndexOf('\n', end) + 1)
  const sentence = page.look(from, end)
  const letter = /(?:\b(?:option|choice)\s+)?(\(?[A-J]\)?)$/.exec(sentence)?.[1]
  const last = itemsOf(sentence).findLast(({ span }) => span[1] === sentence.trimEnd().length)
  if (last) return { span: answerIn(page.text, [from + last.span[0], from + last.span[1]]) }
  return letter ? { span: [end - letter.length, end] } : 'pass'
}

/** What stands before `Answer B` at the end of a reply: a stop, or words that point to it. */
const beforeLetter = /(?:^|[.!?:;,)\]]|\b(?:the|final|correct|so|hence|thus|therefore))[\s*_]*$/i

function valueFrom(page: Page, { start, from }: Mention): Said {
  const lead = fillers.exec(page.look(from, from + 120))?.[0].length ?? 0
  const at = behindBlanks(page, from + lead)
  const fence = page.fences.find(
    (block) =>
      block.start >= from &&
      block.start <= at &&
      page.full
        .slice(from, block.start)
        .trim()
        .replace(/^[*:：\s]+$/, '') === '',
  )
  if (fence) return fencedValue(page, fence)
  const ahead = page.look(at, at + maxStatementChars)
  if (ahead.trim() === '') return 'pass'
  const denial = /^(?:\*\*|__)?not\b/i.exec(ahead)
  if (denial) {
    const instead = insteadOfDenied.exec(ahead)
    return instead ? valueFrom(page, { start, from: at + instead[0].length }) : 'denied'
  }
  const block = blockAt(page, at, ahead)
  if (block) return takenBack(page, block.span[1]) ? 'none' : block
  const end = statementEnd(ahead, 0, { clauses: true })
  const said = ahead.slice(0, end)
  const contrast = contrasted.exec(said)
  if (contrast?.[1]) return { span: [at, at + contrast[1].length] }
  if (said.trim() === '' || (aboutAnswer.test(said) && !isBareValue(said))) return 'pass'
  const correction = corrected.exec(said)
  if (correction) return valueFrom(page, { start, from: at + correction.index + correction[0].length })
  if (ahead[end] === '?' || takenBack(page, at + end) || casesBehind.test(ahead.slice(end, end + 120))) return 'none'
  if (refusal.test(said)) return 'none'
  return { span: valueOfStatement(page, at, said, page.look(start, at + end)) }
}

function fencedValue(page: Page, { from, to }: { from: number; to: number }): Said {
  const content = page.full.slice(from, Math.min(to, from + maxStatementChars)).trim()
  return content === '' || content.includes('\n') ? 'pass' : { span: [from, to], answer: content }
}

function behindBlanks(page: Page, from: number): number {
  const ahead = page.look(from, from + 300)
  let i = 0
  for (; i < ahead.length; i++)
    if (!(isBlank(ahead[i]) || ('*_>'.includes(ahead[i] as string) && /\s/.test(ahead[i + 1] ?? ' ')))) break
  return from + i
}

/** Mathematics of its own lines, or a list of values, under the words that announce it. */
function blockAt(page: Page, at: number, ahead: string): Found | undefined {
  if (/^(?:\\\[|\$\$|\\begin\{)/.test(ahead)) {
    const end = markedEnd(ahead, 0)
    if (end === -1) return undefined
    const sentence = page.look(at - 200, at)
    return { span: answerIn(page.text, [at, at + end], contextOf(sentence)) }
  }
  const rows = /^(?:[ \t]*(?:[-*•]|\d{1,2}[.)]|\(?[a-h]\))[ \t]+[^\n]{1,200}(?:\n+|$)){2,12}/.exec(ahead)?.[0]
  if (!rows) return undefined
  const values = rows
    .trim()
    .split(/\n+/)
    .map((row) => row.replace(/^[ \t]*(?:[-*•]|\d{1,2}[.)]|\(?[a-h]\))[ \t]+/, ''))
  const parts = values.map((value) => statedOrWhole(value))
  return parts.every((part) => part !== undefined)
    ? { span: [at, at + rows.trimEnd().length], answer: parts.join(', ') }
    : undefined
}

function statedOrWhole(text: string): string | undefined {
  const bare = text.replace(/^[\s*_]+|[\s*_.,;]+$/g, '')
  if (isBareValue(bare)) return bare.slice(...answerIn(bare, [0, bare.length]))
  const start = valueAtStart(bare)
  const span = start && start[1] - start[0] > bare.length / 2 ? start : statedIn(bare, { named: true })
  return span && bare.slice(...span)
}

const maxTailWords = 3

/** The whole statement, or the value it begins with when a long remark follows, or the value that it states. */
function valueOfStatement(_page: Page, at: number, said: string, sentence: string): Span {
  const whole: Span = [at, at + said.length]
  const option = /^(?:\*\*|__|["“])*\(?[A-J]\)(?=[\s.:*]|$)/.exec(said)
  if (option) return whole
  const start = valueAtStart(said)
  if (start && operationBehind.test(said.slice(start[1]))) return whole
  if (start) {
    const rest = said.slice(start[1])
    const [only, ...more] = itemsOf(said)
    const context = contextOf(sentence)
    if (only && more.length === 0 && only.span[1] >= start[1]) {
      const cut = answerIn(said, only.span, context)
      if (cut !== only.span) return [at + start[0], at + start[1]]
    }
    const words = rest.trim() === '' ? 0 : rest.trim().split(/\s+/).length
    return words <= maxTailWords || /\\|\$|=|[{}]|\d|\bor\b|\bwhere\b|\bif\b|\bfor\b/.test(rest)
      ? whole
      : [at + start[0], at + start[1]]
  }
  if (bareEnd(said, 0) === said.length || said.trim().split(/\s+/).length <= 3) return whole
  const stated = statedIn(`${said}.`, { named: true })
  if (stated && operandBefore.test(said.slice(0, stated[0]))) return whole
  return stated ? [at + stated[0], at + Math.min(said.length, stated[1])] : whole
}
