import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Generator } from '../../src/problems/generators/generator.js'
import { generators } from '../../src/problems/generators/index.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'

// A family is tested by being registered: every level, several seeds.
const families = Object.entries<Generator>(generators)
const ofKind = (kind: Problem['kind']) => families.filter(([, family]) => family.kind === kind)
const levelsOf = (family: Generator) => Array.from({ length: family.levels }, (_, level) => level)
const seeds = [0, 1, 20_24]
const drawn = (family: Generator): Problem[] =>
  levelsOf(family).flatMap((level) =>
    seeds.flatMap((seed) => [0, 1, 2, 3].map((index) => family.generate({ level, index, seed }))),
  )

// Runs reference and wrong programs on the cases of their check, outside any sandbox: they are our own.
const runner = `
import contextlib, io, json, sys
def run(job):
    out = []
    for case in job['cases']:
        try:
            space = {'__name__': '__main__'}
            text = io.StringIO()
            sys.stdin = io.StringIO(case.get('stdin', ''))
            with contextlib.redirect_stdout(text):
                exec(job['code'], space)
            out.append(space[job['function']](*case['args']) if 'args' in case else text.getvalue().split())
        except Exception as error:
            out.append('error: ' + repr(error))
    return out
jobs = json.loads(sys.stdin.read())
print(json.dumps([run(job) for job in jobs]))
`
const python = spawnSync('python3', ['-c', 'print(1)']).status === 0

interface Job {
  readonly id: string
  readonly code: string
  readonly function?: string
  readonly cases: readonly unknown[]
  readonly expected: readonly unknown[]
}

function job(problem: Problem, kind: string, code: string): Job {
  const { check } = problem
  const id = `${problem.id} ${kind}`
  if (check.type === 'call') {
    const expected = check.cases.map((one) => one.expected)
    return { id, code, function: check.function, cases: check.cases.map(({ args }) => ({ args })), expected }
  }
  if (check.type !== 'stdio') throw new Error(`${problem.id}: a generated program is checked by call or stdio`)
  const expected = check.cases.map(({ stdout }) => stdout.split(/\s+/).filter(Boolean))
  return { id, code, cases: check.cases.map(({ stdin }) => ({ stdin })), expected }
}

/** Ids of the jobs whose every case gives what is expected. */
function passing(jobs: readonly Job[]): string[] {
  const input = JSON.stringify(jobs)
  const { stdout, stderr } = spawnSync('python3', ['-c', runner], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (!stdout) throw new Error(stderr)
  const results = JSON.parse(stdout) as unknown[]
  return jobs.filter((one, i) => JSON.stringify(results[i]) === JSON.stringify(one.expected)).map(({ id }) => id)
}

describe.each(families)('family %s', (id, family) => {
  test('is registered under its id and has at least six levels', () => {
    expect(family.id).toBe(id)
    expect(family.levels).toBeGreaterThanOrEqual(6)
    expect(family.describe.length).toBeGreaterThan(10)
  })

  test('gives problems of the schema with their level, kind, reference and a known-wrong answer', () => {
    for (const problem of drawn(family)) {
      expect(problemSchema.safeParse(problem).success, problem.id).toBe(true)
      expect(problem.kind).toBe(family.kind)
      expect(problem.reference?.code ?? problem.reference?.answer, problem.id).toBeTruthy()
      expect(problem.meta.wrong?.length, problem.id).toBeGreaterThan(0)
      expect(problem.statement).not.toMatch(/undefined|NaN|\[object/)
    }
    for (const level of levelsOf(family)) expect(family.generate({ level, index: 0, seed: 0 }).level).toBe(level)
  })

  test('gives the same bytes for the same draw, and others for another seed, level or index', () => {
    const draw = { level: 1, index: 5, seed: 9 }
    const text = JSON.stringify(family.generate(draw))
    family.generate({ ...draw, index: 4 })
    expect(JSON.stringify(family.generate(draw))).toBe(text)
    const all = drawn(family)
    expect(new Set(all.map((problem) => problem.id)).size).toBe(all.length)
    expect(new Set(all.map((problem) => problem.statement)).size).toBeGreaterThan(all.length * 0.8)
  })

  test('refuses a level that it does not have', () => {
    expect(() => family.generate({ level: family.levels, index: 0, seed: 0 })).toThrow(/levels 0 to/)
  })
})

describe.each(ofKind('math'))('math family %s', (_, family) => {
  test('ends each worked answer in the gold, which no wrong answer equals', () => {
    for (const problem of drawn(family)) {
      if (problem.check.type !== 'answer') throw new Error('a math family asks for an answer')
      const { gold } = problem.check
      expect(gold).toMatch(/^-?\d+(\/\d+)?$/)
      expect(problem.reference?.answer?.split('\n').at(-1)).toBe(`#### ${gold}`)
      for (const { answer } of problem.meta.wrong ?? []) expect(answer, problem.id).not.toBe(gold)
    }
  })
})

describe.each(ofKind('code'))('code family %s', (_, family) => {
  // Skipped only on a machine without python3: nothing else here can run the programs.
  test.skipIf(!python)('has references that pass and wrong programs that fail', () => {
    const problems = drawn(family)
    const references = problems.map((problem) => job(problem, 'reference', problem.reference?.code ?? ''))
    expect(passing(references)).toEqual(references.map((one) => one.id))
    const wrong = problems.flatMap((problem) =>
      (problem.meta.wrong ?? []).map(({ kind, code }) => job(problem, kind, code ?? '')),
    )
    expect(passing(wrong)).toEqual([])
  })

  test('shows the first case as the example of the statement', () => {
    for (const { check, statement, id: name } of drawn(family)) {
      const first = check.type === 'stdio' ? check.cases[0]?.stdin.trim() : check.type === 'call' && check.function
      expect(statement, name).toContain(first)
    }
  })
})
