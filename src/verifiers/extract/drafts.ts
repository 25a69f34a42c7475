/**
 * What a model thought aloud is no answer. Drafts are blanked out, not cut, so that offsets in the text stay true.
 * A tag counts outside fences, and inside one only when it stands alone on its line. Everything here is linear in the text.
 */

import { type Block, fencedBlocks } from './fences.js'
import { quoteBehind } from './python.js'

type Span = readonly [from: number, to: number]

const tagPattern = /<(\/?)(?:think|thinking|thought|reasoning|scratchpad)>/gi
const turnEnd = /<\|(?:im_end|eot_id|endoftext|end_of_text)\|>|<end_of_turn>|<\/s>/
const channelMark = '<|channel|>'
const finalChannel = '<|channel|>final<|message|>'

/**
 * The reply with its drafts blanked out, as long as the reply was.
 * An opening tag without an end blanks all that follows; an end without an opening blanks all before it.
 */
export function maskDrafts(reply: string): string {
  const spans: Span[] = reply.includes(channelMark) ? otherChannels(reply) : afterTurn(reply)
  return blank(reply, [...spans, ...drafts(reply)])
}

/** True when a draft was opened and never ended: the model was cut off while it thought. */
export const endsInDraft = (reply: string) => drafts(reply).some((span) => span[1] === Number.POSITIVE_INFINITY)

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
  let result = ''
  let at = 0
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (to <= at) continue
    const start = Math.max(at, from)
    result += text.slice(at, start) + text.slice(start, to).replace(/[^\n]/g, ' ')
    at = to
  }
  return result + text.slice(at)
}

function drafts(text: string): Span[] {
  if (!/<\/?(?:think|thought|reasoning|scratchpad)/i.test(text)) return []
  const fences = fenceReader(text)
  const spans: Span[] = []
  let open: number | undefined
  for (const match of text.matchAll(tagPattern)) {
    const start = match.index
    const end = start + match[0].length
    const closing = match[1] === '/'
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

/** Reads the closed fences of a text once, for offsets that only grow. */
function fenceReader(text: string) {
  const blocks = fencedBlocks(text).filter(({ closed }) => closed)
  let next = 0
  let read = 0
  let quote = ''
  const holds = (offset: number): boolean => {
    while (next < blocks.length && (blocks[next] as Block).end <= offset) next++
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
    return quote !== '' && text.lastIndexOf(quote, block.end) > offset
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
