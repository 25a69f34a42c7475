/** The top of the page: what came out, of what, and the numbers that people ask for first. */
import { compact, counted, duration, money, percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, type Safe } from '../html.js'

const endings: Readonly<Record<Figures['status'], string>> = {
  running: 'running',
  complete: 'complete',
  target: 'target reached',
  exhausted: 'nothing left to draw',
  budget: 'budget reached',
  interrupted: 'interrupted',
  failed: 'failed',
}

const open = new Set<Figures['status']>(['running', 'interrupted', 'failed', 'budget'])

// A touchstone with the streak of a metal drawn across it.
const mark = html`<svg viewBox="0 0 26 26" aria-hidden="true"><path d="M4 8.5 13 3l9 5.5v9L13 23l-9-5.5z"/><path d="m8.5 13.2 3.2 3.1 6-6.4"/></svg>`

export interface HeadOptions {
  readonly figures: Figures
  readonly title: string
  readonly model?: string
  readonly sets?: readonly string[]
}

export function head({ figures, title, model, sets }: HeadOptions): Safe {
  const { distinct, candidates, drawn, status } = figures
  return html`<header>
<div class="mark">${mark}<span>assay</span><span class="run">${title}</span></div>
<h1><b>${distinct}</b> distinct verified ${distinct === 1 ? 'trace' : 'traces'}</h1>
<p class="lead">From ${counted(candidates, 'candidate')}${model && html` by <code>${model}</code>`} for ${counted(drawn, 'problem')}${sets && sets.length > 0 && html` (${sets.join(', ')})`}. Each was run, or its answer compared, and kept only when it passed. <span class="status${open.has(status) ? ' open' : ''}">${endings[status]}</span></p>
${numbers(figures)}</header>`
}

function numbers(figures: Figures): Safe {
  const { verified, distinct, candidates, solved, problems, tokens, costUsd, wallMs, moves, draws } = figures
  const all = tokens.prompt + tokens.completion
  const perMinute = wallMs > 0 ? (verified / wallMs) * 60_000 : undefined
  const items: readonly (readonly [string, string, string])[] = [
    ['Verified', String(verified), `of ${counted(candidates, 'candidate')}`],
    ['Yield', candidates === 0 ? '–' : percent(verified / candidates), 'of candidates pass'],
    ['Problems solved', String(solved), `of ${problems} in the sets`],
    [
      'Tokens',
      compact(all),
      distinct === 0 ? 'no distinct trace yet' : `${compact(all / distinct)} per distinct trace`,
    ],
    [
      'Cost',
      costUsd === null ? 'unknown' : money(costUsd),
      costUsd === null ? 'no price for this model' : 'of the model',
    ],
    ['Working time', duration(wallMs), perMinute === undefined ? '' : `${perMinute.toFixed(1)} verified per minute`],
    ['Difficulty moved', `${moves}×`, `in ${counted(draws, 'draw')}`],
  ]
  return html`<dl class="kpis">${items.map(([name, value, note]) => html`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`)}</dl>`
}
