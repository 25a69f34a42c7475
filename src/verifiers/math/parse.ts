/**
 * LaTeX or plain notation to a tree. It reads the whole text or nothing: a prefix that parses is no answer.
 * Sets, tuples, relations and units are read elsewhere; this is one expression.
 */
import type { Budget } from './budget.js'
import type { FunctionName, Node } from './node.js'
import { functionNames, signName } from './node.js'
import { add, integer, parseDecimal, type Rational, ratio, multiply as times } from './rational.js'

const maxDepth = 120

export class Unparsed extends Error {}

const greek = new Set(
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega ell'.split(
    ' ',
  ),
)
const renamed = new Map<string, FunctionName>(
  Object.entries({
    asin: 'arcsin',
    acos: 'arccos',
    atan: 'arctan',
    cbrt: 'root',
    fact: 'factorial',
    binom: 'binomial',
    comb: 'binomial',
  } as const),
)
const plainNames = new Map<string, Node>(
  Object.entries({
    pi: { kind: 'constant', name: 'pi' },
    e: { kind: 'constant', name: 'e' },
    i: { kind: 'constant', name: 'i' },
    infty: { kind: 'constant', name: 'infinity' },
    infinity: { kind: 'constant', name: 'infinity' },
    inf: { kind: 'constant', name: 'infinity' },
  } as const),
)
const known = new Set<string>(functionNames)
const prefixFunctions = new Set(
  'sqrt ln log exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh'.split(' '),
)

/** The tree of one expression. Throws Unparsed with a reason, OverBudget past the budget. */
export function parseExpression(text: string, budget: Budget): Node {
  const parser = new Parser(text, budget)
  const node = parser.sum()
  parser.end()
  return node
}

const num = (value: Rational): Node => ({ kind: 'number', value })
const mul = (left: Node, right: Node): Node => ({ kind: 'multiply', left, right })
const minus = (node: Node): Node =>
  node.kind === 'number' ? num({ n: -node.value.n, d: node.value.d }) : mul(num(integer(-1)), node)
const apply = (name: FunctionName, ...args: Node[]): Node => ({ kind: 'apply', name, args })

const numberAt = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+(?![\d.]))?/y

/** Owns a position in the text. */
class Parser {
  private at = 0
  private depth = 0
  private bars = 0

  constructor(
    private readonly text: string,
    private readonly budget: Budget,
  ) {}

  end(): void {
    this.blanks()
    if (this.at < this.text.length) this.fail()
  }

  sum(): Node {
    this.budget.spend()
    if (++this.depth > maxDepth) throw new Unparsed('nested too deeply')
    let left = this.product()
    for (;;) {
      if (this.take('+')) left = { kind: 'add', left, right: this.product() }
      else if (this.take('-')) left = { kind: 'add', left, right: minus(this.product()) }
      else if (this.take('\\pm'))
        left = { kind: 'add', left, right: mul({ kind: 'variable', name: signName }, this.product()) }
      else if (this.take('\\mp'))
        left = { kind: 'add', left, right: minus(mul({ kind: 'variable', name: signName }, this.product())) }
      else break
    }
    this.depth--
    return left
  }

  private product(): Node {
    this.budget.spend()
    if (this.take('-')) return minus(this.product())
    if (this.take('+')) return this.product()
    if (this.take('\\pm')) return mul({ kind: 'variable', name: signName }, this.product())
    if (this.take('\\mp')) return minus(mul({ kind: 'variable', name: signName }, this.product()))
    let left = this.powered()
    for (;;) {
      this.budget.spend()
      if (this.take('\\times') || this.take('\\cdot') || this.takeStar()) left = mul(left, this.signedFactor())
      else if (this.take('/') || this.take('\\div')) left = { kind: 'divide', left, right: this.signedFactor() }
      else if (this.take('\\bmod') || this.take('\\mod')) left = apply('mod', left, this.signedFactor())
      else if (this.take('\\%') || this.take('%')) left = hundredth(left)
      else if (this.startsFactor()) left = this.juxtaposed(left)
      else return left
    }
  }

  private signedFactor(): Node {
    if (this.take('-')) return minus(this.signedFactor())
    return this.powered()
  }

  /** Side by side is a product, but an integer before a proper fraction of numbers is a mixed number. */
  private juxtaposed(left: Node): Node {
    const fraction = /^\s*(?:\\frac|\d+\/\d)/.test(this.text.slice(this.at, this.at + 40))
    const spaced = /\s\d+\/\d+$/.test(this.text.slice(Math.max(0, this.at - 1), this.at + 24).trimEnd())
    const right = this.powered()
    const whole = left.kind === 'number' && left.value.d === 1n && left.value.n >= 0n ? left.value : undefined
    if (right.kind === 'number' && left.kind === 'number') {
      if (whole && fraction && right.value.n > 0n && right.value.n < right.value.d) return num(add(whole, right.value))
      if (spaced && whole && this.take('/')) {
        const below = this.powered()
        if (below.kind === 'number' && below.value.d === 1n && right.value.n < below.value.n) {
          const part = ratio(right.value.n, below.value.n)
          if (part) return num(add(whole, part))
        }
      }
      this.fail('two numbers side by side')
    }
    return mul(left, right)
  }

