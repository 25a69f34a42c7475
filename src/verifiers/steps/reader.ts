/**
 * Finds the calculations in the tokens of one clause: disjoint runs from left to right, each as long as it reads. Words
 * behind a number are its unit, `x` between numbers is a sign, and what cannot be read makes its run opaque, never wrong.
 */
import { integer } from '../math/value/rational.js'
import { type Expression, type NumberNode, type Op, opaque, type Run } from './expression.js'
import { isUnitSymbol } from './short-units.js'
import type { Token, TokenKind } from './token.js'
import { everydayUnit } from './units.js'

const maxDepth = 40
const wordOperators: ReadonlyMap<string, Op> = new Map([
  ['times', '*'],
  ['plus', '+'],
  ['minus', '-'],
  ['x', '*'],
  ['X', '*'],
])
/** Before a number they name something else than the number. */
const callers = new Set(
  'log ln lg sin cos tan cot sec csc arcsin arccos arctan gcd lcm max min mod exp floor ceil det abs sqrt choose'.split(
    ' ',
  ),
)
/** Words that begin a new thought. */
const clauseStart =
  /^(?:so|is|are|was|were|because|means|makes?|takes?|will|has|have|which|that|then|and|or|if|when|gets?|needs?)$/
/** What a run can not simply begin behind. */
const operandEnds: ReadonlySet<TokenKind> = new Set(['close', 'opaque', 'percent', 'name', 'factorial'])
const segment = /^(?:[A-Z]{1,3}|[a-z]{1,2})$/
/** Units that are squared and cubed. */
const measured = /^(?:[mcdk]?m|in|ft|feet|foot|yds?|yards?|miles?|inch(?:es)?|\w*met(?:er|re)s?|units?)$/i
const edges: ReadonlySet<TokenKind> = new Set(['operator', 'open', 'close', 'equals', 'money'])
const strength: Readonly<Record<Op, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 }
const implicit = 2
const callLetters = new Set('fghpqPCFEAVTSNRLGQBDHKMUWZ'.split(''))

export class Reader {
  private at = 0
  private depth = 0
  private operators = 0
  private hasNames = false
  private hasOpaque = false
  private readonly closing: ReadonlyMap<number, number>
  private operandsBefore: Uint32Array | undefined
  private wordsBefore: Uint32Array | undefined

  /** unknowns: letters that the text uses as names, for `2x(3)` and the like. */
  constructor(
    private readonly tokens: readonly Token[],
    private readonly unknowns: ReadonlySet<string>,
  ) {
    this.closing = pairsOf(tokens)
  }

  /** The runs among the tokens [from, to). */
  runs(from: number, to: number): Run[] {
    const runs: Run[] = []
    this.at = from
    while (this.at < to) {
      const start = this.at
      if (!this.startsOperand(start, to)) {
        this.at = this.past(start, to)
        continue
      }
      runs.push(this.run(start, to, this.dangles(start, from)))
      if (this.at === start) this.at++
    }
    return runs
  }

  private run(start: number, to: number, dangling: boolean): Run {
    this.operators = 0
    this.hasNames = false
    this.hasOpaque = false
    const expression = this.sum(to, 0)
    const end = this.at
    return {
      expression,
      from: start,
      to: this.core(end, start),
      wordsTo: end,
      operators: this.operators,
      hasNames: this.hasNames,
      hasOpaque: this.hasOpaque,
      dangling,
    }
  }

  /** One past the last token before `end` that is no word. */
  private core(end: number, start: number): number {
    let at = end
    while (at > start + 1 && isWordly(this.tokens[at - 1])) at--
    return at
  }

  /** A bracket that holds nothing to calculate is passed over as a whole. */
  private past(at: number, to: number): number {
    const close = this.tokens[at]?.kind === 'open' ? this.closing.get(at) : undefined
    return close !== undefined && close < to && !this.holdsNumber(at, close) ? close + 1 : at + 1
  }

