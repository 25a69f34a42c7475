import type { ArmEstimate } from '../../src/schemas/curriculum.js'
import type { Event, EventBody, EventOf } from '../../src/schemas/event.js'
import type { VerdictStatus } from '../../src/schemas/verdict.js'

/** Tiny, complete events for display tests; at: milliseconds since the epoch. */
export function eventMaker(runId = 'r1') {
  let seq = 0
  const stamp = (at: number, body: EventBody): Event =>
    ({ v: 1, seq: seq++, at: new Date(at).toISOString(), runId, ...body }) as Event
  return {
    stamp,
    drawn: (
      at: number,
      draw: number,
      problemId: string,
      topic: string,
      level: number,
      more: Partial<EventOf<'problem.drawn'>> = {},
    ): Event => stamp(at, { kind: 'problem.drawn', draw, problemId, topic, level, expected: 0.5, ...more }),
    replied: (
      at: number,
      id: string,
      problemId: string,
      costUsd: number | null = 0,
      place: { draw: number; sample: number } = { draw: 0, sample: 0 },
    ): Event =>
      stamp(at, {
        kind: 'candidate.replied',
        latencyMs: 5,
        candidate: {
          id,
          problemId,
          recipe: 'solve',
          ...place,
          provider: 'local',
          model: 'm',
          sampling: { temperature: 0, topP: 1, maxTokens: 10, stop: [], seed: 1 },
          form: 'code',
          style: 'completion',
          prefix: '',
          promptHash: 'p',
          replyHash: 'h',
          usage: { promptTokens: 100, completionTokens: 20 },
          finishReason: 'stop',
          costUsd,
        },
      }),
    verified: (at: number, candidateId: string, status: VerdictStatus, solutionHash?: string): Event =>
      stamp(at, {
        kind: 'candidate.verified',
        candidateId,
        solutionHash,
        verifyMs: 2,
        verdict: {
          status,
          blame: 'candidate',
          score: status === 'accepted' ? 1 : 0,
          reason: '',
          cases: [],
          evidence: { checkHash: 'c', verifier: 'stdio', verifierVersion: '1', runs: 1 },
        },
      }),
    moved: (at: number, topic: string, from: number, to: number, estimates: ArmEstimate[] = []): Event =>
      stamp(at, { kind: 'curriculum.moved', draw: 0, topic, from, to, estimates }),
  }
}
