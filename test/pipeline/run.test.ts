import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.js'
import type { EventOf } from '../../src/schemas/event.js'
import { newDir, problems, type Started, start } from './scripted.js'

const read = (dir: string, file: string) => readFileSync(path.join(dir, file), 'utf8')
const verified = (dir: string) => read(dir, 'verified.jsonl')
const draws = ({ events }: Started) =>
  events
    .filter((event): event is EventOf<'problem.drawn'> => event.kind === 'problem.drawn')
    .map(({ problemId }) => problemId)

/** A clock on which every look takes a minute. */
function leaping() {
  let now = Date.parse('2027-01-01T00:00:00Z')
  return {
    now: () => {
      now += 60_000
      return now
    },
  }
}

/** A copy of a run as `kill -9` leaves it: some lines of the ledger, and verified.jsonl cut anywhere. */
function killedCopy(dir: string, lines: number, bytes: number): string {
  const copy = newDir()
  mkdirSync(path.dirname(copy), { recursive: true })
  cpSync(dir, copy, { recursive: true })
  const [segment] = readdirSync(path.join(copy, 'ledger')).sort()
  const file = path.join(copy, 'ledger', segment!)
  const kept = readFileSync(file, 'utf8').split('\n').slice(0, lines).join('\n')
  writeFileSync(file, kept === '' ? '' : `${kept}\n`)
  const rows = readFileSync(path.join(copy, 'verified.jsonl'))
  // Rows are written after the ledger knows of them, so a cut ledger comes with no more rows than it tells of.
  const known = (kept.match(/"status":"accepted"/g) ?? []).length
  const allowed = rows.toString().split('\n').slice(0, Math.min(known, 1)).join('\n').length
  writeFileSync(path.join(copy, 'verified.jsonl'), rows.subarray(0, Math.min(bytes, allowed)))
  return copy
}

describe('a run without target or budget', () => {
  test('asks exactly K for every problem, keeps what passed, and is complete', async () => {
    const dir = newDir()
    const { reason, script, events } = await start({ dir })
    expect(reason).toBe('complete')
    expect(script.asked).toHaveLength(problems.length * 3)
    const accepted = events.filter(
      (event) => event.kind === 'candidate.verified' && event.verdict.status === 'accepted',
    )
    const rows = verified(dir)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { duplicateOf?: string; id: string })
    expect(rows).toHaveLength(accepted.length)
    expect(rows.some(({ duplicateOf }) => duplicateOf !== undefined)).toBe(true)
  })

  test('started again it does nothing and opens nothing', async () => {
    const dir = newDir()
    await start({ dir })
    const opened = () => Promise.reject(new Error('must not be opened'))
    const again = await start({ dir, over: { openModel: opened, openVerifier: opened } })
    expect(again.reason).toBe('complete')
    expect(again.script.asked).toEqual([])
  })

  test('verified.jsonl and the draws do not depend on concurrency or arrival order', async () => {
    const results = await Promise.all(
      [1, 3, 32].map(async (requests) => {
        const dir = newDir()
        const started = await start({ dir, config: { operational: { requests } }, script: { latency: requests > 1 } })
        return { rows: verified(dir), draws: draws(started) }
      }),
    )
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  test('killed after any event and started again, it ends like an unbroken run and asks nothing twice', async () => {
    const whole = newDir()
    const unbroken = await start({ dir: whole })
    const ledger = read(whole, path.join('ledger', readdirSync(path.join(whole, 'ledger'))[0]!))
    const total = ledger.trim().split('\n').length
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: total }), fc.nat(), async (lines, bytes) => {
        const dir = killedCopy(whole, lines, bytes)
        const replied = ledger
          .split('\n')
          .slice(0, lines)
          .filter((line) => line.includes('"candidate.replied"')).length
        const again = await start({ dir, config: { operational: { requests: 5 } }, script: { latency: true } })
        expect(verified(dir)).toBe(verified(whole))
        expect(draws(again)).toEqual(draws(unbroken))
        expect(again.script.asked.length).toBe(lines === total ? 0 : problems.length * 3 - replied)
      }),
      { numRuns: 12, seed: 5 },
    )
  })

  test('killed again and again, it still ends the same', async () => {
    const whole = newDir()
    await start({ dir: whole })
    const dir = newDir()
    for (let kill = 1; kill <= 6; kill++) {
      const stop = new AbortController()
      const before = (count: number) => {
        if (count === 5) stop.abort()
      }
      const { reason } = await start({ dir, interrupt: stop.signal, script: { before } })
      expect(reason).toBe('interrupted')
    }
    expect((await start({ dir })).reason).toBe('complete')
    expect(verified(dir)).toBe(verified(whole))
  })
})

