import { describe, expect, test } from 'vitest'
import { computeFigures } from '../../src/metrics/figures.js'
import { type Event, type EventBody, eventSchema } from '../../src/schemas/event.js'
import { figuresSchema } from '../../src/schemas/figures.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'
import type { Verdict } from '../../src/schemas/verdict.js'

const problem = (name: string, kind: 'code' | 'math', level: number): Problem =>
  problemSchema.parse({
    v: 1,
    id: `own/${name}`,
    kind,
    set: 'own',
    license: 'CC0-1.0',
    source: 'test',
    statement: 's',
    check: { type: 'answer', gold: '1' },
    skills: ['lists'],
    level,
  })
const problems = [problem('a', 'code', 0), problem('b', 'code', 2), problem('c', 'math', 0)]

const started: EventBody = {
  kind: 'run.started',
  configHash: 'c',
  setHashes: {},
  problems: 3,
  versions: {},
  backend: 'bubblewrap',
}
const drawn = (draw: number, name: string, level = 0, topic = 'lists'): EventBody => ({
  kind: 'problem.drawn',
  draw,
  problemId: `own/${name}`,
  topic,
  level,
  expected: 0.5,
})
const replied = (id: string, draw: number, name: string, costUsd: number | null = 0.01): EventBody => ({
  kind: 'candidate.replied',
  candidate: {
    id,
    problemId: `own/${name}`,
    recipe: 'solve',
    draw,
    sample: 0,
    provider: 'recorded',
    model: 'm',
    sampling: { temperature: 0.8, topP: 0.95, maxTokens: 512, stop: [], seed: 0 },
    form: 'code',
    style: 'chat',
    prefix: '',
    promptHash: 'p',
    replyHash: 'r',
    usage: { promptTokens: 10, completionTokens: 5 },
    finishReason: 'stop',
    costUsd,
  },
  latencyMs: 1,
})
const verified = (
  candidateId: string,
  status: Verdict['status'],
  { hash, blame = 'candidate' }: { hash?: string; blame?: Verdict['blame'] } = {},
): EventBody => ({
  kind: 'candidate.verified',
  candidateId,
  verdict: {
    status,
    blame,
    score: status === 'accepted' ? 1 : 0,
    reason: '',
    cases: [],
    evidence: { checkHash: 'k', verifier: 'answer', verifierVersion: '1', runs: 1 },
  },
  solutionHash: hash,
  verifyMs: 1,
})
const audit = (problemId: string, what: string, expected: 'accepted' | 'refused', agreed: boolean): EventBody => ({
  kind: 'audit.checked',
  problemId,
  what,
  expected,
  status: 'accepted',
  agreed,
})
const stopped = (reason: 'complete' | 'interrupted'): EventBody => ({ kind: 'run.stopped', reason })

/** Stamps events a second apart; a number sets the clock, in seconds. */
function ledger(...parts: (EventBody | number)[]): Event[] {
  let second = 0
  let seq = 0
  return parts.flatMap((part) => {
    if (typeof part === 'number') {
      second = part
      return []
    }
    const at = new Date(Date.UTC(2026, 0, 1) + 1000 * second++).toISOString()
    return eventSchema.parse({ v: 1, seq: seq++, at, runId: 'r1', ...part })
  })
}
const figures = (...parts: (EventBody | number)[]) => computeFigures(ledger(...parts), problems)

