/** How to get the same run again, and what the run was made of. */
import type { RunConfig } from '../../schemas/config.js'
import type { Figures } from '../../schemas/figures.js'
import type { VerifiedRow } from '../../schemas/trace.js'
import { html, type Safe } from '../html.js'
import { facts } from './traces.js'

export interface ReproduceOptions {
  readonly figures: Figures
  readonly config?: RunConfig
  /** The command line that gives the configuration. */
  readonly command?: string
  readonly example?: VerifiedRow
}

export function reproduce({ figures, config, command, example }: ReproduceOptions): Safe {
  const provenance = example?.provenance
  return html`<h2 class="part">How to reproduce</h2><p class="note">The ledger in this run's folder is the only source of this page. The same seed, sets and replies give the same draws and the same traces.</p>
<section class="card trace">${command && html`<pre><code>${command}</code></pre>`}
<dl class="facts">${facts([
    ['run', figures.runId],
    ['config', provenance?.configHash],
    ['seed', config && String(config.seed)],
    ...Object.entries(provenance?.versions ?? {}),
  ])}</dl>
${config && html`<details><summary>The whole configuration</summary><pre><code>${JSON.stringify(config, null, 2)}</code></pre></details>`}</section>`
}
