/** Tokens that only their neighbours explain: differentials of an integral, and wide blanks. */
import type { Token } from './tokens.js'
import { greek } from './vocabulary.js'

/** Signs behind which an operand or an item must follow. */
export const joining = new Set('= + - * / ^ _ < > <= >= != ~ ≡ , ; ( [ { \\{ ∈ ∪ ∩ ± → ↔ ∧ ∨ & \\\\ : |'.split(' '))
const following = new Set('= + * / ^ _ < > <= >= != ~ ≡ , ; ) ] } \\} ∈ ∪ ∩ → ↔ ∧ ∨ & \\\\ :'.split(' '))

/** Wide blanks separate items only between two of them. */
export function withoutSpacing(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => {
    if (token.type !== 'sign' || token.text !== 'quad') return true
    const [before, after] = [tokens[index - 1], tokens[index + 1]]
    if (!before || !after || (before.type === 'sign' && joining.has(before.text))) return false
    if (before.type === 'word' || after.type === 'word') return false
    return !(after.type === 'sign' && (following.has(after.text) || after.text === 'quad'))
  })
}

/** `d\theta`, `\mathrm{d}x`, `d x`: one token. */
export function withDifferentials(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const next = tokens[i + 1]
    const isName = next?.type === 'name' || (next?.type === 'command' && greek.has(next.text))
    if (token.type === 'name' && token.text === 'd' && next && isName && tokens[i - 1]?.text !== '_') {
      joined.push({ ...token, type: 'differential', text: next.text })
      i++
    } else joined.push(token)
  }
  return joined
}
