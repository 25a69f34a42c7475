import { z } from 'zod'
import { armEstimateSchema } from './curriculum.js'

const share = z.number().min(0).max(1)

export const levelFigures = z.strictObject({
  kind: z.enum(['code', 'math']),
  level: z.number().int(),
  problems: z.number().int().describe('distinct problems drawn'),
  candidates: z.number().int().describe('whose blame is the candidate'),
  passes: z.number().int(),
  verified: z.number().int(),
  distinct: z.number().int(),
  passRate: share.nullable(),
})

/** One topic at one level. */
export const armFigures = z.strictObject({
  topic: z.string(),
  level: z.number().int(),
  problems: z.number().int().describe('in the sets'),
  drawn: z.number().int().describe('distinct problems drawn'),
  draws: z.number().int(),
  attempts: z.number().int().describe('candidates whose blame is the candidate'),
  passes: z.number().int(),
  expected: share.nullable().describe('pass rate that the curriculum last expected; null: it never said'),
})

export const calibrationBin = z.strictObject({
  from: share.describe('of the expected pass rate'),
  to: share,
  draws: z.number().int(),
  attempts: z.number().int(),
  passes: z.number().int(),
  expected: share.describe('mean over attempts'),
  seen: share,
  low: share.describe('95 % interval of seen, with draws as clusters'),
  high: share,
})

/** `assay report --json`: computed from the ledger alone. */
export const figuresSchema = z.strictObject({
  v: z.literal(1),
  runId: z.string(),
  status: z.enum(['running', 'complete', 'target', 'exhausted', 'budget', 'interrupted', 'failed']),
  problems: z.number().int().describe('in the sets'),
  drawn: z.number().int().describe('distinct problems drawn'),
  draws: z.number().int(),
  candidates: z.number().int(),
  failed: z
    .number()
    .int()
    .describe('requests that the model refused or answered with no reply; they are no candidates'),
  byStatus: z.record(z.string(), z.number().int()).describe('candidates by verdict status'),
  verified: z.number().int(),
  distinct: z.number().int(),
  solved: z.number().int().describe('problems with a verified candidate'),
  tokens: z.strictObject({ prompt: z.number().int(), completion: z.number().int() }),
  costUsd: z.number().nullable().describe('null: unknown for at least one candidate'),
  wallMs: z.number().describe('time in which the run was working'),
  levels: z.array(levelFigures),
  topics: z.array(
    z.strictObject({
      topic: z.string(),
      candidates: z.number().int(),
      passes: z.number().int(),
      level: z.number().describe('mean level of the last draws'),
      target: z.number().int().describe('level that the curriculum stands at'),
    }),
  ),
  path: z
    .array(
      z.strictObject({
        draw: z.number().int(),
        topic: z.string(),
        level: z.number().int(),
        target: z.number().int().describe('level that the topic stood at'),
        expected: share.describe('pass rate that the curriculum expected'),
        attempts: z.number().int().describe('candidates whose blame is the candidate'),
        passRate: share.nullable(),
      }),
    )
    .describe('one entry a draw'),
  moves: z.number().int().describe('times that the curriculum changed the level of a topic'),
  skipped: z.number().int().describe('candidates that early stop left out'),
  estimates: z.array(armEstimateSchema).describe('what the curriculum last said of each arm'),
  arms: z.array(armFigures).describe('every topic and level that has problems or was drawn'),
  coverage: z.strictObject({
    problems: share.nullable().describe('share of the problems that were drawn at least once'),
    arms: share.nullable().describe('share of the topics and levels with problems'),
    path: z
      .array(z.strictObject({ draws: z.number().int(), problems: share, arms: share }))
      .describe('the shares after so many draws; at most about a hundred entries'),
  }),
  calibration: z.array(calibrationBin).describe('expected against seen pass rates of the draws, in ten bins'),
  selfAudit: z.strictObject({
    good: z.number().int(),
    bad: z.number().int(),
    falseRejects: z.number().int(),
    falseAccepts: z.number().int(),
  }),
})
export type Figures = Readonly<z.infer<typeof figuresSchema>>
