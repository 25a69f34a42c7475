/** A simulation of policies as one page that needs no network and no script. */
import { counted, percent } from '../base/format.js'
import { ORACLE } from '../curriculum/simulation/simulate.js'
import type { PlaySketch } from '../curriculum/simulation/simulation.js'
import type { Simulation } from '../schemas/simulation.js'
import { html } from './html.js'
import { inksOf } from './plot/policy-ink.js'
import { otherFigures, shares, shareTable, worldCard } from './section/worlds.js'
import { style } from './style.js'

const ownStyle = `
:root { --light: .56; } @media (prefers-color-scheme: dark) { :root { --light: .75; } }
h3 { font-size: .98rem; font-weight: 650; margin-top: 22px; }
h3 + .note { font-size: .88rem; }
svg .thin { stroke-width: 1.8; } svg .dashed { stroke-dasharray: 5 4; stroke-width: 1.8; }
svg .best { fill: none; stroke: var(--ink); stroke-width: 1.3; stroke-opacity: .85; }
svg .series .mark { fill: var(--hue); stroke: var(--card); stroke-width: 1.5; }
.legend .key { width: 14px; height: 14px; display: inline-block; }
.legend .key * { fill: var(--hue); }
.legend .dash { height: 0; width: 20px; background: none; border-top: 2px dashed var(--ink); }
.chases { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 14px 18px; margin-top: 12px; }
.figures td { white-space: nowrap; }
.chases figcaption { font-size: .88rem; } .chases small { color: var(--muted); }
`

export interface SimulationPage {
  readonly simulation: Simulation
  /** One seed's plays: those that are plotted over attempts. */
  readonly sketches: readonly PlaySketch[]
}

/** A whole HTML document. Names of worlds and policies are foreign text: all of it is escaped. */
export function renderSimulation({ simulation, sketches }: SimulationPage): string {
  const ranked = simulation.means.filter(({ policy }) => policy !== ORACLE).sort((a, b) => b.share - a.share)
  const inks = inksOf(ranked.map(({ policy }) => policy))
  const { worlds, plays, complete } = simulation
  const seeds = simulation.seeds.filter((seed) => plays.some((played) => played.seed === seed))
  const best = ranked[0]
  const page = html`<main><header>
<div class="mark"><span>assay</span><span class="run">curriculum simulate</span></div>
<h1>${best ? html`<b>${best.policy}</b> harvests <b>${percent(best.share)}</b> of what an oracle would` : 'No play was finished'}</h1>
<p class="lead">${counted(ranked.length, 'policy').replace(/ys$/, 'ies')} drew problems for simulated solvers in ${counted(worlds.length, 'world')} with ${counted(seeds.length, 'seed')} (${seeds.length > 1 ? `${seeds[0]} to ${seeds[seeds.length - 1]}` : seeds[0]}). A trace is useful when it passed and its problem's true pass rate lies in the band. <span class="status${complete ? '' : ' open'}">${complete ? 'complete' : 'interrupted'}</span></p></header>
<div class="grid">
${shares(simulation, inks)}
${shareTable(simulation, inks)}
${otherFigures(simulation, inks)}
</div>
<h2 class="part">World by world</h2><p class="note">Plays of seed ${seeds[0]}.</p>
<div class="grid">${worlds.map((named, nth) => worldCard({ named, nth, sketches, inks }))}</div>
<footer>The solvers are simulated: these figures compare ways to choose problems, they say nothing about a model.</footer>
</main>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>assay: curriculum simulate</title>
<style>${style}${ownStyle}</style>
</head>
<body>${page.markup}</body>
</html>
`
}
