/**
 * Math answers: the text of an answer, or what a program's `solution()` returns, against the gold answer on the host.
 * A program runs without the gold answer anywhere near it.
 */
import { toAppError } from '../base/errors.js'
import type { Submission } from '../schemas/candidate.js'
import type { CheckOf } from '../schemas/check.js'
import { parseAs } from '../schemas/parse.js'
import type { Checked, Verifier, VerifierPorts } from '../schemas/ports.js'
import type { Problem } from '../schemas/problem.js'
import type { StepCounts } from '../schemas/verdict.js'
import { type CaseOutcome, proveCases } from './cases.js'
import { extractAnswer } from './extract/answer.js'
import { extractProgram } from './extract/code.js'
import { definesName } from './extract/python.js'
import { verdictOfCases } from './judged-cases.js'
import { goldDefect, type MathVerdict, mathEqual } from './math/equal.js'
import { type MathPolicy, mathPolicySchema } from './math/policy.js'
import { closeToGold, returnedText } from './returned.js'
import { checkSteps } from './steps/check.js'
import { makeVerdict, told } from './verdict.js'

const id = { id: 'answer', version: '1' } as const
const entryPoint = 'solution'
const form = { language: 'python', entryPoint }

export const answer: Verifier = {
  ...id,
  check: async (problem, submission, ports) => {
    const { check } = problem
    if (check.type !== 'answer') throw new Error(`answer was given a check of type ${check.type}`)
    const about = { problem, verifier: id, score: 0 }
    const policy = policyOf(check)
    const defect = typeof policy === 'string' ? policy : goldDefect(check.gold)
    if (defect !== undefined || typeof policy === 'string') {
      return { verdict: makeVerdict({ ...about, status: 'bad_problem', reason: defect ?? '' }) }
    }
    const given = read(submission)
    if ('missing' in given) return { verdict: makeVerdict({ ...about, status: 'no_answer', reason: given.missing }) }
    return 'code' in given
      ? runProgram({ problem, check, policy, code: given.code, ports })
      : compareText({ problem, check, policy, text: given.answer, steps: stepsOf(submission) })
  },
}

/** The policy of a check by its schema, or why it is none. */
function policyOf(check: CheckOf<'answer'>): MathPolicy | string {
  try {
    return parseAs(mathPolicySchema, check.policy ?? {}, 'check.policy')
  } catch (error) {
    return toAppError(error).message
  }
}

type Given = { readonly code: string } | { readonly answer: string } | { readonly missing: string }

function read(submission: Submission): Given {
  if (submission.kind === 'answer')
    return submission.answer.trim() === '' ? { missing: 'the answer is empty' } : submission
  if (submission.kind === 'code')
    return submission.code.trim() === '' ? { missing: 'the program is empty' } : submission
  if (submission.form === 'program' || submission.form === 'code') return programOf(submission)
  if (submission.form === 'any' && new RegExp(`\\bdef ${entryPoint}\\b`).test(submission.text + submission.prefix)) {
    const found = programOf(submission)
    if ('code' in found) return found
  }
  const found = extractAnswer(submission.text, { style: submission.style })
  return found ? { answer: found.answer } : { missing: 'the reply does not say which its answer is' }
}

function programOf(submission: Extract<Submission, { kind: 'reply' }>): Given {
  const found = extractProgram(submission, form)
  if ('missing' in found) return found
  return definesName(found.code, entryPoint) ? found : { missing: `the reply holds no program with ${entryPoint}()` }
}

interface Comparison {
  readonly problem: Problem
  readonly check: CheckOf<'answer'>
  readonly policy: MathPolicy
}

/** Of a reply in words; undefined where it shows no arithmetic. */
function stepsOf(submission: Submission): StepCounts | undefined {
  if (submission.kind !== 'reply') return undefined
  const { found, checked, wrong, unread, steps } = checkSteps(submission.text)
  if (found === 0) return undefined
  const first = steps.find(({ verdict }) => verdict === 'wrong')
  return { found, checked, wrong, unread, ...(first && { firstWrong: [first.span[0], first.span[1]] }) }
}

async function compareText({
  problem,
  check,
  policy,
  text,
  steps,
}: Comparison & { text: string; steps: StepCounts | undefined }): Promise<Checked> {
  const compared = await mathEqual(check.gold, text, policy)
  const { status, reason } = outcomeOf(compared, check.gold, text)
  const score = status === 'accepted' ? 1 : 0
  const evidence = { problem, verifier: id, checked: text, layer: compared.layer, score, ...(steps && { steps }) }
  return {
    answer: text,
    verdict: makeVerdict({ ...evidence, status, reason: reason ?? '', cases: [{ id: '1', status }] }),
  }
}

function outcomeOf(
  { equal, reason }: MathVerdict,
  gold: string,
  text: string,
): CaseOutcome & { readonly reason: string } {
  const shown = `expected ${told(gold, 80)}, got ${told(text, 80)}`
  if (equal === null) return { status: 'unknown', reason: `${shown}: cannot tell (${reason})` }
  return equal ? { status: 'accepted', reason } : { status: 'wrong_answer', reason: `${shown}: ${reason}` }
}

/** A number of a type that cannot cross, e.g. a Fraction, is put into words by the candidate's own process. */
const wordsFunction = '_assay_in_words'
const inWords = (code: string) => `${code}\n\n\ndef ${wordsFunction}():\n    return str(${entryPoint}())\n`
const wordedTypes = /value of type '(?:Fraction|Decimal|u?int\d*|float\d*|Integer|Rational|Float|mpf)'/

async function runProgram(input: Comparison & { code: string; ports: VerifierPorts }): Promise<Checked> {
  const first = await runOnce(input, { run: input.code, call: entryPoint })
  if (first.status !== 'runtime_error' || !wordedTypes.test(first.reason ?? '')) return first.checked
  const { checked } = await runOnce(input, { run: inWords(input.code), call: wordsFunction })
  const { verdict } = checked
  const runs = verdict.evidence.runs + first.checked.verdict.evidence.runs
  return { ...checked, verdict: { ...verdict, evidence: { ...verdict.evidence, runs } } }
}

async function runOnce(
  { problem, check, policy, code, ports }: Comparison & { code: string; ports: VerifierPorts },
  { run, call }: { run: string; call: string },
): Promise<CaseOutcome & { readonly checked: Checked }> {
  let layer: string | undefined
  let text: string | undefined
  const proof = await proveCases({
    problem: { ...problem, language: 'python' },
    code: run,
    ports,
    cases: [{ call: { function: call, args: [] } }],
    judge: async (_, { value }) => {
      text = value === undefined ? undefined : returnedText(value)
      if (value === undefined || text === undefined) return none
      const compared = await mathEqual(check.gold, text, policy)
      const settled = compared.equal ? compared : { ...compared, ...closeToGold(value, check.gold, policy) }
      layer = settled.layer
      return outcomeOf(settled, check.gold, text)
    },
  })
  const { verdict } = verdictOfCases(proof, { problem, verifier: id, code })
  const evidence = layer ? { ...verdict.evidence, layer } : verdict.evidence
  const { status, reason } = proof.outcomes[0] ?? none
  return { status, reason, checked: { code, answer: text, verdict: { ...verdict, evidence } } }
}

const none: CaseOutcome = { status: 'no_answer', reason: `${entryPoint}() returned no answer` }