  /** Something to the left belongs to it that is not read: `Ann's 7 + Bob's 8`, `3 x the height of 12`. */
  private dangles(start: number, from: number): boolean {
    let at = start - 1
    // `AD \sqrt{2}`
    const named = at >= from && this.tokens[at]?.kind === 'word' && segment.test(this.tokens[at]?.text ?? '')
    if (named && this.tokens[start]?.kind === 'function') return true
    for (let before = this.tokens[at]; at >= from && before; before = this.tokens[--at]) {
      if (at < start - 7) return false
      const hyphen = before.text === '-' && before.glued && this.tokens[at + 1]?.glued && at < start - 1
      if (before.kind === 'operator' && !hyphen)
        return before.text !== '-' || at === start - 1 || this.hasNumber(from, at)
      if (operandEnds.has(before.kind)) return at === start - 1
      if (before.kind === 'open') {
        const outer = at > from ? this.tokens[at - 1] : undefined
        return outer !== undefined && outer.kind !== 'word' && outer.kind !== 'money'
      }
      if (before.kind === 'word' && wordOperators.has(before.text)) return this.hasNumber(Math.max(from, at - 3), at)
      if (before.kind === 'word' && clauseStart.test(before.text)) return false
      if (before.kind !== 'word' && before.kind !== 'money' && !hyphen) return false
    }
    return false
  }

  private hasNumber(from: number, to: number): boolean {
    for (let at = Math.max(from, to - 12); at < to; at++) if (this.tokens[at]?.kind === 'number') return true
    return false
  }

  private startsOperand(at: number, to: number): boolean {
    const token = this.tokens[at]
    if (!token || at >= to) return false
    switch (token.kind) {
      case 'number':
      case 'function':
      case 'opaque':
      case 'name':
        return true
      case 'money':
        return this.startsOperand(at + 1, to) && this.tokens[at + 1]?.kind !== 'word'
      case 'operator':
        return (token.text === '-' || token.text === '+') && this.startsSigned(at, to)
      case 'open': {
        const close = this.closing.get(at)
        return close !== undefined && close < to && this.holdsNumber(at, close)
      }
      case 'word':
        return this.isName(at, to) || this.isCaller(at, to)
      default:
        return false
    }
  }

  /** A sign belongs to the operand behind it; a dash behind words is punctuation. */
  private startsSigned(at: number, to: number): boolean {
    const next = this.tokens[at + 1]
    if (!next || next.kind === 'operator' || !this.startsOperand(at + 1, to)) return false
    const before = this.tokens[at - 1]
    // `the sum is -48 + 21`
    const spoken = before?.kind === 'word' && before.text.length > 1
    if (spoken && next.glued && this.tokens[at]?.glued === false) return true
    return before === undefined || before.kind === 'open' || before.kind === 'equals' || before.kind === 'money'
  }

  private isCaller(at: number, to: number): boolean {
    const token = this.tokens[at]
    const next = this.tokens[at + 1]
    if (token?.kind !== 'word' || !next || at + 1 >= to) return false
    if (callers.has(token.text.toLowerCase()))
      return next.kind === 'number' || next.kind === 'open' || next.kind === 'name'
    return next.kind === 'open' && next.glued && next.text === '(' && this.closing.has(at + 1)
  }

  /** A one-letter word that stands beside an operator, a relation or a number stands for a number. */
  private isName(at: number, to: number): boolean {
    const token = this.tokens[at]
    if (token?.kind === 'name') return true
    if (token?.kind !== 'word') return false
    if (token.text.length !== 1) return this.isSegment(token, at)
    const [before, after] = [this.tokens[at - 1], at + 1 < to ? this.tokens[at + 1] : undefined]
    const edgeAfter =
      after === undefined ||
      after.kind === 'operator' ||
      after.kind === 'close' ||
      after.kind === 'equals' ||
      after.kind === 'money'
    const edgeBefore =
      before === undefined ||
      before.kind === 'operator' ||
      before.kind === 'open' ||
      before.kind === 'equals' ||
      before.kind === 'money'
    if ((before?.kind === 'number' || (before?.kind === 'close' && before.text === '}')) && token.glued) return true
    // `15 ml/g`
    if (before?.text === '/' && this.tokens[at - 2]?.kind === 'word' && /[mgshlLd]/.test(token.text)) return false
    if (before?.text === '}' && edgeAfter) return true
    if (/[aAI]/.test(token.text)) return edgeAfter && edgeBefore
    if (edgeAfter && (edgeBefore || before?.kind === 'number')) return true
    return edgeAfter
      ? this.unknowns.has(token.text) || after?.kind === 'operator'
      : edgeBefore && this.unknowns.has(token.text)
  }

  /** `2AB + CD`: lengths and the like are named by two or three capitals. */
  private isSegment(token: Token, at: number): boolean {
    if (token.text.length > 3 || isUnitSymbol(token.text)) return false
    if (!/^[A-Z]+$/.test(token.text)) return this.isLetters(token, at)
    const [before, after] = [this.tokens[at - 1], this.tokens[at + 1]]
    const product = before?.kind === 'number' ? token.glued : before?.kind === 'close' && before.text === '}'
    if (product) return true
    const edge = (one: Token | undefined) => one === undefined || edges.has(one.kind)
    return edge(before) && edge(after) && (before?.kind === 'operator' || after?.kind === 'operator')
  }

