/** The funnel, the statuses, the self-audit, the tokens: counts as bars and small tables. */
import { compact, counted, money, percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, px, type Safe } from '../html.js'

interface Bar {
  readonly name: string
  readonly count: number
  readonly of: number
  readonly tone?: 'gold' | 'bad' | 'ink'
  readonly text?: string
  readonly note?: string
}

function bar({ name, count, of, tone, text, note }: Bar): Safe {
  const width = of === 0 ? 0 : (count / of) * 100
  return html`<dt>${name}</dt><dd class="bar" aria-hidden="true">${count > 0 && html`<i class="${tone ?? ''}" style="width:${px(width)}%"></i>`}</dd><dd>${text ?? count}${note && html` <small>${note}</small>`}</dd>`
}

const share = (count: number, of: number): string => (of === 0 ? '' : percent(count / of))

export function funnel(figures: Figures): Safe {
  const { problems, drawn, solved, candidates, verified, distinct, skipped } = figures
  return html`<section class="card"><h2>Funnel</h2><p class="note">From problems to traces that are worth keeping.</p><dl class="bars">
${bar({ name: 'problems', count: problems, of: problems, tone: 'ink' })}
${bar({ name: 'drawn', count: drawn, of: problems, note: share(drawn, problems) })}
${bar({ name: 'solved', count: solved, of: problems, tone: 'gold', note: share(solved, problems) })}
<dd class="rule" aria-hidden="true"></dd>
${bar({ name: 'candidates', count: candidates, of: candidates, tone: 'ink' })}
${bar({ name: 'verified', count: verified, of: candidates, tone: 'gold', note: share(verified, candidates) })}
${bar({ name: 'distinct', count: distinct, of: candidates, tone: 'gold', note: share(distinct, candidates) })}
</dl>${skipped > 0 && html`<p class="note">Early stop left out ${counted(skipped, 'candidate')}: the first of the draw had all passed, or all failed.</p>`}</section>`
}

/** Whose fault a status is decides its colour: the candidate's is plain, ours and the problem's stands out. */
const notTheModel = new Set(['bad_problem', 'sandbox_error', 'flaky', 'unknown'])

export function statuses({ byStatus }: Figures): Safe {
  const rows = Object.entries(byStatus).sort(([, a], [, b]) => b - a)
  const all = rows.reduce((sum, [, count]) => sum + count, 0)
  const most = Math.max(1, ...rows.map(([, count]) => count))
  return html`<section class="card"><h2>Verdicts</h2><p class="note">Every candidate has one, with a reason and a blame.</p>${
    rows.length === 0
      ? html`<p class="empty">No verdict yet.</p>`
      : html`<dl class="bars">${rows.map(([status, count]) =>
          bar({
            name: status.replaceAll('_', ' '),
            count,
            of: most,
            tone: status === 'accepted' ? 'gold' : notTheModel.has(status) ? 'bad' : undefined,
            note: share(count, all),
          }),
        )}</dl>`
  }</section>`
}

export function audit({ selfAudit }: Figures): Safe {
  const { good, bad, falseRejects, falseAccepts } = selfAudit
  const cell = (count: number, kind: 'right' | 'wrong', note: string): Safe =>
    html`<td class="${kind === 'wrong' && count === 0 ? 'zero' : kind}">${count}<small>${note}</small></td>`
  return html`<section class="card"><h2>Self-audit</h2><p class="note">Known-right and known-wrong answers went through the same verifier in this run.</p>${
    good + bad === 0
      ? html`<p class="empty">Nothing was audited.</p>`
      : html`<div class="scroll audit"><table><thead><tr><td style="border:0;padding:0"></td><th scope="col">accepted</th><th scope="col">refused</th></tr></thead><tbody>
<tr><th scope="row">known-good ${good}</th>${cell(good - falseRejects, 'right', 'rightly')}${cell(falseRejects, 'wrong', 'false rejects')}</tr>
<tr><th scope="row">known-bad ${bad}</th>${cell(falseAccepts, 'wrong', 'false accepts')}${cell(bad - falseAccepts, 'right', 'rightly')}</tr>
</tbody></table></div>`
  }</section>`
}

export function tokens({ tokens: { prompt, completion }, costUsd, candidates, verified, distinct }: Figures): Safe {
  const all = prompt + completion
  const per = (count: number): string => (count === 0 ? '–' : compact(all / count))
  const cost = (count: number): string => (costUsd === null ? 'unknown' : count === 0 ? '–' : money(costUsd / count))
  const row = (name: string, count: number): Safe =>
    html`<tr><th scope="row">${name}</th><td>${per(count)}</td><td>${cost(count)}</td></tr>`
  return html`<section class="card"><h2>Tokens and cost</h2><p class="note">What a trace takes, failures included.</p><dl class="bars">
${bar({ name: 'prompt', count: prompt, of: all, tone: 'ink', text: compact(prompt) })}
${bar({ name: 'completion', count: completion, of: all, text: compact(completion) })}
</dl><div class="scroll"><table><thead><tr><th></th><th scope="col">tokens each</th><th scope="col">cost each</th></tr></thead><tbody>
${row('candidate', candidates)}${row('verified', verified)}${row('distinct', distinct)}
</tbody></table></div></section>`
}
