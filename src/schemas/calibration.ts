import { z } from 'zod'

const count = z.number().int().min(0)
const probability = z.number().min(0).max(1)
const logits = z.number().describe('logits')
const interval = z.tuple([logits, logits]).describe('95 % interval, logits')

const abilityFigures = {
  ability: logits.describe('logits above the reference solver, the mean of the models of this file'),
  interval,
}

export const calibratedModelSchema = z.strictObject({
  model: z.string(),
  ...abilityFigures,
  problems: count.describe('problems that it tried'),
  attempts: count,
  passes: count,
})

export const calibratedSkillSchema = z.strictObject({
  skill: z.string().describe('curriculum topic'),
  abilities: z
    .array(z.strictObject({ model: z.string(), ...abilityFigures }))
    .describe('in this skill, one entry a model'),
})

export const calibratedLevelSchema = z.strictObject({
  skill: z.string(),
  level: z.number().int().min(0),
  difficulty: logits.describe('of the typical problem; 0: the reference solver passes half'),
  interval,
  spread: z.number().min(0).describe('standard deviation of the problems in the level, logits'),
  problems: count,
  attempts: count,
  passes: count,
})
export type CalibratedLevel = Readonly<z.infer<typeof calibratedLevelSchema>>

export const calibratedProblemSchema = z.strictObject({
  id: z.string(),
  hash: z.string().describe('of the problem that was tried'),
  skill: z.string(),
  level: z.number().int().min(0).describe('as labelled'),
  difficulty: logits.describe('0: the reference solver passes half'),
  interval,
  attempts: count,
  passes: count,
  byModel: z.array(z.strictObject({ model: z.string(), attempts: count, passes: count })),
})
export type CalibratedProblem = Readonly<z.infer<typeof calibratedProblemSchema>>

const suggestion = {
  skill: z.string(),
  level: z.number().int().min(0).describe('as labelled'),
  suggestedLevel: z.number().int().min(0),
  probability: probability.describe('that the label is wrong; listed from .95 on'),
}

export const mislabelledSchema = z.strictObject({
  problems: z.array(z.strictObject({ id: z.string(), ...suggestion })),
  levels: z
    .array(
      z.strictObject({
        ...suggestion,
        outOfOrderWith: z.array(z.number().int().min(0)).describe('levels whose order with it is the other way round'),
      }),
    )
    .describe('levels that are not where their number says'),
})

/** calibration.json: how hard the problems of a set are, measured by what models did with them. */
export const calibrationSchema = z.strictObject({
  v: z.literal(1),
  set: z
    .strictObject({ id: z.string(), sha256: z.string().describe('of its problems.jsonl') })
    .nullable()
    .describe('the set that the problems were kept for; null: all that were tried'),
  runs: z.array(
    z.strictObject({
      runId: z.string(),
      configHash: z.string(),
      seed: z.number().int(),
      setHashes: z.record(z.string(), z.string()),
      attempts: count.describe('candidates that count: their verdict blames the candidate'),
    }),
  ),
  counts: z.strictObject({ problems: count, attempts: count, passes: count }),
  models: z.array(calibratedModelSchema),
  skills: z.array(calibratedSkillSchema),
  levels: z.array(calibratedLevelSchema),
  problems: z.array(calibratedProblemSchema),
  mislabelled: mislabelledSchema,
  labelErrorRate: probability.describe('share of problems with a wrong level, estimated'),
  itemSpread: z.number().min(0).describe('standard deviation of problems around their level, logits'),
  rounds: count.describe('of the fit'),
})
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>
