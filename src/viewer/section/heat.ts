/** Skill by level: what the curriculum expects of every pair, and what was seen. A table, so that it can be read without seeing colours. */
import { counted, percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, type Safe } from '../html.js'
import { byTopic } from '../plot/bins.js'
import { purity } from '../plot/frame.js'

type Arm = Figures['arms'][number]

/** Skills beyond this many are counted, not shown; the figures hold all of them. */
const MOST_SKILLS = 60

export function heatMap({ arms, topics, draws }: Figures): Safe {
  const levels = [...new Set(arms.map(({ level }) => level))].sort((a, b) => a - b)
  const standing = new Map(topics.map(({ topic, target }) => [topic, target]))
  const bySkill = byTopic(arms)
  const shown = mostDrawn(bySkill)
  const rest = bySkill.size - shown.length
  const rows = shown.map((topic) => {
    const own = new Map(bySkill.get(topic)?.map((arm) => [arm.level, arm]))
    const now = standing.get(topic)
    return html`<tr><th scope="row">${topic}</th>${levels.map((level) => cell(own.get(level), level === now))}<td class="sum">${sumOf([...own.values()])}</td></tr>`
  })
  return html`<section class="card wide"><h2>Skill by level</h2><p class="note">The pass rate that the curriculum expects of each pair, and under it how many candidates passed of those that were tried. The frame is the level that the skill stands at.</p>
<div class="legend"><span>expected 0 % <i class="ramp"></i> 100 %</span><span><i class="frame"></i>stands here</span><span>· not drawn yet</span><span>empty: no problems</span></div>${
    draws === 0
      ? html`<p class="empty">No draw yet.</p>`
      : html`<div class="scroll heat"><table><thead><tr><th scope="col" class="skill">skill</th>${levels.map((level, i) => html`<th scope="col" abbr="level ${level}">${i === 0 || levels.length <= 8 ? `level ${level}` : level}</th>`)}<th scope="col">draws</th></tr></thead><tbody>${rows}</tbody></table></div>${rest > 0 && html`<p class="note">And ${counted(rest, 'skill')} that ${rest === 1 ? 'was' : 'were'} drawn less often.</p>`}`
  }</section>`
}

const sumOf = (arms: readonly Arm[]): number => arms.reduce((sum, { draws }) => sum + draws, 0)

/** Names in their order; the most drawn ones when there are too many. */
function mostDrawn(bySkill: ReadonlyMap<string, readonly Arm[]>): string[] {
  const byDraws = [...bySkill].sort(([, a], [, b]) => sumOf(b) - sumOf(a))
  return byDraws
    .slice(0, MOST_SKILLS)
    .map(([topic]) => topic)
    .sort()
}

function cell(arm: Arm | undefined, now: boolean): Safe {
  const stands = now && html`<span class="unseen"> stands here</span>`
  const frame = now ? ' now' : ''
  if (arm === undefined) return html`<td class="void${frame}"><span class="unseen">no problems</span>${stands}</td>`
  const { problems, drawn, draws, attempts, passes, expected } = arm
  const told = `level ${arm.level}: ${counted(draws, 'draw')}, ${drawn} of ${counted(problems, 'problem')} drawn`
  if (expected === null)
    return html`<td class="none${frame}" title="${told}"><span aria-hidden="true">·</span><span class="unseen">not drawn</span>${stands}</td>`
  return html`<td class="cell${expected < 0.5 ? ' low' : ''}${frame}" style="background:${purity(expected)}" title="${told}">${percent(expected)}<small>${passes}/${attempts}</small>${stands}</td>`
}