describe('ends', () => {
  test('a target stops the run once that many distinct ones are verified; a higher one goes on', async () => {
    const dir = newDir()
    const config = { target: 12, curriculum: { window: 2 } }
    const first = await start({ dir, config })
    expect(first.reason).toBe('target')
    const distinct = () =>
      verified(dir)
        .trim()
        .split('\n')
        .filter((line) => !line.includes('"duplicateOf"')).length
    expect(distinct()).toBeGreaterThanOrEqual(12)
    expect((await start({ dir, config })).script.asked).toEqual([])
    const more = await start({ dir, config: { ...config, target: 30 } })
    expect(more.reason).toBe('target')
    expect(distinct()).toBeGreaterThanOrEqual(30)
    const oneGo = newDir()
    await start({ dir: oneGo, config: { ...config, target: 30 } })
    expect(verified(dir)).toBe(verified(oneGo))
  })

  test('a target out of reach ends as exhausted, each problem drawn as often as allowed', async () => {
    const { reason, script } = await start({ dir: newDir(), config: { target: 10_000, rounds: 2 } })
    expect(reason).toBe('exhausted')
    expect(script.asked).toHaveLength(problems.length * 3 * 2)
  })

  test('tokens never pass the budget', async () => {
    const dir = newDir()
    const { reason, script } = await start({ dir, config: { budget: '30ktok', sampling: { maxTokens: 100 } } })
    expect(reason).toBe('budget')
    expect(script.asked.length * 60).toBeLessThanOrEqual(30_000)
    expect(script.asked.length * 60).toBeGreaterThan(20_000)
  })

  test('a raised budget goes on as if it had been the budget from the start', async () => {
    const [dir, oneGo] = [newDir(), newDir()]
    const config = (budget: string) => ({ budget, sampling: { maxTokens: 100 } })
    expect((await start({ dir, config: config('8ktok') })).reason).toBe('budget')
    expect((await start({ dir, config: config('24ktok') })).reason).toBe('budget')
    await start({ dir: oneGo, config: config('24ktok') })
    expect(verified(dir)).toBe(verified(oneGo))
  })

  test('a budget that is used up does not keep back what the ledger holds', async () => {
    const whole = newDir()
    await start({ dir: whole, config: { budget: '1h', rounds: 1 } })
    const copy = killedCopy(whole, 120, 0)
    expect((await start({ dir: copy, config: { budget: '1s', rounds: 1 }, over: { clock: leaping() } })).reason).toBe(
      'budget',
    )
    const accepted = read(copy, 'ledger/000001.jsonl')
      .split('\n')
      .filter((line) => line.includes('"status":"accepted"') && line.includes('candidate.verified'))
    expect(verified(copy).trim().split('\n').length).toBe(accepted.length)
  })

  test('money without a price is refused after the first draw, not spent on', async () => {
    const asked: string[] = []
    await expect(
      start({ dir: newDir(), config: { budget: '5usd' }, script: { asked, costUsd: null } }),
    ).rejects.toMatchObject({
      code: 'config/invalid',
      message: expect.stringContaining('price'),
    })
    expect(asked.length).toBe(3)
  })

  test('money never passes the budget', async () => {
    const { reason, script } = await start({ dir: newDir(), config: { budget: '0.05usd' } })
    expect(reason).toBe('budget')
    expect(script.asked.length * 0.001).toBeLessThanOrEqual(0.05)
  })
})

