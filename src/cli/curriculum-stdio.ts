/** `assay curriculum --stdio`: a request a line, its answer a line, in order; contracts.md §7. */
import { z } from 'zod'
import { type AppError, toAppError } from '../base/errors.js'
import { readLines } from '../base/jsonl.js'
import { CurriculumSession } from '../curriculum/session.js'
import { parseJsonAs } from '../schemas/parse.js'
import type { CurriculumPolicy } from '../schemas/ports.js'
import { nestedDeeper } from '../schemas/value.js'
import { type Io, printLine } from './io.js'

const MAX_LINE_BYTES = 256 << 20
/** Of an id; deeper ones cannot be written back safely. */
const MAX_ID_DEPTH = 50

/**
 * Answers each line before it reads the next one, so that a trainer that waits for its answer gets it at once.
 * A bad line is answered with an error and changes nothing. Ends with the input, or at an interrupt.
 */
export async function serveCurriculum(policy: CurriculumPolicy, io: Io): Promise<void> {
  const session = new CurriculumSession(policy)
  const stop = () => void io.stdin.destroy()
  io.interrupt.addEventListener('abort', stop, { once: true })
  if (io.interrupt.aborted) stop()
  try {
    for await (const { number, text } of readLines(io.stdin, MAX_LINE_BYTES)) {
      if (io.interrupt.aborted) break
      await printLine(io, JSON.stringify(answerLine(session, text, `line ${number}`)))
    }
  } catch (error) {
    // stdin ends with an error where stop() ended it.
    if (!io.interrupt.aborted) throw error
  } finally {
    io.interrupt.removeEventListener('abort', stop)
  }
}

function answerLine(session: CurriculumSession, text: string, where: string): object {
  let echo: { id?: unknown } = {}
  try {
    // Some editors begin a file with a mark of its encoding.
    const request = parseJsonAs(z.looseObject({}), text.replace(/^\uFEFF/, ''), where)
    if (Object.hasOwn(request, 'id') && !nestedDeeper(request.id, MAX_ID_DEPTH)) echo = { id: request.id }
    return { ...echo, ...session.answer(request, where) }
  } catch (error) {
    return { ...echo, error: errorObject(toAppError(error)) }
  }
}

const errorObject = ({ code, message, hint }: AppError): object => ({
  code,
  message,
  hint: hint ?? 'correct this line and send it again; nothing was changed by it',
})
