/**
 * Spellings that mean the same, made one: Unicode signs, LaTeX spacing and sizing, delimiters around the whole and inside.
 * One pass over the characters; commands for text are kept.
 */
import { loweredCharacters, raisedCharacters, spelled } from './characters.js'
import { delimitersIn } from './delimiters.js'
import { dropped, droppedWithArgument, renamed, sizes } from './spellings.js'

export { balanced, undelimited } from './delimiters.js'
export { unwrapped } from './unwrapped.js'

import { undelimited } from './delimiters.js'

const labelAt =
  /^(?:the )?(?:(?:final answer|answer|ans)\s*[:=]|(?:\\(?:text|mathrm|textbf)\s?\{ *(?:the )?[a-z]{3,}(?: [a-z]+){0,3} *\}|[a-z]{4,}(?: of [a-z]+)?)\s*=)\s*(?=\S)/i
const plain = /^[A-Za-z0-9 +\-*/^=().,<>|[\]:;!_{}&]*$/

/** One spelling of an answer. Applied twice it changes nothing more. */
export const normalForm = (text: string): string => unlabelled(text).normal

export interface Unlabelled {
  readonly normal: string
  /** The words that named the value, e.g. `width` of `width = 5`. */
  readonly label?: string
}

/** One spelling of an answer, and the words that stood before its value and say what it is. */
export function unlabelled(text: string): Unlabelled {
  let inner = undelimited(text)
  if (!plain.test(inner) || inner.includes('  ') || /\{,? ?\}/.test(inner) || inner.includes('{:}'))
    inner = undelimited(respelled(inner))
  const words: string[] = []
  for (let label = labelAt.exec(inner); label; label = labelAt.exec(inner)) {
    words.push(...namingWords(label[0]))
    inner = undelimited(inner.slice(label[0].length))
  }
  const normal = withoutStops(inner)
  return words.length > 0 ? { normal, label: words.join(' ') } : { normal }
}

const namingWords = (label: string): readonly string[] =>
  (
    label
      .replace(/\\[a-z]+/g, ' ')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  ).filter((word) => !nameless.test(word))
const nameless = /^(?:the|of|a|an|final|answer|answers|ans|value|result|solution|total|number)$/

/** Without the marks that end a sentence; `!` stays, for it is a factorial. */
function withoutStops(text: string): string {
  let end = text.length
  for (; end > 0; end--) {
    const char = text[end - 1] as string
    if (char === '\\' && text[end - 2] === '\\') end--
    else if (!'.,; '.includes(char) || text[end - 2] === '\\') break
  }
  if (end === text.length) return text
  const dots = /\.{2,}$/.test(text)
  return dots ? text : undelimited(text.slice(0, end))
}

interface Scan {
  /** Where the last span of mathematics ended in `out`. */
  closed: number
  opens: boolean
  /** Inside of double quotes. */
  quoted: boolean
  readonly text: string
  at: number
  out: string
}

/** `5"` are inches, unless a quotation ends there. */
function quote(scan: Scan): void {
  const inches = !scan.quoted && /\d/.test(scan.text[scan.at - 2] ?? '')
  if (inches) scan.out += "''"
  else scan.quoted = !scan.quoted
}

function respelled(text: string): string {
  const scan: Scan = { text, at: 0, out: '', closed: -1, opens: true, quoted: false }
  const dollars = text.includes('$') ? delimitersIn(text) : undefined
  while (scan.at < text.length) {
    const char = text[scan.at] as string
    const code = text.charCodeAt(scan.at)
    if (char === '\\') command(scan)
    else if (code > 126 || code < 32) foreign(scan)
    else {
      scan.at++
      if (char === ' ') blank(scan)
      else if (char === '$') dollar(scan, dollars?.has(scan.at - 1) ?? false)
      else if (char === '~') tilde(scan)
      else if (char === '%') scan.out += '\\%'
      else if (char === '"') quote(scan)
      else if (char === '{' && text[scan.at + 1] === '}') inBraces(scan)
      else if (char === '{' && text.startsWith(', }', scan.at) && /\d *$/.test(scan.out.slice(-3))) spacedComma(scan)
      else scan.out += char
    }
  }
  return scan.out.trim()
}

/** A delimiter, or money. Two spans with nothing between are two items. */
function dollar(scan: Scan, delimits: boolean): void {
  if (!delimits) {
    scan.out += '\\$'
    return
  }
  blank(scan)
  const doubled = scan.text[scan.at] === '$' || scan.text[scan.at - 2] === '$'
  if (doubled) return
  if (!scan.opens) scan.closed = scan.out.length
  else if (scan.closed === scan.out.length) scan.out += '\\quad '
  scan.opens = !scan.opens
}

function blank(scan: Scan): void {
  if (!scan.out.endsWith(' ')) scan.out += ' '
}

/** `12{,}345` is one number, and so is the decimal comma of `3{,}14`: a separator is never written so. */
function inBraces(scan: Scan): void {
  const inner = scan.text[scan.at] as string
  if (!',:.;'.includes(inner)) {
    scan.out += '{'
    return
  }
  scan.at += 2
  const group = inner === ',' && /\d$/.test(scan.out.slice(-1)) && !groupFollows(scan)
  scan.out += group ? '.' : inner
}

