import { rng } from '../../src/base/rng.js'
import { calibration } from '../../src/metrics/calibration.js'
import { armFigures, armKey, coverageOf, topicFigures } from '../../src/metrics/draws.js'
import { type Figures, figuresSchema } from '../../src/schemas/figures.js'
import { type VerifiedRow, verifiedRowSchema } from '../../src/schemas/trace.js'

/** Figures of a made-up run of `draws` draws over three topics and four levels, or as many as are given. */
export function sampleFigures(
  draws: number,
  { topics = ['strings', 'lists', 'fractions'], levelCount = 4 }: { topics?: string[]; levelCount?: number } = {},
): Figures {
  const random = rng(5, 'viewer sample')
  const path = Array.from({ length: draws }, (_, draw) => {
    const topic = random.pick(topics)
    const last = levelCount - (topic === topics[0] && levelCount > 1 ? 2 : 1)
    const target = Math.min(last, Math.floor((draw / Math.max(1, draws)) * levelCount))
    const level = Math.max(0, target - (random.next() < 0.2 ? 1 : 0))
    const expected = Math.max(0.02, Math.min(0.98, 0.9 - level / levelCount + (random.next() - 0.5) / 5))
    const passes = Array.from({ length: 4 }, () => random.next() < expected).filter(Boolean).length
    const known = random.next() >= 0.05
    return { draw, topic, level, target, expected, attempts: known ? 4 : 0, passRate: known ? passes / 4 : null }
  })
  // The first topic has no problems at the highest level.
  const arms = topics.flatMap((topic, t) =>
    Array.from({ length: levelCount - (t === 0 && levelCount > 1 ? 1 : 0) }, (_, level) => ({ topic, level })),
  )
  const stock = [0, 1, 2, 3].flatMap(() => arms)
  const tallies = path.map(({ passRate, ...draw }) => ({
    ...draw,
    problem: draw.draw % stock.length,
    wave: undefined,
    most: 4,
    replies: 4,
    passes: (passRate ?? 0) * draw.attempts,
  }))
  const expected = new Map(path.map((draw) => [armKey(draw), draw.expected]))
  const levels = (['code', 'math'] as const).flatMap((kind) =>
    [0, 1, 2, 3].map((level) => {
      const passes = 18 - level * 6
      return { kind, level, problems: 5, candidates: 20, passes, verified: passes, distinct: 5, passRate: passes / 20 }
    }),
  )
  return figuresSchema.parse({
    v: 1,
    runId: 'r-sample',
    status: draws > 0 ? 'target' : 'running',
    problems: stock.length,
    drawn: Math.min(stock.length, draws),
    draws,
    candidates: draws * 4,
    failed: 0,
    byStatus: draws > 0 ? { accepted: draws * 2, wrong_answer: draws * 2 - 1, sandbox_error: 1 } : {},
    verified: draws * 2,
    distinct: draws,
    solved: Math.min(30, draws),
    tokens: { prompt: draws * 900, completion: draws * 120 },
    costUsd: draws > 0 ? 0 : null,
    wallMs: draws * 1000,
    levels: draws > 0 ? levels : [],
    topics: topicFigures(tallies, new Map(path.map(({ topic, target }) => [topic, target]))),
    path,
    moves: 3,
    skipped: 0,
    estimates: [],
    arms: armFigures({ draws: tallies, stock, expected }),
    coverage: coverageOf({ draws: tallies, stock }),
    calibration: calibration(tallies),
    selfAudit: { good: 24, bad: 41, falseRejects: 0, falseAccepts: 1 },
  })
}

/** A verified row whose foreign texts are all the given one. */
export function rowSaying(text: string): VerifiedRow {
  return verifiedRowSchema.parse({
    v: 1,
    id: 'c0ffee',
    problemId: 'own/echo',
    problem: {
      v: 1,
      id: 'own/echo',
      kind: 'code',
      set: 'own',
      license: text,
      source: text,
      statement: text,
      skills: [text],
      level: 1,
      check: { type: 'call', function: 'f', cases: [{ args: [1], expected: 1 }], compare: 'exact' },
    },
    candidate: {
      id: 'c0ffee',
      problemId: 'own/echo',
      recipe: 'solve',
      draw: 0,
      sample: 0,
      provider: 'local',
      model: text,
      sampling: { temperature: 0, topP: 1, maxTokens: 10, stop: [], seed: 1 },
      form: 'code',
      style: 'completion',
      prefix: '',
      promptHash: 'p',
      replyHash: 'r',
      reply: text,
      usage: { promptTokens: 1, completionTokens: 1 },
      finishReason: 'stop',
      costUsd: null,
    },
    code: text,
    answer: text,
    verdict: {
      status: 'accepted',
      blame: 'candidate',
      score: 1,
      reason: text,
      cases: [{ id: '0', status: 'accepted' }],
      evidence: { checkHash: 'c', verifier: 'call', verifierVersion: '1', image: text, runs: 1 },
    },
    provenance: { runId: 'r-sample', configHash: 'h', seed: 1, versions: { assay: text } },
  })
}
