import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AppError } from '../../src/base/errors.js'
import { builtInSets, loadSet, readProblems } from '../../src/problems/load.js'
import { problemHash, toProblem } from '../../src/problems/problem-row.js'
import { sealSet, writeSet } from '../../src/problems/write.js'
import type { Problem } from '../../src/schemas/problem.js'
import { collect } from './collect.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-sets-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const facts = { id: 'tiny', title: 'Tiny', format: 'assay', license: 'CC0-1.0', source: 'test', split: 'train' }
const row = (id: string, more: object = {}) => ({
  v: 1,
  id,
  kind: 'math',
  set: 'tiny',
  license: 'CC0-1.0',
  source: 'test',
  statement: `Is ${id} three?`,
  check: { type: 'answer', gold: '3' },
  skills: ['counting'],
  level: 0,
  ...more,
})
const problem = (id: string, more: object = {}): Problem => toProblem(row(id, more), id)
const at = (name: string) => path.join(dir, name)
const refusal = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error) => error,
  )

async function tinySet(name = 'tiny'): Promise<string> {
  await writeSet(at(name), facts, [problem('tiny/1'), problem('tiny/2')])
  return at(name)
}

test('a set that was written is read back with its hashes', async () => {
  await tinySet()
  const { set, problems } = await loadSet('tiny', { cwd: dir })
  expect(set).toMatchObject({ ...facts, count: 2 })
  expect(problems).toEqual([problem('tiny/1'), problem('tiny/2')])
  expect(readdirSync(dir)).toEqual(['tiny'])
})

test('the hash follows the content and neither meta nor key order', () => {
  const one = problem('tiny/1')
  expect(one.hash).toMatch(/^[0-9a-f]{32}$/)
  expect(problem('tiny/1', { meta: { note: 'x' } }).hash).toBe(one.hash)
  expect(problem('tiny/1', { level: 1 }).hash).not.toBe(one.hash)
  expect(problemHash(one)).toBe(one.hash)
  expect(() => problem('tiny/1', { hash: 'f'.repeat(32) })).toThrow(/hash/)
})

