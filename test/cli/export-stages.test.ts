import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/base/hash.js'
import { readRun } from '../../src/pipeline/run-dir.js'
import { stagesManifestSchema } from '../../src/schemas/stage.js'
import { openLedger } from '../../src/store/ledger.js'
import { assay, makeRun } from './run-folder.js'

let cwd: string
beforeEach(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-stages-'))
  await makeRun(path.join(cwd, 'run'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const stages = (...args: string[]) => assay(cwd, 'export', 'run', '--out', 'out', '--stages', ...args)
const manifest = (out = 'out') =>
  stagesManifestSchema.parse(JSON.parse(readFileSync(path.join(cwd, out, 'stages.json'), 'utf8')))
const allFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\./.test(path.basename(name)))
    .sort()

test('every distinct trace lands in one stage, and the manifest accounts for the others', async () => {
  const { code, out, err } = await stages('2')
  expect(code).toBe(0)
  expect(out.trim()).toBe(path.join(cwd, 'out', 'stages.json'))
  expect(err).toContain('2 stages, 3 of 4 verified traces (left out: 1 duplicate)')
  expect(allFiles(path.join(cwd, 'out'))).toEqual(['stage-01/sft.jsonl', 'stage-02/sft.jsonl', 'stages.json'])
  const { stages: found, traces, ...rest } = manifest()
  expect(traces).toEqual({ verified: 4, exported: 3, leftOut: [{ reason: 'duplicate', traces: 1 }] })
  expect(rest).toMatchObject({ status: 'complete', models: ['some-model'], format: 'sft', duplicates: 'left-out' })
  expect(rest.runId).toBe(readRun(path.join(cwd, 'run'))!.runId)
  expect(found.map(({ skills }) => skills)).toEqual([
    [{ skill: 'code/arithmetic', levels: [0] }],
    [{ skill: 'math/ratios', levels: [1] }],
  ])
  expect(found.map(({ problems, candidates, passes, traces: own }) => [problems, candidates, passes, own])).toEqual([
    [1, 4, 3, 2],
    [1, 1, 1, 1],
  ])
  const ids = found.flatMap(({ files }) =>
    files.flatMap((file) => {
      const text = readFileSync(path.join(cwd, 'out', file.path), 'utf8')
      expect(sha256(text)).toBe(file.sha256)
      const lines = text.trimEnd().split('\n')
      expect(lines).toHaveLength(file.rows)
      return lines.map((line) => JSON.parse(line).id)
    }),
  )
  expect(ids.sort()).toEqual(['c1', 'c3', 'c4'])
})

test('the stages come easiest first, and their bands touch', async () => {
  await stages('2')
  const [first, second] = manifest().stages
  expect(first!.passRate).toBeGreaterThan(second!.passRate)
  expect(first!.difficulty).toBeLessThan(second!.difficulty)
  expect([second!.band[0], first!.band[1]]).toEqual([0, 1])
  expect(second!.band[1]).toBe(first!.band[0])
})

test('without a number the data decides: what it cannot tell apart is one stage', async () => {
  expect((await stages()).code).toBe(0)
  expect(manifest().stages).toHaveLength(1)
})

test('the same run gives the same bytes', async () => {
  await stages('2')
  await assay(cwd, 'export', 'run', '--out', 'again', '--stages', '2', '--format', 'sft')
  for (const file of allFiles(path.join(cwd, 'out')))
    expect(readFileSync(path.join(cwd, 'again', file))).toEqual(readFileSync(path.join(cwd, 'out', file)))
})

test('--duplicates keeps them in their stage, --json prints the manifest', async () => {
  const { out } = await stages('2', '--duplicates', '--json')
  expect(JSON.parse(out)).toEqual(manifest())
  expect(manifest()).toMatchObject({ duplicates: 'kept', traces: { exported: 4, leftOut: [] } })
})

test('levels that were never passed are named, and belong to no stage', async () => {
  rmSync(path.join(cwd, 'run'), { recursive: true })
  const { rows } = await import('./run-folder.js')
  await makeRun(path.join(cwd, 'run'), rows.slice(3))
  await stages()
  expect(manifest().withoutTraces).toMatchObject([{ skill: 'code/arithmetic', level: 0, candidates: 1 }])
  expect(manifest().stages.flatMap(({ skills }) => skills)).toEqual([{ skill: 'math/ratios', levels: [1] }])
})

test('a run that goes on is exported as far as it is, and says so', async () => {
  const { runId, configHash, setHashes } = readRun(path.join(cwd, 'run'))!
  const ledger = await openLedger(path.join(cwd, 'run'), { runId, clock: { now: () => Date.UTC(2026, 0, 2) } })
  await ledger.append({ kind: 'run.started', configHash, setHashes, problems: 2, versions: {}, backend: 'bubblewrap' })
  await ledger.close()
  const { code, err } = await stages('1')
  expect(code).toBe(0)
  expect(err).toContain('the run is not finished (running)')
  expect(manifest().status).toBe('running')
})

test('traces that the ledger does not hold are left out with that reason', async () => {
  rmSync(path.join(cwd, 'run', 'ledger'), { recursive: true })
  const { runId } = readRun(path.join(cwd, 'run'))!
  const lines = readFileSync(path.join(cwd, 'run', 'verified.jsonl'), 'utf8')
    .trim()
    .split('\n')
  const ledger = await openLedger(path.join(cwd, 'run'), { runId, clock: { now: () => 0 } })
  const { candidate, verdict } = JSON.parse(lines[3]!)
  const { reply: _reply, ...facts } = candidate
  await ledger.append({ kind: 'candidate.replied', candidate: facts, latencyMs: 1 })
  await ledger.append({ kind: 'candidate.verified', candidateId: facts.id, verdict, verifyMs: 1 })
  await ledger.close()
  await stages()
  expect(manifest().traces).toEqual({ verified: 4, exported: 1, leftOut: [{ reason: 'not-in-ledger', traces: 3 }] })
})

test('a folder that holds something is refused and left as it is', async () => {
  mkdirSync(path.join(cwd, 'out'))
  writeFileSync(path.join(cwd, 'out', 'mine.txt'), 'mine')
  const { code, err } = await stages()
  expect(code).toBe(2)
  expect(err).toMatch(/usage\/bad-option: --out .*out is not empty/)
  expect(readdirSync(cwd).sort()).toEqual(['out', 'run'])
  expect(readdirSync(path.join(cwd, 'out'))).toEqual(['mine.txt'])
})

test.each([
  ['more stages than pass rates', ['3'], /3 stages cannot be made: .* 2 different pass rates/],
  ['no number', ['many'], /--stages.*number of stages/],
  ['an unknown format', ['--format', 'stf'], /did you mean 'sft'/],
])('%s: nothing is written', async (_name, args, message) => {
  const { code, err } = await stages(...args)
  expect(code).toBe(2)
  expect(err).toMatch(message)
  expect(readdirSync(cwd)).toEqual(['run'])
})

test('a damaged row is named, and no folder appears', async () => {
  const file = path.join(cwd, 'run', 'verified.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"problemId"', '"problemID"'))
  const { code, err } = await stages()
  expect(code).toBe(1)
  expect(err).toMatch(/store\/corrupt: .*verified\.jsonl:1: /)
  expect(existsSync(path.join(cwd, 'out'))).toBe(false)
  expect(readdirSync(cwd)).toEqual(['run'])
})
