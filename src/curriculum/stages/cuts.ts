/** Cuts skills × levels into stages by their expected pass rate, easiest first. Pure. */
import { AppError } from '../../base/errors.js'
import type { Calibrated } from '../calibration/calibration.js'

/** Stages at most when their number is left to the data. */
const MOST_STAGES = 6
/** One-sided 95 % point of the normal distribution: neighbouring stages must differ by so many standard deviations. */
const TOLD_APART = 1.645
const Z95 = 1.959963984540054

/** A level of a skill with what is expected of the solver there. */
export interface StageArm {
  readonly skill: string
  readonly level: number
  /** Logits; 0: the solver passes half. */
  readonly difficulty: number
  readonly deviation: number
  readonly passRate: number
  readonly interval: readonly [number, number]
  /** What it counts as: its problems. */
  readonly problems: number
}

export interface CutStage {
  readonly arms: readonly StageArm[]
  /** Pass rates from the first up to, but not with, the second (with it when that is 1). */
  readonly band: readonly [number, number]
  readonly passRate: number
  readonly interval: readonly [number, number]
  readonly difficulty: number
}

type Rating = (arm: { skill: string; level: number }) => Pick<StageArm, 'passRate' | 'interval'>

/** The arms of a calibration, rated. */
export function stageArms({ levels }: Pick<Calibrated, 'levels'>, rate: Rating): StageArm[] {
  return levels.map(({ skill, level, difficulty, interval: [low, high], problems }) => ({
    skill,
    level,
    difficulty,
    deviation: (high - low) / (2 * Z95),
    ...rate({ skill, level }),
    problems,
  }))
}

/**
 * Stages of contiguous pass rates that are as alike inside as they can be. count: how many; left out: the most, at most
 * six, of which each pair of neighbours differs by more than its doubt. Arms of the same pass rate stay together.
 * Throws `usage/bad-option` when the arms do not give so many stages.
 */
export function cutStages(arms: readonly StageArm[], count?: number): CutStage[] {
  const order = [...arms].sort((a, b) => b.passRate - a.passRate || compare(a.skill, b.skill) || a.level - b.level)
  const blocks = order.reduce<StageArm[][]>((list, arm) => {
    const last = list.at(-1)
    if (last?.[0]?.passRate === arm.passRate) last.push(arm)
    else list.push([arm])
    return list
  }, [])
  if (count === undefined) return describe(best(blocks))
  if (count > blocks.length) {
    throw new AppError('usage/bad-option', {
      message: `${count} stages cannot be made: the run has traces at ${blocks.length} different pass rates (skills × levels)`,
      hint: `ask for at most ${blocks.length}, or leave the number to the data with --stages alone`,
      details: { count, most: blocks.length },
    })
  }
  return describe(partition(blocks, count))
}

function best(blocks: readonly StageArm[][]): StageArm[][] {
  for (let count = Math.min(MOST_STAGES, blocks.length); count > 1; count--) {
    const stages = partition(blocks, count)
    if (stages.every((stage, i) => i === 0 || toldApart(stages[i - 1] as StageArm[], stage))) return stages
  }
  return [blocks.flat()]
}

function toldApart(easier: readonly StageArm[], harder: readonly StageArm[]): boolean {
  const [a, b] = [meanDifficulty(easier), meanDifficulty(harder)]
  return b.mean - a.mean > TOLD_APART * Math.sqrt(a.variance + b.variance)
}

function meanDifficulty(arms: readonly StageArm[]) {
  const weight = total(arms, ({ problems }) => problems)
  return {
    mean: total(arms, ({ problems, difficulty }) => problems * difficulty) / weight,
    variance: total(arms, ({ problems, deviation }) => (problems * deviation) ** 2) / weight ** 2,
  }
}

/** The partition into contiguous parts with the least squared deviation of difficulty. Source: Fisher 1958. */
function partition(blocks: readonly StageArm[][], count: number): StageArm[][] {
  const costs: number[][] = blocks.map(() => [])
  const costOf = (from: number, to: number) => {
    const row = costs[from] as number[]
    const known = row[to]
    if (known !== undefined) return known
    const arms = blocks.slice(from, to).flat()
    const { mean } = meanDifficulty(arms)
    const cost = total(arms, ({ problems, difficulty }) => problems * (difficulty - mean) ** 2)
    row[to] = cost
    return cost
  }
  // least[k][end]: cost of the first `end` blocks in k parts, and where the last part begins.
  let least = blocks.map((_, end) => ({ cost: costOf(0, end + 1), starts: [0] }))
  for (let k = 2; k <= count; k++) {
    least = blocks.map((_, end) => {
      let found = { cost: Number.POSITIVE_INFINITY, starts: [0] }
      for (let start = k - 1; start <= end; start++) {
        const before = least[start - 1]
        if (!before) continue
        const cost = before.cost + costOf(start, end + 1)
        if (cost < found.cost) found = { cost, starts: [...before.starts, start] }
      }
      return found
    })
  }
  const starts = least.at(-1)?.starts ?? []
  return starts.map((start, i) => blocks.slice(start, starts[i + 1] ?? blocks.length).flat())
}

function describe(stages: readonly StageArm[][]): CutStage[] {
  const edge = (i: number): number => {
    const [easier, harder] = [stages[i], stages[i + 1]]
    if (!easier || !harder) return 0
    return ((easier.at(-1) as StageArm).passRate + (harder[0] as StageArm).passRate) / 2
  }
  return stages.map((arms, i) => {
    const weight = total(arms, ({ problems }) => problems)
    const mean = (of: (arm: StageArm) => number) => total(arms, (arm) => arm.problems * of(arm)) / weight
    return {
      arms,
      band: [edge(i), i === 0 ? 1 : edge(i - 1)],
      passRate: mean(({ passRate }) => passRate),
      // As if all arms were wrong in the same direction: not narrower than 95 %.
      interval: [mean(({ interval }) => interval[0]), mean(({ interval }) => interval[1])],
      difficulty: meanDifficulty(arms).mean,
    }
  })
}

const total = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((sum, item) => sum + of(item), 0)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
