/** What `assay curriculum simulate` takes and gives: worlds (simulated solvers and problems), and how policies did in them. */
import { z } from 'zod'

const share = z.number().min(0).max(1)
const notNegative = z.number().min(0).max(100)
const range = (low: number, high: number) =>
  z
    .tuple([z.number(), z.number()])
    .refine(([from, to]) => from <= to, 'the first number must not be above the second')
    .default([low, high])

/** A change of the solver. */
const changeSchema = z.strictObject({
  at: share.describe('share of the budget that is used up then'),
  by: z.number().min(-100).max(100).describe('logits, added to every ability'),
  spread: notNegative.default(0).describe('standard deviation between topics of what is added, logits'),
  announced: z.boolean().default(false).describe('the reports name another model from then on'),
})

/**
 * A world: pass probability of a problem = sigmoid(ability[topic] - difficulty[topic][level] - noise of the problem).
 * What is left out is as in the world `fixed`, in which nothing moves.
 */
export const worldSchema = z
  .strictObject({
    describe: z.string().default('').describe('one line for people'),
    topics: z.number().int().min(1).max(1000).default(12),
    levels: z.number().int().min(1).max(100).default(10),
    k: z.number().int().min(1).max(1000).default(4).describe('attempts of a problem'),
    budget: z.number().int().min(1).max(10_000_000).default(20_000).describe('attempts in all'),
    tokenBudget: z.number().positive().optional().describe('tokens in all; the play ends when either budget is spent'),
    batch: z.number().int().min(1).max(10_000).default(16).describe('picks asked for at a time'),
    lag: z.number().int().min(0).max(1000).default(1).describe('batches by which reports come late'),
    disorder: z.number().int().min(0).max(1000).default(0).describe('batches by which a report may come later still'),
    band: z
      .tuple([share, share])
      .refine(([low, high]) => low < high, 'the first number must be below the second')
      .default([0.2, 0.8])
      .describe('true pass rates of problems whose passes are useful'),
    headStart: range(1, 3.5).describe(
      'logits by which an ability lies above the lowest level at the start, from and to',
    ),
    slope: range(0.5, 0.9).describe('logits from one level to the next, from and to'),
    correlation: share.default(0).describe('how far head start, slope and drift are the same in every topic'),
    jitter: notNegative.default(0.3).describe('standard deviation of a level around its line, logits'),
    problemNoise: notNegative.default(0.6).describe('standard deviation between problems of one level, logits'),
    shuffled: share.default(0).describe('share of topics whose levels are in no order'),
    reversed: share.default(0).describe('share of topics whose highest level is the easiest'),
    flat: share.default(0).describe('share of topics whose levels hardly differ'),
    impossible: share.default(0).describe('share of topics that are out of reach'),
    trivial: share.default(0).describe('share of topics in which everything is passed'),
    luckyPass: share.default(0).describe('chance that a wrong answer passes the check'),
    lostPass: share.default(0).describe('chance that a right answer does not pass it'),
    learning: notNegative.default(0).describe('logits gained in a topic by a useful trace'),
    spill: share.default(0).describe('share of that gain that every other topic has too'),
    forgetting: notNegative.default(0).describe('logits lost in a topic while a problem of another one is drawn'),
    drift: notNegative.default(0).describe('standard deviation of the random walk of every ability, logits a problem'),
    changes: z.array(changeSchema).max(1000).default([]),
    tokens: z.number().positive().default(300).describe('mean tokens of an attempt at the lowest level'),
    tokenGrowth: z.number().positive().max(10).default(1).describe('factor from one level to the next'),
  })
  .refine(({ shuffled, reversed, flat }) => shuffled + reversed + flat <= 1, {
    path: ['shuffled'],
    message: 'shuffled, reversed and flat together are more than 1',
  })
  .refine(({ impossible, trivial }) => impossible + trivial <= 1, {
    path: ['impossible'],
    message: 'impossible and trivial together are more than 1',
  })
export type World = z.infer<typeof worldSchema>
export type WorldInput = z.input<typeof worldSchema>

/** How one policy did with one seed of one world, against the oracle in the same one. */
export const playFiguresSchema = z.strictObject({
  share: share.describe('mean over the topics that the oracle harvests of min(1, harvest / harvest of the oracle)'),
  rootShare: z
    .number()
    .min(0)
    .describe('(sum over topics of the root of the harvest) squared, divided by that of the oracle; may exceed 1'),
  useful: z.number().int().min(0).describe('passes of problems whose true pass rate is in the band'),
  attempts: z.number().int().min(0),
  tokens: z.number().min(0),
  usefulPer1000Attempts: z.number().min(0),
  usefulPerMtok: z.number().min(0),
  halfwayAttempts: z
    .number()
    .min(0)
    .describe('attempts until half of the useful traces of the oracle; 1.5 times all attempts when never'),
  halfwayRatio: z.number().min(0).describe('the same, divided by those of the oracle'),
  entropyRatio: z.number().min(0).describe('entropy of the harvest over topics, divided by that of the oracle'),
})
export type PlayFigures = z.infer<typeof playFiguresSchema>

export const playSchema = z.strictObject({
  world: z.string(),
  seed: z.number(),
  policy: z.string().describe('id of a policy, or `oracle`'),
  figures: playFiguresSchema,
})
export type Play = z.infer<typeof playSchema>

const spreadSchema = z.strictObject({
  mean: z.number(),
  sd: z.number().describe('standard deviation over the seeds; 0 for one seed'),
  worst: z.number(),
})
export type Spread = z.infer<typeof spreadSchema>

/** `assay curriculum simulate --json`. */
export const simulationSchema = z.strictObject({
  v: z.literal(1),
  complete: z.boolean().describe('false: interrupted; what is there was played to its end'),
  seeds: z.array(z.number()),
  worlds: z.array(z.strictObject({ name: z.string(), world: worldSchema })),
  policies: z.array(z.string()),
  plays: z.array(playSchema),
  cells: z.array(
    z.strictObject({
      world: z.string(),
      policy: z.string(),
      seeds: z.number().int().describe('seeds that were played'),
      share: spreadSchema,
      rootShare: spreadSchema,
    }),
  ),
  means: z
    .array(
      z.strictObject({
        policy: z.string(),
        worlds: z.number().int(),
        share: z.number(),
        worstShare: z.number().describe('of any world and seed'),
        rootShare: z.number(),
        usefulPer1000Attempts: z.number(),
        usefulPerMtok: z.number(),
        halfwayRatio: z.number(),
        entropyRatio: z.number(),
      }),
    )
    .describe('over the worlds; each world counts once, however many seeds it has'),
})
export type Simulation = z.infer<typeof simulationSchema>