  /** `\frac{1}{2} xy` */
  private isLetters(token: Token, at: number): boolean {
    const after = this.tokens[at + 1]
    return (
      /^[a-z]+$/.test(token.text) &&
      this.tokens[at - 1]?.text === '}' &&
      (after?.kind === 'equals' || after?.kind === 'operator')
    )
  }

  private holdsNumber(open: number, close: number): boolean {
    this.operandsBefore ??= counted(
      this.tokens,
      (at) => isNumeric(this.tokens[at]) || this.isName(at, this.tokens.length),
    )
    return (this.operandsBefore[close] ?? 0) > (this.operandsBefore[open + 1] ?? 0)
  }

  // Precedence climbing; `floor` is the weakest strength that may still be taken.
  private sum(to: number, floor: number): Expression {
    if (++this.depth > maxDepth) {
      this.depth--
      this.at = to
      return this.unreadable()
    }
    let left = this.operand(to)
    for (;;) {
      const next = this.operatorAt(this.at, to)
      if (!next || next.strength < floor) break
      this.at = next.after
      this.operators++
      const right =
        next.op === '/' && this.isTight(next.after)
          ? this.fraction(to)
          : this.sum(to, next.op === '^' ? next.strength : next.strength + 1)
      left = { kind: 'binary', op: next.op, left, right }
    }
    this.depth--
    return left
  }

  /** `500 cm³` */
  private isUnitPower(at: number): boolean {
    const unit = this.tokens[at - 1]
    return (
      this.tokens[at]?.text === '^' &&
      unit?.kind === 'word' &&
      measured.test(unit.text) &&
      this.tokens[at + 1]?.kind === 'number'
    )
  }

  /** `6 / 1/30`: a fraction without blanks behind a stroke with one. */
  private isTight(at: number): boolean {
    const [above, stroke, below] = [this.tokens[at], this.tokens[at + 1], this.tokens[at + 2]]
    if (above?.kind !== 'number' || above.glued || stroke?.text !== '/' || !stroke.glued) return false
    return below?.kind === 'number' && below.glued
  }

  private fraction(to: number): Expression {
    const left = this.bareNumber(to, '')
    this.at++
    this.operators++
    return { kind: 'binary', op: '/', left, right: this.number(to, '') }
  }

  private operatorAt(at: number, to: number): { op: Op; after: number; strength: number } | undefined {
    const token = this.tokens[at]
    if (!token || at >= to) return undefined
    if (token.kind === 'operator') {
      const op = token.text as Op
      if (op === '^' && this.tokens[at - 1]?.kind === 'word' && !this.afterName(at)) return undefined
      const next = this.tokens[at + 1]
      const signed = next?.kind === 'operator' && (next.text === '-' || next.text === '+')
      if (signed && (this.tokens[at + 2]?.kind === 'operator' || !this.startsOperand(at + 2, to))) return undefined
      if (!signed && (next?.kind === 'operator' || !this.startsOperand(at + 1, to))) return undefined
      return { op, after: at + 1, strength: strength[op] }
    }
    if (token.kind === 'word') {
      const op = wordOperators.get(token.text)
      const next = this.tokens[at + 1]
      if (op && next?.kind !== 'operator' && this.startsOperand(at + 1, to) && !this.keepsAsName(at, to))
        return { op, after: at + 1, strength: strength[op] }
      const by = token.text === 'divided' ? '/' : token.text === 'multiplied' ? '*' : undefined
      if (by && this.tokens[at + 1]?.text === 'by' && this.startsOperand(at + 2, to))
        return { op: by, after: at + 2, strength: 2 }
      if (token.text === 'of') return this.ofAt(at, to)
    }
    const juxtaposed = this.juxtaposes(at, to)
    return juxtaposed ? { op: '*', after: at, strength: implicit } : undefined
  }

  /** `2x(3 + 4)` where x is a name of this text. */
  private keepsAsName(at: number, to: number): boolean {
    const token = this.tokens[at]
    if (!token?.glued || !this.unknowns.has(token.text)) return false
    const next = this.tokens[at + 1]
    return at + 1 < to && next?.kind === 'open' && next.glued
  }

