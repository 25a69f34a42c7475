/** Problems and sets as people read them in a terminal. */
import type { LoadedSet } from '../problems/load.js'
import type { Problem } from '../schemas/problem.js'

type Columns = Readonly<Record<string, string | number>>

const distinct = (values: readonly string[]): string => [...new Set(values)].join(' ')

/** A problem in one line. */
export function problemColumns({ id, kind, level, skills, check, license }: Problem) {
  return { id, kind, level, skills: skills.join(' '), check: check.type, license }
}

/** A set in one line. */
export function setColumns({ set, problems }: LoadedSet) {
  const levels = problems.map(({ level }) => level)
  return {
    id: set.id,
    problems: set.count,
    kinds: distinct(problems.map(({ kind }) => kind)),
    levels: `${Math.min(...levels)}-${Math.max(...levels)}`,
    skills: new Set(problems.flatMap(({ skills }) => skills)).size,
    license: set.license,
    title: set.title,
  }
}

/** Rows under a line of column names, numbers to the right. Empty for no rows. */
export function table(rows: readonly Columns[]): string[] {
  const names = Object.keys(rows[0] ?? {})
  if (names.length === 0) return []
  const width = (name: string) => Math.max(name.length, ...rows.map((row) => String(row[name]).length))
  const columns = names.map((name) => ({ name, width: width(name), right: typeof rows[0]?.[name] === 'number' }))
  const line = (cell: (name: string) => string) =>
    columns
      .map(({ name, width, right }) => (right ? cell(name).padStart(width) : cell(name).padEnd(width)))
      .join('  ')
      .trimEnd()
  return [line((name) => name), ...rows.map((row) => line((name) => String(row[name])))]
}

/** A problem with its statement, what decides it, its reference and its known-wrong answers. */
export function problemText(problem: Problem): string {
  const { id, kind, level, skills, license, source, statement, reference, check, meta } = problem
  const section = (title: string, text: string | undefined): string[] =>
    text === undefined
      ? []
      : [
          '',
          `${title}:`,
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ]
  const wrong = (meta.wrong ?? []).map(({ kind: name, answer }) => (answer === undefined ? name : `${name}: ${answer}`))
  const starter = problem.starter === statement ? undefined : problem.starter
  return [
    `${id}  ${kind}, level ${level}, ${skills.join(', ')}  (${license})`,
    source,
    ...section('statement', statement),
    ...section('starter', starter),
    ...section('check', checkText(check)),
    ...section('reference', reference?.code),
    ...section('reference answer', reference?.answer),
    ...section('known to be wrong', wrong.length > 0 ? wrong.join('\n') : undefined),
  ].join('\n')
}

function checkText(check: Problem['check']): string {
  switch (check.type) {
    case 'answer':
      return `answer ${check.gold}`
    case 'unit':
      return `unit (${check.framework})\n${check.code}\n${check.call ?? ''}`
    case 'property':
      return `property, ${check.runs} runs\n${check.code}`
    case 'output':
      return `${check.direction} of\n${check.program}`
    case 'call':
      return [
        `call ${check.function}, compared ${check.compare}`,
        ...check.cases.map((one) => JSON.stringify(one)),
      ].join('\n')
    case 'stdio':
      return [`stdio, compared by ${check.compare}`, ...check.cases.map((one) => JSON.stringify(one))].join('\n')
    case 'checker':
      return `checker in ${check.checker.language}, ${check.cases.length} cases`
  }
}
