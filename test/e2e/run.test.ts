import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rng } from '../../src/base/rng.js'
import { type Figures, figuresSchema } from '../../src/schemas/figures.js'
import { type VerifiedRow, verifiedRowSchema } from '../../src/schemas/trace.js'
import { assay, type Ended, launch, newFolder, type Running } from './assay.js'

// Replies that the small local model gave to the twelve problems of the fixture, with these options.
const set = path.resolve('test/fixtures/sets/loop')
const cassette = path.resolve('test/fixtures/cassettes/loop.jsonl')
const options = ['--samples', '3', '--temperature', '0.4', '--seed', '7']
const run = (out: string, ...more: string[]) => [
  'run',
  '--set',
  set,
  '--model',
  `recorded:${cassette}`,
  ...options,
  '--out',
  out,
  ...more,
]

const read = (dir: string, file: string) => readFileSync(path.join(dir, file), 'utf8')
const rows = (dir: string): VerifiedRow[] =>
  read(dir, 'verified.jsonl')
    .trim()
    .split('\n')
    .map((line) => verifiedRowSchema.parse(JSON.parse(line)))
const ledgerOf = (dir: string) => {
  const folder = path.join(dir, 'ledger')
  if (!existsSync(folder)) return []
  const text = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('')
  return text.split('\n').filter((line) => line.endsWith('}'))
}
const kindOf = (line: string) => (JSON.parse(line) as { kind: string }).kind

/** Resolves once the ledger of a run holds so many events, or the run ended before. */
async function untilEvents({ ended }: Running, dir: string, count: number): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over && ledgerOf(dir).length < count) await new Promise((resolve) => setTimeout(resolve, 3))
}

/** Command lines of processes whose environment or arguments name this folder. */
const processesOf = (folder: string) =>
  execFileSync('ps', ['-eo', 'args'])
    .toString()
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('ps -eo'))

describe('assay run on recorded replies of the local model and a real sandbox', () => {
  test('keeps verified traces with their proof, and says what it did', async () => {
    const out = path.join(newFolder(), 'run')
    const { code, stdout, stderr } = await assay(run(out))
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/The run is complete[\s\S]*Funnel[\s\S]*Self-audit.*false rejects 0, false accepts 0/)
    const kept = rows(out)
    expect(kept.length).toBe(20)
    expect(kept.filter(({ duplicateOf }) => duplicateOf === undefined).length).toBe(9)
    expect(new Set(kept.map(({ problem }) => problem.kind))).toEqual(new Set(['code', 'math']))
    expect(kept.every(({ verdict, code: program }) => verdict.status === 'accepted' && program !== undefined)).toBe(
      true,
    )
    expect(read(out, 'report.html')).toContain('<svg')
    expect(read(out, 'config.json')).not.toMatch(/key|token"/i)
    const json = await assay(['report', out, '--json'])
    const figures: Figures = figuresSchema.parse(JSON.parse(json.stdout))
    expect(figures).toMatchObject({ status: 'complete', problems: 12, candidates: 36, verified: 20, distinct: 9 })
    expect(figures.selfAudit).toMatchObject({ falseAccepts: 0, falseRejects: 0 })
    expect(figures.selfAudit.bad).toBeGreaterThan(40)
  })

  test('killed with kill -9 at ten moments, it ends like an unbroken run at another concurrency', async () => {
    const folder = newFolder()
    const [whole, broken] = [path.join(folder, 'whole'), path.join(folder, 'broken')]
    expect((await assay(run(whole, '--requests', '1', '--slots', '1'))).code).toBe(0)
    const total = ledgerOf(whole).length
    const stream = rng(11)
    const moments = Array.from({ length: 10 }, () => stream.int(1, total - 2)).sort((a, b) => a - b)
    for (const moment of moments) {
      const running = launch(run(broken, '--requests', '8'))
      await untilEvents(running, broken, moment)
      running.child.kill('SIGKILL')
      expect((await running.ended).signal).toBe('SIGKILL')
    }
    const last = await assay(run(broken, '--requests', '8'))
    expect(last.code).toBe(0)
    expect(read(broken, 'verified.jsonl')).toBe(read(whole, 'verified.jsonl'))
    const drawn = (dir: string) =>
      ledgerOf(dir)
        .filter((line) => kindOf(line) === 'problem.drawn')
        .map((line) => (JSON.parse(line) as { problemId: string }).problemId)
    expect(drawn(broken)).toEqual(drawn(whole))
    const replied = ledgerOf(broken).filter((line) => kindOf(line) === 'candidate.replied')
    expect(replied.length, 'a recorded reply was asked for again').toBe(36)
    expect(processesOf(folder)).toEqual([])
  })

  test('Ctrl-C finishes what is in flight, exits 130, and the same command goes on', async () => {
    const out = path.join(newFolder(), 'run')
    const running = launch(run(out, '--requests', '1'))
    await untilEvents(running, out, 12)
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped.code, stopped.stderr).toBe(130)
    expect(stopped.stderr).toMatch(/interrupted; the same command continues/)
    expect((await assay(run(out))).code).toBe(0)
    expect(rows(out).length).toBe(20)
  })

  test('started again when it is complete, it says so and does nothing', async () => {
    const out = path.join(newFolder(), 'run')
    await assay(run(out))
    const before = ledgerOf(out)
    const again = await assay(run(out))
    expect(again).toMatchObject({ code: 0, stdout: '' })
    expect(again.stderr).toMatch(/complete; nothing was left to do/)
    expect(ledgerOf(out)).toEqual(before)
  })
})