  /** `20% of 50`, `3/4 of the 20 apples`; the caller of a plain number is no part of one. */
  private ofAt(at: number, to: number): { op: Op; after: number; strength: number } | undefined {
    const before = this.tokens[at - 1]
    const part =
      before?.kind === 'percent' ||
      (before?.kind === 'number' && this.tokens[at - 2]?.text === '/') ||
      (before?.kind === 'number' && before.value !== undefined && before.value.n < before.value.d) ||
      (before?.kind === 'word' && /^(?:percent|th|ths|rd|rds)$/.test(before.text))
    if (!part) return undefined
    const next = this.tokens[at + 1]
    const after = next?.kind === 'word' && /^(?:the|his|her|their|its|those|these)$/.test(next.text) ? at + 2 : at + 1
    return this.startsOperand(after, to) ? { op: '*', after, strength: implicit } : undefined
  }

  private juxtaposes(at: number, to: number): boolean {
    const [before, token] = [this.tokens[at - 1], this.tokens[at]]
    if (!token || !before || at >= to) return false
    if (token.kind === 'open' && (token.text !== '[' || token.glued)) {
      const close = this.closing.get(at)
      if (close === undefined || close >= to || isWordly(before))
        return this.afterName(at) && close !== undefined && close < to
      // `.1(number of minutes)`, `6(24 + xy)`: a product, though not one that is read.
      if (token.glued && (before.kind === 'number' || before.text === '}' || before.text === ')')) return true
      return this.holdsNumber(at, close) && !this.isComment(at, close)
    }
    if (token.kind === 'function') return before.kind !== 'word' || this.afterName(at)
    if (token.kind === 'name' || token.kind === 'word')
      return (before.kind === 'number' || before.kind === 'close' || this.afterName(at)) && this.isName(at, to)
    // `x2` is no product, `(3)4` hardly one.
    return false
  }

  private afterName(at: number): boolean {
    const before = this.tokens[at - 1]
    return before?.kind === 'name' || (before?.kind === 'word' && before.text.length === 1 && this.isName(at - 1, at))
  }

  private isComment(open: number, close: number): boolean {
    this.wordsBefore ??= counted(this.tokens, (at) => {
      const token = this.tokens[at]
      return token?.kind === 'word' && !wordOperators.has(token.text) && !this.isName(at, this.tokens.length)
    })
    return (this.wordsBefore[close] ?? 0) > (this.wordsBefore[open + 1] ?? 0)
  }

  private operand(to: number): Expression {
    const token = this.tokens[this.at]
    if (!token || this.at >= to) return this.unreadable()
    switch (token.kind) {
      case 'money':
        this.at++
        return this.withMoney(to, token.text)
      case 'operator': {
        this.at++
        const inner = this.sum(to, 2)
        return token.text === '-' ? { kind: 'minus', inner } : inner
      }
      case 'number':
        return this.number(to, '')
      case 'open':
        return this.behind(this.group(to), to)
      case 'function':
        return this.behind(this.applied(to, token.text), to)
      case 'name':
      case 'word':
        return this.nameOrCall(to, token)
      default:
        this.at++
        return this.behind(this.unreadable(), to)
    }
  }

  private withMoney(to: number, sign: string): Expression {
    return this.tokens[this.at]?.kind === 'number' ? this.number(to, sign) : this.operand(to)
  }

  private nameOrCall(to: number, token: Token): Expression {
    const at = this.at
    const [before, next] = [this.tokens[at - 1], this.tokens[at + 1]]
    const called =
      next?.kind === 'open' && (next.glued || 'fghP'.includes(token.text)) && at + 1 < to && this.closing.has(at + 1)
    const calls = called && (token.text.length > 1 ? token.kind === 'word' : this.isCall(token.text, before))
    if (calls || (token.kind === 'word' && token.text.length > 1 && !this.isName(at, to))) {
      this.at++
      const close = this.closing.get(this.at)
      if (close !== undefined && close < to) this.at = close + 1
      else this.sum(to, implicit + 1)
      return this.behind(this.unreadable(), to)
    }
    this.at++
    this.hasNames = true
    const name: Expression = { kind: 'name', name: token.text, unit: before?.kind === 'number' }
    return this.behind(name, to)
  }

  private isCall(letter: string, before: Token | undefined): boolean {
    return (
      callLetters.has(letter) && (before?.kind !== 'number' || ('fghP'.includes(letter) && !this.unknowns.has(letter)))
    )
  }