describe('figures', () => {
  test('of an empty ledger are valid and zero', async () => {
    const none = await figures()
    expect(figuresSchema.parse(none)).toEqual(none)
    expect(none).toMatchObject({ status: 'running', problems: 3, candidates: 0, costUsd: 0, wallMs: 0, path: [] })
  })

  test('count a small run', async () => {
    const found = await figures(
      started,
      drawn(0, 'a', 0),
      drawn(1, 'c', 0, 'sums'),
      replied('1', 0, 'a'),
      replied('2', 0, 'a'),
      replied('3', 0, 'a'),
      replied('4', 1, 'c'),
      verified('2', 'accepted', { hash: 'x' }),
      verified('1', 'accepted', { hash: 'x' }),
      verified('3', 'wrong_answer'),
      verified('4', 'accepted', { hash: 'x' }),
      stopped('complete'),
    )
    expect(figuresSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({
      runId: 'r1',
      status: 'complete',
      problems: 3,
      drawn: 2,
      draws: 2,
      candidates: 4,
      byStatus: { accepted: 3, wrong_answer: 1 },
      verified: 3,
      distinct: 2,
      solved: 2,
      tokens: { prompt: 40, completion: 20 },
      costUsd: expect.closeTo(0.04, 10),
      wallMs: 11_000,
    })
    expect(found.levels).toEqual([
      { kind: 'code', level: 0, problems: 1, candidates: 3, passes: 2, verified: 2, distinct: 1, passRate: 2 / 3 },
      { kind: 'math', level: 0, problems: 1, candidates: 1, passes: 1, verified: 1, distinct: 1, passRate: 1 },
    ])
    expect(found.path).toEqual([
      { draw: 0, topic: 'lists', level: 0, target: 0, expected: 0.5, attempts: 3, passRate: 2 / 3 },
      { draw: 1, topic: 'sums', level: 0, target: 0, expected: 0.5, attempts: 1, passRate: 1 },
    ])
    expect(found.topics).toEqual([
      { topic: 'lists', candidates: 3, passes: 2, level: 0, target: 0 },
      { topic: 'sums', candidates: 1, passes: 1, level: 0, target: 0 },
    ])
  })

  test('keep what is no fault of the candidate out of pass rates, but not out of the statuses', async () => {
    const found = await figures(
      started,
      drawn(0, 'a'),
      ...['1', '2', '3'].map((id) => replied(id, 0, 'a')),
      verified('1', 'sandbox_error', { blame: 'infrastructure' }),
      verified('2', 'bad_problem', { blame: 'problem' }),
      verified('3', 'wrong_answer'),
    )
    expect(found.byStatus).toEqual({ bad_problem: 1, sandbox_error: 1, wrong_answer: 1 })
    expect(found.levels[0]).toMatchObject({ candidates: 1, passes: 0, passRate: 0 })
  })

  test('take the later verdict where the first one was trouble of the sandbox', async () => {
    const found = await figures(
      started,
      drawn(0, 'a'),
      replied('1', 0, 'a'),
      verified('1', 'sandbox_error', { blame: 'infrastructure' }),
      verified('1', 'accepted', { hash: 'x' }),
    )
    expect(found.byStatus).toEqual({ accepted: 1 })
    expect(found.verified).toBe(1)
  })

  test('call the cost unknown when it is for one candidate', async () => {
    expect((await figures(started, drawn(0, 'a'), replied('1', 0, 'a', null), replied('2', 0, 'a'))).costUsd).toBeNull()
  })

  test('say null, not 0, for a draw without a verdict', async () => {
    expect((await figures(started, drawn(0, 'a'))).path).toMatchObject([{ draw: 0, attempts: 0, passRate: null }])
  })

  test('count only the time in which a process was at work', async () => {
    const found = await figures(
      started,
      drawn(0, 'a'),
      100,
      started,
      drawn(1, 'b'),
      stopped('interrupted'),
      500,
      started,
      stopped('complete'),
    )
    // 1 s until the last sign of the killed process, then 2 s, then 1 s.
    expect(found.wallMs).toBe(4_000)
    expect(found.status).toBe('complete')
  })

  test('say running for a run that was continued and has not stopped again', async () => {
    expect((await figures(started, stopped('interrupted'), started)).status).toBe('running')
  })

  test('average the level of a topic over its last five draws, and keep the last estimate of each arm', async () => {
    const moved = (passRate: number): EventBody => ({
      kind: 'curriculum.moved',
      draw: 1,
      topic: 'lists',
      from: 0,
      to: 1,
      estimates: [{ topic: 'lists', level: 1, passRate, attempts: 4, passes: 2 }],
    })
    const draws = [0, 0, 1, 2, 2, 2, 3].map((level, draw) => drawn(draw, 'a', level))
    const found = await figures(started, ...draws, moved(0.2), moved(0.4))
    expect(found.topics[0]?.level).toBe(2)
    expect(found.moves).toBe(2)
    expect(found.estimates).toEqual([{ topic: 'lists', level: 1, passRate: 0.4, attempts: 4, passes: 2 }])
  })

  test('count each audit check once, with what went wrong', async () => {
    const found = await figures(
      started,
      audit('own/a', 'reference', 'accepted', true),
      audit('own/a', 'off-by-one', 'refused', false),
      audit('own/b', 'reference', 'accepted', false),
      started,
      audit('own/b', 'reference', 'accepted', true),
    )
    expect(found.selfAudit).toEqual({ good: 2, bad: 1, falseRejects: 0, falseAccepts: 1 })
  })

  test('refuse a ledger of other problems', async () => {
    await expect(figures(started, drawn(0, 'zzz'))).rejects.toMatchObject({ code: 'problems/unknown-id' })
  })

  test('are the same from a stream', async () => {
    const events = ledger(started, drawn(0, 'a'), replied('1', 0, 'a'), verified('1', 'accepted'), stopped('complete'))
    async function* stream() {
      yield* events
    }
    expect(await computeFigures(stream(), problems)).toEqual(await computeFigures(events, problems))
  })

  test('tell of every arm what is in stock, what was tried, and what was last expected of it', async () => {
    const says = (level: number, passRate: number): EventBody => ({
      kind: 'run.stopped',
      reason: 'complete',
      estimates: [{ topic: 'code/lists', level, passRate, attempts: 1, passes: 1 }],
    })
    const found = await figures(
      started,
      drawn(0, 'a', 0, 'code/lists'),
      drawn(1, 'a', 0, 'code/lists'),
      drawn(2, 'c', 0, 'math/lists'),
      replied('1', 0, 'a'),
      verified('1', 'accepted'),
      says(0, 0.9),
    )
    const untried = { drawn: 0, draws: 0, attempts: 0, passes: 0, expected: null }
    expect(found.arms).toEqual([
      { topic: 'code/lists', level: 0, problems: 1, drawn: 1, draws: 2, attempts: 1, passes: 1, expected: 0.9 },
      { topic: 'code/lists', level: 2, problems: 1, ...untried },
      { topic: 'math/lists', level: 0, problems: 1, drawn: 1, draws: 1, attempts: 0, passes: 0, expected: 0.5 },
    ])
    expect(found.coverage).toEqual({
      problems: 2 / 3,
      arms: 2 / 3,
      path: [
        { draws: 1, problems: 1 / 3, arms: 1 / 3 },
        { draws: 2, problems: 1 / 3, arms: 1 / 3 },
        { draws: 3, problems: 2 / 3, arms: 2 / 3 },
      ],
    })
  })

  test('read the level that a topic stood at from its draw, and in old ledgers from its moves', async () => {
    const moved: EventBody = { kind: 'curriculum.moved', draw: 0, topic: 'lists', from: 0, to: 2, estimates: [] }
    const found = await figures(
      started,
      { ...drawn(0, 'a', 1), target: 0 } as EventBody,
      moved,
      drawn(1, 'a', 3),
      drawn(2, 'c', 1, 'sums'),
    )
    expect(found.path.map(({ level, target }) => [level, target])).toEqual([
      [1, 0],
      [3, 2],
      [1, 1],
    ])
    expect(found.topics.map(({ topic, target }) => [topic, target])).toEqual([
      ['lists', 2],
      ['sums', 1],
    ])
  })

  test('count what early stop left out, and only that', async () => {
    const waved = (draw: number): EventBody => ({ ...drawn(draw, 'a'), attempts: 5, wave: 2 }) as EventBody
    const ids = (draw: number, statuses: readonly Verdict['status'][]) =>
      statuses.flatMap((status, i) => [
        replied(`${draw}-${i}`, draw, 'a'),
        verified(`${draw}-${i}`, status, status === 'sandbox_error' ? { blame: 'infrastructure' } : {}),
      ])
    const found = await figures(
      started,
      ...[0, 1, 2, 3].map(waved),
      drawn(4, 'b'),
      ...ids(0, ['accepted', 'accepted']),
      ...ids(1, ['wrong_answer', 'time_limit']),
      ...ids(2, ['accepted', 'wrong_answer']),
      ...ids(3, ['accepted', 'sandbox_error', 'accepted']),
      ...ids(4, ['accepted', 'accepted']),
    )
    expect(found.skipped).toBe(6)
  })
})
