/** A verified trace as a conversation: what the problem asks, and the solution that was proved. */
import type { Message } from '../schemas/generate.js'
import type { Problem } from '../schemas/problem.js'
import type { VerifiedRow } from '../schemas/trace.js'

/** A fence longer than any run of backticks in the text, so that the text cannot close it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}${language}\n${text.replace(/^\n+|\s+$/g, '')}\n${fence}`
}

/** The statement, with the starter and the name that are asked for, where the statement does not say them itself. */
export function question({ statement, starter, entryPoint, language = 'python' }: Problem): string {
  const parts = [statement.trim()]
  const unsaid = starter?.trim() && !statement.includes(starter.trim()) ? starter : undefined
  if (unsaid) parts.push(`Complete this code:\n\n${fenced(unsaid, language)}`)
  if (entryPoint && !`${statement}${unsaid ?? ''}`.includes(entryPoint)) parts.push(`Name it \`${entryPoint}\`.`)
  return parts.join('\n\n')
}

/** The program in a fence, a computed answer behind its program, or the reply whose answer was right. */
export function solution({ problem, candidate, code, answer }: VerifiedRow): string {
  if (code === undefined) return candidate.reply.trim()
  const program = fenced(code, problem.language ?? 'python')
  if (problem.kind === 'code' || answer === undefined) return program
  return `${program}\n\nThe answer is \\boxed{${answer.trim()}}.`
}

export function conversation(row: VerifiedRow): Message[] {
  return [
    { role: 'user', content: question(row.problem) },
    { role: 'assistant', content: solution(row) },
  ]
}
