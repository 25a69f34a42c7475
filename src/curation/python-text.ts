/** Python source without what does not change what it does: comments, empty lines, strings that stand alone (docstrings). */

/**
 * A string literal, a comment, a line's end (escaped or not), or a piece of anything else. An open string ends with its
 * line, an open triple string with the text; so each branch matches without going back, whatever the text.
 */
const strings = [
  String.raw`"""(?:[^\\"]+|\\[\s\S]|"(?!""))*(?:""")?`,
  String.raw`'''(?:[^\\']+|\\[\s\S]|'(?!''))*(?:''')?`,
  String.raw`"(?:[^"\\\n]+|\\[\s\S])*"?`,
  String.raw`'(?:[^'\\\n]+|\\[\s\S])*'?`,
].join('|')
const token = new RegExp(
  [
    `(?<string>(?:\\b[rRbBuUfF]{1,2})?(?:${strings}))`,
    String.raw`(?<comment>#[^\n]*)|(?<joined>\\\n)|(?<newline>\n)|(?<space>[ \t\f]+)`,
    String.raw`(?<open>[([{])|(?<close>[)\]}])|\w+|[\s\S]`,
  ].join('|'),
  'gu',
)

/** The logical line that is being read. */
interface Line {
  pieces: string[]
  /** Something else than one or more strings stands on it. */
  matters: boolean
}

/**
 * Normal form of a Python program, for comparing only: it need not run. Indentation and the text of strings are kept;
 * inside brackets a line's end counts as a space.
 */
export function normalisePython(code: string): string {
  const kept: string[] = []
  let line: Line = { pieces: [], matters: false }
  let depth = 0
  const end = () => {
    if (line.matters) kept.push(line.pieces.join('').trimEnd())
    line = { pieces: [], matters: false }
  }
  const space = (text: string) => {
    if (line.pieces.length === 0) line.pieces.push(text.replaceAll('\t', '        '))
    else if (line.pieces.at(-1) !== ' ') line.pieces.push(' ')
  }
  for (const { 0: text, groups = {} } of code.replace(/\r\n?/g, '\n').matchAll(token)) {
    if (groups.comment) continue
    if (groups.newline && depth === 0) end()
    else if (groups.newline || groups.joined) space(' ')
    else if (groups.space) space(text)
    else {
      if (!groups.string) line.matters = true
      if (groups.open) depth++
      if (groups.close) depth = Math.max(0, depth - 1)
      line.pieces.push(text)
    }
  }
  end()
  return kept.join('\n')
}
