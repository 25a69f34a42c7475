/** A few verified traces in full: the statement, what the model wrote, and what proved it. All of it is foreign text. */
import { counted } from '../../base/format.js'
import type { VerifiedRow } from '../../schemas/trace.js'
import { highlightPython } from '../highlight.js'
import { html, type Safe } from '../html.js'

export function traces(examples: readonly VerifiedRow[]): Safe | null {
  if (examples.length === 0) return null
  return html`<h2 class="part">Verified traces</h2><p class="note">Some of the distinct ones, the hardest first.</p>${examples.map(trace)}`
}

function trace(row: VerifiedRow): Safe {
  const { problem, candidate, code, answer } = row
  const language = problem.language ?? 'python'
  const program =
    code !== undefined && html`<pre><code>${language === 'python' ? highlightPython(code) : code}</code></pre>`
  return html`<article class="card trace"><header><h3>${problem.id}</h3><span class="tags">${problem.kind} · level ${problem.level} · ${problem.skills.join(', ')}</span></header>
<div class="cols"><div class="text">${problem.statement}</div><div>${program}${answer !== undefined && html`<p class="proof">answer <code>${answer}</code></p>`}${proof(row)}</div></div>
<details><summary>Provenance</summary><dl class="facts">${facts([
    ['candidate', row.id],
    ['model', `${candidate.provider}:${candidate.model}`],
    [
      'sampling',
      `temperature ${candidate.sampling.temperature}, top-p ${candidate.sampling.topP}, seed ${candidate.sampling.seed}`,
    ],
    ['prompt', candidate.promptHash],
    ['checked', row.verdict.evidence.codeHash],
    ['check', row.verdict.evidence.checkHash],
    ['image', row.verdict.evidence.image],
    ['license', `${problem.license} (${problem.source})`],
  ])}</dl></details></article>`
}

function proof({ verdict, candidate }: VerifiedRow): Safe {
  const { verifier, verifierVersion, backend, mode, isolation, layer } = verdict.evidence
  const how = [
    `${verifier} ${verifierVersion}`,
    backend,
    mode,
    isolation && `isolation ${isolation}`,
    layer && `layer ${layer}`,
  ].filter(Boolean)
  return html`<p class="proof"><b>${verdict.status}</b>${verdict.cases.length > 0 && html`, ${counted(verdict.cases.length, 'case')}`} · ${how.join(' · ')} · ${candidate.usage.completionTokens} tokens</p>`
}

export const facts = (pairs: readonly (readonly [string, string | undefined])[]): Safe[] =>
  pairs.flatMap(([name, value]) => (value ? [html`<dt>${name}</dt><dd class="mono">${value}</dd>`] : []))
