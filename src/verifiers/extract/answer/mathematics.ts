/**
 * Where mathematics begins and ends in prose: between its marks (`$…$`, `\(…\)`), or bare, as in `the cost is 3 * 4 = 12
 * dollars`. It finds extents only; what the text means is read elsewhere. Callers pass windows of bounded length.
 */
import type { Span } from './page.js'

/** End of the marked mathematics that begins at `i`, behind its closing mark; -1 when none does. */
export function markedEnd(text: string, i: number, limit = text.length): number {
  if (text[i] === '\\') {
    const closing = text[i + 1] === '(' ? '\\)' : text[i + 1] === '[' ? '\\]' : undefined
    if (closing) return endBehind(text, closing, i + 2, limit)
    return text.startsWith('\\begin{', i) ? environmentEnd(text, i, limit) : -1
  }
  if (text[i] !== '$' || text[i - 1] === '\\') return -1
  return text[i + 1] === '$' ? endBehind(text, '$$', i + 2, limit) : dollarEnd(text, i, limit)
}

function endBehind(text: string, mark: string, from: number, limit: number): number {
  const at = text.indexOf(mark, from)
  return at === -1 || at + mark.length > limit ? -1 : at + mark.length
}

function environmentEnd(text: string, i: number, limit: number): number {
  const name = /^\\begin\{([a-zA-Z]{1,20}\*?)\}/.exec(text.slice(i, i + 30))?.[1]
  return name ? endBehind(text, `\\end{${name}}`, i, limit) : -1
}

/**
 * One dollar is a price unless its partner closes: on the same line, no digit behind it, and blanks inside only when they
 * stand at both ends.
 */
function dollarEnd(text: string, i: number, limit: number): number {
  const spaced = isBlank(text[i + 1])
  for (let at = i + 1; at < limit; at++) {
    const char = text[at]
    if (char === '\n' && text[at + 1] === '\n') return -1
    if (char === '\\') at++
    else if (char === '$') {
      const blankBefore = isBlank(text[at - 1])
      if (at === i + 1 || (blankBefore && !spaced) || isDigit(text[at + 1])) return -1
      return at + 1
    }
  }
  return -1
}

export const isBlank = (char: string | undefined) =>
  char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\u00a0'
export const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9'
const isLetter = (char: string | undefined) =>
  char !== undefined && ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z'))

const functions = new Set(
  'sin cos tan cot sec csc ln log exp sqrt cbrt pi arcsin arccos arctan min max gcd lcm det mod abs floor ceil'.split(
    ' ',
  ),
)
const signs = '+-−–±√∛∠'
const operators = '+-−–*/^=×·÷<>≤≥≠≈±∪∩:⋅∶'
const symbols = 'πθαβγδλμσφωεητξρ∞½⅓⅔¼¾⅕⅖⅗⅘⅙⅛∅ℝℤℕ'
const postfixes = '!%°‰′²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉'
const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '|': '|', '⌊': '⌋', '⌈': '⌉', '⟨': '⟩' }
const money = '$€£¥₹₽₩'

/** End of the bare mathematics that begins at `i`; `i` itself when none does. Prose words end it. */
export function bareEnd(text: string, i: number, limit = text.length): number {
  let solid = i
  let at = i
  for (let operand = operandEnd(text, at, limit); operand > at; operand = operandEnd(text, at, limit)) {
    solid = operand
    at = operatorEnd(text, operand, limit)
    if (at === -1) break
  }
  return solid
}

/** End of one operand with its signs, its postfixes and what is glued to it. */
function operandEnd(text: string, start: number, limit: number): number {
  let i = start
  while (i < limit && (signs.includes(text[i] as string) || isThinSpace(text, i))) {
    i++
    while (text[i] === ' ' && i < limit) i++
  }
  if (text.startsWith('\\$', i)) i += 2
  else if (money.includes(text[i] ?? ' ')) i++
  let end = atomEnd(text, i, limit)
  if (end === i) return start
  for (let next = end; next < limit; next = end) {
    if (postfixes.includes(text[next] as string)) end = next + 1
    else if (text[next] === '^' || text[next] === '_') end = scriptEnd(text, next, limit)
    else end = isLetter(text[next]) ? gluedLetters(text, next, limit) : atomEnd(text, next, limit)
    if (end === next) break
  }
  return end
}

const isThinSpace = (text: string, i: number) => text[i] === '\\' && (text[i + 1] === ',' || text[i + 1] === ' ')

function atomEnd(text: string, i: number, limit: number): number {
  const char = text[i]
  if (char === undefined || i >= limit) return i
  if (isDigit(char) || (char === '.' && isDigit(text[i + 1]))) return numberEnd(text, i, limit)
  if (symbols.includes(char)) return i + 1
  if (isLetter(char)) return letterEnd(text, i, limit)
  if (char === '\\') return commandEnd(text, i, limit)
  if (char in pairs) return groupEnd(text, i, limit)
  return i
}

