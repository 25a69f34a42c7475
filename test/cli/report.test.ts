import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { figuresSchema } from '../../src/schemas/figures.js'
import { assay, makeRun } from './run-folder.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-report-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

test('report --json prints the figures of the ledger and nothing else', async () => {
  await makeRun(path.join(cwd, 'run'))
  const { code, out, err } = await assay(cwd, 'report', 'run', '--json')
  expect([code, err]).toEqual([0, ''])
  expect(out.trim().split('\n')).toHaveLength(1)
  expect(figuresSchema.parse(JSON.parse(out))).toMatchObject({
    status: 'complete',
    candidates: 5,
    failed: 0,
    byStatus: { accepted: 4, wrong_answer: 1 },
    verified: 4,
    distinct: 3,
    solved: 2,
    costUsd: null,
  })
})

test('report tells people the funnel on stdout, an unknown cost as unknown, and writes the page', async () => {
  await makeRun(path.join(cwd, 'run'))
  const { code, out, err } = await assay(cwd, 'report', 'run')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/candidates +5 /)
  expect(out).toMatch(/distinct +3 /)
  expect(out).toContain('cost unknown')
  expect(out).not.toContain('\u001b')
  expect(readFileSync(path.join(cwd, 'run', 'report.html'), 'utf8')).toContain('</html>')
})

test('a run whose writer was killed is reported as far as it came, and its ledger is left as it is', async () => {
  await makeRun(path.join(cwd, 'run'))
  const segment = path.join(cwd, 'run', 'ledger', '000001.jsonl')
  appendFileSync(segment, '{"v":1,"seq"')
  appendFileSync(path.join(cwd, 'run', 'verified.jsonl'), '{"v":1,')
  const before = readFileSync(segment)
  expect((await assay(cwd, 'report', 'run', '--json')).code).toBe(0)
  expect(readFileSync(segment)).toEqual(before)
})

test('report --json needs no page: where it cannot be written, the figures come all the same', async () => {
  await makeRun(path.join(cwd, 'run'))
  mkdirSync(path.join(cwd, 'run', 'report.html'))
  const { code, out, err } = await assay(cwd, 'report', 'run', '--json')
  expect(code).toBe(0)
  expect(figuresSchema.parse(JSON.parse(out)).candidates).toBe(5)
  expect(err).toMatch(/^report\.html was not written: /)
})

test('the next command is quoted for a shell', async () => {
  await makeRun(path.join(cwd, 'my run'))
  const { out } = await assay(cwd, 'report', 'my run')
  expect(out).toContain(`npx assay export 'my run' --format sft --out 'my run/sft'`)
})

test('a changed ledger is not reported but named', async () => {
  await makeRun(path.join(cwd, 'run'))
  const segment = path.join(cwd, 'run', 'ledger', '000001.jsonl')
  writeFileSync(segment, readFileSync(segment, 'utf8').replace('wrong_answer', 'accepted'))
  const { code, out, err } = await assay(cwd, 'report', 'run', '--json')
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^store\/corrupt: .*000001\.jsonl:\d+: the checksum does not match/)
})

test.each([
  ['a folder that is not there', () => {}],
  ['a folder that is no run', (dir: string) => mkdirSync(dir)],
])('%s is a clear error', async (_name, make) => {
  make(path.join(cwd, 'other'))
  const { code, out, err } = await assay(cwd, 'report', 'other')
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^config\/missing-file: .*other holds no run/)
  expect(err).toContain('hint: ')
})
