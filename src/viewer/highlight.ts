/** Colours for Python source. Not a parser: a wrong guess costs a colour, never a character. */
import { html, type Safe } from './html.js'

const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'
const token = new RegExp(
  [
    '(?<c>#[^\\n]*)',
    '(?<s>"""[\\s\\S]*?"""|\'\'\'[\\s\\S]*?\'\'\'|"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\')',
    `(?<k>\\b(?:${keywords.replaceAll(' ', '|')})\\b)`,
    '(?<n>\\b\\d[\\w.]*)',
  ].join('|'),
  'g',
)

export function highlightPython(source: string): Safe[] {
  const pieces: Safe[] = []
  let done = 0
  for (const match of source.matchAll(token)) {
    pieces.push(html`${source.slice(done, match.index)}`)
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0]
    pieces.push(html`<span class="${kind}">${match[0]}</span>`)
    done = match.index + match[0].length
  }
  return [...pieces, html`${source.slice(done)}`]
}
