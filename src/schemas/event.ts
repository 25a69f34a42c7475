import { z } from 'zod'
import { candidateSchema } from './candidate.js'
import { armEstimateSchema } from './curriculum.js'
import { verdictSchema, verdictStatus } from './verdict.js'

const runStarted = z.strictObject({
  kind: z.literal('run.started'),
  configHash: z.string(),
  setHashes: z.record(z.string(), z.string()),
  problems: z.number().int(),
  versions: z.record(z.string(), z.string()),
  backend: z.string(),
})
const problemDrawn = z.strictObject({
  kind: z.literal('problem.drawn'),
  draw: z.number().int(),
  problemId: z.string(),
  topic: z.string(),
  level: z.number().int(),
  expected: z.number().describe('pass rate that the curriculum expected'),
  target: z.number().int().optional().describe('level that the topic stood at; left out by old ledgers'),
  attempts: z.number().int().min(1).optional().describe('candidates asked for at most; left out: as many as `samples`'),
  wave: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'candidates asked for first; when all of them passed or all failed the rest is not. Left out: no such stop',
    ),
})
const candidateReplied = z.strictObject({
  kind: z.literal('candidate.replied'),
  candidate: candidateSchema.omit({ reply: true }).describe('the reply is in the blob store by replyHash'),
  latencyMs: z.number(),
})
const candidateVerified = z.strictObject({
  kind: z.literal('candidate.verified'),
  candidateId: z.string(),
  verdict: verdictSchema,
  solutionHash: z.string().optional().describe('of the normalised solution, for duplicates'),
  solutionBlob: z.string().optional().describe('blob of the program or answer that was checked'),
  answer: z.string().optional().describe('the answer that was compared, of an answer or of a program that computed it'),
  verifyMs: z.number(),
})
const candidateFailed = z.strictObject({
  kind: z.literal('candidate.failed'),
  candidateId: z.string(),
  code: z.string(),
  message: z.string(),
})
const levelMoved = z.strictObject({
  kind: z.literal('curriculum.moved'),
  draw: z.number().int(),
  topic: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  estimates: z.array(armEstimateSchema).describe("of the topic's arms; of all arms in old ledgers"),
})
const auditChecked = z.strictObject({
  kind: z.literal('audit.checked'),
  problemId: z.string(),
  what: z.string().describe('reference, or the kind of the wrong answer'),
  expected: z.enum(['accepted', 'refused']),
  status: verdictStatus,
  agreed: z.boolean(),
})
const runStopped = z.strictObject({
  kind: z.literal('run.stopped'),
  reason: z.enum(['complete', 'target', 'exhausted', 'budget', 'interrupted', 'failed']),
  message: z.string().optional(),
  estimates: z.array(armEstimateSchema).optional().describe('what the curriculum expects of every arm it tried'),
})

const bodies = [
  runStarted,
  problemDrawn,
  candidateReplied,
  candidateVerified,
  candidateFailed,
  levelMoved,
  auditChecked,
  runStopped,
] as const

/** What happened, as told by whoever did it. The ledger adds v, seq, at and runId. */
export const eventBodySchema = z.discriminatedUnion('kind', bodies)
export type EventBody = Readonly<z.infer<typeof eventBodySchema>>

const stamp = { v: z.literal(1), seq: z.number().int().min(0), at: z.iso.datetime(), runId: z.string() }

/** One line of the ledger. */
export const eventSchema = z.discriminatedUnion('kind', [
  runStarted.extend(stamp),
  problemDrawn.extend(stamp),
  candidateReplied.extend(stamp),
  candidateVerified.extend(stamp),
  candidateFailed.extend(stamp),
  levelMoved.extend(stamp),
  auditChecked.extend(stamp),
  runStopped.extend(stamp),
])
export type Event = Readonly<z.infer<typeof eventSchema>>
export type EventKind = Event['kind']
export type EventOf<K extends EventKind> = Extract<Event, { kind: K }>
