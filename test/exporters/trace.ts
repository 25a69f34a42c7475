import { type Problem, problemSchema } from '../../src/schemas/problem.js'
import { type VerifiedRow, verifiedRowSchema } from '../../src/schemas/trace.js'

export const codeProblem: Problem = problemSchema.parse({
  v: 1,
  id: 'own/add',
  kind: 'code',
  set: 'own',
  license: 'CC0-1.0',
  source: 'written for this test',
  statement: 'Return the sum of two numbers.',
  entryPoint: 'add',
  starter: 'def add(a, b):\n',
  check: { type: 'call', function: 'add', cases: [{ args: [1, 2], expected: 3 }] },
  skills: ['arithmetic'],
  level: 0,
})

export const mathProblem: Problem = problemSchema.parse({
  v: 1,
  id: 'own/apples',
  kind: 'math',
  set: 'own',
  license: 'CC0-1.0',
  source: 'written for this test',
  statement: 'Three apples cost 6 coins. What do five cost?',
  check: { type: 'answer', gold: '10' },
  skills: ['ratios'],
  level: 1,
})

/** A row of verified.jsonl for a problem, with what a test wants different. */
export function traceOf(
  problem: Problem,
  id: string,
  change: Partial<VerifiedRow> & { reply?: string } = {},
): VerifiedRow {
  const { reply = 'the reply', ...rest } = change
  return verifiedRowSchema.parse({
    v: 1,
    id,
    problemId: problem.id,
    problem,
    candidate: {
      id,
      problemId: problem.id,
      recipe: 'solve',
      draw: 0,
      sample: 0,
      provider: 'recorded',
      model: 'some-model',
      sampling: { temperature: 0.8, topP: 0.95, maxTokens: 512, stop: [], seed: 1 },
      form: 'code',
      style: 'chat',
      prefix: '',
      promptHash: 'p',
      replyHash: 'r',
      reply,
      usage: { promptTokens: 1, completionTokens: 1 },
      finishReason: 'stop',
      costUsd: null,
    },
    verdict: {
      status: 'accepted',
      blame: 'candidate',
      score: 1,
      reason: 'all cases passed',
      cases: [{ id: '0', status: 'accepted' }],
      evidence: { checkHash: 'k', verifier: 'call', verifierVersion: '1', runs: 1 },
    },
    provenance: { runId: 'r1', configHash: 'c', seed: 0, versions: { assay: '0.1.0' } },
    ...rest,
  })
}

export const addTrace = (id: string, change: Partial<VerifiedRow> = {}) =>
  traceOf(codeProblem, id, { code: 'def add(a, b):\n    return a + b\n', ...change })

export async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
