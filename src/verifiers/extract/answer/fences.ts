/**
 * Where the fenced blocks of a reply lie, by their marks alone and in one pass. Programs are read with the more careful
 * `fencedBlocks`, which looks into strings; for an answer it only matters what is prose.
 */
export interface Fence {
  /** Offsets of the block with its marks, and of its content. */
  readonly start: number
  readonly end: number
  readonly from: number
  readonly to: number
  readonly language: string
  readonly closed: boolean
}

const maxIndent = 12
const maxInfo = 100

export function fenceSpans(text: string): Fence[] {
  const fences: Fence[] = []
  let open: { start: number; from: number; mark: string; length: number; language: string } | undefined
  for (const { at, mark, length } of marks(text)) {
    const behind = at + length
    if (open) {
      if (mark !== open.mark || length < open.length || !endsLine(text, behind)) continue
      const { start, from, language } = open
      fences.push({ start, end: behind, from: Math.min(from, at), to: at, language, closed: true })
      open = undefined
    } else if (beginsLine(text, at)) {
      const lineEnd = endOfLine(text, behind)
      const info = text.slice(behind, Math.min(lineEnd, behind + maxInfo))
      if (info.includes('`')) continue
      const language = /^[ \t]*([\w+#.-]*)/.exec(info)?.[1]?.toLowerCase() ?? ''
      open = { start: at, from: Math.min(lineEnd + 1, text.length), mark, length, language }
    }
  }
  if (open) {
    const { start, from, language } = open
    fences.push({ start, end: text.length, from, to: text.length, language, closed: false })
  }
  return fences
}

/** Every run of three or more fence marks, in order. */
function* marks(text: string): Generator<{ at: number; mark: string; length: number }> {
  let tick = text.indexOf('```')
  let tilde = text.indexOf('~~~')
  while (tick !== -1 || tilde !== -1) {
    const ticks = tilde === -1 || (tick !== -1 && tick < tilde)
    const at = ticks ? tick : tilde
    const mark = ticks ? '`' : '~'
    let end = at + 3
    while (text[end] === mark) end++
    yield { at, mark, length: end - at }
    if (ticks) tick = text.indexOf('```', end)
    else tilde = text.indexOf('~~~', end)
  }
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
}

function beginsLine(text: string, at: number): boolean {
  let i = at - 1
  while (at - i <= maxIndent && (text[i] === ' ' || text[i] === '\t')) i--
  return i < 0 || text[i] === '\n'
}

/** Nothing but blanks up to the end of the line; a block may also end right behind its last line. */
const endsLine = (text: string, from: number) => /^[ \t\r]*(?:\n|$)/.test(text.slice(from, from + maxIndent))
