/** `assay curriculum simulate`: policies in simulated worlds; a table on stdout, progress on stderr, plots in a page. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { counted } from '../base/format.js'
import { lookup } from '../base/registry.js'
import { ORACLE } from '../curriculum/simulation/simulate.js'
import {
  type Played,
  type PlaySketch,
  type SimulationPlan,
  simulating,
  sketch,
  summarize,
} from '../curriculum/simulation/simulation.js'
import type { CurriculumPolicy } from '../schemas/ports.js'
import type { Play } from '../schemas/simulation.js'
import { writeAtomically } from '../store/files.js'
import { renderSimulation } from '../viewer/simulation.js'
import { simulationText } from './curriculum-table.js'
import { namedWorlds, onlyAll, withBudget } from './curriculum-worlds.js'
import { type Io, isInteractive, printLine } from './io.js'

export interface SimulateFlags {
  readonly world: readonly string[]
  readonly policy: readonly string[]
  readonly seeds: number
  readonly seed: number
  readonly budget?: number
  readonly json?: boolean
  readonly plot?: string
}

type Registry = Readonly<Record<string, CurriculumPolicy>>

/** Returns the exit code: 130 when interrupted; then what was done so far is told all the same. */
export async function simulate(flags: SimulateFlags, registry: Registry, io: Io): Promise<number> {
  const plan = planOf(flags, registry, io)
  const page = flags.plot === undefined ? undefined : pagePath(flags.plot, io)
  const { plays, sketches, complete } = await playAll(plan, { json: flags.json, io })
  const simulation = summarize(plan, plays, complete)
  if (flags.json) await printLine(io, JSON.stringify(simulation))
  else if (plays.length > 0) await printLine(io, simulationText(simulation, io.stdout.columns))
  if (page !== undefined && plays.length > 0) {
    writeAtomically(page, renderSimulation({ simulation, sketches }))
    io.stderr.write(`plots: ${page}\n`)
  }
  if (complete) return 0
  io.stderr.write(
    plays.length > 0
      ? 'interrupted: worlds or seeds are missing from the figures\n'
      : 'interrupted before the first play was finished\n',
  )
  return 130
}

function planOf(flags: SimulateFlags, registry: Registry, io: Io): SimulationPlan {
  const { budget } = flags
  const named = Object.entries(namedWorlds(flags.world, io.cwd))
  const ids = onlyAll(flags.policy, '--policy') ? Object.keys(registry) : [...new Set(flags.policy)]
  if (!Number.isSafeInteger(flags.seed + flags.seeds)) {
    throw new AppError('usage/bad-option', { message: `--seed ${flags.seed} is too large`, hint: 'use a smaller one' })
  }
  return {
    worlds: Object.fromEntries(
      named.map(([name, world]) => [name, budget === undefined ? world : withBudget(world, budget)]),
    ),
    policies: ids.map((id) => lookup(registry, id, 'policy')),
    seeds: Array.from({ length: flags.seeds }, (_, i) => flags.seed + i),
  }
}

/** Refused before the work: a page that could not be written after it. */
function pagePath(plot: string, io: Io): string {
  const file = path.resolve(io.cwd, plot)
  const refuse = (message: string, hint: string) => new AppError('usage/bad-option', { message, hint })
  if (!/\.html?$/i.test(file)) throw refuse(`--plot ${plot}: a page is written`, 'name a file that ends in .html')
  if (!statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory()) {
    throw refuse(`--plot ${plot}: there is no folder ${path.dirname(file)}`, 'make it first, or name another one')
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw refuse(`--plot ${plot} is a folder`, 'name a file that ends in .html')
  }
  return file
}

interface Done {
  readonly plays: readonly Play[]
  /** Of the first seed. */
  readonly sketches: readonly PlaySketch[]
  readonly complete: boolean
}

async function playAll(plan: SimulationPlan, { json, io }: { json?: boolean; io: Io }): Promise<Done> {
  const plays: Play[] = []
  const sketches: PlaySketch[] = []
  const progress = progressOf(plan, { json, io })
  let turnedAtMs = performance.now()
  try {
    for (const played of simulating(plan)) {
      if (played) {
        const { world, seed, policy, figures } = played
        plays.push({ world, seed, policy, figures })
        if (seed === plan.seeds[0]) sketches.push(sketch(played))
        progress.played(played)
      }
      if (performance.now() - turnedAtMs < 50) continue
      // An interrupt is heard only when others get their turn.
      await new Promise(setImmediate)
      if (io.interrupt.aborted) break
      turnedAtMs = performance.now()
    }
  } finally {
    progress.stop()
  }
  const all = plan.seeds.length * Object.keys(plan.worlds).length * (plan.policies.length + 1)
  return { plays, sketches, complete: plays.length === all }
}

/** A line for each world and seed; on a terminal one line that is written over. */
function progressOf(plan: SimulationPlan, { json, io }: { json?: boolean; io: Io }) {
  const live = isInteractive(io, { json })
  const all = plan.seeds.length * Object.keys(plan.worlds).length
  let [worlds, policies] = [0, 0]
  let [useful, most] = [0, 0]
  return {
    played: ({ world, seed, policy, figures }: Played) => {
      if (policy === ORACLE) {
        most = figures.useful
        return
      }
      useful = Math.max(useful, figures.useful)
      if (++policies < plan.policies.length) return
      const line = `[${++worlds}/${all}] ${world}, seed ${seed}: ${counted(policies, 'policy').replace(/ys$/, 'ies')}, useful traces at most ${useful}, oracle ${most}`
      io.stderr.write(live ? `\r\u001b[K${line}` : `${line}\n`)
      policies = 0
      useful = 0
    },
    stop: () => {
      if (live && worlds > 0) io.stderr.write('\r\u001b[K')
    },
  }
}
