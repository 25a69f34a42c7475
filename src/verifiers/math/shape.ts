/** What kind of thing an answer is: a number, a set, a tuple, a relation, a letter, words. Expressions inside stay trees. */
import type { Budget } from './budget.js'
import { type Node, signName, substitute, variablesOf } from './node.js'
import { normalForm, unwrapped, wordsOf } from './normal.js'
import { degree, parseExpression, Unparsed } from './parse.js'
import { integer } from './rational.js'
import { isUnitName, parseUnit, type Unit } from './units.js'

export type Shape =
  | { readonly kind: 'expression'; readonly node: Node; readonly unit?: Unit; readonly percent?: boolean }
  | { readonly kind: 'sequence'; readonly open: string; readonly close: string; readonly items: readonly Shape[] }
  | { readonly kind: 'set' | 'list' | 'union'; readonly items: readonly Shape[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Node[])[] }
  | { readonly kind: 'relation'; readonly sides: readonly Node[]; readonly signs: readonly Sign[] }
  | { readonly kind: 'ratio'; readonly parts: readonly Node[] }
  | { readonly kind: 'clock'; readonly minutes: number; readonly seconds: number; readonly half?: 'am' | 'pm' }
  | { readonly kind: 'text'; readonly words: string }

export type Sign = '=' | '<' | '>' | '\\le' | '\\ge' | '\\ne'

const maxItems = 200
const maxNesting = 8

/** The shape of an answer. Throws Unparsed when the text is neither mathematics nor plain words. */
export function parseShape(text: string, budget: Budget, nesting = 0): Shape {
  const normal = nesting === 0 ? normalForm(text) : text.trim()
  if (/^[\s{}]*$/.test(normal)) throw new Unparsed('the answer is empty')
  if (nesting > maxNesting) throw new Unparsed('nested too deeply')
  budget.spend(normal.length)
  for (const read of [
    readClock,
    readBase,
    readEmpty,
    readMatrix,
    readUnion,
    readGroup,
    readList,
    readRelation,
    readRatio,
  ]) {
    const shape = read(normal, budget, nesting)
    if (shape) return shape
  }
  return readQuantity(normal, budget) ?? readWords(normal)
}

type Reader = (text: string, budget: Budget, nesting: number) => Shape | undefined

const readClock: Reader = (text) => {
  const match = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?\s*(?:([ap])\.?\s*m\.?)?$/i.exec(unwrapped(text).trim())
  if (!match) return undefined
  const half = match[4] && (match[4].toLowerCase() === 'a' ? 'am' : 'pm')
  return {
    kind: 'clock',
    minutes: Number(match[1]) * 60 + Number(match[2]),
    seconds: Number(match[3] ?? 0),
    half: half || undefined,
  }
}

/** A number with its base as a subscript, e.g. `FF_{16}`. */
const readBase: Reader = (text) => {
  const match = /^([0-9A-Za-z]{1,200})_\{?(\d{1,2})\}?$/.exec(
    text
      .replace(/\\(?:text|mathrm|textrm|mbox)\s*\{([0-9A-Za-z]*)\}/g, '$1')
      .replace(/\s*_\s*/g, '_')
      .trim(),
  )
  const base = Number(match?.[2])
  if (!match?.[1] || base < 2 || base > 36 || !/\d|[A-Z]{2}/.test(match[1])) return undefined
  let value = 0n
  for (const digit of match[1].toLowerCase()) {
    const worth = Number.parseInt(digit, 36)
    if (worth >= base) throw new Unparsed(`'${digit}' is no digit of base ${base}`)
    value = value * BigInt(base) + BigInt(worth)
  }
  return { kind: 'expression', node: { kind: 'number', value: integer(value) } }
}

const readEmpty: Reader = (text) =>
  /^(?:\\emptyset|\\\{\s*\\\})$/.test(text.trim()) ? { kind: 'set', items: [] } : undefined

