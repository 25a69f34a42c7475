/** Skill by level: the pass rate of every pair that was drawn. A table, so that it can be read without seeing colours. */
import { counted, percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, type Safe } from '../html.js'
import { type Draw, meanRate } from '../plot/bins.js'
import { purity } from '../plot/frame.js'

export function heatMap({ path, topics }: Figures): Safe {
  const levels = [...new Set(path.map(({ level }) => level))].sort((a, b) => a - b)
  const cells = new Map<string, Draw[]>()
  for (const draw of path) {
    const key = `${draw.level} ${draw.topic}`
    const own = cells.get(key)
    if (own) own.push(draw)
    else cells.set(key, [draw])
  }
  const names = [...new Set(path.map(({ topic }) => topic))].sort()
  const standing = new Map(topics.map(({ topic, level }) => [topic, level]))
  const rows = names.map((topic) => {
    const now = standing.get(topic)
    return html`<tr><th scope="row">${topic}</th>${levels.map((level) => cell(cells.get(`${level} ${topic}`) ?? []))}<td class="now">${now === undefined ? '–' : now.toFixed(1)}</td></tr>`
  })
  return html`<section class="card wide"><h2>Skill by level</h2><p class="note">Pass rate, and the number of draws under it. Last column: the mean level of the skill's latest draws.</p>${
    names.length === 0
      ? html`<p class="empty">No draw yet.</p>`
      : html`<div class="scroll heat"><table><thead><tr><th scope="col" style="text-align:left">skill</th>${levels.map((level) => html`<th scope="col">level ${level}</th>`)}<th scope="col">now</th></tr></thead><tbody>${rows}</tbody></table></div>`
  }</section>`
}

function cell(draws: readonly Draw[]): Safe {
  if (draws.length === 0) return html`<td class="none"><span aria-label="not drawn">·</span></td>`
  const rate = meanRate(draws)
  const low = rate === null || rate < 0.5
  return html`<td class="cell${low ? ' low' : ''}" style="background:${purity(rate ?? 0)}" title="${counted(draws.length, 'draw')}">${rate === null ? '–' : percent(rate)}<small>${draws.length}</small></td>`
}
