/** Share of the oracle's harvest: a row for each world, a mark for each policy, a whisker of one standard deviation. */
import { percent } from '../../base/format.js'
import type { Simulation } from '../../schemas/simulation.js'
import { html, px, type Safe } from '../html.js'
import { type Box, innerX, innerY, linear, svg } from './frame.js'
import { marker, type PolicyInk } from './policy-ink.js'

const ROW = 34

export interface SharesOptions {
  readonly simulation: Simulation
  readonly inks: readonly PolicyInk[]
  readonly width: number
  readonly id: string
}

export function sharesPlot({ simulation, inks, width, id }: SharesOptions): Safe {
  const { worlds, cells, means } = simulation
  const rows = [
    ...worlds.map(({ name }) => ({
      name,
      marks: cells.filter(({ world }) => world === name).map(({ policy, share }) => ({ policy, ...share })),
    })),
    { name: 'mean', marks: means.map(({ policy, share }) => ({ policy, mean: share, sd: 0, worst: share })) },
  ]
  const box: Box = { width, height: rows.length * ROW + 42, left: 78, right: 16, top: 8, bottom: 34 }
  const x = linear([0, 1], innerX(box))
  const [floor, ceiling] = innerY(box)
  const told = rows.map(
    ({ name, marks }) => `${name}: ${marks.map(({ policy, mean }) => `${policy} ${percent(mean)}`).join(', ')}`,
  )
  return svg(box, { id, title: 'Share of the harvest of the oracle', description: told.join('; ') }, [
    [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => [
      html`<line class="${share === 0 ? 'axis' : 'grid'}" x1="${px(x(share))}" x2="${px(x(share))}" y1="${px(floor)}" y2="${px(ceiling)}"/>`,
      html`<text class="tick" x="${px(x(share))}" y="${px(floor + 17)}" text-anchor="middle">${share === 1 ? '100 %' : Math.round(share * 100)}</text>`,
    ]),
    rows.map(({ name, marks }, i) => {
      const y = box.top + (i + 0.5) * ROW
      return html`<g><text class="${name === 'mean' ? 'value' : 'label'}" x="${px(box.left - 10)}" y="${px(y + 4)}" text-anchor="end">${name}</text>
<line class="grid" x1="${px(x(0))}" x2="${px(x(1))}" y1="${px(y)}" y2="${px(y)}"/>${inks.map((ink, nth) => {
        const mark = marks.find(({ policy }) => policy === ink.policy)
        if (!mark) return null
        // Side by side a little, so that equal shares do not hide each other.
        const at = y + ((nth + 0.5) / inks.length - 0.5) * ROW * 0.6
        const [low, high] = [Math.max(0, mark.mean - mark.sd), Math.min(1, mark.mean + mark.sd)]
        return html`<g class="series" style="${ink.style}"><title>${name}, ${mark.policy}: ${percent(mark.mean)}${mark.sd > 0 && ` ± ${percent(mark.sd)}, worst seed ${percent(mark.worst)}`}</title>${mark.sd > 0 && html`<line class="whisker" x1="${px(x(low))}" x2="${px(x(high))}" y1="${px(at)}" y2="${px(at)}"/>`}${marker(ink, x(mark.mean), at)}</g>`
      })}</g>`
    }),
  ])
}
