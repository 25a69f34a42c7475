/** A reply as the finders read it, and what a finder gives back. */
import { blank } from '../drafts.js'
import { type Fence, fenceSpans } from './fences.js'

export type Span = readonly [start: number, end: number]
export type Style = 'chat' | 'completion'

/** How an answer was found: the entry of the table of finders. */
export type How =
  | 'tag'
  | 'boxed'
  | 'json'
  | 'hash'
  | 'phrase'
  | 'choice'
  | 'parts'
  | 'table'
  | 'bold'
  | 'last-line'
  | 'fence'

export interface Found {
  readonly span: Span
  /** When it is not the text of the span as it stands, e.g. several boxes made one list. */
  readonly answer?: string
}

/** `none`: the reply says that it has no answer, or its answer was cut off or taken back; no other finder is asked. */
export type Finding = Found | 'none' | undefined

export interface Page {
  /** As long as the reply; drafts and fenced blocks are blank. */
  readonly text: string
  /** The same with fenced blocks visible. */
  readonly full: string
  readonly fences: readonly Fence[]
  /** ASCII letters in lower case, offset by offset. */
  readonly lower: string
  /** Where the last thing that is no blank ends. */
  readonly end: number
  readonly style: Style
  /** A piece of the text; counted, so that the work of a reply can be bounded by a test. */
  readonly look: (from: number, to: number) => string
  readonly work: () => number
}

/** The longest answer that is read, and the longest statement around one. */
export const maxAnswerChars = 4096
export const maxStatementChars = 2000
/** So many marks of one style are tried, from the end of the reply. */
export const maxTries = 40

export function pageOf(full: string, style: Style): Page {
  const fences = fenceSpans(full)
  const text = blank(
    full,
    fences.map(({ start, end }): Span => [start, end]),
  )
  let work = full.length
  const look = (from: number, to: number): string => {
    const piece = text.slice(Math.max(0, from), to)
    work += piece.length
    return piece
  }
  return { text, full, fences, lower: lowered(text), end: text.trimEnd().length, style, look, work: () => work }
}

/** A page with all before an offset blanked out. */
export const pageAfter = (page: Page, offset: number): Page => {
  const text = blank(page.text, [[0, offset]])
  return { ...page, text, lower: lowered(text), look: (from, to) => text.slice(Math.max(0, from), to) }
}

function lowered(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** The last offsets of a word, the last one first, `maxTries` at most. */
export function lastOffsets(text: string, word: string, from = 0, tries = maxTries): number[] {
  const offsets: number[] = []
  for (let at = text.lastIndexOf(word); at >= from && offsets.length < tries; at = text.lastIndexOf(word, at - 1)) {
    offsets.push(at)
    if (at === 0) break
  }
  return offsets
}
