import { rng } from '../../src/base/rng.js'
import { type Figures, figuresSchema } from '../../src/schemas/figures.js'
import { type VerifiedRow, verifiedRowSchema } from '../../src/schemas/trace.js'

const topics = ['strings', 'lists', 'fractions']

/** Figures of a made-up run of `draws` draws over three topics and four levels. */
export function sampleFigures(draws: number): Figures {
  const random = rng(5, 'viewer sample')
  const path = Array.from({ length: draws }, (_, draw) => ({
    draw,
    topic: random.pick(topics),
    level: Math.min(3, Math.floor((draw / Math.max(1, draws)) * 4)),
    passRate: random.next() < 0.05 ? null : random.int(0, 4) / 4,
  }))
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
    problems: 40,
    drawn: Math.min(40, draws),
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
    topics: draws > 0 ? topics.map((topic) => ({ topic, candidates: 40, passes: 20, level: 1.5 })) : [],
    path,
    moves: 3,
    estimates: [],
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
