/** Worlds to try a policy in before tokens are spent. The first eight are those by which policies are compared. */
import { type World, type WorldInput, worldSchema } from '../../schemas/simulation.js'

const world = (input: WorldInput): World => worldSchema.parse(input)

const change = (announced: boolean) => [
  { at: 0.4, by: 1.5, announced },
  { at: 0.75, by: -1, announced },
]

export const coreWorlds = {
  fixed: world({ describe: 'nothing moves' }),
  learn: world({ describe: 'the solver learns from useful traces', levels: 14, learning: 0.006 }),
  swap: world({ describe: 'the solver is changed twice, and that is said', changes: change(true) }),
  silent: world({ describe: 'the solver is changed twice, and nobody says so', changes: change(false) }),
  tangled: world({
    describe: 'a third of the topics has its levels in no order, a sixth has hardly any',
    shuffled: 0.34,
    flat: 0.17,
    jitter: 0.6,
  }),
  noisy: world({
    describe: 'checks pass what is wrong and lose what is right; problems of a level differ much',
    luckyPass: 0.05,
    lostPass: 0.08,
    problemNoise: 1.2,
  }),
  cold: world({
    describe: 'forty topics and few attempts; some topics are out of reach, some are no challenge',
    topics: 40,
    levels: 12,
    budget: 6_000,
    impossible: 0.2,
    trivial: 0.1,
  }),
  drift: world({ describe: 'every ability wanders', drift: 0.02 }),
} satisfies Record<string, World>

export const worlds = {
  ...coreWorlds,
  coarse: world({ describe: 'three levels', levels: 3, slope: [0.8, 2] }),
  fine: world({ describe: 'forty levels, close together', levels: 40, slope: [0.1, 0.22] }),
  uneven: world({ describe: 'levels lie close in some topics and far apart in others', slope: [0.15, 2.5] }),
  reversed: world({ describe: 'in a third of the topics the highest level is the easiest', reversed: 0.34 }),
  alike: world({
    describe: 'all topics start, wander and learn together',
    levels: 16,
    correlation: 0.9,
    drift: 0.015,
    learning: 0.0015,
    spill: 0.3,
  }),
  apart: world({
    describe: 'a silent change lifts some topics and lowers others',
    changes: [{ at: 0.5, by: 0, spread: 1.5, announced: false }],
  }),
  forgetful: world({
    describe: 'the solver learns, and forgets what is not replayed',
    levels: 14,
    learning: 0.006,
    forgetting: 0.0006,
  }),
  costly: world({
    describe: 'an attempt costs a third more tokens with each level, and tokens are what runs out',
    tokenGrowth: 1.35,
    tokenBudget: 8_000_000,
  }),
  lone: world({ describe: 'one topic', topics: 1, budget: 4_000 }),
  brief: world({ describe: 'a hundred problems in all', topics: 5, budget: 400, batch: 4 }),
  once: world({ describe: 'one attempt a problem', k: 1 }),
  group: world({ describe: 'sixteen attempts a problem', k: 16, budget: 40_000 }),
  late: world({
    describe: 'reports come two batches late while the solver learns',
    lag: 2,
    learning: 0.006,
    levels: 14,
  }),
  disorder: world({
    describe: 'reports come in no order, up to three batches late, from a solver that changes',
    disorder: 2,
    changes: change(false),
  }),
} satisfies Record<string, World>
