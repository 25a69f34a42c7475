/** Whether what follows a statement takes it back, and whether a later statement says something else. */
import type { Found, Page, Span } from './page.js'
import { isValueLike } from './stated.js'
import { stands, takenBackAtOnce, takenBackLater } from './words.js'

const window = 2000

export function takenBack(page: Page, end: number): boolean {
  const rest = page.look(end, end + window)
  const doubt = takenBackAtOnce.exec(rest) ?? takenBackLater.exec(rest)
  if (!doubt) return false
  const after = rest.slice(doubt.index + doubt[0].length)
  return !(stands.test(after) && !/\b(?:wrong|mistake|incorrect)\b/i.test(rest.slice(doubt.index)))
}

/** A later statement with another value; the same figures in another spelling are no other value. */
export function saysOther(page: Page, earlier: Span, { span, answer }: Found): boolean {
  const later = answer ?? page.look(...span)
  if (!isValueLike(later)) return false
  const [a, b] = [figures(page.look(...earlier)), figures(later)]
  return a === '' || b === ''
    ? letters(page.look(...earlier)) !== letters(later) && a === b
    : !(a.includes(b) || b.includes(a))
}

const figures = (text: string) => text.replace(/[^\d]/g, '')
const letters = (text: string) => text.replace(/\\[a-z]+|[^A-Za-z]/g, '')
