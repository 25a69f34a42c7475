/** How to get the same run again, and what the run was made of. */
import type { RunConfig } from '../../schemas/config.js'
import type { Figures } from '../../schemas/figures.js'
import type { VerifiedRow } from '../../schemas/trace.js'
import { html, type Safe } from '../html.js'
import { facts } from './traces.js'

export interface ReproduceOptions {
  readonly figures: Figures
  readonly config?: RunConfig
  readonly example?: VerifiedRow
}

export function reproduce({ figures, config, example }: ReproduceOptions): Safe {
  const provenance = example?.provenance
  return html`<h2 class="part">How to reproduce</h2><p class="note">The ledger in this run's folder is the only source of this page. The same seed, sets and replies give the same draws and the same traces.</p>
<section class="card trace">${config && html`<pre><code>${command(config)}</code></pre>`}
<dl class="facts">${facts([
    ['run', figures.runId],
    ['config', provenance?.configHash],
    ['seed', config && String(config.seed)],
    ...Object.entries(provenance?.versions ?? {}),
  ])}</dl>
${config && html`<details><summary>The whole configuration</summary><pre><code>${JSON.stringify(config, null, 2)}</code></pre></details>`}</section>`
}

/** A command line with what is most often set; the whole configuration stands below it. */
function command(config: RunConfig): string {
  const { sets, model, baseUrl, samples, target, budget, limit, seed } = config
  const options: readonly (readonly [string, string | number | undefined])[] = [
    ['--set', sets.map(quoted).join(' ')],
    ['--model', quoted(model)],
    ['--base-url', baseUrl],
    ['--samples', samples],
    ['--target', target],
    ['--budget', budget],
    ['--limit', limit],
    ['--seed', seed],
  ]
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
  return `npx assay run ${given.join(' \\\n  ')}`
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
