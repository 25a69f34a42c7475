/** A simulation as people read it in a terminal. */
import { counted } from '../base/format.js'
import { ORACLE } from '../curriculum/simulation/simulate.js'
import type { Simulation } from '../schemas/simulation.js'
import { table } from './problems-view.js'

/** 0.9567 → `.96`. */
export const hundredths = (value: number): string => value.toFixed(2).replace(/^0\./, '.')

/** Shares by policy and world, best policy first, then the other figures. columns: width of the terminal, when there is one. */
export function simulationText(simulation: Simulation, columns = Number.POSITIVE_INFINITY): string {
  const { means, worlds, plays } = simulation
  // Those that were begun, when the simulation was interrupted.
  const seeds = simulation.seeds.filter((seed) => plays.some((played) => played.seed === seed))
  if (means.length === 0) return ''
  const ranked = means.filter(({ policy }) => policy !== ORACLE).sort((a, b) => b.share - a.share)
  const title = `Balanced share of the oracle's harvest, mean${seeds.length > 1 ? ` ± standard deviation over ${seeds.length} seeds` : ''} (seed ${seedsTold(seeds)})`
  const blocks = blocksOf(
    worlds.map(({ name }) => name),
    columns,
  ).map((names, i, all) => {
    const rows = ranked.map(({ policy, share }) => ({
      policy,
      ...Object.fromEntries(names.map((name) => [name, cellText(simulation, name, policy)])),
      ...(i === all.length - 1 ? { mean: hundredths(share) } : {}),
    }))
    return table(rows).join('\n')
  })
  const figures = [...ranked, ...means.filter(({ policy }) => policy === ORACLE)].map((row) => ({
    policy: row.policy,
    share: hundredths(row.share),
    'worst seed': hundredths(row.worstShare),
    'root share': hundredths(row.rootShare),
    'useful/1,000': Math.round(row.usefulPer1000Attempts),
    'useful/Mtok': Math.round(row.usefulPerMtok),
    'half at': `${row.halfwayRatio.toFixed(2)}x`,
    'topic entropy': row.entropyRatio.toFixed(3),
  }))
  const over = `Means over ${counted(worlds.length, 'world')}; half at: attempts until half of the oracle's harvest, against its own`
  return [title, '', blocks.join('\n\n'), '', over, '', table(figures).join('\n')].join('\n')
}

const seedsTold = (seeds: readonly number[]): string =>
  seeds.length === 1 ? String(seeds[0]) : `${seeds[0]}-${seeds[seeds.length - 1]}`

function cellText({ cells }: Simulation, world: string, policy: string): string {
  const cell = cells.find((one) => one.world === world && one.policy === policy)
  if (!cell) return '–'
  const { mean, sd } = cell.share
  return cell.seeds > 1 ? `${hundredths(mean)} ±${hundredths(sd)}` : hundredths(mean)
}

/** Worlds in as many tables as the width asks for. */
function blocksOf(names: readonly string[], columns: number): string[][] {
  const blocks: string[][] = [[]]
  // The names of the policies, and the mean.
  const room = columns - 18
  let used = 0
  for (const name of names) {
    const width = Math.max(8, name.length) + 2
    if (used > 0 && used + width > room) {
      blocks.push([])
      used = 0
    }
    blocks[blocks.length - 1]?.push(name)
    used += width
  }
  return blocks
}