const readMatrix: Reader = (text, budget) => {
  const match = /^\\begin\{([pbBv]?)matrix\}([\s\S]*)\\end\{\1matrix\}$/.exec(text)
  if (!match) {
    if (/\\begin\{/.test(text)) throw new Unparsed('an environment that is not read here')
    return undefined
  }
  if (match[1] === 'v' || (match[2] ?? '').includes('\\begin')) throw new Unparsed('a determinant or a nested matrix')
  const rows = (match[2] ?? '').split('\\\\').filter((row) => row.trim() !== '')
  if (rows.length * (rows[0] ?? '').split('&').length > maxItems) throw new Unparsed('a matrix that is too large')
  return { kind: 'matrix', rows: rows.map((row) => row.split('&').map((cell) => parseExpression(cell, budget))) }
}

const readUnion: Reader = (text, budget, nesting) => {
  const parts = splitTop(text, /^\\cup(?![A-Za-z])/)
  if (parts.length < 2) return undefined
  return { kind: 'union', items: parts.map((part) => parseShape(part, budget, nesting + 1)) }
}

const closers: Readonly<Record<string, readonly string[]>> = {
  '\\{': ['\\}'],
  '{': ['}'],
  '\\langle': ['\\rangle'],
  '(': [')', ']'],
  '[': [']', ')'],
}

/** A set, a tuple or an interval: one pair of brackets around everything, with a comma inside. */
const readGroup: Reader = (text, budget, nesting) => {
  const open = Object.keys(closers).find((bracket) => text.startsWith(bracket))
  const close = open && closers[open]?.find((bracket) => text.endsWith(bracket))
  if (!open || !close) return undefined
  const inner = text.slice(open.length, -close.length)
  if (!level(inner)) return undefined
  const parts = splitTop(inner, /^[,;]/)
  const isSet = open === '\\{' || open === '{'
  if (parts.length < 2 && open !== '\\{') return undefined
  const items = expanded(parts.map((part) => parseShape(part, budget, nesting + 1)))
  if (isSet) return { kind: 'set', items }
  const plain = open === '\\langle'
  return { kind: 'sequence', open: plain ? '(' : open, close: plain ? ')' : close, items }
}

const readList: Reader = (text, budget, nesting) => {
  const spoken = text.replace(/\\(?:text|mbox|mathrm)\s*\{\s*(?:,\s*)?(or|and)\s*\}/g, ' $1 ')
  const parts = splitTop(spoken, /^(?:[,;](?:\s*(?:or|and)(?![A-Za-z]))?|(?<=[\s\d)}])(?:or|and)(?=[\s\\(]))/)
  if (parts.length < 2) return listOfSigns(text, budget)
  if (parts.some((part) => part.trim() === '')) throw new Unparsed('an empty member')
  return { kind: 'list', items: expanded(parts.map((part) => parseShape(part, budget, nesting + 1))) }
}

/** `\pm 3` stands for two numbers. */
const listOfSigns: (text: string, budget: Budget) => Shape | undefined = (text, budget) => {
  if (!/\\[pm][pm](?![A-Za-z])/.test(text)) return undefined
  const equation = /^([A-Za-z])\s*=(.*)$/.exec(text)
  const node = parseExpression(equation?.[2] ?? text, budget)
  const items = bothSigns(node).map((one): Shape => ({ kind: 'expression', node: one }))
  return { kind: 'list', items }
}

const bothSigns = (node: Node): Node[] =>
  variablesOf(node).has(signName)
    ? [1, -1].map((sign) => substitute(node, signName, { kind: 'number', value: integer(sign) }))
    : [node]

const expanded = (items: readonly Shape[]): Shape[] =>
  items.flatMap((item) => (item.kind === 'list' ? item.items : [item])).slice(0, maxItems + 1)

const readRelation: Reader = (text, budget) => {
  const signs: Sign[] = []
  const pattern = /^(?:=|<|>|\\le(?![A-Za-z])|\\ge(?![A-Za-z])|\\ne(?![A-Za-z]))/
  const parts = splitTop(text, pattern, (sign) => signs.push(sign as Sign))
  if (parts.length < 2) return undefined
  if (parts.length > 5) throw new Unparsed('a chain that is too long')
  return { kind: 'relation', sides: parts.map((part) => parseExpression(withoutArguments(part), budget)), signs }
}

/** `f(x)` before an equals sign names a function: the name stands for its value. */
const withoutArguments = (side: string) => side.replace(/^\s*([fghpFGHP])\s*\(\s*[a-z]\s*\)\s*$/, '$1')

const readRatio: Reader = (text, budget) => {
  const parts = splitTop(text, /^:/)
  if (parts.length < 2) return undefined
  return { kind: 'ratio', parts: parts.map((part) => parseExpression(part, budget)) }
}

