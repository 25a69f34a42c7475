/** The words of an answer: its text without the commands and marks that only say how it looks. */
import type { Answer } from './kind.js'

const kept = new WeakMap<Answer, string>()

/** Empty when the answer is a part of another one and no words. Spaces are single; case and other marks stay. */
export function spoken(answer: Answer): string {
  const known = kept.get(answer)
  if (known !== undefined) return known
  const text = answer.text === '' && answer.node?.kind === 'words' ? answer.node.text : answer.text
  const words = plainWords(text)
  kept.set(answer, words)
  return words
}

const styles =
  /\\(?:text|textbf|textit|textrm|textsf|texttt|textnormal|textup|emph|mathrm|mathbf|mathsf|mathtt|mathit|mbox|operatorname|boldsymbol|bf|rm|it|left|right|displaystyle)(?![A-Za-z])\*?/g

/** Braces that only group are taken out, those of sets stay. */
function plainWords(text: string): string {
  if (!/[\\{$*_`"'\u2018-\u201d~]|\s\s/.test(text)) return text.trim()
  return text
    .replace(styles, ' ')
    .replace(/\\[,;:! ]|\\q?quad(?![A-Za-z])|[~\u00a0]/g, ' ')
    .replace(/(?<!\\)[{}]|[$*`"\u201c\u201d]/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}
