/**
 * An answer as plain text, for notations that are read from their letters: units, times, dates, numerals. LaTeX commands
 * become the signs they print; whatever has no such sign stays as a command, which none of these notations knows.
 */
import type { Answer } from '../kinds/kind.js'

/** Longer texts are none of these notations. */
const maxLength = 240

const signs: Readonly<Record<string, string>> = {
  circ: '°',
  degree: '°',
  textdegree: '°',
  prime: "'",
  mu: 'µ',
  micro: 'µ',
  textmu: 'µ',
  Omega: 'Ω',
  ohm: 'Ω',
  ell: 'ℓ',
  AA: 'Å',
  angstrom: 'Å',
  cdot: '·',
  times: '×',
  div: '/',
  pounds: '£',
  textsterling: '£',
  euro: '€',
  texteuro: '€',
  EUR: '€',
  yen: '¥',
  textyen: '¥',
  cent: '¢',
  textcent: '¢',
  textdollar: '$',
  rupee: '₹',
  permil: '‰',
  textperthousand: '‰',
  celsius: '°C',
  colon: ':',
  quad: ' ',
  qquad: ' ',
  left: '',
  right: '',
  displaystyle: '',
  textstyle: '',
  boldsymbol: '',
  overline: '',
}
const wrappers =
  /^(?:text(?:bf|it|rm|sf|tt|normal|up|sc)?|math(?:rm|bf|it|sf|tt|ord|normal)|mbox|hbox|operatorname|rm|bf|unit|si|emph|underline)$/
const fractions = /^[dtcs]?frac$|^nicefrac$|^sfrac$/
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺'
const subscripts = '₀₁₂₃₄₅₆₇₈₉'
const raised = '0123456789-+'
const vulgar: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
}
const alike: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '‑': '-',
  '⋅': '·',
  '•': '·',
  '∙': '·',
  '˙': '·',
  '’': "'",
  '‘': "'",
  '′': "'",
  '″': '"',
  '”': '"',
  '“': '"',
  º: '°',
  '˚': '°',
  μ: 'µ',
  Ω: 'Ω',
  Å: 'Å',
  '＄': '$',
  '％': '%',
  '：': ':',
  '~': ' ',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
}

const seen = new WeakMap<Answer, string>()

/** Empty for what is too long, has a command without a plain sign, or is a part that is no words. */
export function plainOf(answer: Answer): string {
  const known = seen.get(answer)
  if (known !== undefined) return known
  const text = answer.text !== '' ? answer.text : answer.node?.kind === 'words' ? answer.node.text : ''
  const spelt = plainText(text)
  const plain = spelt.includes('\\') ? '' : spelt
  seen.set(answer, plain)
  return plain
}

export function plainText(text: string): string {
  if (text.length > maxLength) return ''
  const plain = /^[\w .,:/%$'"*-]*$/.test(text) ? text : spelled(text, 0)
  return plain
    .replace(/\^°/g, '°')
    .replace(/(\d)\^ ?(st|nd|rd|th)\b/g, '$1$2')
    .replace(/''/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<![ap]\.m)[.,;]$/i, '')
}

function spelled(text: string, depth: number): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === '\\') {
      const name = nameAt(text, i + 1)
      i += name.length
      if (name === '') {
        const escaped = text[++i] ?? ''
        out += '$%#&_{}'.includes(escaped) ? escaped : ' '
      } else if (fractions.test(name)) {
        const [above, middle] = argument(text, i + 1)
        const [below, end] = argument(text, middle)
        if (depth > 2) return ''
        out += `${/\d\s*$/.test(out) ? ' ' : ''}${part(spelled(above, depth + 1))}/${part(spelled(below, depth + 1))}`
        i = end - 1
      } else if (Object.hasOwn(signs, name)) out += signs[name]
      else if (!wrappers.test(name)) out += `\\${name} `
      if (Object.hasOwn(signs, name) && text[i + 1] === ' ' && signs[name] !== ' ') i++
    } else out += plainChar(char, out)
  }
  return out
}

function plainChar(char: string, before: string): string {
  if (char === '{' || char === '}') return ''
  if (char <= '~' && char !== '~') return char
  if (Object.hasOwn(alike, char)) return alike[char] ?? ''
  if (Object.hasOwn(vulgar, char)) return `${/\d$/.test(before) ? ' ' : ''}${vulgar[char]}`
  const [up, down] = [superscripts.indexOf(char), subscripts.indexOf(char)]
  if (up >= 0) return `${/\^[-+]?\d*$/.test(before) ? '' : '^'}${raised[up]}`
  if (down >= 0) return `${/_\d*$/.test(before) ? '' : '_'}${raised[down]}`
  return char
}

const part = (text: string) => (/^\s*\d+\s*$/.test(text) ? text.trim() : `(${text})`)

function nameAt(text: string, start: number): string {
  let end = start
  while (/[A-Za-z]/.test(text[end] ?? '')) end++
  return text.slice(start, end)
}

/** A group in braces or one sign, and the place behind it. */
function argument(text: string, start: number): [inner: string, end: number] {
  let at = start
  while (text[at] === ' ') at++
  if (text[at] !== '{') return [text[at] ?? '', at + 1]
  let depth = 0
  for (let end = at; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '{') depth++
    else if (text[end] === '}' && --depth === 0) return [text.slice(at + 1, end), end + 1]
  }
  return [text.slice(at + 1), text.length]
}