/** An expression with the unit or the currency that stands beside it. */
function readQuantity(text: string, budget: Budget): Shape | undefined {
  const money = /^(-?)\s*(?:\\\$|\$|USD|€)\s*(?=[\d.-])/.exec(text)
  const rest = money ? `${money[1] ?? ''}${text.slice(money[0].length)}` : text
  const { tail, scale } = scaled(unitTail(rest))
  const body = tail || scale ? rest.slice(0, (tail ?? scale)?.at) : rest
  const worded = /^\s*per ?cent/i.test(tail?.text ?? '')
  const percent = worded || /(?:\\%|%)\s*$/.test(body)
  const unit = worded
    ? undefined
    : tail
      ? parseUnit(tail.text)
      : money
        ? parseUnit(text.includes('€') ? 'euro' : 'dollar')
        : undefined
  if (tail && !worded && !unit) return undefined
  try {
    const number = parseExpression(worded ? `${body}\\%` : body, budget)
    const node: Node = scale
      ? { kind: 'multiply', left: number, right: { kind: 'number', value: integer(scale.factor) } }
      : number
    const turned = tail ? undefined : withoutDegree(node)
    if (turned) return { kind: 'expression', node: turned, unit: parseUnit('degree') }
    return { kind: 'expression', node, unit, percent: percent || undefined }
  } catch (error) {
    if (!(error instanceof Unparsed)) throw error
    if (/\\(?!text|mathrm|textbf|mbox|ldots|dots)|[\^_=+*/]/.test(text) || !/[A-Za-z]{2}/.test(text)) throw error
    return undefined
  }
}

/** `45°`: the number in front of the sign, which is a unit there and a factor inside an expression. */
function withoutDegree(node: Node): Node | undefined {
  if (node.kind !== 'multiply') return undefined
  if (node.right === degree) return node.left
  const inner = node.left.kind === 'number' ? withoutDegree(node.right) : undefined
  return inner && { ...node, right: inner }
}

interface Tail {
  readonly at: number
  readonly text: string
}

const scales: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
  trillion: 1_000_000_000_000,
}

/** `5 million dollars`: the million belongs to the number, the rest is the unit. */
function scaled(tail: Tail | undefined): { tail?: Tail; scale?: { at: number; factor: number } } {
  const word = /^[A-Za-z]+/.exec(tail?.text ?? '')?.[0] ?? ''
  const factor = Object.hasOwn(scales, word.toLowerCase()) ? scales[word.toLowerCase()] : undefined
  if (!tail || !factor) return { tail }
  const text = tail.text.slice(word.length).trim()
  return { tail: text === '' ? undefined : { at: tail.at, text }, scale: { at: tail.at, factor } }
}

/** Words after a number: marked as text, or two letters and more behind a blank. */
function unitTail(text: string): Tail | undefined {
  const marked = /\\(?:text|mathrm|mbox|textrm)\s*\{\s*([^{}]*)\}(.*)$/.exec(text)
  const before = marked ? text.slice(0, marked.index).trim() : ''
  if (marked && before !== '') return { at: marked.index, text: ` ${unwrapped(text.slice(marked.index))}`.trim() }
  const plain = /^([-+]?[\d.,/\s]*\d(?:\s*\\?%)?)\s*([A-Za-z][A-Za-z.'\s/^0-9-]*)$/.exec(text)
  const word = plain?.[2]?.trim() ?? ''
  const head = /^[A-Za-z]+/.exec(word)?.[0] ?? ''
  if (!plain?.[1] || head.length < 2 || (head.length < 3 && !isUnitName(head))) return undefined
  if (/^(?:pi|sqrt|sin|cos|tan|log|ln|exp|mod|inf)/.test(head)) return undefined
  return { at: plain[1].length, text: word }
}

function readWords(text: string): Shape {
  const words = wordsOf(text)
  if (words === '') throw new Unparsed('the answer is empty')
  return { kind: 'text', words }
}

/** Parts between separators that stand outside all brackets. */
export function splitTop(text: string, separator: RegExp, seen: (separator: string) => void = () => {}): string[] {
  const sticky = new RegExp(separator.source.replace(/^\^/, ''), 'y')
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (depth === 0) {
      sticky.lastIndex = i
      const match = sticky.exec(text)
      if (match && match[0] !== '') {
        parts.push(text.slice(start, i))
        seen(match[0])
        i += match[0].length - 1
        start = i + 1
        continue
      }
    }
    depth += step(text, i)
    if (text[i] === '\\') i++
  }
  return [...parts, text.slice(start)]
}

function step(text: string, i: number): number {
  const char = text[i] === '\\' ? text[i + 1] : text[i]
  if (text[i] === '\\') {
    if (char === '{' || /^\\(?:langle|lfloor|lceil|begin)(?![A-Za-z])/.test(text.slice(i, i + 10))) return 1
    return char === '}' || /^\\(?:rangle|rfloor|rceil|end)(?![A-Za-z])/.test(text.slice(i, i + 10)) ? -1 : 0
  }
  if ('([{'.includes(char ?? ' ')) return 1
  return ')]}'.includes(char ?? ' ') ? -1 : 0
}

/** True when no bracket closes more than was opened. */
function level(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    depth += step(text, i)
    if (depth < 0) return false
    if (text[i] === '\\') i++
  }
  return depth === 0
}
