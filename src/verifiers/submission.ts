/** What a submission gives: the program to run, or why there is none. */
import type { Submission } from '../schemas/candidate.js'
import type { Problem } from '../schemas/problem.js'
import { completeProgram, extractProgram, type FoundProgram, type ProgramForm } from './extract/code.js'

/** The program of a submission to a code problem. entryPoint: name that the check calls, if any. */
export function programOf(problem: Problem, submission: Submission, entryPoint?: string): FoundProgram {
  const form: ProgramForm = { language: problem.language ?? 'python', entryPoint, starter: problem.starter }
  if (submission.kind === 'answer') return { missing: 'the submission is an answer where a program is asked for' }
  if (submission.kind === 'reply') return extractProgram(submission, form)
  return submission.code.trim() === ''
    ? { missing: 'the program is empty' }
    : { code: completeProgram(submission.code, form) }
}
