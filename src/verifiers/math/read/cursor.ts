/** A place in the tokens, what is open around it, and the limits on depth and work. */
import type { Budget } from '../budget.js'
import type { Node } from '../tree/node.js'
import type { Token } from './tokens.js'
import { Unparsed } from './unparsed.js'

/** Expressions inside one another; a bracket opens one or two. */
const maxDepth = 400

export class Cursor {
  at = 0
  /** Bars open inside the innermost bracket. */
  bars = 0
  /** In front of the bar or colon of a set-builder: they separate. */
  builder = false
  /** Inside a function of an angle, where `°` is a factor. */
  angle = 0
  /** Inside an integrand: the name of its differential, once one was met; undefined before. */
  differential: string | undefined
  integrals = 0
  /** Brackets open around the place, and around the innermost integrand. */
  nesting = 0
  integrandNesting = 0
  /** In the place of a limit, which a raised sign may follow. */
  sided = false
  /** Environments open, in which `&` separates cells. */
  environments = 0
  /** Systems open, in which `&` only says where lines are aligned. */
  systems = 0
  /** Names that a sum or a product counts with: `i` among them is no constant. */
  readonly counters: string[] = []
  /** Congruences whose modulus has not been met yet. */
  readonly loose = new Set<Node>()
  /** `2i + 3j`: letters of unit vectors. */
  readonly isVector: boolean
  /** Braces alone are no set there. */
  readonly isLatex: boolean
  private depth = 0

  constructor(
    private readonly tokens: Token[],
    readonly text: string,
    readonly budget: Budget,
  ) {
    this.isLatex = text.includes('\\')
    this.isVector =
      text.includes('j') && /(?<![A-Za-z\\_{])i(?![A-Za-z])/.test(text) && /(?<![A-Za-z\\_{])j(?![A-Za-z])/.test(text)
  }

  get token(): Token {
    return (this.tokens[this.at] ?? this.tokens.at(-1)) as Token
  }

  /** The token some places on; the end stays the end. */
  ahead(count: number): Token {
    return this.tokens[Math.max(0, Math.min(this.at + count, this.tokens.length - 1))] as Token
  }

  get previous(): Token | undefined {
    return this.tokens[this.at - 1]
  }

  /** The first digit of the number here, as TeX takes it for an argument without braces; the rest stays. */
  takeDigit(): string {
    const { text } = this.token
    if (/\D/.test(text)) this.fail('an argument without braces')
    if (text.length === 1) this.at++
    else this.tokens[this.at] = { ...this.token, text: text.slice(1), gap: false, at: this.token.at + 1 }
    return text[0] as string
  }

  is(sign: string): boolean {
    const { type, text } = this.token
    return type === 'sign' && text === sign
  }

  isAhead(count: number, sign: string): boolean {
    const { type, text } = this.ahead(count)
    return type === 'sign' && text === sign
  }

  take(sign: string): boolean {
    if (!this.is(sign)) return false
    this.at++
    return true
  }

  takeCommand(command: string): boolean {
    if (this.token.type !== 'command' || this.token.text !== command) return false
    this.at++
    return true
  }

  expect(sign: string, what: string): void {
    if (!this.take(sign)) this.fail(`${what} without its end`)
  }

  enter(): void {
    this.budget.spend()
    if (++this.depth > maxDepth) throw new Unparsed('nested too deeply')
  }

  leave(): void {
    this.depth--
  }

  /** Reads something in brackets, where bars and the marks of a set-builder outside do not count. */
  inside<T>(read: () => T): T {
    const { bars, builder } = this
    this.bars = 0
    this.builder = false
    this.nesting++
    const result = read()
    this.nesting--
    this.bars = bars
    this.builder = builder
    return result
  }

  fail(reason = 'not read'): never {
    const { type, at } = this.token
    throw new Unparsed(type === 'end' ? `${reason} at the end` : `${reason} at '${this.text.slice(at, at + 20)}'`)
  }
}
