/** Answers in a container made for them: the last `<answer>` tag, or the `answer` of a JSON object. */
import { type Found, lastOffsets, type Page, type Span } from './page.js'

const tags = ['answer', 'final_answer', 'final-answer', 'finalanswer', 'output', 'result']
const openTail = 300

/** The inside of the last answer tag; one that a stop string left open counts at the end of the reply. */
export function tagged({ full }: { full: string }): Span | undefined {
  const lower = full.toLowerCase()
  if (lower.length !== full.length) return undefined
  for (const tag of tags) {
    const [open, close] = [`<${tag}>`, `</${tag}>`]
    const end = lower.lastIndexOf(close)
    const last = lower.lastIndexOf(open)
    if (last > end && full.length - last < openTail && /^[^\n<]+$/.test(full.slice(last + open.length).trim()))
      return [last + open.length, full.length]
    const start = end === -1 ? -1 : lower.lastIndexOf(open, end)
    if (start !== -1 && full.slice(start + open.length, end).trim() !== '') return [start + open.length, end]
  }
  return undefined
}

const keys = [
  '"answer"',
  '"final_answer"',
  '"finalanswer"',
  '"final answer"',
  '"result"',
  '"solution"',
  "'answer'",
  "'final_answer'",
]
const value =
  /^\s*:\s*("(?:[^"\\\n]|\\[^\n]){0,2000}"|'[^'\n]{0,400}'|-?\d[\d.eE+-]{0,40}|\[[^[\]{}\n]{0,400}\]|true|false)\s*[,}\n]/

/** The value of the last key `"answer"`. */
export function inJson(page: Page): Found | undefined {
  for (const key of keys) {
    for (const offset of lastOffsets(page.lower, key, 0, 5)) {
      const from = offset + key.length
      const match = value.exec(page.look(from, from + 2100))
      if (!match?.[1]) continue
      const start = from + match[0].indexOf(match[1])
      const text = decoded(match[1])
      if (text.trim() === '') continue
      return {
        span: /^["']/.test(match[1]) ? [start + 1, start + match[1].length - 1] : [start, start + match[1].length],
        answer: text,
      }
    }
  }
  return undefined
}

/** The text of a JSON string; a single backslash before a letter is LaTeX that nobody escaped. */
function decoded(raw: string): string {
  if (raw.startsWith("'")) return raw.slice(1, -1)
  if (!raw.startsWith('"')) return raw
  if (/(?<!\\)(?:\\\\)*\\[A-Za-z]{2,}/.test(raw)) return raw.slice(1, -1).replaceAll('\\\\', '\\')
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw.slice(1, -1)
  }
}
