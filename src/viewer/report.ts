/** The report of a run: one page that needs no network and no script, made from the figures of the ledger. */
import type { RunConfig } from '../schemas/config.js'
import type { Figures } from '../schemas/figures.js'
import type { Problem } from '../schemas/problem.js'
import type { VerifiedRow } from '../schemas/trace.js'
import { html } from './html.js'
import { audit, funnel, statuses, tokens } from './section/counts.js'
import { head } from './section/head.js'
import { heatMap } from './section/heat.js'
import { calibrationOfRun, coverageOfRun, overTime, passRateByLevel, pathOfRun, targetsOfRun } from './section/plots.js'
import { reproduce } from './section/reproduce.js'
import { traces } from './section/traces.js'
import { style } from './style.js'

export interface ReportOptions {
  readonly figures: Figures
  readonly title: string
  readonly config?: RunConfig
  /** The command line that gives the configuration. */
  readonly command?: string
  /** Verified traces to show in full. */
  readonly examples: readonly VerifiedRow[]
  /** They tell which topic is code and which is math. */
  readonly problems?: readonly Problem[]
}

/** A whole HTML document. Statements, programs and names are foreign text: all of it is escaped, and scripts are forbidden. */
export function renderReport({ figures, title, config, command, examples, problems = [] }: ReportOptions): string {
  const model = config?.model ?? examples[0]?.candidate.model
  const page = html`<main>
${head({ figures, title, model, sets: config?.sets })}
<div class="grid">
${funnel(figures)}${statuses(figures)}
${passRateByLevel(figures, config?.curriculum.band)}
${audit(figures)}${tokens(figures)}
${heatMap(figures)}
${targetsOfRun(figures, problems)}
${calibrationOfRun(figures)}${coverageOfRun(figures)}
${pathOfRun(figures, problems)}
${overTime(figures)}
</div>
${traces(examples)}
${reproduce({ figures, config, command, example: examples[0] })}
<footer>Verified means: the program ran in an isolated sandbox and met the problem's check, or the answer equals the known one. A check that is too weak lets wrong programs pass; the self-audit above measures how often.</footer>
</main>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${html`assay: ${title}`.markup}</title>
<style>${style}</style>
</head>
<body>${page.markup}</body>
</html>
`
}
