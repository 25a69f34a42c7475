/** Fenced blocks of Markdown text, with the liberties that models take: no end, an end glued to the last line, indents. */
import { quoteBehind } from './python.js'

export interface Block {
  /** Info word after the opening fence, lower case; empty when there is none. */
  readonly language: string
  readonly text: string
  readonly closed: boolean
  /** Offsets of the content in the text that was read. */
  readonly start: number
  readonly end: number
}

interface Opening {
  readonly indent: string
  readonly fence: string
  readonly language: string
}

interface Row {
  readonly text: string
  readonly start: number
}

const opening = /^([ \t]*)(`{3,}|~{3,})/
const pythonFences = ['', 'python', 'py', 'python3', 'py3']
/** Fences in strings that never end are looked for this often, so that no text is read over and over. */
const maxLookahead = 20

/**
 * Every block in order. A closing fence is at least as long as its opening and indented at most three columns deeper. One
 * inside a triple-quoted string of Python closes only when no fence stands behind the end of that string.
 */
export function fencedBlocks(text: string): Block[] {
  const rows = rowsOf(text)
  const blocks: Block[] = []
  let lookahead = maxLookahead
  for (let at = 0; at < rows.length; at++) {
    const open = openingOf((rows[at] as Row).text)
    if (!open) continue
    const ends = blockEnds(rows, at, { open, quoted: lookahead > 0 })
    if (ends.missed) lookahead--
    const start = rows[at + 1]?.start ?? text.length
    const end = Math.max(start, ends.end ?? text.length)
    const content = dedent(text.slice(start, end), open.indent)
    blocks.push({ language: open.language, text: content, closed: ends.end !== undefined, start, end })
    if (ends.row === undefined) break
    at = ends.row
  }
  return blocks
}

function rowsOf(text: string): Row[] {
  let start = 0
  return text.split('\n').map((line) => {
    const row = { text: line, start }
    start += line.length + 1
    return row
  })
}

function openingOf(line: string): Opening | undefined {
  const match = opening.exec(line)
  const info = match && line.slice(match[0].length)
  if (!match || info === null || info.includes('`')) return undefined
  const language = /^[ \t]*([\w+#.-]*)/.exec(info)?.[1] ?? ''
  return { indent: match[1] ?? '', fence: match[2] ?? '', language: language.toLowerCase() }
}

interface Ends {
  /** Offset of the end of the content; none when the block is never closed. */
  readonly end?: number
  /** The row that holds the closing fence. */
  readonly row?: number
  /** A fence stood in a string, and no end of that string with a fence behind it. */
  readonly missed?: boolean
}

function blockEnds(rows: readonly Row[], openedAt: number, { open, quoted }: { open: Opening; quoted: boolean }): Ends {
  const readsQuotes = quoted && pythonFences.includes(open.language)
  let quote = ''
  let first: Ends | undefined
  for (let row = openedAt + 1; row < rows.length; row++) {
    const { text, start } = rows[row] as Row
    const glued = !closes(text, open) && isGlued(text.trim(), open.fence)
    const content = glued ? text.trimEnd().slice(0, -open.fence.length) : text
    if (glued || closes(text, open)) {
      const ends = { end: glued ? start + content.length : start, row }
      const inString = readsQuotes && (glued ? quoteBehind(content, quote) : quote) !== ''
      if (!inString) return ends
      first ??= ends
    }
    if (readsQuotes) quote = quoteBehind(text, quote)
  }
  return first ? { ...first, missed: true } : {}
}

/** A closing fence right behind the last line of content. */
const isGlued = (line: string, fence: string) =>
  line.endsWith(fence) && line !== fence && !line.slice(0, -fence.length).includes('`')

function closes(line: string, open: Opening): boolean {
  const mark = open.fence[0] ?? '`'
  const bare = line.trim()
  if (bare.length < open.fence.length || bare.replaceAll(mark, '') !== '') return false
  return line.length - line.trimStart().length <= open.indent.length + 3
}

function dedent(text: string, indent: string): string {
  if (indent === '') return text
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
}
