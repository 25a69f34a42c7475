/**
 * What a checker says about outputs, and who is to blame where it breaks on one: the case's own answer, given to the checker
 * as if it had been printed, tells whether it works on that case at all.
 */
import type { CheckOf } from '../schemas/check.js'
import type { ExecCaseResult } from '../schemas/exec.js'
import type { VerifierPorts } from '../schemas/ports.js'
import type { Judged } from './checker-protocols.js'
import { type Asked, askChecker } from './checker-requests.js'

const notText: Judged = { status: 'wrong_answer', reason: 'the output is not UTF-8' }
const unjudged: Judged = { status: 'sandbox_error', reason: 'the sandbox gave no result for the checker' }

export interface JudgeOf {
  readonly check: CheckOf<'checker'>
  readonly ports: VerifierPorts
  /** The program that is judged is the problem's own reference, whose outputs are right. */
  readonly isReference: boolean
}

/** It owns what was asked already. */
export class Judge {
  /** Requests made. */
  runs = 0
  #of: JudgeOf
  #known = new Map<string, Judged>()
  /** What was said of the last output of each case. */
  #last = new Map<number, Judged>()

  constructor(of: JudgeOf) {
    this.#of = of
  }

  about(index: number, { stdout, stdoutBase64 }: ExecCaseResult): Judged {
    const judged = stdoutBase64 === undefined ? this.#judged(index, stdout) : notText
    this.#last.set(index, judged)
    return judged
  }

  points(isWrong: readonly boolean[]): number {
    return isWrong.reduce((sum, wrong, index) => sum + (wrong ? (this.#last.get(index)?.points ?? 0) : 0), 0)
  }

  /** Judges the outputs that are new, and the answers of the cases on whose outputs the checker breaks. */
  async lookAt(ended: ReadonlyMap<number, ExecCaseResult>): Promise<void> {
    const outputs = [...ended]
      .filter(([, { stdoutBase64 }]) => stdoutBase64 === undefined)
      .map(([index, { stdout }]) => ({ index, output: stdout }))
    await this.#ask(outputs)
    const broken = outputs.filter(({ index, output }) => this.#known.get(key(index, output))?.broke)
    const answers = broken.map(({ index }) => ({ index, output: this.#answer(index) }))
    await this.#ask(answers.filter(({ output }) => isOutput(output)))
  }

  async #ask(outputs: readonly Pick<Asked, 'index' | 'output'>[]): Promise<void> {
    const { check, ports } = this.#of
    const open = outputs.filter(({ index, output }) => !this.#known.has(key(index, output)))
    const asked = open.map((one) => ({
      ...one,
      input: check.cases[one.index]?.stdin ?? '',
      answer: this.#answer(one.index),
    }))
    const counted: VerifierPorts['exec'] = (...request) => {
      this.runs++
      return ports.exec(...request)
    }
    const judged = await askChecker(check.checker, asked, { ...ports, exec: counted })
    for (const [at, { index, output }] of asked.entries()) this.#known.set(key(index, output), judged[at] ?? unjudged)
  }

  #answer(index: number): string {
    return this.#of.check.cases[index]?.answer ?? ''
  }

  #judged(index: number, output: string): Judged {
    const judged = this.#known.get(key(index, output)) ?? unjudged
    if (!judged.broke) return judged
    const own = isOutput(this.#answer(index)) ? this.#known.get(key(index, this.#answer(index))) : undefined
    return this.#blamed(judged, own)
  }

  /** broken: what came of the output. own: what the checker makes of the case's answer; undefined where that is empty. */
  #blamed({ reason = '', ...broken }: Judged, own: Judged | undefined): Judged {
    if (own?.status === 'sandbox_error') return own
    if (own?.status === 'accepted') {
      return { status: 'wrong_answer', reason: `${reason} (it accepts the answer of the case)` }
    }
    if (own?.broke) return { ...broken, reason: `${reason} (on the answer of the case too)` }
    // A Kattis package's answer may be a hint for the validator, no output.
    if (own && this.#of.check.checker.protocol !== 'kattis') {
      return { ...broken, reason: `${reason} (it refuses the answer of the case: ${own.reason})` }
    }
    if (this.#of.isReference) return { ...broken, reason: `${reason} (on the reference)` }
    return {
      status: 'unknown',
      reason: `${reason} (the case has no answer that would tell whether the output is at fault)`,
    }
  }
}

const isOutput = (answer: string) => answer.trim() !== ''

const key = (index: number, output: string) => `${index} ${output}`
