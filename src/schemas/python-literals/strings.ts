/** Strings and bytes of Python's source: prefixes, quotes, escapes, and adjacent ones joined. No f-strings: they run code. */
import type { Value } from '../value.js'
import { type Reader, tagged } from './reader.js'

const opening = /(?:[rR][bB]?|[bB][rR]?|[uU])?(?:"""|'''|"|')/y
const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** A string as text, bytes as their tag; undefined when there is none here. */
export function readString(reader: Reader): Value | undefined {
  const parts: { text: string; bytes: boolean }[] = []
  for (;;) {
    const before = reader.at
    if (parts.length > 0) reader.mark('')
    const open = reader.take(opening)
    if (open === undefined) {
      reader.at = before
      break
    }
    parts.push(readPart(reader, open))
  }
  const [first] = parts
  if (!first) return undefined
  if (parts.some(({ bytes }) => bytes !== first.bytes)) reader.refuse('bytes beside a string')
  const text = parts.map((part) => part.text).join('')
  return first.bytes ? tagged('bytes', Buffer.from(text, 'latin1').toString('base64')) : text
}

function readPart(reader: Reader, open: string): { text: string; bytes: boolean } {
  const quote = open.replace(/^\w+/, '')
  const prefix = open.slice(0, open.length - quote.length).toLowerCase()
  const [raw, bytes] = [prefix.includes('r'), prefix.includes('b')]
  const pieces: string[] = []
  while (!reader.text.startsWith(quote, reader.at)) {
    const char = reader.text[reader.at]
    if (char === undefined) reader.refuse('a string without its end')
    if (char === '\n' && quote.length === 1) reader.refuse('a string that ends with its line')
    if (char === '\\') pieces.push(raw ? rawPair(reader) : readEscape(reader, bytes))
    else {
      if (bytes && char > '\x7f') reader.refuse('bytes hold ASCII alone')
      pieces.push(char)
      reader.at++
    }
  }
  reader.at += quote.length
  return { text: pieces.join(''), bytes }
}

function rawPair(reader: Reader): string {
  const pair = reader.text.slice(reader.at, reader.at + 2)
  if (pair.length < 2) reader.refuse('a string without its end')
  reader.at += 2
  return pair
}

const octal = /\\[0-7]{1,3}/y
const coded = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y

function readEscape(reader: Reader, bytes: boolean): string {
  const eight = reader.take(octal)
  if (eight) return String.fromCharCode(Number.parseInt(eight.slice(1), 8) & (bytes ? 0xff : 0x1ff))
  const kind = reader.text[reader.at + 1] ?? reader.refuse('a string without its end')
  const isCode = kind === 'x' || (!bytes && 'uUN'.includes(kind))
  if (isCode) {
    const code = Number.parseInt((reader.take(coded) ?? reader.refuse()).slice(2), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : reader.refuse('no character has this number')
  }
  reader.at += 2
  const plain = escapes[kind]
  // Python keeps the backslash of an escape that it does not know.
  if (plain !== undefined) return plain
  if (bytes && kind > '\x7f') reader.refuse('bytes hold ASCII alone')
  return `\\${kind}`
}
