/** The built-in problem sets: their form, their spread over levels and skills, and that the real sandbox agrees with them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../src/base/errors.js'
import { packageRoot } from '../src/base/paths.js'
import { checkProblems } from '../src/problems/check.js'
import { builtInSets, type LoadedSet, loadSet } from '../src/problems/load.js'
import { openSandbox, type Sandbox } from '../src/sandbox/open.js'
import type { Problem } from '../src/schemas/problem.js'
import type { VerdictStatus } from '../src/schemas/verdict.js'
import { createVerify } from '../src/verifiers/verify.js'

const kebabName = /^[a-z0-9]+(-[a-z0-9]+)*$/
const minProblems = 80
const levels = [0, 1, 2, 3, 4, 5]
const refused: readonly VerdictStatus[] = ['wrong_answer', 'runtime_error', 'time_limit']
const topicOf = ({ skills }: Problem) => skills[0] ?? ''

// Loading checks the sha256 and the count of set.json, every row by the schema, and that no id stands twice.
const names = await builtInSets()
const sets: LoadedSet[] = []
for (const name of names) sets.push(await loadSet(name, { cwd: packageRoot }))
const problems = sets.flatMap((loaded) => loaded.problems)
const checkTypes = new Set(problems.map(({ check }) => check.type))

test('there is a code set and a math set', () => {
  expect(names).toEqual(['first-code', 'first-math'])
  expect(sets.map(({ problems: [first] }) => first?.kind)).toEqual(['code', 'math'])
})

test('the sets together train 8 to 12 topics, and no id stands twice', () => {
  const topics = new Set(problems.map(topicOf))
  expect(topics.size).toBeGreaterThanOrEqual(8)
  expect(topics.size).toBeLessThanOrEqual(12)
  expect(new Set(problems.map(({ id }) => id)).size).toBe(problems.length)
})

test('the sets hold every check type that a newcomer meets', () => {
  expect([...checkTypes].sort()).toEqual(['answer', 'call', 'stdio', 'unit'])
})

describe.each(sets.map((loaded) => ({ name: loaded.set.id, ...loaded })))('$name', ({ set, problems }) => {
  test('says what it is', () => {
    expect(set).toMatchObject({ format: 'assay', license: 'Apache-2.0', source: 'assay', split: 'train' })
  })

  test(`has at least ${minProblems} problems, sorted by level and id`, () => {
    expect(problems.length).toBeGreaterThanOrEqual(minProblems)
    const order = problems.map(({ id, level }) => `${level} ${id}`)
    expect(order).toEqual([...order].sort())
  })

  test('has every topic at each of the six levels', () => {
    const arms = new Set(problems.map((problem) => `${topicOf(problem)} ${problem.level}`))
    const topics = [...new Set(problems.map(topicOf))].sort()
    expect(topics.length).toBeGreaterThanOrEqual(5)
    expect([...arms].sort()).toEqual(topics.flatMap((topic) => levels.map((level) => `${topic} ${level}`)))
  })

  test('names each problem in kebab case, after its set', () => {
    const odd = problems.filter(
      ({ id }) => !id.startsWith(`${set.id}/`) || !kebabName.test(id.slice(set.id.length + 1)),
    )
    expect(odd.map(({ id }) => id)).toEqual([])
  })

  test('asks no question twice', () => {
    expect(new Set(problems.map(({ statement }) => statement)).size).toBe(problems.length)
  })

  test('gives every problem a reference and a plausible wrong answer', () => {
    const bare = problems.filter(({ kind, reference, meta }) => {
      const wrong = meta.wrong ?? []
      const solved = reference?.code && (kind === 'code' || reference.answer)
      return !solved || wrong.length === 0 || wrong.some(({ code, answer }) => !code && !answer)
    })
    expect(bare.map(({ id }) => id)).toEqual([])
  })

  test('tells the solver of a function its name, and starts it', () => {
    const named = problems.filter(({ entryPoint }) => entryPoint !== undefined)
    const untold = named.filter(
      ({ entryPoint = '', statement, starter }) => !statement.includes(entryPoint) || !starter?.includes(entryPoint),
    )
    expect(untold.map(({ id }) => id)).toEqual([])
  })

  test('tests every function and program with several cases that differ in their results', () => {
    const thin = problems.filter(({ check }) => {
      if (check.type !== 'call' && check.type !== 'stdio') return false
      const results = check.cases.map((c) => JSON.stringify('stdout' in c ? c.stdout : c.expected))
      return results.length < 4 || new Set(results).size < 2
    })
    expect(thin.map(({ id }) => id)).toEqual([])
  })

  test('closes every worked answer with the gold answer', () => {
    const open = problems.filter(
      ({ check, reference }) => check.type === 'answer' && !reference?.answer?.endsWith(`\n#### ${check.gold}`),
    )
    expect(open.map(({ id }) => id)).toEqual([])
  })
})

describe('in the real sandbox', () => {
  let sandbox: Sandbox | undefined
  let missing = ''

  beforeAll(async () => {
    try {
      sandbox = await openSandbox({ env: process.env, log: () => {}, slots: 2 })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'sandbox/backend-missing') throw error
      missing = `no sandbox here: ${error.message}`
    }
  })
  afterAll(() => sandbox?.close())

  test.for(sets)('every reference passes and every wrong answer fails: $set.id', async ({ problems }, context) => {
    if (!sandbox) return context.skip(missing)
    const verify = createVerify({ exec: sandbox.exec })
    const faults: string[] = []
    let checked = 0
    for await (const { id, status, reason, weak, tried } of checkProblems(problems, verify, { parallel: 2 })) {
      checked++
      if (status !== 'accepted') faults.push(`${id}: ${status}: ${reason}`)
      if (weak) faults.push(`${id}: a program or number that does nothing of what is asked passes`)
      // Refused for its own fault, not because something of ours failed.
      const odd = tried.filter(({ given, status: wrong }) => given && !refused.includes(wrong))
      faults.push(...odd.map(({ kind, status: wrong }) => `${id}: the wrong answer ${kind} is ${wrong}`))
    }
    expect(faults).toEqual([])
    expect(checked).toBe(problems.length)
  })
})
