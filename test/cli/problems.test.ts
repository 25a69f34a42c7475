import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSandbox } from '../../src/sandbox/open.js'
import { problemsCli } from './problems-io.js'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-problems-'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const sandbox = await openSandbox({ slots: 1, env: process.env, log: () => {} }).then(
  (opened) => opened.close().then(() => true),
  () => false,
)

const assay = (args: string[], interrupt?: AbortController) => problemsCli(cwd, args, interrupt)

const fixture = (id: string) => path.resolve(`test/fixtures/formats/${id}.jsonl`)
const write = (name: string, text: string) => {
  writeFileSync(path.join(cwd, name), text)
  return name
}

test('import writes a set that list and show read', async () => {
  const done = await assay([
    'import',
    '--format',
    'gsm8k',
    fixture('gsm8k'),
    '--out',
    'gsm',
    '--split',
    'test',
    '--json',
  ])
  expect([done.code, done.err]).toEqual([0, `wrote 3 problems to ${path.join(cwd, 'gsm')}\n`])
  expect(done.rows()[0]).toMatchObject({ skipped: 0, set: { id: 'gsm8k', license: 'MIT', split: 'test', count: 3 } })
  const listed = await assay(['list', 'gsm', '--json'])
  expect(listed.rows().map(({ id }) => id)).toEqual(['gsm8k/0', 'gsm8k/1', 'gsm8k/2'])
  const shown = await assay(['show', 'gsm8k/1', '--set', 'gsm', '--json'])
  expect(shown.rows()[0]).toMatchObject({ id: 'gsm8k/1', check: { gold: '-5' } })
  expect((await assay(['show', 'gsm8k/1', '--set', 'gsm'])).out).toContain('It is 4 degrees')
  expect((await assay(['list', 'gsm'])).out.split('\n')[1]).toMatch(
    /^gsm8k\/0 +math +1 +arithmetic-word-problem +answer +MIT$/,
  )
})

test('import of records of several licenses says them all', async () => {
  const rows = readFileSync(fixture('jsonl'), 'utf8').replace('CC0-1.0', 'MIT')
  const done = await assay(['import', '--format', 'jsonl', write('own.jsonl', rows), '--out', 'own', '--json'])
  expect(done.rows()[0]).toMatchObject({ set: { id: 'tiny', license: 'CC0-1.0 AND MIT', source: 'own.jsonl' } })
})

test('a bad row stops an import, or is told and skipped', async () => {
  const file = write('bad.jsonl', `${readFileSync(fixture('gsm8k'), 'utf8')}{"question":"How many?","answer":"####"}\n`)
  const stopped = await assay(['import', '--format', 'gsm8k', file, '--out', 'stopped'])
  expect(stopped.code).toBe(2)
  expect(stopped.err).toMatch(/^problems\/malformed-row: .*bad\.jsonl:4: answer: no gold answer/)
  const skipped = await assay(['import', '--format', 'gsm8k', file, '--out', 'skipped', '--bad-rows', 'skip'])
  expect(skipped.code).toBe(0)
  expect(skipped.err).toMatch(/skipped: .*bad\.jsonl:4: .*\nwrote 3 problems to .* \(1 row skipped\)\n$/)
})