/** `14 {, }916`, as some write thousands. */
function spacedComma(scan: Scan): void {
  scan.out = `${scan.out.trimEnd()},`
  scan.at += 3
}

function groupFollows({ text, at, out }: Scan): boolean {
  const before = /(?:^|[^\d.,])(\d{1,3}(?:,\d{3})*)$/.exec(out.slice(-60))?.[1]
  const three = /^\d{3}(?!\d)/.test(text.slice(at, at + 4))
  return before !== undefined && !before.startsWith('0') && three
}

/** A blank that does not break, or, in front of a statement, its negation. */
function tilde(scan: Scan): void {
  const next = scan.text[scan.at] ?? ''
  const before = scan.out.trimEnd().slice(-1)
  const operand =
    before === '' ||
    '(&|>~'.includes(before) ||
    /\\(?:land|lor|to|implies|iff|leftrightarrow|neg|oplus)$/.test(scan.out.trimEnd().slice(-16))
  if (operand && /[A-Za-z(~]/.test(next) && !scan.text.includes('\\text')) scan.out += '\\neg '
  else blank(scan)
}

function foreign(scan: Scan): void {
  const char = String.fromCodePoint(scan.text.codePointAt(scan.at) as number)
  const up = raisedCharacters.has(char) ? raisedCharacters : loweredCharacters.has(char) ? loweredCharacters : undefined
  if (up) {
    let run = ''
    for (let next: string | undefined = up.get(char); next !== undefined; next = up.get(scan.text[scan.at] ?? '')) {
      run += next
      scan.at++
    }
    scan.out += `${up === raisedCharacters ? '^' : '_'}${run.length === 1 ? run : `{${run}}`}`
    return
  }
  scan.at += char.length
  if (char === '\u0305' || char === '\u0304') scan.out = overlined(scan.out)
  else if (char === '\u0338' && scan.out.endsWith('=')) scan.out = `${scan.out.slice(0, -1)}\\ne `
  else if (char.charCodeAt(0) < 32 || char === '\u007f') blank(scan)
  else {
    const by = spelled(char)
    if (by === ' ') blank(scan)
    else scan.out += by
  }
}

/** A digit with a line above it, put together with those before it. */
function overlined(out: string): string {
  if (/(?:^|[^A-Za-z\\])[A-Za-z]$/.test(out.slice(-2))) return `${out.slice(0, -1)}\\bar{${out.at(-1)}}`
  const match = /(?:\\overline\{(\d+)\})?(\d)$/.exec(out.slice(-80))
  return match ? `${out.slice(0, out.length - match[0].length)}\\overline{${match[1] ?? ''}${match[2]}}` : out
}

function command(scan: Scan): void {
  const { text } = scan
  const start = scan.at + 1
  let end = start
  while (isLetter(text.charCodeAt(end))) end++
  if (end === start) symbol(scan, text[start] ?? '')
  else word(scan, text.slice(start, end), end)
}

/** A command of letters. */
function word(scan: Scan, name: string, end: number): void {
  const { text } = scan
  scan.at = end
  if (name === 'operatorname' && text[end] === '*') scan.at++
  const size = sizes.get(name)
  if (size) bracket(scan, size)
  else if (droppedWithArgument.has(name)) skipArgument(scan)
  else if (dropped.has(name)) blank(scan)
  // A command that ran into the name behind it.
  else if (/^q?quad[A-Za-z]$/.test(name)) scan.out += ` ${name.at(-1)}`
  else scan.out += `\\${renamed.get(name) ?? name}`
}

/** Commands of one sign: spacing goes, brackets of mathematics go, `\{` and the like stay. */
function symbol(scan: Scan, char: string): void {
  scan.at += 2
  if (char === '!' || char === '/' || char === '-') {
    // `11,\! 111` is one number.
    if (char === '!' && /\d,$/.test(scan.out.slice(-2))) while (scan.text[scan.at] === ' ') scan.at++
    return
  }
  if (',;:> \t\n'.includes(char) || '()[]'.includes(char) || char === '') blank(scan)
  else if (char === '&') scan.out += '\\land '
  else if (char === '#' || char === '"' || char === '.' || char === '`' || char === "'")
    scan.out += char === '"' ? '' : char
  else scan.out += `\\${char}`
}

function bracket(scan: Scan, size: 'open' | 'close' | 'either'): void {
  while (scan.text[scan.at] === ' ') scan.at++
  const next = scan.text[scan.at]
  if (next === '.') {
    scan.at++
    return
  }
  const bar = next === '|' ? '|' : scan.text.startsWith('\\vert', scan.at) ? '\\vert' : undefined
  if (!bar) {
    if (next === '<') scan.out += '\\langle '
    else if (next === '>') scan.out += '\\rangle '
    if (next === '<' || next === '>') scan.at++
    return
  }
  scan.at += bar.length
  scan.out += size === 'open' ? '\\lvert ' : size === 'close' ? '\\rvert ' : '|'
}

function skipArgument(scan: Scan): void {
  const { text } = scan
  if (text[scan.at] === '*') scan.at++
  if (text[scan.at] !== '{') return
  let depth = 0
  do {
    if (text[scan.at] === '\\') scan.at++
    else if (text[scan.at] === '{') depth++
    else if (text[scan.at] === '}') depth--
    scan.at++
  } while (depth > 0 && scan.at < text.length)
}

const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