describe('trouble', () => {
  test('a model that goes down stops the run; the next start asks only for what is missing', async () => {
    const dir = newDir()
    const down = () => {
      throw new AppError('provider/unreachable', { message: 'connection refused' })
    }
    const first: string[] = []
    const before = (count: number) => (count > 20 ? down() : undefined)
    await expect(start({ dir, script: { asked: first, before } })).rejects.toMatchObject({
      code: 'provider/unreachable',
    })
    const { reason, script } = await start({ dir })
    expect(reason).toBe('complete')
    expect(script.asked).toHaveLength(problems.length * 3 - 20)
    const whole = newDir()
    await start({ dir: whole })
    expect(verified(dir)).toBe(verified(whole))
  })

  test('an interrupt that ends a wait between tries is an interrupt, not a failure of the model', async () => {
    const dir = newDir()
    const stop = new AbortController()
    const before = (count: number) => {
      if (count <= 4) return
      stop.abort()
      throw stop.signal.reason
    }
    expect((await start({ dir, interrupt: stop.signal, script: { before } })).reason).toBe('interrupted')
    const { reason, events } = await start({ dir })
    expect(reason).toBe('complete')
    expect(events.some(({ kind }) => kind === 'candidate.failed')).toBe(false)
  })

  test('one reply that is none costs one candidate and blames nobody', async () => {
    const before = (count: number) => {
      if (count === 4) throw new AppError('provider/bad-reply', { message: 'no JSON' })
    }
    const { reason, events } = await start({ dir: newDir(), script: { before } })
    expect(reason).toBe('complete')
    expect(events.filter(({ kind }) => kind === 'candidate.failed')).toHaveLength(1)
    expect(events.filter(({ kind }) => kind === 'candidate.verified')).toHaveLength(problems.length * 3 - 1)
  })

  test('a server that refuses everything ends the run, and nothing counts as asked', async () => {
    const dir = newDir()
    const before = () => {
      throw new AppError('provider/bad-request', { message: 'context length' })
    }
    await expect(start({ dir, script: { before } })).rejects.toMatchObject({ code: 'provider/bad-request' })
    const { reason, events, script } = await start({ dir })
    expect(reason).toBe('complete')
    expect(events.filter(({ kind }) => kind === 'candidate.failed')).toEqual([])
    expect(script.asked).toHaveLength(problems.length * 3)
  })

  test('a sandbox that does not work ends the run; stored replies are checked by the next start', async () => {
    const dir = newDir()
    const dead = async () => ({
      verify: async () => ({
        verdict: {
          status: 'sandbox_error',
          blame: 'infrastructure',
          score: 0,
          reason: 'no slot',
          cases: [],
          evidence: { checkHash: 'c', verifier: 'call', verifierVersion: '1', runs: 1 },
        },
      }),
      backend: 'dead',
      versions: {},
      close: async () => {},
    })
    await expect(start({ dir, over: { openVerifier: dead as never } })).rejects.toMatchObject({
      code: 'sandbox/agent-died',
    })
    const whole = newDir()
    await start({ dir: whole })
    expect((await start({ dir })).reason).toBe('complete')
    expect(verified(dir)).toBe(verified(whole))
  })

  test('verified.jsonl of a complete run is written again when it is not whole', async () => {
    const dir = newDir()
    await start({ dir })
    const whole = verified(dir)
    for (const damage of [
      () => rmSync(path.join(dir, 'verified.jsonl')),
      () => truncateSync(path.join(dir, 'verified.jsonl'), 4000),
    ]) {
      damage()
      const { reason, script } = await start({ dir })
      expect({ reason, asked: script.asked.length, same: verified(dir) === whole }).toEqual({
        reason: 'complete',
        asked: 0,
        same: true,
      })
    }
  })

  test('a start that could not open its model leaves the folder free for the corrected command', async () => {
    const dir = newDir()
    const openModel = () => Promise.reject(new AppError('provider/model-missing', { message: 'no such model' }))
    await expect(start({ dir, config: { samples: 1 }, over: { openModel } })).rejects.toMatchObject({
      code: 'provider/model-missing',
    })
    expect((await start({ dir, config: { samples: 2 } })).reason).toBe('complete')
  })

  test('the order of the sets belongs to the config', async () => {
    const dir = newDir()
    await start({ dir, sets: { one: 'a'.repeat(64), two: 'b'.repeat(64) } })
    await expect(start({ dir, sets: { two: 'b'.repeat(64), one: 'a'.repeat(64) } })).rejects.toMatchObject({
      code: 'config/changed',
    })
  })

  test('a changed config is refused with what differs', async () => {
    const dir = newDir()
    await start({ dir })
    await expect(start({ dir, config: { samples: 4, seed: 9 } })).rejects.toMatchObject({
      code: 'config/changed',
      message: expect.stringMatching(/samples: 3 -> 4[\s\S]*seed: 0 -> 9/),
    })
  })

  test('what only says how the run is worked on may change', async () => {
    const dir = newDir()
    await start({ dir })
    expect((await start({ dir, config: { operational: { requests: 1, slots: 7 } } })).reason).toBe('complete')
  })
})

test('the self-audit checks references and wrong answers once, cheats among them', async () => {
  const dir = newDir()
  const { events } = await start({ dir })
  const audits = events.filter((event): event is EventOf<'audit.checked'> => event.kind === 'audit.checked')
  expect(new Set(audits.map(({ problemId }) => problemId)).size).toBe(2)
  expect(
    audits.filter(({ what }) => what === 'reference').every(({ agreed, status }) => agreed && status === 'accepted'),
  ).toBe(true)
  expect(audits.filter(({ what }) => what.startsWith('cheat')).length).toBeGreaterThan(0)
  expect(audits.filter(({ expected }) => expected === 'refused').every(({ agreed }) => agreed)).toBe(true)
})
