/** What a row of the tables of hostile programs says. */
import type { ExecCaseResult, ExecRequest } from '../../../src/schemas/exec.js'

export interface Hostile {
  /** Of the known attacks, by number: 1 to 55 each have at least one program (hostile.test.ts checks it). */
  readonly row: number
  readonly name: string
  readonly code: string
  /** Default: python. Skipped, with the reason, where a slot does not have it. */
  readonly language?: string
  /** Default: one case without input. */
  readonly cases?: ExecRequest['cases']
  readonly limits?: ExecRequest['limits']
  readonly mode?: ExecRequest['mode']
  readonly tests?: ExecRequest['tests']
  /** Needs a user of its own for each program: without root, the agent shares the program's and dies with it (sandbox_error). */
  readonly ownUser?: true
  /** group: only a control group of the slot can tell it apart. */
  readonly needs?: 'group'
  /** What holds under gVisor, where that keeps less than Linux does, and why; what holds elsewhere is right there too. */
  readonly gvisor?: { readonly because: string; readonly expected: Hostile['expected'] }
  /** Of the first case. */
  readonly expected?: Partial<Record<keyof ExecCaseResult, unknown>>
  /** Of the last case, when it must be something. */
  readonly last?: Partial<ExecCaseResult>
  /** Of the tests. */
  readonly expectedTests?: Readonly<Record<string, unknown>>
}

/** For programs that wait: they end by the wall. */
export const shortWall = { wallMs: 1_500 } as const

/** A program in the source as it is in the file: escapes are the program's own, the common indentation is not there. */
export function program({ raw }: TemplateStringsArray): string {
  const lines = (raw[0] as string).replace(/^\n/, '').trimEnd().split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`
}
