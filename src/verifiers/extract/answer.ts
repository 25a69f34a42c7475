/**
 * The final answer of a whole reply, and where it stands. Numbers inside prose are not picked up: a reply that
 * does not say which number is its answer has none.
 */
import { answerTag, maskDrafts } from './drafts.js'

export interface FoundAnswer {
  readonly answer: string
  /** Offsets in the reply. */
  readonly span: readonly [start: number, end: number]
  readonly how: 'boxed' | 'hash' | 'phrase' | 'bold' | 'last-line' | 'tag'
}

export interface AnswerReply {
  /** A completion runs on into more examples: its first marked answer counts, a chat's last one. */
  readonly style?: 'chat' | 'completion'
}

const maxAnswerChars = 2000
const maxBoxes = 200
const refusal =
  /\b(?:cannot|can't|can not|could not|couldn't|don't|do not|unable|not sure|no idea|sorry|undetermined)\b/i

type Span = readonly [start: number, end: number]

/** The final answer, or undefined when the reply gives none. */
export function extractAnswer(reply: string, { style = 'chat' }: AnswerReply = {}): FoundAnswer | undefined {
  const shown = maskDrafts(style === 'completion' ? firstExample(reply) : reply)
  const tag = answerTag(shown)
  const offset = tag && tag.text.trim() !== '' ? tag.start : 0
  const text = tag && offset > 0 ? tag.text : shown
  const finders: ReadonlyArray<readonly [FoundAnswer['how'], (text: string) => Span | undefined]> = [
    ['boxed', boxed],
    ['hash', (inner) => hashed(inner, style)],
    ['phrase', phrase],
    ['phrase', labelled],
    ['bold', bold],
    ['last-line', lastLine],
  ]
  if (boxIsCutOff(text) || boxIsPart(text)) return undefined
  for (const [how, find] of finders) {
    const span = find(text)
    const trimmed = span && tidy(text, span)
    if (!trimmed) continue
    const answer = how === 'boxed' ? joinedBoxes(text, trimmed) : text.slice(...trimmed)
    return { answer, span: [trimmed[0] + offset, trimmed[1] + offset], how }
  }
  const whole = offset > 0 ? tidy(text, [0, text.length]) : undefined
  return whole && { answer: text.slice(...whole), span: [whole[0] + offset, whole[1] + offset], how: 'tag' }
}

function firstExample(reply: string): string {
  const next = /(?<=\n)[ \t]*(?:Q|Question|Problem)[ \t]*:/.exec(reply)
  return next ? reply.slice(0, next.index).trimEnd() : reply
}

const boxPattern = /\\(?:boxed|fbox)(?![A-Za-z])\s*/g

interface Box {
  readonly start: number
  readonly end: number
  readonly inner: Span
}

/** Every complete box outside another one, in order. */
function boxes(text: string): Box[] {
  const found: Box[] = []
  for (const match of [...text.matchAll(boxPattern)].slice(-maxBoxes)) {
    const start = match.index
    if (start < (found.at(-1)?.end ?? 0)) continue
    const from = start + match[0].length
    if (text[from] !== '{') {
      const token = /^(?:\d+|[A-Za-z])/.exec(text.slice(from, from + 20))?.[0]
      if (token) found.push({ start, end: from + token.length, inner: [from, from + token.length] })
      continue
    }
    const end = closing(text, from)
    if (end !== undefined) found.push({ start, end: end + 1, inner: [from + 1, end] })
  }
  return found
}

/** Offset of the brace that closes the one at `from`; within the longest answer that is read. */
function closing(text: string, from: number): number | undefined {
  let depth = 0
  for (let i = from; i < Math.min(text.length, from + maxAnswerChars); i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return undefined
}

/** The last box was opened and never closed: the reply was cut off in its answer. */
function boxIsCutOff(text: string): boolean {
  const last = [...text.matchAll(boxPattern)].at(-1)
  if (!last) return false
  const from = last.index + last[0].length
  return text[from] === '{' && closing(text, from) === undefined
}

/** The last box is one part of an expression, e.g. `-\\boxed{2}` or `\\boxed{2}^3`: what it holds is not the answer. */
function boxIsPart(text: string): boolean {
  const group = boxGroup(text, boxes(text))
  const [first, last] = [group[0], group.at(-1)]
  if (!first || !last) return false
  const before = text.slice(Math.max(0, first.start - 80), first.start)
  const after = text.slice(last.end, last.end + 20)
  return partBefore.test(before) || partAfter.test(after)
}

/** An operator, a digit or an open command right before; a minus with a blank only where mathematics stands before it. */
const partBefore = new RegExp(
  [
    String.raw`[-−+/^_×·÷]\$?$`,
    String.raw`(?:[=\d)}$(]|\\[([])[ \t]*[-−+/×·÷*][ \t]*$`,
    String.raw`\d$`,
    String.raw`\\(?:times|cdot|div|pm|mp)[ \t]*$`,
    String.raw`\\(?:sqrt|[dtc]?frac)[ \t]*(?:\[[^\]]*\])?(?:\{[^{}]*\})?\{[ \t]*$`,
    String.raw`[\^_]\{[ \t]*$`,
  ].join('|'),
)
const partAfter =
  /^(?:[ \t]*[\^_]|\/[\d\\({]|[ \t]*[-−+/*][ \t]*[\d\\({]|[ \t]*\\(?:times|cdot|div|pm|mp|cdotp)(?![A-Za-z])|!+[ \t]*(?:\$|\\[)\]])|\d)/

/** The last box, with the boxes right before it when only commas or "and" stand between them. */
function boxed(text: string): Span | undefined {
  const all = boxes(text)
  const last = all.at(-1)
  if (!last) return undefined
  const group = boxGroup(text, all)
  const first = group[0] ?? last
  return group.length > 1 ? [first.start, last.end] : last.inner
}

function boxGroup(text: string, all: readonly Box[]): Box[] {
  const group: Box[] = []
  for (const box of all.toReversed()) {
    const next = group[0]
    if (
      next &&
      !/^(?:[\s$,;]|\\[()[\],;]|and|or|\\text\s*\{\s*(?:and|or)\s*\})*$/.test(
        text.slice(box.end, next.start).slice(0, 80),
      )
    )
      break
    if (next && next.start - box.end > 80) break
    group.unshift(box)
    if (group.length > 20) break
  }
  return group
}

function joinedBoxes(text: string, span: Span): string {
  const inner = boxes(text.slice(...span)).map(({ inner: [from, to] }) =>
    text.slice(span[0] + from, span[0] + to).trim(),
  )
  return inner.length > 1 ? inner.join(', ') : text.slice(...span)
}

function hashed(text: string, style: 'chat' | 'completion'): Span | undefined {
  const marks = [...text.matchAll(/####[ \t]*([^\n]+)/g)]
  const mark = style === 'completion' ? marks[0] : marks.at(-1)
  if (!mark?.[1]) return undefined
  const end = mark.index + mark[0].length
  return [end - mark[1].length, end]
}

const phrasePattern =
  /(?:\b(?:final\s+|correct\s+)?answer(?:\*\*|__)?\s*(?:is|are|equals|=|:)|\b(?:final\s+)answer\s*\n)(?:\*\*|__)?[ \t]*:?[ \t]*(not\b)?/gi

const takenBack =
  /^[.!?*\s]*(?:no|wait|actually|correction|sorry|oops|hmm)\b|\b(?:no,? wait|wait,|scratch that|correction:|my mistake|i was wrong|that is wrong|that's wrong)/i

/** "The answer is …": to the end of the sentence, or the next line with something on it. */
function phrase(text: string): Span | undefined {
  const last = [...text.matchAll(phrasePattern)].at(-1)
  if (!last || last[1]) return undefined
  let start = last.index + last[0].length
  const gap = /^(?:\s*\n)+\s*/.exec(text.slice(start, start + 200))
  if (gap) start += gap[0].length
  const line = /^[^\n]*/.exec(text.slice(start, start + maxAnswerChars))?.[0] ?? ''
  const end = sentenceEnd(line)
  const said = line.slice(0, end)
  // A question, or a statement that is taken back, says nothing.
  if (line[end] === '?' || takenBack.test(text.slice(start + end, start + end + maxAnswerChars))) return undefined
  return said.trim() === '' || refusal.test(said) ? undefined : [start, start + said.length]
}

/** A last line such as `A: 18`. */
function labelled(text: string): Span | undefined {
  const end = text.trimEnd().length
  const start = text.lastIndexOf('\n', end - 1) + 1
  const label = /^\s*(?:A|Ans|Result|Solution)\s*[:=]\s*/.exec(text.slice(start, Math.min(end, start + 40)))
  const from = start + (label?.[0].length ?? 0)
  return label && end - from <= 60 && !refusal.test(text.slice(from, end)) ? [from, end] : undefined
}

/** A full stop ends a sentence unless a digit follows; one inside `$…$` ends nothing. */
function sentenceEnd(line: string): number {
  let math = false
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '$' && line[i - 1] !== '\\' && !/\d/.test(line[i + 1] ?? ''))
      math = !math && line.indexOf('$', i + 1) !== -1
    if (!math && /[.!?]/.test(line[i] ?? '') && /^(?:\s|$|\*)/.test(line.slice(i + 1, i + 2))) return i
    if (!math && /^,? (?:because|since|so|which|as|for|but)\b/.test(line.slice(i, i + 12))) return i
  }
  return line.length
}

function lastParagraph(text: string): Span {
  const end = text.trimEnd().length
  return [text.lastIndexOf('\n\n', end - 1) + 1, end]
}

function bold(text: string): Span | undefined {
  const [from, to] = lastParagraph(text)
  const last = [...text.slice(from, to).matchAll(/\*\*([^*\n]{1,200})\*\*/g)].at(-1)
  if (!last?.[1] || !(/[\d\\$]/.test(last[1]) || /^\(?[A-J]\)?\.?$/.test(last[1].trim()))) return undefined
  if (/:\s*$/.test(last[1])) return undefined
  const start = from + last.index + 2
  return [start, start + last[1].length]
}

/** A last line that is nothing but the answer, or ends in mathematics or in "= 42". */
function lastLine(text: string): Span | undefined {
  const end = text.trimEnd().length
  const start = text.lastIndexOf('\n', end - 1) + 1
  const line = text.slice(start, end)
  if (line.length > maxAnswerChars || refusal.test(line)) return undefined
  const bare = line.trim()
  if (
    /^[-+−$\\(]?[\d$\\({[|.−-][^a-zA-Z]*[.]?$|^[-+]?[\d.,]+ ?[a-zA-Z%°]*\.?$|^\$[^$]+\$\.?$|^\\[([].*\\[)\]]\.?$/.test(
      bare,
    )
  )
    return [start, end]
  const math = [...line.matchAll(/\$([^$\n]+)\$|\\\(([^\n]+?)\\\)/g)].at(-1)
  if (math && /^[\s.*]*$/.test(line.slice(math.index + math[0].length)))
    return [start + math.index, start + math.index + math[0].length]
  const equals = /=\s*(-?\$?[\d.,/]+)\s*[a-zA-Z%]{0,12}\.?\s*$/.exec(line)
  if (equals?.[1]) {
    const at = start + equals.index + equals[0].indexOf(equals[1])
    return [at, at + equals[1].length]
  }
  const alone = text.trim() === bare && bare.split(/\s+/).length <= 4
  return alone && /[A-Za-z0-9]/.test(bare) ? [start, end] : undefined
}

/** The span without blanks, marks of emphasis and a full stop around it; undefined when nothing is left. */
function tidy(text: string, [start, end]: Span): Span | undefined {
  let [from, to] = [start, end]
  for (let turn = 0; turn < 8; turn++) {
    const inner = text.slice(from, to)
    const head = /^(?:\s|\*\*|__|`|["“”]|:)+/.exec(inner)?.[0].length ?? 0
    const tail = /(?:\s|\*\*|__|`|["“”]|(?<!\\)[.;,](?!\d))$/.exec(inner)?.[0].length ?? 0
    if (head + tail === 0 || from + head >= to - tail) break
    from += head
    to -= tail
  }
  const inner = text.slice(from, to)
  return inner.trim() === '' || inner.length > maxAnswerChars ? undefined : [from, to]
}
