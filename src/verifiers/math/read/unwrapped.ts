import { wordCommands } from './spellings.js'

/** Text commands replaced by their words, nested ones too. */
export function unwrapped(text: string): string {
  if (!text.includes('\\')) return text
  let out = ''
  // For every open brace: does it belong to a text command?
  const braces: boolean[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === '\\') {
      const name = /[A-Za-z]*/y
      name.lastIndex = i + 1
      const word = name.exec(text)?.[0] ?? ''
      let next = i + 1 + word.length
      while (text[next] === ' ') next++
      if (wordCommands.has(word) && text[next] === '{') {
        braces.push(true)
        out += ' '
        i = next
      } else if (word === '') {
        out += char + (text[++i] ?? '')
      } else {
        out += char + word
        i += word.length
      }
    } else if (char === '{') {
      braces.push(false)
      out += char
    } else if (char === '}') out += braces.pop() ? ' ' : char
    else out += char
  }
  return out
}