test.each([
  ['a mistyped format', ['import', '--format', 'gsmk8', 'x', '--out', 'o'], /usage\/bad-option.*\n.*'gsm8k'/],
  [
    'a missing file',
    ['import', '--format', 'gsm8k', 'beds.jsonl', '--out', 'o'],
    /config\/missing-file.*\n.*bed\.jsonl/,
  ],
  ['a folder without files of rows', ['import', '--format', 'gsm8k', 'hollow', '--out', 'o'], /holds no file of rows/],
  ['no format', ['import', 'bed.jsonl', '--out', 'o'], /--format/],
  ['a mistyped family', ['generate', 'gcd-lmc', '--out', 'o'], /'gcd-lcm'/],
  ['a level that is not there', ['generate', 'gcd-lcm', '--level', '6', '--out', 'o'], /levels are 0 to 5/],
  ['a level that is no number', ['generate', 'gcd-lcm', '--level', '3-1', '--out', 'o'], /write 2, 0-3 or all/],
  ['a count that is no number', ['generate', 'gcd-lcm', '--count', '0', '--out', 'o'], /whole number from 1/],
  ['a missing set', ['check', 'nowhere'], /problems\/set-missing/],
  ['an unknown problem', ['show', 'first-code/nothing-like-it'], /problems\/unknown-id/],
])('%s is refused with the way out', async (_, args, message) => {
  write('bed.jsonl', '')
  mkdirSync(path.join(cwd, 'hollow'), { recursive: true })
  const { code, out, err } = await assay(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(message)
})

test('generate writes the same set for the same seed and never over another one', async () => {
  const args = ['generate', 'gcd-lcm', '--level', '1-3', '--count', '6', '--seed', '7']
  expect((await assay([...args, '--out', 'one'])).code).toBe(0)
  expect((await assay([...args, '--out', 'two'])).code).toBe(0)
  const text = (name: string) => readFileSync(path.join(cwd, name, 'problems.jsonl'), 'utf8')
  expect(text('one')).toBe(text('two'))
  const refused = await assay([...args, '--out', 'one'])
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--force')])
  expect((await assay(['generate', 'gcd-lcm', '--seed', '8', '--out', 'one', '--force'])).code).toBe(0)
  expect(text('one')).not.toBe(text('two'))
  const source = JSON.parse(readFileSync(path.join(cwd, 'two/set.json'), 'utf8')).source
  expect(source).toBe('assay problems generate gcd-lcm --level 1-3 --count 6 --seed 7')
})

test('an edited set is refused until it is sealed', async () => {
  await assay(['generate', 'sequence-next', '--count', '3', '--out', 'edited'])
  const file = path.join(cwd, 'edited/problems.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('What is the next', 'Which is the next'))
  expect((await assay(['list', 'edited'])).err).toMatch(/^problems\/set-changed/)
  expect((await assay(['seal', 'edited'])).code).toBe(0)
  expect((await assay(['list', 'edited'])).code).toBe(0)
})

test('check says of each math problem whether its gold holds, without a sandbox', async () => {
  await assay(['generate', 'percent-word-problem', '--count', '6', '--out', 'percent'])
  const { code, err, rows } = await assay(['check', 'percent'])
  expect([code, err]).toEqual([0, '6 of 6 references accepted, 0 bad, 0 unknown, 0 weak\n'])
  expect(rows().map(({ status }) => status)).toEqual(Array(6).fill('accepted'))
  expect(rows()[0]).toMatchObject({ weak: false, wrong: { kind: 'common-slip', status: 'wrong_answer' } })
})

test('check ends 1 when a reference is wrong, and calls a problem weak when a known-wrong answer passes', async () => {
  const row = (id: string, more: object) => ({
    ...JSON.parse(readFileSync(fixture('jsonl'), 'utf8').split('\n')[1] as string),
    id,
    ...more,
  })
  const rows = [
    row('tiny/right', {}),
    row('tiny/wrong', { reference: { answer: 'It is 4.\n#### 4' } }),
    row('tiny/loose', { meta: { wrong: [{ kind: 'same', answer: '3.5' }] } }),
  ]
  const file = write('tiny.jsonl', rows.map((one) => JSON.stringify(one)).join('\n'))
  await assay(['import', '--format', 'jsonl', file, '--out', 'tiny'])
  const checked = await assay(['check', 'tiny', '--json'])
  expect([checked.code, checked.err]).toEqual([1, ''])
  expect(checked.rows().map(({ id, status, blame, weak }) => [id, status, blame, weak])).toEqual([
    ['tiny/right', 'accepted', 'candidate', false],
    ['tiny/wrong', 'bad_problem', 'problem', false],
    ['tiny/loose', 'accepted', 'candidate', true],
  ])
  const loose = await assay(['check', 'tiny', '--id', 'tiny/loose', '--json'])
  expect([loose.code, loose.rows()[0]?.reason]).toEqual([0, expect.stringContaining('known to be wrong and accepted')])
})

// Skipped only where no sandbox can be started.
test.skipIf(!sandbox)('check runs the references of published rows and refuses programs that do nothing', async () => {
  await assay(['import', '--format', 'humaneval', fixture('humaneval'), '--out', 'he'])
  const { code, rows } = await assay(['check', 'he', '--slots', '1'])
  const seen = rows().map(({ id, status, weak, tried }) => ({ id, status, weak, tried: (tried as object[]).length }))
  expect(seen).toEqual([
    { id: 'humaneval/0', status: 'accepted', weak: false, tried: 3 },
    { id: 'humaneval/1', status: 'accepted', weak: false, tried: 3 },
  ])
  expect(code).toBe(0)
})

test('an interrupted import says so and leaves nothing', async () => {
  const interrupted = new AbortController()
  interrupted.abort()
  const done = await assay(['import', '--format', 'gsm8k', fixture('gsm8k'), '--out', 'never'], interrupted)
  expect([done.code, existsSync(path.join(cwd, 'never'))]).toEqual([130, false])
})

test('an interrupted check says so', async () => {
  await assay(['generate', 'gcd-lcm', '--count', '3', '--out', 'cut'])
  const interrupt = new AbortController()
  interrupt.abort()
  const { code, out } = await assay(['check', 'cut'], interrupt)
  expect([code, out]).toEqual([130, ''])
})
