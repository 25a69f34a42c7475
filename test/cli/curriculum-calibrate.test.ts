import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/base/hash.js'
import { claimRunDir, describeRun } from '../../src/pipeline/run-dir.js'
import { loadSet } from '../../src/problems/load.js'
import { type Calibration, calibrationSchema } from '../../src/schemas/calibration.js'
import { runConfigSchema } from '../../src/schemas/config.js'
import { openLedger } from '../../src/store/ledger.js'
import { eventMaker } from './events.js'
import { assay, makeRun } from './run-folder.js'

const loop = path.resolve('test/fixtures/sets/loop')

let cwd: string
beforeEach(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-calibrate-'))
  await makeRun(path.join(cwd, 'run'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const calibrate = (...args: string[]) => assay(cwd, 'curriculum', 'calibrate', ...args)
const read = (file: string): Calibration =>
  calibrationSchema.parse(JSON.parse(readFileSync(path.join(cwd, file), 'utf8')))

/** A run of the loop set on disk: four attempts at each problem by one model, with these outcomes. */
async function loopRun(name: string, model: string, passed: (problem: number, attempt: number) => boolean) {
  const { set, problems } = await loadSet(loop, { cwd })
  const run = describeRun(runConfigSchema.parse({ sets: [loop], model: `recorded:${model}` }), { loop: set.sha256 })
  const dir = path.join(cwd, name)
  rmSync(dir, { recursive: true, force: true })
  cpSync(path.join(cwd, 'run'), dir, { recursive: true })
  for (const part of ['ledger', 'verified.jsonl']) rmSync(path.join(dir, part), { recursive: true })
  claimRunDir(dir, run, problems)
  const ledger = await openLedger(dir, { runId: run.runId, clock: { now: () => 0 } })
  const { replied, verified } = eventMaker()
  for (const [i, problem] of problems.entries())
    for (let attempt = 0; attempt < 4; attempt++) {
      const id = `${i}-${attempt}`
      const reply = replied(0, id, problem.id)
      if (reply.kind !== 'candidate.replied') continue
      await ledger.append({ ...reply, candidate: { ...reply.candidate, model } })
      const verdict = verified(0, id, passed(i, attempt) ? 'accepted' : 'wrong_answer')
      if (verdict.kind === 'candidate.verified') await ledger.append(verdict)
    }
  await ledger.close()
}

test('calibrate writes the difficulties into the run’s folder and prints them by level', async () => {
  const { code, out, err } = await calibrate('run')
  expect(code).toBe(0)
  expect(out).toMatch(/Difficulty of 2 problems from 5 attempts in 1 run/)
  expect(out).toMatch(/code\/arithmetic +0 +1 +4 +75 %/)
  expect(out).toContain('no level label is in doubt')
  expect(err).toContain(path.join(cwd, 'run', 'calibration.json'))
  const calibration = read('run/calibration.json')
  expect(calibration.set).toBeNull()
  expect(calibration.problems.map(({ id, attempts, passes }) => [id, attempts, passes])).toEqual([
    ['own/add', 4, 3],
    ['own/apples', 1, 1],
  ])
})

test('calibrate --json prints what it writes, and writes it where --out says', async () => {
  const { out } = await calibrate('run', '--json', '--out', 'difficulty.json')
  expect(JSON.parse(out)).toEqual(read('difficulty.json'))
  expect(existsSync(path.join(cwd, 'run', 'calibration.json'))).toBe(false)
})

test('calibrate --set stores it with the set, which stays as it was and loads as before', async () => {
  cpSync(loop, path.join(cwd, 'loop'), { recursive: true })
  await loopRun('strong', 'strong', (problem, attempt) => attempt < 4 - (problem % 3))
  await loopRun('weak', 'weak', (problem, attempt) => attempt < 2 - (problem % 3))
  const before = await loadSet('loop', { cwd })
  const { code, err } = await calibrate('strong', 'weak', '--set', 'loop')
  expect({ code, err }).toEqual({ code: 0, err: `written: ${path.join(cwd, 'loop', 'calibration.json')}\n` })
  const calibration = read('loop/calibration.json')
  const problems = readFileSync(path.join(cwd, 'loop', 'problems.jsonl'), 'utf8')
  expect(calibration.set).toEqual({ id: 'loop', sha256: sha256(problems) })
  expect(calibration.counts).toEqual({ problems: 12, attempts: 96, passes: 48 })
  const [strong, weak] = calibration.models
  expect(strong!.interval[0]).toBeGreaterThan(weak!.interval[1])
  expect(await loadSet('loop', { cwd })).toEqual(before)
  expect((await assay(cwd, 'problems', 'list', 'loop')).code).toBe(0)
})

test('calibrate is the same in every order of the runs but for their list', async () => {
  await loopRun('a', 'a', (problem) => problem % 2 === 0)
  await loopRun('b', 'b', (problem) => problem % 3 === 0)
  await calibrate('a', 'b', '--out', 'ab.json')
  await calibrate('b', 'a', '--out', 'ba.json')
  const { runs, ...rest } = read('ab.json')
  expect(read('ba.json')).toEqual({ ...rest, runs: runs.toReversed() })
})

test('problems that the set holds in another version are left out and counted', async () => {
  await loopRun('a', 'a', (problem) => problem % 2 === 0)
  const file = path.join(cwd, 'a', 'problems.jsonl')
  const [first, ...others] = readFileSync(file, 'utf8').trim().split('\n')
  const changed = { ...JSON.parse(first!), hash: '0'.repeat(32) }
  writeFileSync(file, `${[JSON.stringify(changed), ...others].join('\n')}\n`)
  cpSync(loop, path.join(cwd, 'loop'), { recursive: true })
  const { err, out } = await calibrate('a', '--set', 'loop', '--json')
  expect(err).toContain('left out: 1 problem that the set holds in another version')
  expect(JSON.parse(out).counts.problems).toBe(11)
})

test.each([
  ['a folder that is no run', ['.'], 2, /config\/missing-file: .* holds no run/],
  ['the same run twice', ['run', './run'], 2, /hold the same run/],
  ['a set that the run did not draw from', ['run', '--set', 'first-math'], 2, /tried no problem of the set/],
  ['no run', [], 2, /missing required argument 'rundirs'/],
])('calibrating %s is a clear error', async (_name, args, exit, message) => {
  const { code, err } = await calibrate(...args)
  expect(err).toMatch(message)
  expect(code).toBe(exit)
})

test('a run in which nothing counted yet says so', async () => {
  rmSync(path.join(cwd, 'run', 'ledger'), { recursive: true })
  const { code, err } = await calibrate('run')
  expect(code).toBe(2)
  expect(err).toContain('nothing to calibrate')
})
