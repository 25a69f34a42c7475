/** Where statements end, and the last ones of a reply. Stops inside mathematics, numbers and abbreviations end nothing. */
import { isBlank, isDigit, markedEnd } from './mathematics.js'
import { maxStatementChars, type Page, type Span } from './page.js'
import { checking, remark } from './words.js'

const abbreviation =
  /(?:\b(?:a|p)\.m|\b(?:i\.e|e\.g|cf|vs|approx|no|eq|sq|ft|dr|mr|mrs|ms|st|resp|u\.s)|(?:^|[\s(])[A-Z])$/i
const clause =
  /^,? (?:because|since|so|which|as|for|but)\b|^,? (?:when rounded|after rounding|given that)\b|^,? and (?:we|this|that|it|so) |^ [–—] (?:because|since|which|so) /

/** Offset of the stop that ends the statement at `from`; `clauses`: an explanation ends it too. */
export function statementEnd(text: string, from: number, { limit = text.length, clauses = false } = {}): number {
  for (let i = from; i < limit; i++) {
    const char = text[i] as string
    if (char === '$' || char === '\\') {
      const end = markedEnd(text, i, limit)
      i = end === -1 ? (char === '\\' ? i + 1 : i) : end - 1
    } else if (char === '\n') {
      if (clauses || breaksLine(text, i)) return i
    } else if ('.!?。！？'.includes(char)) {
      if (endsSentence(text, i)) return i
    } else if (clauses && (char === ' ' || char === ',') && clause.test(text.slice(i, i + 16))) return i
  }
  return limit
}

function endsSentence(text: string, i: number): boolean {
  if (text.charCodeAt(i) > 127) return true
  const next = text[i + 1]
  if (!(next === undefined || isBlank(next) || '*_"”)\''.includes(next))) return false
  if (text[i] !== '.' || next === undefined) return true
  const before = text.slice(Math.max(0, i - 8), i)
  if (abbreviation.test(before) && !/[:=]\s*\(?[A-Z]$|\b(?:is|option|choice)\s+\(?[A-Z]$/.test(before))
    return /^\.\s*$/.test(text.slice(i, i + 40))
  // The number of a list item.
  return !(isDigit(text[i - 1]) && /\n[ \t]*\d{1,2}$/.test(text.slice(Math.max(0, i - 6), i)))
}

/** A line break inside a sentence: the line before it calls for more, or mathematics of its own lines goes on. */
function breaksLine(text: string, i: number): boolean {
  const before = text.slice(Math.max(0, i - 60), i).trimEnd()
  const next = text.slice(i, i + 60).trimStart()
  if (/^(?:\\\[|\$\$|\\begin\{)/.test(next) && /(?:[:,a-z=]|\\\(.*\\\)|\$)\**$/.test(before)) return false
  if (/(?:\\\]|\$\$)$/.test(before) && /^[.,]?\s*(?:[a-z]|[.,]\s*$)/.test(next)) return false
  if (/(?:[:=]|\b(?:is|are|equals|be|to|of|that|get|have))\**$/.test(before))
    return !/\S/.test(next) || /^[-*#|]/.test(next)
  return (
    /\n/.test(text.slice(i + 1, i + 1 + (/^[ \t\r]*/.exec(text.slice(i + 1, i + 20))?.[0].length ?? 0) + 1)) ||
    !/^[a-z]/.test(next) ||
    /[.;]$/.test(before)
  )
}

/** The sentences of the end of a reply, in order; a sentence of mathematics alone is one too. */
export function lastSentences(page: Page, window = maxStatementChars): Span[] {
  const from = windowStart(page, window)
  const text = page.look(from, page.end)
  const sentences: Span[] = []
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, statementEnd(text, at) + 1)
    const span = solid(text, [at, end])
    if (span) sentences.push([span[0] + from, span[1] + from])
    at = end
  }
  return sentences
}

function windowStart(page: Page, window: number): number {
  if (page.end <= window) return 0
  const from = page.end - window
  const paragraph = page.text.indexOf('\n\n', from)
  return paragraph === -1 || paragraph > page.end - 20 ? from : paragraph + 2
}

function solid(text: string, [start, end]: Span): Span | undefined {
  let [from, to] = [start, end]
  while (from < to && /[\s*_>#]/.test(text[from] as string)) from++
  while (to > from && isBlank(text[to - 1])) to--
  return to - from > 1 || /[\p{L}\p{N}]/u.test(text.slice(from, to)) ? [from, to] : undefined
}

const maxRemarks = 12

/** Where the solution ends: friendly remarks and checks at the end of a reply are left off. */
export function solutionEnd(page: Page): number {
  const sentences = lastSentences(page)
  let end = page.end
  let keep = sentences.length
  for (let at = sentences.length - 1; at > 0 && at >= sentences.length - maxRemarks; at--) {
    const text = page.text.slice(...(sentences[at] as Span))
    if (!(remark.test(text) || checking.test(text))) continue
    if (sentences.slice(at + 1, keep).some((later) => !isAside(page, sentences[at] as Span, later))) break
    keep = at
    end = (sentences[at - 1] as Span)[1]
  }
  return end
}

/** It may stand behind a remark or a check without being the conclusion: in its paragraph, or mathematics alone. */
function isAside(page: Page, [start, end]: Span, later: Span): boolean {
  const text = page.text.slice(...later)
  if (/^[\s*_]*(?:so|therefore|thus|hence|finally)\b/i.test(text)) return false
  const apart = page.text.slice(end, later[0]).includes('\n') && page.text.slice(start, later[0]).includes('\n\n')
  return !apart || remark.test(text) || checking.test(text) || /^(?:\\\[|\$)/.test(text)
}
