import { z } from 'zod'

const share = z.number().min(0).max(1)
const count = z.number().int().min(0)
const rateBand = z
  .tuple([share, share])
  .refine(([low, high]) => low < high, 'the lower end must lie below the upper one')

/** Skills with the levels that belong to a stage. */
export const stageArms = z
  .array(
    z.strictObject({
      skill: z.string().min(1).describe('curriculum topic'),
      levels: z.array(z.number().int().min(0)).min(1),
    }),
  )
  .min(1)

/** A step of the curriculum: skills × levels, worked on while the pass rate lies in its band. */
export const stageSchema = z.strictObject({
  id: z.string().min(1),
  skills: stageArms,
  band: rateBand.optional().describe('instead of the band of all stages'),
})
export type Stage = Readonly<z.infer<typeof stageSchema>>

export const gatesConfigSchema = z.strictObject({
  stages: z.array(stageSchema).min(1).describe('easiest first'),
  band: rateBand
    .default([0.2, 0.8])
    .describe('gates: down when the pass rate is surely below the first, up when surely above the second'),
  minAttempts: z
    .number()
    .int()
    .min(1)
    .default(32)
    .describe('attempts in a stage between two moves at least; doubled with each demotion from the next stage'),
  windowAttempts: z
    .number()
    .int()
    .min(1)
    .default(256)
    .describe('the last attempts of a stage that its rate is taken from'),
  confidence: z
    .number()
    .min(0.5)
    .lt(1)
    .default(0.95)
    .describe('of the interval of the pass rate that has to lie beyond a gate'),
})
export type GatesConfig = z.infer<typeof gatesConfigSchema>

const stageFile = z.strictObject({
  path: z.string().describe('below the folder of stages.json'),
  sha256: z.string(),
  rows: count,
})

export const exportedStageSchema = z.strictObject({
  id: z.string().describe('name of its folder: stage-01 is the easiest'),
  skills: stageArms,
  band: z
    .tuple([share, share])
    .describe('pass rates of its skills × levels, [low, high); those of all stages are 0 to 1'),
  passRate: share.describe('expected of the model of the run, over the problems drawn'),
  interval: z.tuple([share, share]).describe('95 %, not narrower than that'),
  difficulty: z.number().describe('logits; 0: the model passes half'),
  problems: count.describe('with a candidate that counts'),
  candidates: count.describe('that count: their verdict blames the candidate'),
  passes: count,
  traces: count.describe('in the files'),
  tokens: z.strictObject({ prompt: count, completion: count }).describe('of the traces'),
  files: z.array(stageFile),
})
export type ExportedStage = Readonly<z.infer<typeof exportedStageSchema>>

/** stages.json of `assay export --stages`. */
export const stagesManifestSchema = z.strictObject({
  v: z.literal(1),
  runId: z.string(),
  configHash: z.string(),
  seed: z.number().int(),
  status: z.string().describe('reason of the last stop of the run, or running'),
  models: z.array(z.string()).describe('that the pass rates hold for'),
  band: z.tuple([share, share]).describe("the run's curriculum band"),
  format: z.string().describe('export format of the files'),
  duplicates: z.enum(['left-out', 'kept']),
  stages: z.array(exportedStageSchema).describe('easiest first'),
  withoutTraces: z
    .array(z.strictObject({ skill: z.string(), level: z.number().int().min(0), passRate: share, candidates: count }))
    .describe('skills × levels that were tried and never passed: in no stage'),
  traces: z.strictObject({
    verified: count.describe('accepted candidates of the run'),
    exported: count,
    leftOut: z.array(z.strictObject({ reason: z.enum(['duplicate', 'not-in-ledger']), traces: count })),
  }),
})
export type StagesManifest = Readonly<z.infer<typeof stagesManifestSchema>>
