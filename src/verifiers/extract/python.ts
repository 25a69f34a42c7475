/** Enough of Python's layout to cut and join programs: which lines begin a statement, at which column. It parses nothing. */

export interface SourceLine {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Inside brackets, a string or a continued line: the line begins no statement. */
  readonly inside: boolean
}

/** A top-level statement with its decorators and its indented block. */
export interface Chunk {
  readonly text: string
  readonly start: number
  /** Names that it binds at the top level. */
  readonly names: readonly string[]
  readonly kind: 'definition' | 'import' | 'assignment' | 'other'
}

/** The triple quotes that are open behind a line, given those that were open before it; empty for none. */
export const quoteBehind = (line: string, before: string): string => {
  const { quote } = scan(line, before, 0)
  return quote.length === 3 ? quote : ''
}

/** Lines with the state in which each one begins. */
export function sourceLines(code: string): SourceLine[] {
  const lines: SourceLine[] = []
  let quote = ''
  let depth = 0
  let continued = false
  let start = 0
  for (const text of code.split('\n')) {
    lines.push({ start, end: start + text.length, text, inside: quote !== '' || depth > 0 || continued })
    const state = scan(text, quote, depth)
    quote = state.quote
    depth = state.depth
    continued = state.continued
    start += text.length + 1
  }
  return lines
}

function scan(text: string, quoteBefore: string, depthBefore: number) {
  let quote = quoteBefore
  let depth = depthBefore
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (quote !== '') {
      if (char === '\\') i++
      else if (text.startsWith(quote, i)) {
        i += quote.length - 1
        quote = ''
      }
    } else if (char === '#') break
    else if (char === '"' || char === "'") {
      quote = text.startsWith(char.repeat(3), i) ? char.repeat(3) : char
      i += quote.length - 1
    } else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth = Math.max(0, depth - 1)
  }
  const continued = quote === '' && /\\$/.test(text)
  // A string in single quotes ends with its line, closed or not.
  if (quote.length === 1 && !text.endsWith('\\')) quote = ''
  return { quote, depth, continued }
}

export const isTopLevel = (line: SourceLine) => !line.inside && /^[^\s#]/.test(line.text)

/** The top-level statements of a program, in order. */
export function chunks(code: string): Chunk[] {
  const starts: number[] = []
  let decorated = false
  for (const line of sourceLines(code)) {
    if (!isTopLevel(line)) continue
    if (!decorated) starts.push(line.start)
    decorated = line.text.startsWith('@')
  }
  return starts.map((start, index) => {
    const text = code.slice(start, starts[index + 1] ?? code.length).trimEnd()
    return { text, start, ...described(text) }
  })
}

function described(text: string): Pick<Chunk, 'names' | 'kind'> {
  const definition = /^(?:@[\s\S]*?\n)?(?:async\s+)?(?:def|class)\s+(\w+)/.exec(text)
  if (definition?.[1]) return { names: [definition[1]], kind: 'definition' }
  const head = text.split('#')[0] ?? ''
  const from = /^from\s+[\w.]+\s+import\s+([\s\S]+)$/.exec(head)
  if (from?.[1]) return { names: importedNames(from[1].replace(/[()\\]/g, ' ')), kind: 'import' }
  const plain = /^import\s+(\S.*)$/.exec(head.trim())
  if (plain?.[1]) return { names: importedNames(plain[1]).map((name) => name.split('.')[0] ?? name), kind: 'import' }
  const assignment = /^(\w+)\s*(?::[^=\n]+)?=(?!=)/.exec(text)
  if (assignment?.[1]) return { names: [assignment[1]], kind: 'assignment' }
  return { names: [], kind: 'other' }
}

const importedNames = (list: string) =>
  list
    .split(',')
    .map((part) => part.trim().split(/\s+/).join(' ').split(' as ').at(-1) ?? '')
    .filter((name) => name !== '')

export const definesName = (code: string, name: string) => chunks(code).some((chunk) => chunk.names.includes(name))

/** Names that the code mentions, attributes left out; those in strings and comments are in, which only offers too much. */
const usedNames = (code: string) => new Set(code.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [])

export const usesName = (code: string, name: string) => usedNames(code).has(name)

const maxOffered = 500

/** Those of `offered` that bind a name which the code uses and does not bind itself, and what these need in turn; in order. */
export function lacking(code: string, offered: readonly Chunk[]): Chunk[] {
  const recent = offered.slice(-maxOffered)
  const bound = new Set(chunks(code).flatMap((chunk) => chunk.names))
  const used = usedNames(code)
  const taken = new Set<Chunk>()
  for (let grown = true; grown; ) {
    grown = false
    for (const chunk of recent) {
      if (taken.has(chunk) || !chunk.names.some((name) => used.has(name) && !bound.has(name))) continue
      taken.add(chunk)
      for (const name of chunk.names) bound.add(name)
      for (const name of usedNames(chunk.text)) used.add(name)
      grown = true
    }
  }
  return recent.filter((chunk) => taken.has(chunk))
}
