/** What stands around an answer and inside it to say that it is mathematics or that it matters. */

const wraps: ReadonlyArray<readonly [string, string]> = [
  ['$$', '$$'],
  ['$', '$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
  ['```', '```'],
  ['`', '`'],
  ['**', '**'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
]

/** The text without delimiters of mathematics, boxes, bold type or quotation marks around it. */
export function undelimited(text: string): string {
  let inner = text.trim()
  for (let turn = 0; turn < 8; turn++) {
    const before = inner
    inner = unboxed(inner)
    for (const [open, close] of wraps) {
      if (inner.length < open.length + close.length || !inner.startsWith(open) || !inner.endsWith(close)) continue
      const body = inner.slice(open.length, inner.length - close.length)
      if (body !== '' && !body.includes(open[0] === '\\' ? open : open.slice(0, 1)) && !body.endsWith('\\'))
        inner = body.trim()
    }
    inner = withoutBold(inner)
    if (inner === before) break
  }
  return inner
}

function unboxed(text: string): string {
  if (!text.startsWith('\\boxed') && !text.startsWith('\\fbox')) return text
  const open = text.indexOf('{')
  if (open === -1 || open > 7 || !text.endsWith('}')) return text
  const body = text.slice(open + 1, -1)
  return balanced(body) ? body.trim() : text
}

/** Two stars at one end cannot be a power. */
function withoutBold(text: string): string {
  if (!text.startsWith('**') && !text.endsWith('**')) return text
  const parts = text.split('**')
  return parts.length === 3 ? parts.join('').trim() : text
}

/** Does every brace have its partner? */
export function balanced(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth < 0) return false
  }
  return depth === 0
}

/**
 * Places of the dollar signs that enclose mathematics; the others are money. As pandoc has it: the opening one touches what
 * follows, the closing one what precedes, and no digit follows it.
 */
export function delimitersIn(text: string): ReadonlySet<number> {
  const places = new Set<number>()
  let open: number | undefined
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '$') {
      const before = text[i - 1] ?? ' '
      const after = text[i + 1] ?? ' '
      if (after === '$') {
        places.add(i).add(i + 1)
        i++
      } else if (open === undefined) {
        if (after !== ' ') open = i
      } else if (/[^\w(]/.test(after) || (before !== ' ' && !/\d/.test(after))) {
        places.add(open).add(i)
        open = undefined
      } else if (after !== ' ') open = i
    }
  }
  return places
}
