import type { Figures } from '../../schemas/figures.js'

export type Draw = Figures['path'][number]

/** Mean of the pass rates that are known; null when none is. */
export function meanRate(draws: readonly Draw[]): number | null {
  const known = draws.flatMap(({ passRate }) => (passRate === null ? [] : [passRate]))
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0) / known.length
}

/** The run cut into `count` parts of equal numbers of draws (fewer when there are fewer draws). */
export function parts(path: readonly Draw[], count: number): Draw[][] {
  const wanted = Math.max(1, Math.min(count, path.length))
  return Array.from({ length: wanted }, (_, i) =>
    path.slice(Math.floor((i * path.length) / wanted), Math.floor(((i + 1) * path.length) / wanted)),
  )
}

export interface Stretch {
  /** Place of the middle draw in the whole path. */
  readonly at: number
  readonly mean: number
  /** Standard deviation. */
  readonly spread: number
}

/** Mean and spread of the level over a sliding window, at about `steps` places. indices: places of the draws in the path. */
export function slide(draws: readonly { readonly at: number; readonly level: number }[], steps = 60): Stretch[] {
  if (draws.length === 0) return []
  const window = Math.max(5, Math.round(draws.length / 8))
  const every = Math.max(1, Math.floor(draws.length / steps))
  const stretches: Stretch[] = []
  for (let middle = 0; middle < draws.length; middle += every) {
    const first = Math.max(0, Math.min(middle - Math.floor(window / 2), draws.length - window))
    const levels = draws.slice(first, first + window).map(({ level }) => level)
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length
    const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length
    stretches.push({ at: (draws[middle] as { at: number }).at, mean, spread: Math.sqrt(variance) })
  }
  return stretches
}

/** Things of a skill, by the skill's name, in their order. */
export function byTopic<T extends { readonly topic: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const own = groups.get(item.topic)
    if (own) own.push(item)
    else groups.set(item.topic, [item])
  }
  return groups
}
