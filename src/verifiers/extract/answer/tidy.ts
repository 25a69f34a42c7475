import { maxAnswerChars, type Span } from './page.js'

const head = /^(?:\s|\*\*|__|`|["“”]|:)+/
const tail = /(?:\s|\*\*|__|`|["“”]|(?<!\\)[.;,。；，](?!\d))$/

/** The span without blanks, marks of emphasis and a full stop around it; undefined when nothing or too much is left. */
export function tidy(text: string, [start, end]: Span): Span | undefined {
  if (end - start > 2 * maxAnswerChars) return undefined
  let [from, to] = [start, end]
  for (let turn = 0; turn < 8; turn++) {
    const inner = text.slice(from, to)
    const cutFrom = head.exec(inner)?.[0].length ?? 0
    if (/\b[ap]\.m\.$/i.test(inner.slice(-6))) break
    const cutTo = tail.exec(inner.slice(-8))?.[0].length ?? 0
    if (cutFrom + cutTo === 0 || from + cutFrom >= to - cutTo) break
    from += cutFrom
    to -= cutTo
  }
  const inner = text.slice(from, to)
  return inner.trim() === '' || inner.length > maxAnswerChars ? undefined : [from, to]
}

/** Emphasis inside an answer, e.g. `**42** cm`; two stars between operands are a power. */
export const plain = (answer: string) =>
  answer.includes('**') || answer.includes('__')
    ? answer.replace(/(?<![\w)])(?:\*\*|__)|(?:\*\*|__)(?![\w(-])/g, '').trim()
    : answer