describe('mistakes have their own message and exit code', () => {
  const says = (ended: Ended, code: number, text: RegExp) => {
    expect(ended.stderr).toMatch(text)
    expect(ended.code).toBe(code)
    expect(ended.stderr).not.toMatch(/\n\s+at /)
  }

  test('an unknown option names the nearest one', async () => {
    says(await assay(['run', '--limti', '5']), 2, /unknown option '--limti'[\s\S]*--limit/)
  })

  test('a typo in the config names file, line, key and the nearest name', async () => {
    const folder = newFolder()
    writeFileSync(
      path.join(folder, 'assay.yaml'),
      `sets: [${set}]\nmodel: recorded:${cassette}\ncurriculum:\n  bnad: [0.1, 0.9]\n`,
    )
    says(
      await assay(['run', 'assay.yaml'], { cwd: folder }),
      2,
      /config\/invalid: assay\.yaml:4:3 curriculum\.bnad: unknown key.*band/,
    )
  })

  test('a malformed problem row names its file and row', async () => {
    const folder = newFolder()
    const problems = readFileSync(path.join(set, 'problems.jsonl'), 'utf8').split('\n')
    problems[2] = '{"v":1,"id":"loop/x"'
    writeFileSync(path.join(folder, 'problems.jsonl'), problems.join('\n'))
    writeFileSync(path.join(folder, 'set.json'), readFileSync(path.join(set, 'set.json')))
    says(
      await assay(['run', '--set', folder, '--model', 'local', '--out', path.join(folder, 'run')]),
      2,
      /problems\.jsonl:3|set-changed/,
    )
  })

  test('a set that does not exist names the nearest built-in one', async () => {
    says(await assay(['run', '--set', 'first-cod', '--model', 'local']), 2, /problems\/set-missing[\s\S]*first-code/)
  })

  test('a model that is down names the address', async () => {
    const out = path.join(newFolder(), 'run')
    const args = ['run', '--set', set, '--model', 'openai:any', '--base-url', 'http://127.0.0.1:9/v1', '--out', out]
    says(
      await assay([...args, '--samples', '1', '--audit', '0'], { env: { OPENAI_API_KEY: 'none' } }),
      3,
      /provider\/unreachable[\s\S]*127\.0\.0\.1:9/,
    )
  })

  test('a changed config is refused with what differs', async () => {
    const out = path.join(newFolder(), 'run')
    await assay(run(out))
    says(await assay(run(out, '--audit', '3')), 2, /config\/changed[\s\S]*audit: 24 -> 3/)
  })
})

test('a dry run prints the plan and the first real prompt, and asks for nothing', async () => {
  const out = path.join(newFolder(), 'run')
  const { code, stdout } = await assay(run(out, '--dry-run', '--json'))
  expect(code).toBe(0)
  const plan = JSON.parse(stdout) as { candidatesAtMost: number; prompt: { text: string } }
  expect(plan.candidatesAtMost).toBe(36)
  expect(plan.prompt.text).toMatch(/def |# Question|# Task/)
  expect(existsSync(out)).toBe(false)
})
