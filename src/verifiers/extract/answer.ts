/**
 * The final answer of a whole reply, and where it stands. Numbers inside prose are not picked up: a reply that does not
 * say which number is its answer has none.
 *
 * | situation | what counts | why |
 * | --- | --- | --- |
 * | several styles in one reply | the first of `finders` | the plainer the mark, the less it is used in passing |
 * | several statements in one style | the last one; of a completion the first `####` | later ones correct earlier ones |
 * | a box, then another value that is named the answer | the later statement | boxes also frame partial results |
 * | "wait, that is wrong" behind it | what is stated after that, or nothing | it was withdrawn |
 * | a label first, then reasons or a check | the label | equations of the reasons are no answers |
 * | the answer is denied, asked, assumed, refused | nothing | it is not given |
 * | a draft that never ends | nothing, whatever stands before it | the model had not made up its mind |
 * | fenced blocks | only when nothing is found outside them | they hold programs and examples |
 * | a box that is a part of a sum, or was cut off | nothing | what it holds is not the answer |
 * | a chain `a = b = c` | its last side; `x = 5` and equations stay whole | the last side is the result |
 * | an exact and an approximate side | the exact one, unless rounding is asked for | it decides more |
 * | marks of LaTeX | kept around a whole piece; a part of one comes without | the span is exactly the text used |
 */

import { tagged } from './answer/containers.js'
import { finders } from './answer/finders.js'
import { type Found, type How, type Page, pageOf, type Span, type Style } from './answer/page.js'
import { plain, tidy } from './answer/tidy.js'
import { refusal, withdrawn } from './answer/words.js'
import { endsInDraft, maskDrafts } from './drafts.js'

export interface FoundAnswer {
  readonly answer: string
  /** Offsets in the reply. */
  readonly span: Span
  readonly how: How
}

export interface AnswerReply {
  /** A completion runs on into more examples: its first marked answer counts, a chat's last one. */
  readonly style?: Style
}

/** The final answer, or undefined when the reply gives none. */
export const extractAnswer = (reply: string, options: AnswerReply = {}): FoundAnswer | undefined =>
  searchAnswer(reply, options).found

/** The answer with the work that it took: characters looked at, which a reply's length bounds. */
export function searchAnswer(
  reply: string,
  { style = 'chat' }: AnswerReply = {},
): { readonly found?: FoundAnswer; readonly work: number } {
  const text = style === 'completion' ? firstExample(reply) : reply
  if (endsInDraft(text)) return { work: text.length }
  const shown = maskDrafts(text)
  const tag = tagged({ full: shown })
  if (!tag) return searchPage(pageOf(shown, style))
  const inside = shown.slice(...tag)
  if (style === 'chat' && withdrawn.test(afterTag(shown, tag[1]))) return { work: text.length }
  const { found, work } = searchPage(pageOf(inside, style))
  const whole = found || refusal.test(inside.slice(0, 200)) ? undefined : tidy(inside, [0, inside.length])
  if (whole) return { found: shifted({ answer: plain(inside.slice(...whole)), span: whole, how: 'tag' }, tag[0]), work }
  return { ...(found && { found: shifted(found, tag[0]) }), work }
}

/** What follows the closing tag. */
const afterTag = (text: string, end: number) => text.slice(end, end + 200).replace(/^<\/[a-z_-]+>/i, '')

function firstExample(reply: string): string {
  const next = /(?<=\n)[ \t]*(?:Q|Question|Problem)(?:[ \t]*\d{1,4})?[ \t]*:/.exec(reply)
  return next ? reply.slice(0, next.index).trimEnd() : reply
}

const shifted = (found: FoundAnswer, by: number): FoundAnswer => ({
  ...found,
  span: [found.span[0] + by, found.span[1] + by],
})

function searchPage(page: Page): { readonly found?: FoundAnswer; readonly work: number } {
  const found = askFinders(page)
  if (found !== undefined || page.fences.length === 0)
    return { ...(found && found !== 'none' && { found }), work: page.work() }
  const inFence = inLastFence(page)
  return { ...(inFence && { found: inFence }), work: page.work() }
}

function askFinders(page: Page): FoundAnswer | 'none' | undefined {
  for (const { how, find } of finders) {
    const finding = find(page)
    if (finding === 'none') return 'none'
    const found = finding && toAnswer(page, finding, how)
    if (found) return found
  }
  return undefined
}

function toAnswer({ text }: Page, { span, answer }: Found, how: How): FoundAnswer | undefined {
  if (answer !== undefined) return answer.trim() === '' ? undefined : { answer: plain(answer.trim()), span, how }
  const trimmed = tidy(text, span)
  return trimmed && { answer: plain(text.slice(...trimmed)), span: trimmed, how }
}

/** Blocks that hold an answer rather than a program. */
const proseLanguages = new Set([
  '',
  'text',
  'txt',
  'plaintext',
  'plain',
  'latex',
  'tex',
  'math',
  'markdown',
  'md',
  'json',
  'yaml',
  'yml',
  'xml',
  'output',
  'answer',
  'asciimath',
])

function inLastFence(page: Page): FoundAnswer | undefined {
  const fence = page.fences.at(-1)
  if (!fence || !proseLanguages.has(fence.language)) return undefined
  const inside = pageOf(page.full.slice(fence.from, fence.to), page.style)
  const found = inside.fences.length > 0 ? undefined : askFinders(inside)
  return found === undefined || found === 'none'
    ? undefined
    : shifted(found.how === 'last-line' ? { ...found, how: 'fence' } : found, fence.from)
}
