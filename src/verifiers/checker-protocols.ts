/** What a checker's exit code and words mean. */
import type { CheckOf } from '../schemas/check.js'
import type { ExecCaseResult } from '../schemas/exec.js'
import type { CaseOutcome } from './cases.js'
import { crashExitCode } from './checker-programs.js'
import { told } from './verdict.js'

type Protocol = CheckOf<'checker'>['checker']['protocol']

export interface Judged extends CaseOutcome {
  /** 0 to 1 for a case that is right in part. */
  readonly points?: number
  /** The checker ran and came to no judgement. Of itself it tells nothing of what is at fault, the checker or the output. */
  readonly broke?: true
}

/** The result of a checker that ended by itself, whatever its exit code, in the words of a verdict. */
export function judgedBy(protocol: Protocol, result: ExecCaseResult): Judged {
  const { exitCode, signal, stderr, stdout } = result
  if (signal !== null || exitCode === null) return broken(`ended by ${signal ?? 'the sandbox'}`, stderr)
  if (exitCode === crashExitCode) return broken('failed', stderr)
  return readers[protocol]({ exitCode, stdout, words: told(stderr.trim() || stdout, 200), stderr })
}

/** A checker that ran and came to no judgement. */
export const broken = (what: string, stderr: string): Judged => ({ ...faulty(what, stderr), broke: true })

function faulty(what: string, stderr: string): Judged {
  const words = told(lastLine(stderr), 200)
  return { status: 'bad_problem', reason: `the checker ${what}${words ? `: ${words}` : ''}` }
}

const lastLine = (text: string) => text.trimEnd().slice(-4000).split('\n').at(-1) ?? ''

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly words: string
}

const refused = (words: string): Judged => ({ status: 'wrong_answer', reason: words || 'the checker refuses it' })

/** A number of points: 1 is right, less is wrong in part, more is nothing that can be told. */
function byPoints(points: number, words: string): Judged {
  if (points === 1) return { status: 'accepted' }
  if (points === 0) return refused(words)
  if (points > 0 && points < 1) return { ...refused(`${points} of 1 points${words ? `: ${words}` : ''}`), points }
  return broken(`gave ${points} points, where 0 to 1 are expected`, '')
}

const readers: Readonly<Record<Protocol, (ended: Ended) => Judged>> = {
  // Exit codes of testlib.h. Dirt (4) and an unexpected end of file (8) are presentation errors, which are wrong here.
  testlib: ({ exitCode, words, stderr }) => {
    if (exitCode === 0) return { status: 'accepted' }
    if ([1, 2, 4, 8].includes(exitCode)) return refused(words)
    const points = exitCode === 7 ? /^\s*points\s+([\d.]+)/.exec(stderr)?.[1] : undefined
    if (points !== undefined) return byPoints(Number(points), words)
    // `_fail` is the jury's fault by testlib's own word, e.g. where an output is better than the answer.
    if (exitCode === 3) return faulty('says that it failed', stderr)
    return broken(`ended with exit code ${exitCode}`, stderr)
  },
  argv: ({ exitCode, stdout, stderr }) => {
    if (exitCode !== 0) return broken(`ended with exit code ${exitCode}`, stderr)
    const [first = '', ...rest] = stdout.trim().split(/\s+/)
    if (!/^\d+(?:\.\d*)?$/.test(first)) return broken(`printed ${JSON.stringify(told(first, 40))} and no points`, '')
    return byPoints(Number(first), told(rest.join(' '), 200))
  },
  kattis: ({ exitCode, words, stderr }) => {
    if (exitCode === 42) return { status: 'accepted' }
    return exitCode === 43 ? refused(words) : broken(`ended with exit code ${exitCode}`, stderr)
  },
}