  private powered(): Node {
    this.budget.spend()
    let base = this.postfixed(this.factor())
    while (this.peekPower()) base = this.postfixed(this.power(base))
    return base
  }

  private power(base: Node): Node {
    this.blanks()
    if (!this.take('**')) this.take('^')
    if (this.takeDegree()) return mul(base, degree)
    this.blanks()
    if (this.take('-')) return { kind: 'power', left: base, right: minus(this.exponent()) }
    return { kind: 'power', left: base, right: this.exponent() }
  }

  private exponent(): Node {
    const factor = this.factor()
    return this.peekPower() ? this.power(factor) : factor
  }

  private postfixed(node: Node): Node {
    let result = node
    for (;;) {
      if (this.take('!!')) result = apply('doublefactorial', result)
      else if (this.take('!')) result = apply('factorial', result)
      else if (this.take('°') || this.take('\\degree')) result = mul(result, degree)
      else return result
    }
  }

  private factor(): Node {
    this.budget.spend()
    this.blanks()
    const rest = this.text.slice(this.at, this.at + 400)
    numberAt.lastIndex = this.at
    const digits = numberAt.exec(this.text)
    if (digits) {
      const value = parseDecimal(digits[0])
      if (!value) this.fail('a number that is too long')
      this.at += digits[0].length
      return num(value as Rational)
    }
    if (this.take('(')) return this.closed(')')
    if (this.take('[')) return this.closed(']')
    if (this.take('{')) return this.closed('}')
    if (this.take('\\lfloor')) return apply('floor', this.closed('\\rfloor'))
    if (this.take('\\lceil')) return apply('ceil', this.closed('\\rceil'))
    if (this.take('\\lvert')) return apply('abs', this.closed('\\rvert'))
    if (this.take('|')) return this.absolute()
    const command = /^\\([A-Za-z]+)/.exec(rest)
    if (command?.[1]) {
      this.at += command[0].length
      return this.command(command[1])
    }
    const word = /^[A-Za-z]+/.exec(rest)?.[0]
    if (word) return this.word(word)
    return this.fail()
  }

  private absolute(): Node {
    this.bars++
    const inner = this.sum()
    this.bars--
    if (!this.take('|')) this.fail('a bar without its end')
    return apply('abs', inner)
  }

  private command(name: string): Node {
    if (name === 'frac') return quotient(this.argument(), this.argument())
    if (name === 'binom') return apply('binomial', this.argument(), this.argument())
    if (name === 'sqrt') {
      this.blanks()
      if (!this.take('[')) return apply('sqrt', this.argument())
      const index = this.closed(']')
      return apply('root', this.argument(), index)
    }
    if (greek.has(name)) return this.subscripted(name)
    const plain = plainNames.get(name)
    if (plain && name.length > 1) return plain
    return known.has(name) || renamed.get(name) ? this.called(name) : this.fail(`\\${name} is not read here`)
  }

  private word(run: string): Node {
    const lower = run.toLowerCase()
    const name =
      known.has(lower) || renamed.get(lower) || (plainNames.get(lower) && lower.length > 1) ? lower : undefined
    if (name) {
      this.at += run.length
      return plainNames.get(name) ?? this.called(name)
    }
    // Letters that stand side by side are single variables; a longer run is a word, which is no mathematics.
    if (run.length > 3) this.fail(`'${run.slice(0, 20)}' is a word`)
    const letter = run[0] as string
    this.at += 1
    const constant = this.text.startsWith('_', this.at) ? undefined : plainNames.get(letter)
    return constant ?? this.subscripted(letter)
  }

  private subscripted(name: string): Node {
    const match = /^_(?:\{([A-Za-z0-9, ]{1,12})\}|([A-Za-z0-9]))/.exec(this.text.slice(this.at, this.at + 20))
    if (match) this.at += match[0].length
    return { kind: 'variable', name: match ? `${name}_${(match[1] ?? match[2] ?? '').trim()}` : name }
  }

