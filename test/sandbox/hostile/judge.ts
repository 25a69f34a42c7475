/** What is wrong with the result of a hostile program; the test and the bench of random mixes ask the same. */
import { isDeepStrictEqual } from 'node:util'
import type { Probe } from '../../../src/sandbox/backend.js'
import type { ExecRequest, ExecResult } from '../../../src/schemas/exec.js'
import type { Hostile } from './row.js'

/** Little CPU time, so that what runs into it does not hold anybody up; much wall time, for busy machines. */
export const quick = { cpuMs: 400, wallMs: 15_000, memoryBytes: 128 << 20 } as const

export function requestOf({ language = 'python', code, cases, limits, mode, tests }: Hostile): ExecRequest {
  const casesOrOne = cases ?? (tests ? [] : [{}])
  return { language, code, cases: casesOrOne, limits: { ...quick, ...limits }, mode, tests }
}

/** What a row may need. */
export interface Place {
  /** By language. */
  readonly versions: object
  /** A user of its own for each program? */
  readonly ownUsers: boolean
  /** A control group for each slot? */
  readonly groups: boolean
}

/** What this machine gives the slots of a backend. */
export function placeOf(backend: string, probe: Probe, versions: object): Place {
  const jail = backend === 'bubblewrap'
  return {
    versions,
    ownUsers: !jail || process.getuid?.() === 0,
    groups:
      backend.startsWith('docker') || (jail && probe.usable && (probe.facts.memory ?? '').startsWith('control group')),
  }
}

/** Why a row cannot be run there; undefined when it can. */
export function unfit(row: Hostile, { versions, ownUsers, groups }: Place): string | undefined {
  const { language = 'python' } = row
  if (!(language in versions)) return `the slots have no ${language}`
  if (row.ownUser && !ownUsers) return 'programs have no user of their own here'
  if (row.needs === 'group' && !groups) return 'no control group can be made here'
  return undefined
}

/** One line for each thing that is not as the row wants it. */
export function complaints(row: Hostile, result: ExecResult): string[] {
  const wrong = differences(row, result)
  if (wrong.length === 0 || row.gvisor === undefined || result.slot.backend !== 'docker-gvisor') return wrong
  return differences({ ...row, expected: row.gvisor.expected }, result)
}

function differences(row: Hostile, result: ExecResult): string[] {
  const wrong: string[] = []
  const compare = (where: string, got: Readonly<Record<string, unknown>> | undefined, wanted: object | undefined) => {
    for (const [key, value] of Object.entries(wanted ?? {})) {
      if (!matches(got?.[key], value)) {
        wrong.push(
          `${where}: ${key} must be ${told(value)}, is ${told(got?.[key])} in ${JSON.stringify(got)?.slice(0, 600)}`,
        )
      }
    }
  }
  compare('first case', result.cases[0], row.expected)
  compare('last case', result.cases.at(-1), row.last)
  compare('tests', result.tests, row.expectedTests)
  return wrong
}

function matches(got: unknown, wanted: unknown): boolean {
  if (wanted instanceof RegExp) return typeof got === 'string' && wanted.test(got)
  if (!Array.isArray(wanted) || !Array.isArray(got)) return isDeepStrictEqual(got, wanted)
  return got.length === wanted.length && wanted.every((item, index) => matches(got[index], item))
}

const told = (value: unknown) =>
  value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'nothing').slice(0, 200)
