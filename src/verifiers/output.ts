/**
 * Predictions about a program: what it gives, or an input with which it gives that.
 *
 * Two kinds of programs. A Python program is a function's when the problem names an entry point:
 * then `input` holds the arguments as they stand between the brackets of the call, and `expected` the returned value as a
 * literal. Every other program reads `input` and prints `expected`, compared word by word.
 *
 * A predicted value is read as a Python literal on the host and compared as Python's own `==` does (1 == 1.0 == True), since
 * that is how such sets are graded. Predicted arguments are run, but literals alone are accepted: an object that equals
 * everything cannot be made of them. Only the published input itself may be any expression.
 */
import type { Submission } from '../schemas/candidate.js'
import type { CheckOf } from '../schemas/check.js'
import type { ExecCaseResult } from '../schemas/exec.js'
import type { Checked, Verifier, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import { argumentsOf, literalOf } from '../schemas/python-literals/literals.js'
import type { Value } from '../schemas/value.js'
import { type CaseOutcome, proveCases } from './cases.js'
import { extractPrediction, type Readable } from './extract/prediction.js'
import { verdictOfCases } from './judged-cases.js'
import { argumentLiterals, outputLiteral, plainText } from './predictions.js'
import { outputDefect } from './printed.js'
import { pythonEqual } from './python-equal.js'
import { showValue } from './values.js'
import { makeVerdict, told } from './verdict.js'

const id = { id: 'output', version: '1' } as const

export const output: Verifier = {
  ...id,
  check: async (problem, submission, ports) => {
    const { check } = problem
    if (check.type !== 'output') throw new Error(`output was given a check of type ${check.type}`)
    const about = { problem, verifier: id, score: 0 }
    const task = taskOf(problem, check)
    if ('defect' in task) return { verdict: makeVerdict({ ...about, status: 'bad_problem', reason: task.defect }) }
    const given = predictionOf(submission, task.readable)
    if ('missing' in given) return { verdict: makeVerdict({ ...about, status: 'no_answer', reason: given.missing }) }
    const answer = given.text
    const decided = task.decide(answer)
    if (decided) {
      const { status, reason = 'the predicted output is right' } = decided
      const score = status === 'accepted' ? 1 : 0
      const cases = [{ id: '1', ...decided }]
      return { answer, verdict: makeVerdict({ ...about, status, reason, score, cases, checked: answer }) }
    }
    return runInput({ problem, check, task, ports, answer })
  },
}

interface Task {
  /** Takes the prediction out of a piece of a reply. */
  readonly readable: Readable
  /** What can be said without running anything; undefined: the program decides. */
  readonly decide: (answer: string) => CaseOutcome | undefined
  /** The program with an input, and whether what it gives is right. */
  readonly run: (input: string) => { readonly code: string; readonly case: { call: Call } | { stdin: string } }
  readonly judge: (result: ExecCaseResult) => CaseOutcome
}
type Call = { function: string; args: Value[] }

function taskOf(problem: Problem, check: CheckOf<'output'>): Task | { readonly defect: string } {
  if (check.program.trim() === '') return { defect: 'the check has no program' }
  if (check.expected.trim() === '') return { defect: 'the check expects no output' }
  // A program may define functions and print all the same: only the problem says which one is asked about.
  const name = (problem.language ?? 'python') === 'python' ? problem.entryPoint : undefined
  return name === undefined ? printing(check) : returning(check, name)
}

function returning(check: CheckOf<'output'>, name: string): Task | { readonly defect: string } {
  const expected = literalOf(check.expected)
  if ('defect' in expected) return { defect: `the expected output is no Python literal: ${expected.defect}` }
  if (!pythonEqual(expected.value, expected.value)) return { defect: 'the expected output does not equal itself (nan)' }
  const equals = (value: Value): CaseOutcome =>
    pythonEqual(expected.value, value)
      ? { status: 'accepted' }
      : { status: 'wrong_answer', reason: `expected ${showValue(expected.value)}, got ${showValue(value)}` }
  const isOwn = (text: string) => text.trim() === check.input.trim()
  const isInput = check.direction === 'input'
  return {
    readable: (piece) => {
      if (!isInput) return outputLiteral(piece)
      const own = check.input.trim()
      const isCalled = own !== '' && piece.includes(`${name}(${own})`)
      return isCalled || isOwn(piece) ? own : argumentLiterals(piece, name)
    },
    decide: (answer) => (isInput ? (isOwn(answer) ? undefined : inputDefect(answer)) : valueOutcome(answer, equals)),
    run: (input) => ({
      code: `${check.program}\n\n\ndef ${calling}():\n    return ${name}(${input}\n    )\n`,
      case: { call: { function: calling, args: [] } },
    }),
    judge: ({ value, error }) =>
      value === undefined
        ? { status: 'wrong_answer', reason: `${name} returned no value${error ? `: ${told(error, 120)}` : ''}` }
        : equals(value),
  }
}

/** Calls the program's function with an input as it is written, so that 1.0 stays a float. */
const calling = '_assay_predicted'

function valueOutcome(answer: string, equals: (value: Value) => CaseOutcome): CaseOutcome {
  const read = literalOf(answer)
  if ('value' in read) return equals(read.value)
  return { status: 'wrong_answer', reason: `${told(answer, 60)} is no Python literal: ${read.defect}` }
}

function inputDefect(answer: string): CaseOutcome | undefined {
  const read = argumentsOf(answer)
  if (!('defect' in read)) return undefined
  return { status: 'wrong_answer', reason: `${told(answer, 60)} are no arguments of literals alone: ${read.defect}` }
}

function printing(check: CheckOf<'output'>): Task {
  const compared = (result: Pick<ExecCaseResult, 'stdout' | 'stdoutBase64'>): CaseOutcome => {
    const reason = outputDefect(check.expected, result, { compare: 'tokens' })
    return reason === undefined ? { status: 'accepted' } : { status: 'wrong_answer', reason }
  }
  return {
    readable: plainText,
    decide: (answer) => (check.direction === 'output' ? compared({ stdout: answer }) : undefined),
    run: (input) => ({
      code: check.program,
      case: { stdin: input === '' || input.endsWith('\n') ? input : `${input}\n` },
    }),
    judge: compared,
  }
}

function predictionOf(submission: Submission, readable: Readable): { text: string } | { missing: string } {
  if (submission.kind === 'code') return { missing: 'the submission is a program where a prediction is asked for' }
  if (submission.kind === 'reply') return extractPrediction(submission, readable)
  // A call without arguments has an empty input.
  const text = readable(submission.answer) ?? (submission.answer.trim() || undefined)
  return text === undefined ? { missing: 'the answer is empty' } : { text }
}

interface InputRun {
  readonly problem: Problem
  readonly check: CheckOf<'output'>
  readonly task: Task
  readonly ports: VerifierPorts
  readonly answer: string
}

/** Runs the program with the predicted input. Before anyone is blamed, it must give its output for its published input. */
async function runInput({ problem, check, task, ports, answer }: InputRun): Promise<Checked> {
  const prove = (input: string, strict = ports.strict) => {
    const { code, case: one } = task.run(input)
    return proveCases({
      problem,
      code,
      cases: [one],
      judge: (_, result) => task.judge(result),
      ports: { ...ports, strict },
    })
  }
  const proof = await prove(answer)
  const { verdict } = verdictOfCases(proof, { problem, verifier: id, code: answer })
  if (verdict.status === 'accepted')
    return { answer, verdict: { ...verdict, reason: 'the program gives the output for it' } }
  if (verdict.blame !== 'candidate') return { answer, verdict }
  const own = await prove(check.input, false)
  const { status, reason } = own.outcomes[0] ?? { status: 'sandbox_error', reason: 'the sandbox gave no result' }
  const runs = proof.runs + own.runs
  if (status === 'accepted') return { answer, verdict: { ...verdict, evidence: { ...verdict.evidence, runs } } }
  const ours = status === 'sandbox_error'
  const words = ours
    ? `whether the problem is sound could not be found out: ${reason ?? status}`
    : `the program does not give the expected output for its own input: ${reason ?? status}`
  const about = { problem, verifier: id, checked: answer, mode: own.mode, ran: own.ran, runs, score: 0 }
  return { answer, verdict: makeVerdict({ ...about, status: ours ? 'sandbox_error' : 'bad_problem', reason: words }) }
}
