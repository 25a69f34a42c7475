/** Answers that only their place at the end of a reply gives away. Each looks at the end alone, behind which remarks are left off. */
import { answerIn } from './chain.js'
import { markedEnd } from './mathematics.js'
import { type Finding, type Found, maxAnswerChars, type Page, type Span } from './page.js'
import { lastSentences, solutionEnd } from './sentences.js'
import { breaksOff, contextOf, isBareValue, statedIn, valueAtStart } from './stated.js'
import { takenBack } from './taken-back.js'
import { concluding, refusal, remark } from './words.js'

/** A last line such as `A: 18`. */
export function labelled(page: Page): Finding {
  const [start, end] = lastLineOf(page)
  const label = /^[\s*_>-]*(?:A(?=[\s*_]*:)|Ans|Result|Solution|Total)\s*(?:\*\*|__)?\s*[:=]\s*/.exec(
    page.look(start, Math.min(end, start + 40)),
  )
  const from = start + (label?.[0].length ?? 0)
  return label && end - from <= 60 && end > from && !refusal.test(page.look(from, end))
    ? { span: [from, end] }
    : undefined
}

function lastLineOf(page: Page, end = page.end): Span {
  return [page.text.lastIndexOf('\n', end - 1) + 1, end]
}

/** "Option (C) is correct", and a letter alone on the last line. */
export function choice(page: Page): Finding {
  const end = solutionEnd(page)
  const text = page.look(end - 300, end)
  const said = [
    ...text.matchAll(
      /\b(?:option|choice|statement|answer)?\s*(\(?\b[A-J]\b\)?)\**\s+(?:is|would be)\s+(?:therefore\s+|thus\s+)?(?:the\s+)?(?:correct|right|best|true)\b/gi,
    ),
  ].at(-1)
  if (
    said?.[1] &&
    !/\b(?:not|neither|nor|whether|if)\b[^.]{0,20}$/i.test(text.slice(0, said.index)) &&
    /[A-J]/.test(said[1])
  ) {
    const start = Math.max(0, end - 300) + said.index + said[0].indexOf(said[1])
    return { span: [start, start + said[1].length] }
  }
  const [from, to] = lastLineOf(page, end)
  if (to - from > 60) return undefined
  const line = page.look(from, to)
  const letter =
    /^[\s*_]*(?:(?:so|therefore|thus|hence),?\s+)?(?:(?:option|choice|it is|it's|i choose|i pick|select)\s+)(\(?[A-J]\)?)[\s.*_]*$/i.exec(
      line,
    )?.[1] ?? /^[\s*_]*(\([A-J]\)|[A-J]\)?)[\s.*_]*$/.exec(line)?.[1]
  if (!letter || !/[A-J]/.test(letter)) return undefined
  const at = from + line.lastIndexOf(letter)
  return { span: [at, at + letter.length] }
}

const partLabel = /(?:^|[\s*>-])(?:part\s+)?\(?([a-h]|i{1,3}|iv|v)\)\s*[.:]?\s*/gi

/** "(a) 3 (b) 5": the answers of sub-questions, in order, when each part is short and states one value. */
export function parts(page: Page): Finding {
  const end = solutionEnd(page)
  const from = Math.max(0, end - partsWindow)
  const text = page.look(from, end)
  if (/\([A-H]\)/.test(text)) return undefined
  const all = [...text.matchAll(partLabel)]
  const first = all.findLastIndex((label) => /^[ai]$/i.test(label[1] ?? ''))
  const labels = first === -1 ? [] : all.slice(first)
  const order = (labels[0]?.[1] ?? '').toLowerCase() === 'i' ? ['i', 'ii', 'iii', 'iv', 'v'] : [...'abcdefgh']
  if (labels.length < 2 || labels.some((label, at) => (label[1] ?? '').toLowerCase() !== order[at])) return undefined
  const values = labels.map((label, at) =>
    partValue(text.slice(label.index + label[0].length, labels[at + 1]?.index ?? text.length)),
  )
  if (values.some((value) => value === undefined)) return undefined
  return { span: [from + (labels[0]?.index ?? 0), end], answer: values.join(', ') }
}

const partsWindow = 600