  private number(to: number, money: string): Expression {
    const first = this.bareNumber(to, money)
    const mixed = this.mixed(to, first) ?? this.mixedTex(to, first)
    if (mixed) return this.behind(mixed, to)
    if (everydayUnit(first.words) === undefined) return this.behind(first, to)
    const parts = [first]
    // 5 ft 3 in: each unit smaller than the one before, no sign between.
    for (let last = first; this.tokens[this.at]?.kind === 'number' && this.at < to && last.words.length === 1; ) {
      const mark = this.at
      const next = this.bareNumber(to, '')
      const [large, small] = [everydayUnit(last.words), everydayUnit(next.words)]
      if (!large || !small || large.dimension !== small.dimension || large.size <= small.size) {
        this.at = mark
        break
      }
      parts.push(next)
      last = next
    }
    return this.behind(parts.length === 1 ? first : { kind: 'compound', parts }, to)
  }

  private bareNumber(to: number, money: string): NumberNode {
    const token = this.tokens[this.at++]
    const percentSign = this.at < to && this.tokens[this.at]?.kind === 'percent'
    if (percentSign) this.at++
    const mark = this.at
    const words: string[] = []
    let sign = money
    while (this.at < to) {
      const next = this.tokens[this.at]
      if (next?.kind === 'money' && !this.startsOperand(this.at, to)) {
        // Only a sign right behind the number is its currency.
        if (this.at === mark) sign ||= next.text
      } else if (
        next?.kind === 'word' &&
        !this.endsUnit(to) &&
        !(next.text === 'and' && words.length === 0 && this.isPart(this.at + 1))
      ) {
        if (words.length < 6) words.push(next.text.toLowerCase())
      } else if (this.isUnitPower(this.at) && this.at + 1 < to) {
        words.push('^')
        this.at++
      } else if (
        next?.text === '/' &&
        this.tokens[this.at + 1]?.kind === 'word' &&
        !this.startsOperand(this.at + 1, to)
      ) {
        words.push('per')
      } else if (
        next?.text === '-' &&
        next.glued &&
        this.isHyphened(this.at + 1) &&
        !this.startsOperand(this.at + 1, to)
      ) {
        words.push('-')
      } else break
      this.at++
    }
    return {
      kind: 'number',
      value: token?.value ?? integer(0),
      decimals: token?.decimals ?? 0,
      percent: percentSign || words[0] === 'percent',
      money: sign,
      words,
    }
  }

  /** A word right behind a hyphen. */
  private isHyphened(at: number): boolean {
    return this.tokens[at]?.kind === 'word' && this.tokens[at]?.glued === true
  }

  private endsUnit(to: number): boolean {
    return this.operatorAt(this.at, to) !== undefined || this.isName(this.at, to) || this.isCaller(this.at, to)
  }

  /** A fraction below one: `1/2`. */
  private isPart(at: number): boolean {
    const [above, stroke, below] = [this.tokens[at], this.tokens[at + 1], this.tokens[at + 2]]
    if (above?.kind !== 'number' || stroke?.text !== '/' || below?.kind !== 'number' || !above.value || !below.value)
      return false
    return above.value.d === 1n && below.value.d === 1n && above.value.n < below.value.n
  }

  /** `2 1/2`, `2 and 1/2`; the number is the whole part. */
  private mixed(to: number, whole: NumberNode): Expression | undefined {
    if (this.tokens[this.at]?.text === 'and' && this.at + 3 < to && this.isPart(this.at + 1)) this.at++
    const [above, stroke, below] = this.tokens.slice(this.at, Math.min(this.at + 3, to))
    if (above?.kind !== 'number' || stroke?.text !== '/' || below?.kind !== 'number' || whole.words.length > 0) {
      if (
        above?.kind !== 'number' ||
        !above.value ||
        above.value.d === 1n ||
        above.decimals !== 0 ||
        whole.words.length > 0
      )
        return undefined
      const part = this.bareNumber(to, '')
      return { kind: 'binary', op: '+', left: whole, right: part }
    }
    if (!this.isPart(this.at) || whole.value.d !== 1n || whole.percent) return undefined
    const left = this.bareNumber(to, '')
    this.at++
    const right = this.bareNumber(to, '')
    return { kind: 'binary', op: '+', left: whole, right: { kind: 'binary', op: '/', left, right } }
  }

