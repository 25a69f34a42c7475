/** Formulas as people write them: signs of LaTeX, of programs, or words. Consumes all of the text or gives nothing. */
import type { Connective, Formula } from './formula.js'

export interface Parsed {
  readonly formula: Formula
  /** Written with a sign that has no meaning outside logic. */
  readonly sure: boolean
}

const maxChars = 600
const maxDepth = 60

type Token =
  | Connective
  | 'not'
  | 'prime'
  | '('
  | ')'
  | 'if'
  | 'then'
  | { readonly name: string }
  /** wide: a mark behind the name says that all that follows is meant. */
  | { readonly binds: 'all' | 'some'; readonly name: string; readonly wide: boolean }

interface Pattern {
  readonly token: Token
  readonly sign: RegExp
  /** Words, and signs that other mathematics uses too. */
  readonly weak?: RegExp
}

/** In this order, because `<->` holds `->`. */
const patterns: readonly Pattern[] = [
  {
    token: 'iff',
    sign: /\\(?:[lL](?:ong)?eftrightarrow|[lL]ongleftrightarrow|iff)(?![A-Za-z])|[↔⇔⟺⟷]|<-+>|<=+>/y,
    weak: /\\equiv(?![A-Za-z])|≡|(?:iff|if and only if)(?![A-Za-z])/iy,
  },
  {
    token: 'implies',
    sign: /\\(?:[rR]ightarrow|[lL]ongrightarrow|implies)(?![A-Za-z])|[⇒⟹⟶]|-+>|=+>/y,
    weak: /\\(?:to|supset)(?![A-Za-z])|→|⊃|(?:implies|only if)(?![A-Za-z])/iy,
  },
  { token: 'if', sign: /if(?![A-Za-z])/iy },
  { token: 'then', sign: /,?\s*then(?![A-Za-z])/iy },
  { token: 'nand', sign: /\\uparrow(?![A-Za-z])|↑|nand(?![A-Za-z])/iy },
  { token: 'nor', sign: /\\downarrow(?![A-Za-z])|↓|nor(?![A-Za-z])/iy },
  { token: 'xor', sign: /\\veebar(?![A-Za-z])|⊻|xor(?![A-Za-z])/iy, weak: /\\oplus(?![A-Za-z])|⊕/y },
  { token: 'and', sign: /\\land(?![A-Za-z])|∧|&&|\/\\/y, weak: /\\wedge(?![A-Za-z])|\\?&|and(?![A-Za-z])/iy },
  { token: 'or', sign: /\\lor(?![A-Za-z])|∨|\|\||\\\//y, weak: /\\vee(?![A-Za-z])|or(?![A-Za-z])/iy },
  { token: 'not', sign: /\\(?:neg|lnot)(?![A-Za-z])|¬/y, weak: /\\sim(?![A-Za-z])|[~!]|not(?![A-Za-z])/iy },
  { token: '(', sign: /[([]/y },
  { token: ')', sign: /[)\]]/y },
]
const marks = new Set<Token>(['(', ')', 'if', 'then', 'prime'])
const bar = /\|/y
const prime = /'|\^\(?\\prime\)?/y
const overline = /\\(?:overline|bar)(?![A-Za-z])/y
const constant = /(?:⊤|⊥|\\top(?![A-Za-z])|\\bot(?![A-Za-z])|true(?![A-Za-z])|false(?![A-Za-z]))/iy
const digit = /[01](?![\w.])/y
const name = /\\?(?:[A-Za-z](?![A-Za-z])|(?:phi|psi|alpha|beta|gamma|varphi|chi|theta)(?![A-Za-z]))(?:_\w+)?/y

const quantifierAt = /(?:\\(forall|exists)(?![A-Za-z])|([∀∃]))\s*([a-z])(?![A-Za-z!])\s*((?:[.,:]|\\[,;:])*)/y
const predicateAt = /([A-Z])\s*\(\s*([a-z](?:\s*,\s*[a-z])*)\s*\)/y

const factorName = /[A-Za-z](?:_\w+)?/y

interface Options {
  /** A single `|` is "or". */
  readonly bars: boolean
  /** `+` is "or" and a product is "and", as in Boolean algebra. */
  readonly algebra?: boolean
}

/** The formula of the text, which must hold a connective; undefined when it is no formula. */
export function parseFormula(text: string, options: Options): Parsed | undefined {
  if (text.length > maxChars) return undefined
  const spelled = text
    .replace(/\\(?:text|mathrm|mathbf|operatorname|textbf|mbox|left|right)(?![A-Za-z])\.?/g, ' ')
    .replace(/_\{(\w+)\}/g, '_$1')
    .replace(/(?<!\\)\{|\\\{/g, '(')
    .replace(/(?<!\\)\}|\\\}/g, ')')
  const read = tokensOf(spelled, options)
  const connected = read?.tokens.some(
    (token) => token === 'if' || (typeof token === 'string' ? !marks.has(token) : 'binds' in token),
  )
  if (!read || !(connected || options.algebra)) return undefined
  const formula = new Parser(read.tokens, options.algebra === true).all()
  return formula && { formula, sure: read.sure }
}

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function tokensOf(text: string, { bars, algebra }: Options): { tokens: Token[]; sure: boolean } | undefined {
  const tokens: Token[] = []
  let sure = false
  let digits = false
  let at = 0
  const quantifies = /\\(?:forall|exists)|[∀∃]/.test(text)
  const take = (token: Token, length: number) => {
    tokens.push(token)
    at += length
  }
  while (at < text.length) {
    const blank = matchAt(/(?:\s|\\[,;:! ])+/y, text, at)
    if (blank) {
      at += blank.length
      continue
    }
    const found = operatorAt(text, at)
    if (found) {
      sure ||= found.sure
      take(found.token, found.length)
      continue
    }
    const bound = quantifierIn(text, at)
    const predicate = quantifies ? matchAt(predicateAt, text, at) : undefined
    if (bound) {
      take(bound.token, bound.length)
      continue
    }
    if (predicate) {
      take({ name: predicate.replace(/\s/g, '') }, predicate.length)
      continue
    }
    const number = matchAt(digit, text, at)
    const given = number ?? matchAt(constant, text, at)
    digits ||= number !== undefined
    const word = given ?? matchAt(algebra ? factorName : name, text, at)
    const other = matchAt(overline, text, at)
    if (word) take({ name: given ? constantName(word) : word.replace(/^\\/, '') }, word.length)
    else if (other) take('not', other.length)
    else if (bars && matchAt(bar, text, at)) take('or', 1)
    else if (matchAt(prime, text, at)) take('prime', matchAt(prime, text, at)?.length ?? 1)
    else if (algebra && text[at] === '+') take('or', 1)
    else if (algebra && /[*·]|\\cdot/y.test(text.slice(at, at + 5))) take('and', text[at] === '\\' ? 5 : 1)
    else return undefined
  }
  // `1 or p` in words gives values rather than a formula.
  return digits && !sure && !algebra ? undefined : { tokens, sure }
}

function quantifierIn(text: string, at: number): { token: Token; length: number } | undefined {
  quantifierAt.lastIndex = at
  const match = quantifierAt.exec(text)
  if (!match) return undefined
  const [all, command, sign, name = '', mark = ''] = match
  const binds = command === 'forall' || sign === '∀' ? 'all' : 'some'
  return { token: { binds, name, wide: /[.:]|(?<!\\),/.test(mark.replace(/\\./g, '')) }, length: all.length }
}

const constantName = (word: string) => (/^(?:⊤|\\top|true|1)$/i.test(word) ? '⊤' : '⊥')

function operatorAt(text: string, at: number): { token: Token; length: number; sure: boolean } | undefined {
  for (const { token, sign, weak } of patterns) {
    const strong = matchAt(sign, text, at)
    const found = strong ?? (weak && matchAt(weak, text, at))
    if (found) return { token, length: found.length, sure: strong !== undefined && !marks.has(token) }
  }
  return undefined
}

const levels: readonly (readonly Connective[])[] = [['iff'], ['implies'], ['or', 'nor'], ['xor'], ['and', 'nand']]

/** Owns a position in the tokens. */
class Parser {
  private at = 0
  private depth = 0

  constructor(
    private readonly tokens: readonly Token[],
    private readonly algebra: boolean,
  ) {}

  all(): Formula | undefined {
    const formula = this.level(0)
    return this.at === this.tokens.length ? formula : undefined
  }

  private level(index: number): Formula | undefined {
    const kinds = levels[index]
    if (!kinds) return this.postfixed()
    if (index === 0 && ++this.depth > maxDepth) return undefined
    let left = this.level(index + 1)
    for (;;) {
      const kind = kinds.find((one) => one === this.tokens[this.at])
      const product = index === levels.length - 1 && this.algebra && this.startsFactor()
      if (!left || (!kind && !product)) break
      if (kind) this.at++
      // An implication of an implication stands on the right.
      const right = this.level(kind === 'implies' ? index : index + 1)
      left = right && { kind: kind ?? 'and', left, right }
    }
    if (index === 0) this.depth--
    return left
  }

  private startsFactor(): boolean {
    const token = this.tokens[this.at]
    return token === '(' || token === 'not' || typeof token === 'object'
  }

  private postfixed(): Formula | undefined {
    let inner = this.factor()
    while (inner && this.tokens[this.at] === 'prime') {
      this.at++
      inner = { kind: 'not', inner }
    }
    return inner
  }

  private factor(): Formula | undefined {
    const token = this.tokens[this.at++]
    if (token === 'not') {
      if (++this.depth > maxDepth) return undefined
      const inner = this.postfixed()
      this.depth--
      return inner && { kind: 'not', inner }
    }
    if (token === '(') {
      const inner = this.level(0)
      return this.tokens[this.at++] === ')' ? inner : undefined
    }
    if (token === 'if') {
      const left = this.level(0)
      if (this.tokens[this.at++] !== 'then') return undefined
      const right = this.level(0)
      return left && right && { kind: 'implies', left, right }
    }
    if (typeof token !== 'object') return undefined
    if ('binds' in token) return this.bound(token)
    return token.name === '⊤' || token.name === '⊥'
      ? { kind: 'truth', value: token.name === '⊤' }
      : { kind: 'name', name: token.name }
  }

  private bound({ binds, name, wide }: Extract<Token, { binds: unknown }>): Formula | undefined {
    if (++this.depth > maxDepth) return undefined
    const inner = wide ? this.level(0) : this.postfixed()
    this.depth--
    return inner && { kind: binds, bound: name, inner }
  }
}
