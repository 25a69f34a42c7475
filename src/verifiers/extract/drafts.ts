/**
 * What a model thought aloud is no answer. Drafts are blanked out, not cut, so that offsets in the text stay true.
 * A tag counts outside fences, and inside one only when it stands alone on its line. Everything here is linear in the text.
 */

import { fenceSpans } from './answer/fences.js'
import { fencedBlocks } from './fences.js'
import { quoteBehind } from './python.js'

type Span = readonly [from: number, to: number]

/** The marks of drafts, one line for each spelling; what is matched by a group makes the mark an ending one. */
const draftMarks = [
  String.raw`<(\/?)(?:think|thinking|thoughts?|reasoning|scratchpad|reflection|inner_monologue|seed:think)>`,
  String.raw`<\|(?:begin|(end))_of_thought\|>`,
  String.raw`\[(\/?)THINK\]`,
  String.raw`◁(\/?)think▷`,
]
const markPattern = new RegExp(draftMarks.join('|'), 'gi')
const anyMark =
  /<\/?(?:think|thought|reasoning|scratchpad|reflection|inner_monologue|seed:)|_of_thought\||\[\/?THINK\]|think▷/i
/** A text of more characters is read for its fences by their marks alone. */
const maxCarefulChars = 200_000
const turnEnd = /<\|(?:im_start|im_end|eot_id|endoftext|end_of_text)\|>|<end_of_turn>|<\/s>/
const channelMark = '<|channel|>'
const bareFinal = 'assistantfinal'
const finalChannel = '<|channel|>final<|message|>'

/**
 * The reply with its drafts blanked out, as long as the reply was.
 * An opening tag without an end blanks all that follows; an end without an opening blanks all before it.
 */
export function maskDrafts(reply: string): string {
  const spans: Span[] = reply.includes(channelMark)
    ? otherChannels(reply)
    : [...bareChannel(reply), ...afterTurn(reply)]
  return blank(reply, [...spans, ...drafts(reply)])
}

/** True when a draft was opened and never ended: the model was cut off while it thought. */
export const endsInDraft = (reply: string) => drafts(reply).at(-1)?.[1] === Number.POSITIVE_INFINITY

/** What stands in the last complete `<answer>` tag, and where. */
export function answerTag(text: string): { text: string; start: number } | undefined {
  const end = text.lastIndexOf('</answer>')
  const open = end === -1 ? -1 : text.lastIndexOf('<answer>', end)
  if (open === -1) return undefined
  const start = open + '<answer>'.length
  return { text: text.slice(start, end), start }
}

/** The text with everything but line breaks replaced by blanks in the spans. */
export function blank(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  const bytes = Buffer.from(new ArrayBuffer(text.length * 2))
  bytes.write(text, 'utf16le')
  const units = new Uint16Array(bytes.buffer)
  let at = 0
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const end = Math.min(to, text.length)
    for (let i = Math.max(at, from); i < end; i++) if (units[i] !== lineBreak) units[i] = space
    at = Math.max(at, end)
  }
  return bytes.toString('utf16le')
}

const lineBreak = 0x0a
const space = 0x20

function drafts(text: string): Span[] {
  if (!anyMark.test(text)) return []
  const fences = fenceReader(text)
  const spans: Span[] = []
  let open: number | undefined
  markPattern.lastIndex = 0
  for (let match = markPattern.exec(text); match; match = markPattern.exec(text)) {
    const start = match.index
    const end = start + match[0].length
    const closing = Boolean(match[1] || match[2] || match[3] || match[4])
    const quoted = text[start - 1] === '`' && text[end] === '`' && !text.startsWith('``', end + 1)
    if (
      quoted ||
      (open === undefined && fences.holds(start) && !(standsAlone(text, start, end) && !fences.quotes(start)))
    )
      continue
    if (!closing) open ??= start
    else {
      spans.push([open ?? 0, end])
      open = undefined
    }
  }
  if (open !== undefined) spans.push([open, Number.POSITIVE_INFINITY])
  return spans
}

interface Content {
  readonly start: number
  readonly end: number
}

function closedFences(text: string): Content[] {
  if (!(text.includes('```') || text.includes('~~~'))) return []
  if (text.length <= maxCarefulChars) return fencedBlocks(text).filter(({ closed }) => closed)
  return fenceSpans(text).flatMap(({ from, to, closed }) => (closed ? [{ start: from, end: to }] : []))
}

/** Reads the closed fences of a text once, for offsets that only grow. */
function fenceReader(text: string) {
  const blocks = closedFences(text)
  let next = 0
  let read = 0
  let quote = ''
  const last = new Map<string, number>()
  /** Where the quote stands last in the block; looked for once. */
  const lastQuote = (mark: string, { start, end }: Content): number => {
    const key = `${start}${mark}`
    const at = last.get(key) ?? text.lastIndexOf(mark, end)
    last.set(key, at)
    return at
  }
  const holds = (offset: number): boolean => {
    while (next < blocks.length && (blocks[next] as Content).end <= offset) next++
    return (blocks[next]?.start ?? Number.POSITIVE_INFINITY) <= offset
  }
  /** Inside a triple-quoted string of the fence, which ends in that fence. */
  const quotes = (offset: number): boolean => {
    const block = blocks[next]
    if (!block || block.start > offset) return false
    if (read < block.start) {
      read = block.start
      quote = ''
    }
    for (let end = text.indexOf('\n', read); end !== -1 && end < offset; end = text.indexOf('\n', read)) {
      quote = quoteBehind(text.slice(read, end), quote)
      read = end + 1
    }
    return quote !== '' && lastQuote(quote, block) > offset
  }
  return { holds, quotes }
}

/** Nothing but blanks between the span and the ends of its line; 64 columns are looked at. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 64), start)) &&
    /^[ \t\r]*(\n|$)/.test(text.slice(end, end + 64))
  )
}

function afterTurn(text: string): Span[] {
  const at = text.search(turnEnd)
  return at === -1 ? [] : [[at, text.length]]
}

/** The same channels after a tokenizer left their marks out. */
function bareChannel(text: string): Span[] {
  const at = text.startsWith('analysis') ? text.lastIndexOf(bareFinal) : -1
  return at === -1 ? [] : [[0, at + bareFinal.length]]
}

/** Replies with named channels (harmony format): only the final channel answers. */
function otherChannels(text: string): Span[] {
  const at = text.lastIndexOf(finalChannel)
  if (at === -1) return [[0, text.length]]
  const start = at + finalChannel.length
  const length = text.slice(start).search(/<\|(?:end|return|start|channel)\|>/)
  return length === -1
    ? [[0, start]]
    : [
        [0, start],
        [start + length, text.length],
      ]
}