function numberEnd(text: string, i: number, limit: number): number {
  let at = i
  while (at < limit && (isDigit(text[at]) || ('.,'.includes(text[at] as string) && isDigit(text[at + 1])))) at++
  const mixed = text[at] === ' ' ? /^ \d{1,6}\/\d/.exec(text.slice(at, at + 9)) : null
  return mixed ? numberEnd(text, at + mixed[0].length - 1, limit) : at
}

function letterEnd(text: string, i: number, limit: number): number {
  let end = i
  while (end < limit && isLetter(text[end])) end++
  if (end === i + 1) return isLetter(text[i - 1]) ? i : end
  return functions.has(text.slice(i, end)) && !isBlank(text[end]) ? end : i
}

/** Letters right behind a number or a bracket: names (`2xy`) or a unit (`5cm`); a longer word is prose. */
function gluedLetters(text: string, i: number, limit: number): number {
  let end = i
  while (end < limit && isLetter(text[end])) end++
  return end - i <= 3 || functions.has(text.slice(i, end)) ? end : i
}

/** A command of LaTeX with its groups. */
function commandEnd(text: string, i: number, limit: number): number {
  const marked = markedEnd(text, i, limit)
  if (marked !== -1) return i
  let end = i + 1
  while (end < limit && isLetter(text[end])) end++
  if (text[end] === '{' && end === i + 1) {
    const close = text.indexOf('\\}', end)
    return close === -1 || close - i > maxGroupChars || close + 2 > limit ? i : close + 2
  }
  if (end === i + 1) return '|%'.includes(text[end] ?? ' ') ? end + 1 : i
  if (text.startsWith('\\left', i) || text.startsWith('\\right', i)) end += text[end] === '\\' ? 2 : 1
  while (text[end] === '{' || (text[end] === '[' && end < limit)) {
    const group = closeOf(text, end, limit)
    if (group === -1) break
    end = group
  }
  return Math.min(end, limit)
}

function scriptEnd(text: string, i: number, limit: number): number {
  if (text[i + 1] === '{') {
    const close = closeOf(text, i + 1, limit)
    return close === -1 ? i : close
  }
  const end = operandEnd(text, i + 1, limit)
  return end === i + 1 ? i : end
}

/** A bracket counts when no prose stands in it. */
function groupEnd(text: string, i: number, limit: number): number {
  const end = closeOf(text, i, limit)
  if (end === -1) return i
  const inside = text.slice(i + 1, end - 1)
  return inside.trim() === '' || hasProse(inside) ? i : end
}

/** A word of three letters or more that is neither a command nor a function. */
function hasProse(text: string): boolean {
  for (const [word] of text.matchAll(/\\?[A-Za-z]{3,}/g))
    if (!(word.startsWith('\\') || functions.has(word))) return true
  return false
}

const openers = '([{'
const closers = ')]}'
const maxGroupChars = 600

/** Behind the bracket that closes the one at `i`; round and square ones may close each other, as in `[1, 2)`. */
export function closeOf(text: string, i: number, limit: number): number {
  const far = Math.min(limit, i + maxGroupChars)
  const open = text[i] as string
  if (!openers.includes(open)) {
    const at = text.indexOf(pairs[open] ?? open, i + 1)
    return at === -1 || at >= far ? -1 : at + 1
  }
  let depth = 0
  for (let at = i; at < far; at++) {
    const char = text[at] as string
    if (char === '\\' && !isLetter(text[at + 1])) at++
    else if (openers.includes(char)) depth++
    else if (closers.includes(char) && --depth === 0) return at + 1
    else if (char === '\n' && text[at + 1] === '\n') return -1
  }
  return -1
}

/** Where the next operand may begin: behind an operator with the blanks around it, or where a product needs none; -1 if nowhere. */
function operatorEnd(text: string, from: number, limit: number): number {
  let i = from
  while (i < limit && text[i] === ' ') i++
  const spaced = i > from
  const char = text[i]
  if (char === undefined || i >= limit) return -1
  if (char === '\\') return isLetter(text[i + 1]) || isThinSpace(text, i) ? i : -1
  if (char === 'x' && spaced && text[i + 1] === ' ' && isDigit(text[i + 2])) return i + 2
  if (char === '(' && !spaced) return i
  if (!operators.includes(char)) return -1
  // A colon behind a word or before a blank is punctuation; so is a dash between blanks before a word.
  if (char === ':' && !(isDigit(text[from - 1]) && /^: ?\d/.test(text.slice(i, i + 3)))) return -1
  while (i < limit && operators.includes(text[i] as string)) i++
  while (i < limit && (text[i] === ' ' || (text[i] === '\n' && text[i + 1] !== '\n'))) i++
  return i
}

/** The inside of one piece of marked mathematics; undefined when the text is anything else. */
export function unmarked(text: string): Span | undefined {
  const end = markedEnd(text, 0)
  if (end !== text.length || text.startsWith('\\begin')) return undefined
  const width = text.startsWith('$') && !text.startsWith('$$') ? 1 : 2
  return [width, end - width]
}