function partValue(piece: string): string | undefined {
  const bare = piece.replace(/^[\s*_]+|[\s*_.,;]+$|[\s,;]+and\s*$/g, '')
  if (bare.length > 120) return undefined
  const start = valueAtStart(bare)
  if (start && /^[\s.*]*(?:[a-z]+\s*){0,2}[\s.*]*$/i.test(bare.slice(start[1]))) return bare.slice(...start)
  const span = statedIn(`${bare}.`, { named: true })
  return span && bare.slice(...span)
}

/** The last cell of the last row that is named answer, total or result. */
export function tabled(page: Page): Finding {
  const end = solutionEnd(page)
  const [lineFrom, lineTo] = lastLineOf(page, end)
  if (!/^\s*\|.*\|\s*$/.test(page.look(lineFrom, Math.min(lineTo, lineFrom + maxAnswerChars)))) return undefined
  const from = Math.max(0, end - 4000)
  for (const row of [...page.look(from, end).matchAll(/^[ \t]*\|[^\n]{1,1000}\|[ \t]*$/gm)].toReversed()) {
    const cells = row[0].trim().slice(1, -1).split('|')
    if (!/^[\s*_]*(?:(?:final |grand |the )?(?:answer|total|result|sum)|sum total)[\s*_:]*$/i.test(cells[0] ?? ''))
      continue
    const last = cells.at(-1) ?? ''
    if (cells.length < 2 || !isBareValue(last)) return undefined
    const stop = from + row.index + row[0].trimEnd().length - 1
    return { span: [stop - last.length, stop] }
  }
  return undefined
}

