/** The figures of `assay problems strength` over a whole set, for people. */
import { counted, percent } from '../base/format.js'
import { wilson } from '../metrics/intervals.js'
import type { ProblemStrength, Survivor } from '../schemas/strength.js'

export interface StrengthTally {
  add(line: ProblemStrength): void
  readonly measured: number
  readonly killed: number
  readonly survivors: number
  /** killed / (killed + survivors); null when nothing was judged. */
  killRate(): number | null
  lines(skippedRows: number): string[]
}

const shownProblems = 20
const shownOperators = 12

type Totals = Record<'mutants' | 'killed' | 'timedOut' | 'equivalent' | 'notJudged' | 'added', number>

export function createStrengthTally(): StrengthTally {
  const totals: Totals = { mutants: 0, killed: 0, timedOut: 0, equivalent: 0, notJudged: 0, added: 0 }
  const after = { killed: 0, survivors: 0, problems: 0 }
  const weak: ProblemStrength[] = []
  const byOperator = new Map<string, number>()
  const skipped: ProblemStrength[] = []
  const notAdded: ProblemStrength[] = []
  const count = { measured: 0, survivors: 0, withSurvivors: 0, withAdded: 0 }
  const untold = { survivors: 0, problems: 0 }
  const killRate = () => rateOf(totals.killed, count.survivors)
  return {
    get measured() {
      return count.measured
    },
    get killed() {
      return totals.killed
    },
    get survivors() {
      return count.survivors
    },
    add: (line) => {
      if (line.skipped !== undefined) {
        skipped.push(line)
        return
      }
      count.measured++
      for (const key of Object.keys(totals) as (keyof Totals)[]) totals[key] += line[key] ?? 0
      count.survivors += line.survivors.length
      if (line.survivors.length > 0) count.withSurvivors++
      for (const { operator } of line.survivors) byOperator.set(operator, (byOperator.get(operator) ?? 0) + 1)
      if (line.added) count.withAdded++
      if (line.notAdded !== undefined) notAdded.push(line)
      const without = line.survivors.filter(({ input }) => input === null).length
      untold.survivors += without
      if (without > 0) untold.problems++
      if (line.weak) weak.push(line)
      if (line.after) {
        after.problems++
        after.killed += line.after.killed
        after.survivors += line.after.survivors
      }
    },
    killRate,
    lines: (skippedRows) => [
      `${counted(count.measured, 'problem')}, ${totals.mutants} mutants: ${totals.killed} killed (${totals.timedOut} by the time limit), ${counted(count.survivors, 'survivor')}, ${totals.equivalent} likely equivalent, ${totals.notJudged} not judged`,
      `kill rate ${rateText(totals.killed, count.survivors)}; ${counted(count.withSurvivors, 'problem')} with survivors, ${weak.length} weak`,
      ...(after.problems > 0
        ? [
            `with ${counted(totals.added, 'added case')} in ${counted(count.withAdded, 'problem')}: kill rate ${rateText(after.killed, after.survivors)}, ${counted(after.survivors, 'survivor')}`,
          ]
        : []),
      ...notAdded.slice(0, shownProblems).map(({ id, notAdded: why }) => `nothing added: ${id}: ${why}`),
      ...untoldText(untold),
      ...weakest(weak),
      ...operators(byOperator),
      ...skipped.slice(0, shownProblems).map(({ id, skipped: why }) => `not measured: ${id}: ${why}`),
      ...(skipped.length > shownProblems ? [`not measured: ${skipped.length - shownProblems} more`] : []),
      ...(skippedRows > 0 ? [`${counted(skippedRows, 'row')} skipped`] : []),
    ],
  }
}

const untoldText = ({ survivors, problems }: { survivors: number; problems: number }): string[] =>
  survivors === 0
    ? []
    : [
        `${counted(survivors, 'survivor')} in ${counted(problems, 'problem')} may be right programs: too few inputs could be made from the tests to compare them on`,
      ]

const rateOf = (killed: number, survivors: number): number | null =>
  killed + survivors === 0 ? null : killed / (killed + survivors)

function rateText(killed: number, survivors: number): string {
  const rate = rateOf(killed, survivors)
  if (rate === null) return 'unknown: nothing was judged'
  const [low, high] = wilson(killed, killed + survivors).map((bound) => (bound * 100).toFixed(1))
  return `${(rate * 100).toFixed(1)} % (95 %: ${low} to ${high})`
}

function weakest(weak: readonly ProblemStrength[]): string[] {
  if (weak.length === 0) return []
  const sorted = [...weak].sort((a, b) => (a.killRate ?? 1) - (b.killRate ?? 1))
  const shown = sorted.slice(0, shownProblems)
  const width = Math.max(...shown.map(({ id }) => id.length))
  return ['weakest:', ...shown.map((line) => `  ${line.id.padEnd(width)}  ${weakText(line)}`)]
}

function weakText({ killRate, killed, survivors }: ProblemStrength): string {
  const [first] = survivors
  const total = killed + survivors.length
  return `${percent(killRate ?? 0).padStart(5)}  ${String(killed).padStart(3)} of ${total}${first ? `   e.g. ${exampleText(first)}` : ''}`
}

const exampleText = ({ operator, line, before, after }: Survivor): string =>
  line === 0 ? operator : `line ${line}: ${clipped(before)} → ${clipped(after) || 'nothing'}`

function clipped(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length > 30 ? `${flat.slice(0, 29)}…` : flat
}

function operators(byOperator: ReadonlyMap<string, number>): string[] {
  if (byOperator.size === 0) return []
  const sorted = [...byOperator].sort((a, b) => b[1] - a[1]).slice(0, shownOperators)
  return [`survivors by operator: ${sorted.map(([name, count]) => `${name} ${count}`).join(', ')}`]
}
