/** Open intervals with their brackets turned outwards: `]0, 1[`, `[2, \infty[`. */
import type { Token } from './tokens.js'

/** The tokens with such brackets in the usual spelling; as they are when the usual one makes sense of them. */
export function withFrenchBrackets(tokens: Token[]): Token[] {
  if (!tokens.some(({ type, text }) => type === 'sign' && (text === '[' || text === ']')) || paired(tokens))
    return tokens
  const square = tokens.filter(({ type, text }) => type === 'sign' && (text === '[' || text === ']'))
  if (square.length % 2 !== 0) return tokens
  let count = 0
  return tokens.map((token) => {
    if (token.type !== 'sign' || (token.text !== '[' && token.text !== ']')) return token
    const opens = count++ % 2 === 0
    const text = opens ? (token.text === '[' ? '[' : '(') : token.text === ']' ? ']' : ')'
    return { ...token, text }
  })
}

function paired(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const { type, text } of tokens) {
    if (type !== 'sign') continue
    if (text === '(' || text === '[') depth++
    if ((text === ')' || text === ']') && --depth < 0) return false
  }
  return depth === 0
}
