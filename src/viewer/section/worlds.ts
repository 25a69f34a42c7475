/** The parts of the page about a simulation: all worlds together, and a card for each. */
import { counted, percent } from '../../base/format.js'
import { ORACLE } from '../../curriculum/simulation/simulate.js'
import type { PlaySketch } from '../../curriculum/simulation/simulation.js'
import type { Simulation } from '../../schemas/simulation.js'
import { type Child, html, type Safe } from '../html.js'
import { chasePlot, meanDistance } from '../plot/chase.js'
import { purity } from '../plot/frame.js'
import { harvestPlot } from '../plot/harvest.js'
import { marker, type PolicyInk } from '../plot/policy-ink.js'
import { sharesPlot } from '../plot/shares.js'

const WIDE = 1020
const NARROW = 340

/** A plot twice, for wide and for narrow screens, so that text keeps its size. */
const figure = (id: string, draw: (size: { width: number; id: string }) => Safe, width = WIDE): Safe =>
  html`<figure><div class="wideplot">${draw({ width, id })}</div><div class="narrow">${draw({ width: NARROW, id: `${id}-n` })}</div></figure>`

export const legend = (inks: readonly PolicyInk[], extra?: Child): Safe =>
  html`<div class="legend">${inks.map((ink) => html`<span class="series" style="${ink.style}"><svg class="key" viewBox="0 0 14 14" aria-hidden="true">${marker(ink, 7, 7)}</svg>${ink.policy}</span>`)}${extra}</div>`

export function shares(simulation: Simulation, inks: readonly PolicyInk[]): Safe {
  const spread = simulation.seeds.length > 1 ? ' Whiskers: one standard deviation over the seeds.' : ''
  return html`<section class="card wide"><h2>Share by world and policy</h2><p class="note">Balanced share of what an oracle harvests, who knows every pass rate: the mean over topics of min(1, harvest / the oracle's).${spread}</p>${legend(inks)}${figure('shares', (size) => sharesPlot({ simulation, inks, ...size }))}</section>`
}

export function shareTable({ worlds, cells, means }: Simulation, inks: readonly PolicyInk[]): Safe {
  const cell = (share: number | undefined, note = '') =>
    share === undefined
      ? html`<td class="none">–</td>`
      : html`<td class="cell${share < 0.5 ? ' low' : ''}" style="background:${purity(share)}">${percent(share)}<small>${note}</small></td>`
  const worst = (share: number) => `worst ${Math.round(share * 100)}`
  const rows = worlds.map(({ name }) => {
    const own = inks.map(({ policy }) => cells.find((one) => one.world === name && one.policy === policy))
    return html`<tr><th scope="row">${name}</th>${own.map((found) => cell(found?.share.mean, found && found.seeds > 1 ? worst(found.share.worst) : ''))}</tr>`
  })
  const last = inks.map(({ policy }) => means.find((one) => one.policy === policy))
  const header = html`<tr><th scope="col" style="text-align:left">world</th>${inks.map(({ policy }) => html`<th scope="col">${policy}</th>`)}</tr>`
  return html`<section class="card wide"><h2>The shares as numbers</h2><p class="note">Mean over the seeds, and the worst seed under it.</p><div class="scroll heat"><table><thead>${header}</thead><tbody>${rows}<tr><th scope="row"><b>mean</b></th>${last.map((mean) => cell(mean?.share, mean && worst(mean.worstShare)))}</tr></tbody></table></div></section>`
}

export function otherFigures({ means }: Simulation, inks: readonly PolicyInk[]): Safe {
  const ranked = [...inks.map(({ policy }) => policy), ORACLE]
  const rows = ranked.flatMap((policy) => means.filter((one) => one.policy === policy))
  return html`<section class="card wide"><h2>Other figures</h2><p class="note">Means over the worlds. Root share: the square of the sum over topics of the root of the harvest, against the oracle's; it may exceed 100 %. Half at: attempts until half of the oracle's harvest, against the oracle's own. Topic entropy: how evenly the harvest lies over the topics, against the oracle's.</p><div class="scroll figures"><table><thead><tr>${['policy', 'share', 'worst seed', 'root share', 'useful per 1,000 attempts', 'useful per million tokens', 'half at', 'topic entropy'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td>${row.policy}</td><td>${percent(row.share)}</td><td>${percent(row.worstShare)}</td><td>${percent(row.rootShare)}</td><td>${Math.round(row.usefulPer1000Attempts)}</td><td>${Math.round(row.usefulPerMtok)}</td><td>${row.halfwayRatio.toFixed(2)}×</td><td>${row.entropyRatio.toFixed(3)}</td></tr>`,
  )}</tbody></table></div></section>`
}

export interface WorldCardOptions {
  readonly named: Simulation['worlds'][number]
  readonly nth: number
  readonly sketches: readonly PlaySketch[]
  readonly inks: readonly PolicyInk[]
}

/** Harvest of every policy, and how each one's level follows the best one. Empty when no play of this world was finished. */
export function worldCard({ named, nth, sketches, inks }: WorldCardOptions): Safe | null {
  const { name, world } = named
  const own = sketches.filter((one) => one.world === name)
  const played = inks.flatMap((ink) => own.filter(({ policy }) => policy === ink.policy).map((one) => ({ ink, one })))
  if (own.length === 0) return null
  const attempts = Math.max(...own.flatMap(({ curve }) => curve.map((point) => point.attempts)))
  const facts = `${counted(world.topics, 'topic')}, ${counted(world.levels, 'level')}, ${counted(world.k, 'attempt')} a problem, ${world.budget.toLocaleString('en')} attempts in all${world.tokenBudget === undefined ? '' : `, or ${world.tokenBudget.toLocaleString('en')} tokens`}.`
  return html`<section class="card wide"><h2>${name}</h2><p class="note">${world.describe && `${sentence(world.describe)} `}${facts}</p>
<h3>Useful traces over attempts</h3>${legend(inks, html`<span><i class="dash"></i>oracle</span>`)}${figure(`harvest-${nth}`, (size) => harvestPlot({ world: name, sketches: own, inks, ...size }))}
<h3>Drawn level against the hidden best level, topic ${(own[0] as PlaySketch).topic}</h3><p class="note">Coloured: mean of the drawn levels, with a band of one standard deviation. Black: the best level at that time. In small: the mean distance.</p>
<div class="chases">${played.map(
    ({ ink, one }, i) =>
      html`<figure><figcaption>${ink.policy} <small>${one.path.length === 0 ? 'not drawn' : `off by ${meanDistance(one.path).toFixed(1)}`}</small></figcaption>${chasePlot({ sketch: one, ink, levels: world.levels, attempts, width: 236, id: `chase-${nth}-${i}` })}</figure>`,
  )}</div></section>`
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