  private called(written: string): Node {
    const name = renamed.get(written) ?? (written as FunctionName)
    this.blanks()
    const base = name === 'log' && this.take('_') ? this.argument() : undefined
    const raised = this.peekPower() && prefixFunctions.has(name) ? this.powerOfFunction() : undefined
    const args = this.functionArguments(name)
    if (written === 'cbrt') args.push(num(integer(3)))
    let node =
      name === 'log' && base
        ? ({ kind: 'divide', left: apply('ln', ...args), right: apply('ln', base) } as Node)
        : apply(name, ...args)
    if (name === 'root' && args.length !== 2) this.fail()
    if (raised) {
      const inverse = raised.kind === 'number' && raised.value.n === -1n && raised.value.d === 1n
      if (inverse) this.fail('an inverse function or a reciprocal')
      node = { kind: 'power', left: node, right: raised }
    }
    return node
  }

  private powerOfFunction(): Node {
    this.blanks()
    this.take('^')
    return this.take('-') ? minus(this.exponent()) : this.exponent()
  }

  private functionArguments(name: FunctionName): Node[] {
    this.blanks()
    const close = this.take('(') ? ')' : this.take('{') ? '}' : undefined
    if (close) {
      const args = [this.sum()]
      while (this.take(',')) args.push(this.sum())
      if (!this.take(close)) this.fail('a bracket without its end')
      const many = ['gcd', 'lcm', 'max', 'min', 'binomial', 'mod', 'root'].includes(name)
      if (!many && args.length !== 1) this.fail(`${name} takes one argument`)
      if (['binomial', 'mod'].includes(name) && args.length !== 2) this.fail(`${name} takes two arguments`)
      return args
    }
    if (!prefixFunctions.has(name)) this.fail(`${name} without its argument`)
    // `sin 2x` takes the whole run of factors, up to a sign, a dot or the next function.
    let arg = this.take('-') ? minus(this.powered()) : this.powered()
    while (this.startsFactor() && !this.startsFunction()) arg = this.juxtaposed(arg)
    return [arg]
  }

  /** An argument of a command: a group, a single digit or letter, or another command. */
  private argument(): Node {
    this.blanks()
    if (this.take('{')) return this.closed('}')
    const char = this.text[this.at]
    if (char !== undefined && /\d/.test(char)) {
      this.at++
      return num(integer(BigInt(char)))
    }
    if (char !== undefined && /[A-Za-z]/.test(char)) {
      this.at++
      return plainNames.get(char) ?? { kind: 'variable', name: char }
    }
    return this.factor()
  }

  private closed(close: string): Node {
    const bars = this.bars
    this.bars = 0
    const node = this.sum()
    this.bars = bars
    if (!this.take(close)) this.fail(`'${close}' is missing`)
    return node
  }

  private startsFactor(): boolean {
    this.blanks()
    const rest = this.text.slice(this.at, this.at + 12)
    if (rest === '' || /^[)\]}+\-*/^,=<>!%°:;&]/.test(rest)) return false
    if (rest.startsWith('|')) return this.bars === 0
    return !/^\\(?:r(?:floor|ceil|vert)|times|cdot|div|pm|mp|bmod|mod|%)/.test(rest)
  }

  private startsFunction(): boolean {
    this.blanks()
    const name = /^\\?([A-Za-z]+)/.exec(this.text.slice(this.at, this.at + 20))?.[1]
    return name !== undefined && prefixFunctions.has(name) && name !== 'sqrt'
  }

  private peekPower(): boolean {
    this.blanks()
    return this.text[this.at] === '^' || this.text.startsWith('**', this.at)
  }

  private takeStar(): boolean {
    this.blanks()
    return !this.text.startsWith('**', this.at) && this.take('*')
  }

  private takeDegree(): boolean {
    return this.take('{\\circ}') || this.take('\\circ') || this.take('{\\degree}')
  }

  private take(word: string): boolean {
    this.blanks()
    if (!this.text.startsWith(word, this.at)) return false
    if (/^\\[A-Za-z]+$/.test(word) && /[A-Za-z]/.test(this.text[this.at + word.length] ?? '')) return false
    this.at += word.length
    return true
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private fail(reason = `cannot read on at '${this.text.slice(this.at, this.at + 12)}'`): never {
    throw new Unparsed(reason)
  }
}

const hundredth = (node: Node): Node =>
  node.kind === 'number' ? num(times(node.value, { n: 1n, d: 100n })) : mul(node, num({ n: 1n, d: 100n }))

/** A fraction of two integers is one number, so that an integer before it can make a mixed number. */
function quotient(left: Node, right: Node): Node {
  const whole = left.kind === 'number' && right.kind === 'number' && left.value.d === 1n && right.value.d === 1n
  const value = whole ? ratio(left.value.n, right.value.n) : undefined
  return value ? num(value) : { kind: 'divide', left, right }
}

/** One degree in radians; this very node marks a degree sign. */
export const degree: Node = {
  kind: 'divide',
  left: { kind: 'constant', name: 'pi' },
  right: { kind: 'number', value: { n: 180n, d: 1n } },
}
