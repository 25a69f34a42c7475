/** TeX commands that calculations use; any other command is opaque. */
import type { TokenKind } from './token.js'

export type TexOutcome =
  | { readonly kind: 'blank'; readonly length: number }
  /** A command that shows its argument: the braces around it are dropped. */
  | { readonly kind: 'wrapper'; readonly length: number }
  | { readonly kind: Exclude<TokenKind, 'number' | 'mark'>; readonly length: number; readonly text: string }

type Meaning = readonly [Exclude<TokenKind, 'number' | 'mark'> | 'blank' | 'wrapper', string?]

const list = (names: string, meaning: Meaning) => names.split(' ').map((name) => [name, meaning] as const)

const commands: ReadonlyMap<string, Meaning> = new Map([
  ...list('times cdot', ['operator', '*']),
  ...list('div', ['operator', '/']),
  ...list('approx simeq cong doteq', ['equals', '≈']),
  ...list('frac dfrac tfrac cfrac', ['function', 'frac']),
  ...list('sqrt', ['function', 'sqrt']),
  ...list('text textbf textit textrm mathrm mathbf mathit textsf mbox boxed fbox bm boldsymbol', ['wrapper']),
  ...list('left right big Big bigg Bigg bigl bigr Bigl Bigr quad qquad displaystyle textstyle limits nonumber', [
    'blank',
  ]),
  ...list('implies Rightarrow Longrightarrow rightarrow to iff Leftrightarrow leftrightarrow longrightarrow', [
    'break',
    '=>',
  ]),
  ...list('le leq ge geq ne neq lt gt ll gg equiv sim mid propto in notin subset therefore because', ['break', '<']),
  ...list('begin end item', ['break', 'environment']),
  ...list('pi', ['name', 'pi']),
  ...list('alpha beta gamma delta epsilon theta lambda mu nu rho sigma tau phi omega Delta', ['name', 'greek']),
  ...list('degree circ', ['word', 'degrees']),
])

const symbols: Readonly<Record<string, Meaning>> = {
  '\\': ['line', '\n'],
  $: ['money', '$'],
  '%': ['percent', '%'],
  '(': ['money', '$'],
  ')': ['money', '$'],
  '[': ['break', '\\['],
  ']': ['break', '\\]'],
  '#': ['opaque', '#'],
  '&': ['opaque', '&'],
  '{': ['opaque', '{'],
  '}': ['opaque', '}'],
}

const letters = /[A-Za-z]+/y

/** What the command at `at`, where a backslash stands, means. */
export function texCommand(text: string, at: number): TexOutcome {
  letters.lastIndex = at + 1
  const name = letters.exec(text)?.[0].slice(0, 24)
  if (name === undefined) {
    const meaning = symbols[text[at + 1] ?? '']
    return meaning ? outcome(meaning, '', 2) : { kind: 'blank', length: 2 }
  }
  const length = name === 'begin' || name === 'end' ? environmentLength(text, at) : letters.lastIndex - at
  const meaning = commands.get(name)
  if (!meaning) return { kind: 'opaque', length, text: name }
  if (meaning[0] === 'wrapper') {
    const brace = text[at + length] === '{' ? 1 : text.startsWith(' {', at + length) ? 2 : 0
    return brace > 0 ? { kind: 'wrapper', length: length + brace } : { kind: 'opaque', length, text: name }
  }
  return outcome(meaning, name, length)
}

function outcome([kind, text = '']: Meaning, name: string, length: number): TexOutcome {
  if (kind === 'blank' || kind === 'wrapper') return { kind, length }
  return { kind, length, text: text === 'greek' ? name : text }
}

function environmentLength(text: string, at: number): number {
  const close = text.slice(at, at + 40).indexOf('}')
  return close > 0 ? close + 1 : 4
}