/** The reply ends inside mathematics, or in a word or a sign that calls for more: it was cut off before its end. */
export function isCutOff(page: Page): boolean {
  const tail = page.look(page.end - 600, page.end)
  if (tail.lastIndexOf('\\[') > tail.lastIndexOf('\\]') || tail.lastIndexOf('\\(') > tail.lastIndexOf('\\)'))
    return true
  const line = tail.slice(tail.lastIndexOf('\n') + 1)
  if (/\\[A-Za-z]*$|[{^]$|[A-Za-z]_$|[^!]=$/.test(line)) return true
  return line.trim().split(/\s+/).length > 3 && breaksOff(line)
}

const boldPattern = /(?<![*\w])(\*\*|__)(?=\S)((?:(?!\1)[^\n]){1,200}?)\1(?!\w)/g

/** The last bold value of the last paragraph, with bold values that only commas or "and" join to it. */
export function bold(page: Page): Finding {
  const end = solutionEnd(page)
  const from = Math.max(page.text.lastIndexOf('\n\n', end - 1) + 1, end - 2000)
  const text = page.look(from, end)
  if (refusal.test(lastSentence(text))) return undefined
  const marks = [...text.matchAll(boldPattern)]
  const last = marks.at(-1)
  const inside = last && boldValue(last, /^[\s.!*]*$/.test(text.slice(last.index + last[0].length)))
  if (!last || !inside) return undefined
  const group = [inside]
  for (let at = marks.length - 2; at >= 0; at--) {
    const [mark, next] = [marks[at] as RegExpExecArray, marks[at + 1] as RegExpExecArray]
    const value = boldValue(mark, false)
    if (!value || !/^(?:[\s,;]|and|or)+$/.test(text.slice(mark.index + mark[0].length, next.index))) break
    group.unshift(value)
  }
  const first = group[0] as Span
  const span: Span = [from + first[0], from + inside[1]]
  if (takenBack(page, span[1])) return 'none'
  return group.length > 1 ? { span, answer: group.map((part) => text.slice(...part)).join(', ') } : { span }
}

const lastSentence = (text: string) =>
  text
    .slice(-300)
    .split(/(?<=[.!?])\s/)
    .at(-1) ?? ''

/** `ends`: nothing follows it, so that a whole sentence in bold concludes the paragraph. */
function boldValue(mark: RegExpExecArray, ends: boolean): Span | undefined {
  const inner = mark[2] ?? ''
  const start = mark.index + (mark[1] ?? '').length
  if (/:\s*$/.test(inner) || /^\s*(?:step|case|part)\b/i.test(inner)) return undefined
  if (/^\(?[A-J]\)?\.?$/.test(inner.trim())) return [start, start + inner.length]
  if (!/[\d\\$]/.test(inner) || /^\s*\d+\.\s/.test(inner)) return undefined
  const value = valueAtStart(inner)
  if (value && inner.slice(value[1]).trim().split(/\s+/).length <= 3) {
    const cut = value[1] - value[0] < inner.trim().length && /=|≈|\\approx/.test(inner)
    return cut ? [start + value[0], start + value[1]] : [start, start + inner.length]
  }
  if (!ends) return undefined
  const stated = statedIn(`${inner.trim()}.`.replace(/\.\.$/, '.'), { named: true })
  return stated && [start + stated[0], start + Math.min(stated[1], inner.length)]
}

const bareLine =
  /^[-+−$\\(]?[\d$\\({[|.−-][^a-zA-Z]*[.]?$|^[-+]?[\d.,]+ ?[a-zA-Z%°]*\.?$|^[a-zA-Z] ?= ?[-−+]?\$?[\d.,/]+\.?$/

/** A last line that is nothing but the answer. */
export function lastLine(page: Page): Finding {
  const end = solutionEnd(page)
  const [start, to] = lastLineOf(page, end)
  if (to - start > maxAnswerChars) return undefined
  const line = page.look(start, to)
  const bare = line.trim()
  if (refusal.test(line) || /^\d{1,2}[.)](?:\s|$)/.test(bare) || /^\|.*\|$/.test(bare) || /[?✓✔]$/.test(bare))
    return undefined
  const marked = markedEnd(bare, 0)
  if (marked !== -1 && /^[\s.]*$/.test(bare.slice(marked)))
    return { span: answerIn(page.text, [start + line.indexOf(bare), start + line.indexOf(bare) + marked]) }
  if (bareLine.test(bare) && /\d|\\[a-z]/i.test(bare)) return { span: answerIn(page.text, [start, to]) }
  return undefined
}

/** A reply of a few words. */
export function fewWords(page: Page): Finding {
  const text = page.look(0, Math.min(page.end, 2000))
  const bare = text.trim()
  if (page.end >= 2000 || bare.includes('\n') || bare.split(/\s+/).length > 4 || refusal.test(bare)) return undefined
  return /[\p{L}\p{N}]/u.test(bare) && !/[?:]$/.test(bare) ? { span: [0, page.end] } : undefined
}

/** The value that the last sentence states; a display that ends the solution is part of it. */
export function concluded(page: Page): Finding {
  const end = solutionEnd(page)
  const sentences = lastSentences({ ...page, end })
  const last = sentences.at(-1)
  if (!last || last[1] - last[0] > maxAnswerChars) return undefined
  if (/\[?[:=,]$/.test(page.look(last[1] - 1, last[1]))) return undefined
  const span = inSentence(page, last)
  if (span) return { span }
  const before = sentences.at(-2)
  const silent =
    /[.!:)*]\s*$/.test(page.look(last[1] - 2, last[1])) &&
    !/\d/.test(page.look(...last)) &&
    !refusal.test(page.look(...last)) &&
    !concluding.test(page.look(...last))
  return before && silent && !remark.test(page.look(...before)) && isDisplayed(page, before)
    ? displayed(page, before)
    : undefined
}

function inSentence(page: Page, [from, to]: Span): Span | undefined {
  const text = page.look(from, to)
  const stated = /^(?:wait|hmm|no,|actually)\b/i.test(text) || isListItem(page, from, text) ? undefined : statedIn(text)
  if (stated) return [from + stated[0], from + stated[1]]
  return isDisplayed(page, [from, to]) ? displayed(page, [from, to])?.span : undefined
}

/** One of several items says nothing of the whole, unless it sums up. */
const isListItem = (page: Page, from: number, text: string) =>
  /(?:^|\n)[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+[*_]*$/.test(page.look(from - 12, from)) &&
  !concluding.test(text) &&
  !/\d\s*=/.test(text)

const isDisplayed = (page: Page, [from, to]: Span) =>
  /(?:\\\]|\$\$|\\end\{\w{1,12}\*?\})[.,\s]*$/.test(page.look(Math.max(from, to - 40), to))

/** The last side of the mathematics that ends a sentence. */
function displayed(page: Page, [from, to]: Span): Found | undefined {
  const text = page.look(from, to)
  const start = Math.max(
    text.lastIndexOf('\\['),
    text.lastIndexOf('$$', text.trimEnd().replace(/[.,]$/, '').length - 3),
  )
  const at = start === -1 ? text.lastIndexOf('\\begin{') : start
  const end = at === -1 ? -1 : markedEnd(text, at)
  return end === -1 ? undefined : { span: answerIn(page.text, [from + at, from + end], contextOf(text)) }
}