test('a changed file is refused until it is sealed', async () => {
  const file = path.join(await tinySet(), 'problems.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('Is tiny/2', 'Was tiny/2'))
  const changed = await refusal(loadSet('tiny', { cwd: dir }))
  expect(changed.code).toBe('problems/set-changed')
  expect(changed.hint).toContain('assay problems seal')
  await sealSet(at('tiny'))
  expect((await loadSet('tiny', { cwd: dir })).problems[1]?.statement).toBe('Was tiny/2 three?')
})

test('a row that is missing at the end is a change too', async () => {
  const file = path.join(await tinySet(), 'problems.jsonl')
  writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]}\n`)
  expect((await refusal(loadSet('tiny', { cwd: dir }))).message).toContain('it has 1 problems, set.json says 2')
})

test('set.json without sha256 and count can be sealed, a set with a bad row cannot', async () => {
  mkdirSync(at('own'))
  writeFileSync(at('own/set.json'), JSON.stringify({ v: 1, ...facts }))
  writeFileSync(at('own/problems.jsonl'), `${JSON.stringify(row('own/1'))}\n\n${JSON.stringify(row('own/2'))}`)
  expect(await sealSet(at('own'))).toMatchObject({ count: 2 })
  expect((await loadSet('own', { cwd: dir })).problems.map(({ id }) => id)).toEqual(['own/1', 'own/2'])
  writeFileSync(at('own/problems.jsonl'), '{"v":1}\n')
  expect((await refusal(sealSet(at('own')))).code).toBe('problems/malformed-row')
})

test('a mistyped key of a row is refused by file, line and the nearest key', async () => {
  const rows = [row('tiny/1'), row('tiny/2', { licence: 'MIT' })]
  writeFileSync(at('rows.jsonl'), rows.map((one) => JSON.stringify(one)).join('\n'))
  const error = await refusal(collect(readProblems(at('rows.jsonl'))))
  expect(error.code).toBe('problems/malformed-row')
  expect(error.message).toContain(`${at('rows.jsonl')}:2: licence: unknown key (did you mean 'license'?)`)
})

test('a second problem with an id is refused naming both places', async () => {
  writeFileSync(at('rows.jsonl'), `${JSON.stringify(row('tiny/1'))}\n${JSON.stringify(row('tiny/1'))}\n`)
  const error = await refusal(collect(readProblems(at('rows.jsonl'))))
  expect(error.message).toBe(`${at('rows.jsonl')}:2: id: 'tiny/1' was already used at ${at('rows.jsonl')}:1`)
})

test('bad rows are skipped and told when asked so', async () => {
  const lines = [
    'not json',
    JSON.stringify(row('tiny/1')),
    JSON.stringify(row('bad id')),
    JSON.stringify(row('tiny/2')),
  ]
  mkdirSync(at('own'))
  writeFileSync(at('own/problems.jsonl'), lines.join('\n'))
  const told: string[] = []
  const report = (error: AppError) => told.push(error.message.replace(at('own/'), ''))
  const problems = await collect(readProblems(at('own/problems.jsonl'), { onBadRow: 'skip', report }))
  expect(problems.map(({ id }) => id)).toEqual(['tiny/1', 'tiny/2'])
  expect(told).toEqual([
    expect.stringMatching(/^problems.jsonl:1: not JSON/),
    expect.stringMatching(/^problems.jsonl:3: id:/),
  ])
})

test('reading may be given up in the middle of a file', async () => {
  writeFileSync(
    at('rows.jsonl'),
    Array.from({ length: 5000 }, (_, i) => `${JSON.stringify(row(`tiny/${i}`))}\n`).join(''),
  )
  for await (const first of readProblems(at('rows.jsonl'))) {
    expect(first.id).toBe('tiny/0')
    break
  }
})

test('a missing set names the nearest one and the built-in ones', async () => {
  await tinySet(path.join('built-in', 'first-tiny'))
  mkdirSync(at('built-in/not-a-set'))
  const options = { cwd: dir, builtIn: at('built-in') }
  expect(await builtInSets(options.builtIn)).toEqual(['first-tiny'])
  expect((await loadSet('first-tiny', options)).problems).toHaveLength(2)
  const missing = await refusal(loadSet('first-tny', options))
  expect(missing.code).toBe('problems/set-missing')
  expect(missing.hint).toContain("did you mean 'first-tiny'?")
  const empty = await refusal(loadSet('built-in/not-a-set', options))
  expect(empty.message).toContain('holds no set.json')
})

test('a defect of set.json is named by its key', async () => {
  await tinySet()
  writeFileSync(at('tiny/set.json'), JSON.stringify({ v: 1, ...facts, titel: 'x' }))
  const error = await refusal(loadSet('tiny', { cwd: dir }))
  expect(error.code).toBe('config/invalid')
  expect(error.message).toContain("titel: unknown key (did you mean 'title'?)")
})

test('a folder that holds anything is not overwritten unless told, and then only its set', async () => {
  await tinySet()
  writeFileSync(at('tiny/notes.txt'), 'mine')
  const refused = await refusal(writeSet(at('tiny'), facts, [problem('tiny/3')]))
  expect(refused.hint).toContain('--force')
  await writeSet(at('tiny'), facts, [problem('tiny/3')], { replace: true })
  expect((await loadSet('tiny', { cwd: dir })).problems.map(({ id }) => id)).toEqual(['tiny/3'])
  expect(readdirSync(at('tiny')).sort()).toEqual(['notes.txt', 'problems.jsonl', 'set.json'])
})

test('a set that cannot be completed leaves nothing behind', async () => {
  const breaks = function* () {
    yield problem('tiny/1')
    throw new Error('the source broke')
  }
  expect((await refusal(writeSet(at('tiny'), facts, breaks()))).message).toBe('the source broke')
  expect((await refusal(writeSet(at('tiny'), facts, []))).message).toBe('there is no problem to write')
  expect(readdirSync(dir)).toEqual([])
})