  /** `2\frac{1}{2}` */
  private mixedTex(to: number, whole: NumberNode): Expression | undefined {
    const at = this.at
    const kinds = [at, at + 1, at + 2, at + 3, at + 4, at + 5, at + 6].map((index) => this.tokens[index])
    const [command, open, above, , , below, close] = kinds
    if (
      command?.kind !== 'function' ||
      command.text !== 'frac' ||
      at + 7 > to ||
      whole.words.length > 0 ||
      whole.value.d !== 1n
    )
      return undefined
    if (open?.kind !== 'open' || above?.kind !== 'number' || below?.kind !== 'number' || close?.kind !== 'close')
      return undefined
    if (!above.value || !below.value || above.value.d * below.value.d !== 1n || above.value.n >= below.value.n)
      return undefined
    return { kind: 'binary', op: '+', left: whole, right: this.applied(to, 'frac') }
  }

  private group(to: number): Expression {
    const close = this.closing.get(this.at)
    if (close === undefined || close >= to) {
      this.at++
      return this.unreadable()
    }
    const open = this.at
    this.at++
    while (this.at < close && !this.startsOperand(this.at, close)) this.at++
    const before = this.tokens.slice(open + 1, this.at)
    const operators = this.operators
    const inner = this.sum(close, 0)
    while (this.at < close && isWordly(this.tokens[this.at])) this.at++
    // `(a multiple of 15)` is another number.
    const named = before.some(({ kind }) => kind === 'word') && this.operators === operators
    const whole = before.every(isWordly) && !named && this.at === close
    this.at = close + 1
    return whole ? inner : this.unreadable()
  }

  private applied(to: number, name: string): Expression {
    this.at++
    const index = this.tokens[this.at]
    if (index?.text === '[') {
      this.at = (this.closing.get(this.at) ?? this.at) + 1
      this.argument(to)
      return this.unreadable()
    }
    const first = this.argument(to)
    this.operators++
    if (name === 'sqrt') return { kind: 'root', inner: first }
    return { kind: 'binary', op: '/', left: first, right: this.argument(to) }
  }

  private argument(to: number): Expression {
    if (this.tokens[this.at]?.kind === 'open') return this.group(to)
    return this.startsOperand(this.at, to) ? this.sum(to, implicit + 1) : this.unreadable()
  }

  /** Signs and comments behind an operand. */
  private behind(operand: Expression, to: number): Expression {
    let result = operand
    while (this.at < to) {
      const token = this.tokens[this.at]
      if (token?.kind === 'factorial') {
        result = { kind: 'factorial', inner: result }
        this.operators++
      } else if (token?.kind === 'percent') result = { kind: 'binary', op: '*', left: result, right: percentSign }
      else if (token?.kind === 'open' && this.skipsComment(to)) continue
      else if (token?.kind === 'money' && !this.startsOperand(this.at, to)) {
        // The fence of TeX.
      } else if (token?.kind === 'word' && !this.endsUnit(to)) {
        // Words behind a bracket, as behind a number.
      } else if (
        token?.text === '/' &&
        this.tokens[this.at + 1]?.kind === 'word' &&
        !this.startsOperand(this.at + 1, to)
      ) {
        // Per something.
      } else break
      this.at++
    }
    return result
  }

  private skipsComment(to: number): boolean {
    const close = this.closing.get(this.at)
    if (close === undefined || close >= to) return false
    if (this.juxtaposes(this.at, to) || (this.holdsNumber(this.at, close) && !this.isComment(this.at, close)))
      return false
    this.at = close + 1
    return true
  }

  private unreadable(): Expression {
    this.hasOpaque = true
    return opaque
  }
}

const percentSign: NumberNode = { kind: 'number', value: integer(1), decimals: 0, percent: true, money: '', words: [] }

export const isWordly = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'money'

const isNumeric = (token: Token | undefined) =>
  token?.kind === 'number' || token?.kind === 'name' || token?.kind === 'opaque'

/** How many of the tokens before each one pass the test: a bracket's content is asked for again and again. */
function counted(tokens: readonly Token[], test: (at: number) => boolean): Uint32Array {
  const before = new Uint32Array(tokens.length + 1)
  for (let at = 0; at < tokens.length; at++) before[at + 1] = (before[at] ?? 0) + (test(at) ? 1 : 0)
  return before
}

/** Each opening bracket with its closing one. */
function pairsOf(tokens: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind === 'open') open.push(index)
    if (kind !== 'close') continue
    const from = open.at(-1)
    if (from === undefined || closers[tokens[from]?.text ?? ''] !== text) continue
    open.pop()
    pairs.set(from, index)
  }
  return pairs
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
