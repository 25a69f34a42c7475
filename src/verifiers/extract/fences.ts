/** Fenced blocks of Markdown text, with the liberties that models take: no end, an end glued to the last line, indents. */

export interface Block {
  /** Info word after the opening fence, lower case; empty when there is none. */
  readonly language: string
  readonly text: string
  readonly closed: boolean
  /** Offsets of the content in the text that was read. */
  readonly start: number
  readonly end: number
}

const opening = /^([ \t]*)(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`\n]*$/

/** Every block in order. A closing fence is at least as long as its opening and indented at most three columns deeper. */
export function fencedBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let open: { indent: string; fence: string; language: string; start: number } | undefined
  let at = 0
  const close = (end: number, closed: boolean) => {
    if (!open) return
    const content = text.slice(open.start, Math.max(open.start, end))
    blocks.push({ language: open.language, text: dedent(content, open.indent), closed, start: open.start, end })
    open = undefined
  }
  for (const line of text.split('\n')) {
    const next = at + line.length + 1
    if (!open) {
      const match = opening.exec(line)
      if (match) {
        open = { indent: match[1] ?? '', fence: match[2] ?? '', language: (match[3] ?? '').toLowerCase(), start: next }
      }
    } else if (closes(line, open)) close(at, true)
    else if (isGlued(line.trim(), open.fence)) {
      close(at + line.trimEnd().length - open.fence.length, true)
    }
    at = next
  }
  close(text.length, false)
  return blocks
}

/** A closing fence right behind the last line of content. */
const isGlued = (line: string, fence: string) =>
  line.endsWith(fence) && line !== fence && !line.slice(0, -fence.length).includes('`')

function closes(line: string, open: { indent: string; fence: string }): boolean {
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
