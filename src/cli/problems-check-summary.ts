/** What `assay problems check` found, in a few lines for people. */
import { counted } from '../base/format.js'
import { printable } from '../base/printable.js'
import type { ProblemCheck } from '../problems/check.js'
import type { Relation } from '../problems/relations.js'

export type CheckLine = ProblemCheck & Relation

/** Items of one kind are listed up to this many. */
const mostListed = 20
const maxReasonChars = 200

/** Counts lines as they come and keeps the first of those that need a look. */
export function createCheckTally() {
  const count = { all: 0, accepted: 0, bad: 0, failed: 0, unknown: 0, weak: 0 }
  const lists = {
    bad: createList('bad'),
    contradictory: createList('contradictory: the same statement, and at most one of them can be right'),
    repeated: createList('repeated'),
    weak: createList('weak: an answer that is known to be wrong, or does nothing of what is asked, passes'),
    repaired: createList('the reference is broken, another solution passes'),
    slow: createList('slow here: the reference takes more than half of its time limit'),
    failed: createList('not checked'),
  }
  return {
    count,
    add(line: CheckLine) {
      count.all++
      if (line.weak) count.weak++
      if (line.status === 'accepted') count.accepted++
      else if (line.status === 'bad_problem') count.bad++
      else if (line.status === 'sandbox_error') count.failed++
      else count.unknown++
      if (line.status === 'bad_problem') lists.bad.add(line.id, line.reason)
      if (line.status === 'sandbox_error') lists.failed.add(line.id, line.reason)
      if (line.contradicts) lists.contradictory.add(line.id, `and ${line.contradicts.join(', ')}`)
      if (line.duplicateOf) lists.repeated.add(line.id, `the same problem as ${line.duplicateOf}`)
      if (line.sameStatementAs) lists.repeated.add(line.id, `the same statement as ${line.sameStatementAs}`)
      if (line.status === 'accepted' && line.solution) lists.repaired.add(line.id, line.reason)
      if (line.weak) lists.weak.add(line.id, passing(line))
      if (isSlow(line)) lists.slow.add(line.id, slowText(line))
    },
    /** Something is wrong with the set, or could not be found out. */
    isFaulty: () => count.bad + count.failed + lists.contradictory.size() > 0,
    /** One line of figures, then the first items that need a look, each with its reason. */
    lines(skippedRows: number): string[] {
      const figure = (size: number, words: string) => (size > 0 ? [`${size} ${words}`] : [])
      const figures = [
        `${count.accepted} of ${counted(count.all, 'reference')} accepted`,
        `${count.bad} bad`,
        `${count.unknown} unknown`,
        `${count.weak} weak`,
        ...figure(lists.contradictory.size(), 'contradictory'),
        ...figure(lists.repeated.size(), 'repeated'),
        ...figure(lists.repaired.size(), 'with a broken reference'),
        ...figure(lists.slow.size(), 'slow'),
        ...figure(count.failed, 'not checked: the sandbox failed'),
        ...(skippedRows > 0 ? [`${counted(skippedRows, 'row')} skipped`] : []),
      ]
      return [figures.join(', '), ...Object.values(lists).flatMap((list) => list.lines())]
    },
  }
}

function createList(title: string) {
  const first: string[] = []
  let size = 0
  return {
    size: () => size,
    add(id: string, reason: string) {
      size++
      if (first.length < mostListed) first.push(`  ${id}: ${oneLine(reason)}`)
    },
    lines(): string[] {
      if (size === 0) return []
      return [`${title}:`, ...first, ...(size > first.length ? [`  … and ${size - first.length} more`] : [])]
    },
  }
}

function oneLine(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim()
  return line.length > maxReasonChars ? `${line.slice(0, maxReasonChars - 1)}…` : line
}

const passing = ({ tried }: CheckLine): string =>
  tried
    .filter(({ status }) => status === 'accepted')
    .map(({ kind }) => kind)
    .join(', ')

function isSlow({ status, limits }: CheckLine): boolean {
  if (status !== 'accepted' || !limits) return false
  return limits.timeFactor !== undefined || (limits.slowestCpuMs ?? 0) > limits.cpuMs / 2
}

function slowText({ limits }: CheckLine): string {
  const { cpuMs = 0, slowestCpuMs, timeFactor } = limits ?? {}
  const took = slowestCpuMs === undefined ? '' : `${Math.round(slowestCpuMs)} ms of CPU time, `
  return `${took}limit ${cpuMs} ms${timeFactor ? `, passes with ${timeFactor} times that` : ''}`
}
