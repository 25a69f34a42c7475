/**
 * Submissions that are known to be wrong: those a problem names in `meta.wrong`, and derived ones.
 * A derived program does nothing of what is asked; a check that accepts it tests too little.
 */
import type { Submission } from '../schemas/candidate.js'
import type { Problem } from '../schemas/problem.js'
import type { Value } from '../schemas/value.js'
import { pythonLiteral, pythonString } from './literals.js'
import { wrongNumbers } from './wrong-numbers.js'

export interface WrongAnswer {
  /** What is wrong with it, unique in its problem: `off-by-one`, `returns-none`, … */
  readonly kind: string
  readonly submission: Submission
  /** True: the problem names it, for a wrong answer. False: derived, or maybe only slow. One that is accepted shows a weak check. */
  readonly given: boolean
}

interface Derived {
  readonly kind: string
  readonly text: string
}

/** The known-wrong submissions of a problem, the given ones first. Empty when none can be told. */
export function wrongAnswers(problem: Problem): WrongAnswer[] {
  const given = (problem.meta.wrong ?? []).flatMap(({ kind, code, answer, maybeSlow = false }): WrongAnswer[] => [
    ...(code === undefined ? [] : [{ kind, given: !maybeSlow, submission: { kind: 'code', code } as const }]),
    ...(answer === undefined ? [] : [{ kind, given: !maybeSlow, submission: { kind: 'answer', answer } as const }]),
  ])
  const derived = isAnswered(problem)
    ? wrongTexts(problem).map(
        ({ kind, text }): WrongAnswer => ({ kind, given: false, submission: { kind: 'answer', answer: text } }),
      )
    : wrongPrograms(problem).map(
        ({ kind, text }): WrongAnswer => ({ kind, given: false, submission: { kind: 'code', code: text } }),
      )
  return uniqueKinds([...given, ...derived])
}

/** True when the check compares an answer, not a program. */
export function isAnswered(problem: Problem): boolean {
  return problem.check.type === 'answer' || problem.check.type === 'output'
}

function wrongTexts({ check }: Problem): Derived[] {
  if (check.type === 'answer') return wrongNumbers(check.gold)
  if (check.type !== 'output') return []
  const target = check.direction === 'output' ? check.expected : check.input
  return [{ kind: 'none', text: target.trim() === 'None' ? '0' : 'None' }]
}

function wrongPrograms(problem: Problem): Derived[] {
  const language = problem.language ?? 'python'
  const name = entryPoint(problem)
  const empty: Derived = { kind: 'empty-program', text: '' }
  const templates =
    language === 'python' ? python : language === 'javascript' || language === 'typescript' ? script : undefined
  if (!templates) return [empty]
  const printed = firstOutput(problem)
  if (printed !== undefined) return [empty, { kind: 'constant-output', text: templates.prints(printed) }]
  if (name === undefined) return [empty]
  const constant = problem.check.type === 'call' ? problem.check.cases[0]?.expected : undefined
  return [
    empty,
    { kind: 'returns-none', text: templates.returnsNone(name) },
    { kind: 'returns-first-argument', text: templates.returnsFirst(name) },
    ...(constant === undefined ? [] : templates.returns(name, constant)),
  ]
}

function entryPoint({ check, entryPoint: named }: Problem): string | undefined {
  return check.type === 'call' ? check.function : named
}

function firstOutput({ check }: Problem): string | undefined {
  if (check.type === 'stdio') return check.cases[0]?.stdout
  if (check.type === 'checker') return check.cases[0]?.answer
  return undefined
}

interface Templates {
  prints(text: string): string
  returnsNone(name: string): string
  returnsFirst(name: string): string
  returns(name: string, value: Value): Derived[]
}

const python: Templates = {
  prints: (text) => `print(${pythonString(text)}, end='')\n`,
  returnsNone: (name) => pythonFunction(name, 'None'),
  returnsFirst: (name) => pythonFunction(name, '(*args, *kwargs.values(), None)[0]'),
  returns: (name, value) => [{ kind: 'constant-return', text: pythonFunction(name, pythonLiteral(value)) }],
}

/** `Solution.f` is a method of a class. */
function pythonFunction(name: string, value: string): string {
  const [method = '', type] = name.split('.').reverse()
  if (type === undefined) return `def ${name}(*args, **kwargs):\n    return ${value}\n`
  return `class ${type}:\n    def ${method}(self, *args, **kwargs):\n        return ${value}\n`
}

const isPlain = (value: Value): boolean => !JSON.stringify(value).includes('"$":')

const script: Templates = {
  prints: (text) => `process.stdout.write(${JSON.stringify(text)})\n`,
  returnsNone: (name) => scriptFunction(name, '', 'null'),
  returnsFirst: (name) => scriptFunction(name, 'first', 'first'),
  returns: (name, value) =>
    isPlain(value) ? [{ kind: 'constant-return', text: scriptFunction(name, '', JSON.stringify(value)) }] : [],
}

function scriptFunction(name: string, parameters: string, value: string): string {
  const [method = '', type] = name.split('.').reverse()
  if (type === undefined) return `function ${name}(${parameters}) {\n  return ${value}\n}\n`
  return `class ${type} {\n  ${method}(${parameters}) {\n    return ${value}\n  }\n}\n`
}

function uniqueKinds(answers: readonly WrongAnswer[]): WrongAnswer[] {
  const seen = new Map<string, number>()
  return answers.map((answer) => {
    const times = (seen.get(answer.kind) ?? 0) + 1
    seen.set(answer.kind, times)
    return times === 1 ? answer : { ...answer, kind: `${answer.kind}-${times}` }
  })
}
