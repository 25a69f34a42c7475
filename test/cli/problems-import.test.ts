import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemsCli } from './problems-io.js'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-import-'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(path.join(cwd, name), content)
  return name
}
const row = (n: number) => ({ question: `What is ${n} + 1?`, answer: `It is ${n + 1}.\n#### ${n + 1}` })
const lines = (rows: readonly unknown[]) => rows.map((value) => `${JSON.stringify(value)}\n`).join('')
const gsm = (file: string, out: string, ...more: string[]) =>
  problemsCli(cwd, ['import', '--format', 'gsm8k', file, '--out', out, ...more])
const idsIn = (out: string) =>
  readFileSync(path.join(cwd, out, 'problems.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id)

test('the same rows as JSON Lines, JSON, gzip and CSV become the same set', async () => {
  const rows = [row(1), row(2), row(3)]
  const csv = ['question,answer', ...rows.map((r) => `"${r.question}","${r.answer}"`)].join('\n')
  const forms = [lines(rows), JSON.stringify(rows), gzipSync(lines(rows)), csv]
  const hashes = new Set<string>()
  for (const [n, form] of forms.entries()) {
    const done = await gsm(write(`form-${n}`, form), `set-${n}`, '--json')
    expect([done.code, done.err]).toEqual([0, expect.stringMatching(/^wrote 3 problems/)])
    hashes.add((done.rows()[0] as { set: { sha256: string } }).set.sha256)
  }
  expect(hashes.size).toBe(1)
})

test('skipped rows are counted by reason, and keep their numbers', async () => {
  const bad = [
    { question: 'How many?', answer: 'No mark.' },
    { question: 'How many more?', answer: '5' },
  ]
  const file = write('bad.jsonl', `${lines([row(1), ...bad])}no JSON\n${lines([row(2)])}`)
  const done = await gsm(file, 'skipped', '--bad-rows', 'skip', '--json')
  expect(done.code).toBe(0)
  expect(done.err).toMatch(
    /skipped 3 rows by reason:\n +2 {2}answer: .*there is no ####.*\(first: .*bad\.jsonl:2\)\n +1 {2}not JSON/,
  )
  expect(done.err).toMatch(/wrote 2 problems to .* \(3 rows skipped\)\n$/)
  expect(done.rows()[0]).toMatchObject({ skipped: 3, reasons: [{ count: 2 }, { count: 1 }] })
  expect(idsIn('skipped')).toEqual(['gsm8k/0', 'gsm8k/4'])
})

test('many skipped rows are not told one by one', async () => {
  const file = write('many.jsonl', lines([row(1), ...Array(500).fill({ question: 'How many?', answer: 'none' })]))
  const { code, err } = await gsm(file, 'many', '--bad-rows', 'skip')
  expect(code).toBe(0)
  expect(err.split('\n').filter((line) => line.startsWith('skipped: '))).toHaveLength(21)
  expect(err).toMatch(/ 500 {2}answer: /)
})

test('when every row is refused the first reason is told and nothing is written', async () => {
  const file = write(
    'none.jsonl',
    lines([
      { question: 'a', answer: 'b' },
      { question: 'c', answer: 'd' },
    ]),
  )
  const { code, err } = await gsm(file, 'none', '--bad-rows', 'skip')
  expect(code).toBe(2)
  expect(err).toMatch(/every row was refused \(2 rows\); the first: .*none\.jsonl:1: answer: /)
  expect(readdirSync(cwd)).not.toContain('none')
})

test('gzip that is cut off writes nothing, or what could be read where bad rows are skipped', async () => {
  const packed = gzipSync(lines(Array.from({ length: 5000 }, (_, n) => row(n))))
  const file = write('cut.gz', packed.subarray(0, packed.length >> 1))
  const stopped = await gsm(file, 'cut')
  expect([stopped.code, stopped.err]).toEqual([2, expect.stringMatching(/gzip data is cut off, after row \d+\n.*skip/)])
  expect(readdirSync(cwd)).not.toContain('cut')
  const skipped = await gsm(file, 'cut', '--bad-rows', 'skip')
  expect(skipped.code).toBe(0)
  expect(idsIn('cut').length).toBe(Number(/after row (\d+)/.exec(skipped.err)?.[1]))
})

test.each([
  [
    'NUL as an escape in what a solver reads',
    `${lines([row(1)])}{"question":"a\\u0000b","answer":"#### 1"}\n`,
    /:2: question: the text holds a NUL/,
  ],
  [
    'a row of 50 MB',
    `${lines([row(1)])}{"question":"${'x'.repeat(50e6)}","answer":"#### 1"}\n`,
    /:2: the row has 47\.7 MiB, more than 32 MiB/,
  ],
  [
    'a mistyped column',
    lines([{ Question: 'a', answer: '#### 1' }]),
    /:1: question: [\s\S]*its columns are: Question, answer; 'question' may be 'Question'/,
  ],
  ['a web page', '<!doctype html>', /is a web page/],
])('%s is refused by its place with the way out', async (_, content, message) => {
  const { code, out, err } = await gsm(write('refused.jsonl', content), 'refused')
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(message)
  expect(readdirSync(cwd)).not.toContain('refused')
})

test('a row of 50 MB is left out where bad rows are skipped', async () => {
  const huge = `{"question":"${'x'.repeat(50e6)}","answer":"#### 1"}\n`
  const file = write('huge.jsonl', lines([row(1)]) + huge + lines([row(2)]))
  const { code, err } = await gsm(file, 'huge', '--bad-rows', 'skip')
  expect([code, err]).toEqual([0, expect.stringMatching(/skipped: .*huge\.jsonl:2: .*\nwrote 2 problems/)])
})

test('--map names the columns of a table of one’s own', async () => {
  const file = write('own.csv', 'Frage,Lösung = Zahl\n"What is 1 + 1?",2\n')
  const args = [
    'import',
    '--format',
    'csv',
    file,
    '--out',
    'own',
    '--map',
    'statement=Frage',
    '--map',
    'gold=Lösung = Zahl',
  ]
  expect((await problemsCli(cwd, args)).code).toBe(0)
  expect(JSON.parse(readFileSync(path.join(cwd, 'own/problems.jsonl'), 'utf8'))).toMatchObject({
    statement: 'What is 1 + 1?',
    check: { type: 'answer', gold: '2' },
  })
})

test.each([
  ['without a column', ['csv', '--map', 'statement'], /write field=column/],
  ['given twice', ['csv', '--map', 'gold=a', '--map', 'gold=b'], /'gold' is given twice/],
  ['with a field that there is not', ['csv', '--map', 'statment=question'], /no field 'statment'[\s\S]*statement/],
  ['with a column that there is not', ['csv', '--map', 'statement=questoin'], /no column 'questoin'[\s\S]*question/],
  [
    'for a format with columns of its own',
    ['gsm8k', '--map', 'question=q'],
    /'gsm8k' has columns of its own[\s\S]*--format csv/,
  ],
])('--map %s is refused', async (_, [format = '', ...map], message) => {
  const file = write('map.jsonl', lines([row(1)]))
  const { code, err } = await problemsCli(cwd, ['import', '--format', format, file, '--out', 'map', ...map])
  expect([code, err]).toEqual([2, expect.stringMatching(message)])
})

test('an interrupt among rows that are all skipped leaves nothing', async () => {
  const interrupt = new AbortController()
  const file = write('stop.jsonl', lines(Array(50).fill({ question: 'How many?', answer: 'none' })))
  interrupt.abort()
  const args = ['import', '--format', 'gsm8k', file, '--out', 'stop', '--bad-rows', 'skip']
  const { code, err } = await problemsCli(cwd, args, interrupt)
  expect([code, err]).toEqual([130, expect.stringContaining('nothing was written')])
  expect(readdirSync(cwd).filter((name) => name.includes('stop') && !name.endsWith('.jsonl'))).toEqual([])
})
