/** How much of the stock was drawn at least once, over the draws: problems, and pairs of skill and level. */
import { percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, px, type Safe } from '../html.js'
import {
  type Box,
  innerX,
  innerY,
  linear,
  pathOf,
  percentGrid,
  roundTicks,
  svg,
  xLabel,
  xTick,
  yLabel,
} from './frame.js'

export interface CoverageOptions {
  readonly path: Figures['coverage']['path']
  readonly width: number
  readonly id: string
}

export function coveragePlot({ path, width, id }: CoverageOptions): Safe {
  const box: Box = { width, height: width < 400 ? 260 : 320, left: 62, right: 14, top: 12, bottom: 42 }
  const last = path.at(-1)
  const x = linear([0, Math.max(1, last?.draws ?? 0)], innerX(box))
  const y = linear([0, 1], innerY(box))
  const points = [{ draws: 0, problems: 0, arms: 0 }, ...path]
  const line = (what: 'problems' | 'arms') =>
    html`<path class="course ${what}" d="${pathOf(points.map((point) => [x(point.draws), y(point[what])]))}"/>`
  const description = last
    ? `After ${last.draws} draws: ${percent(last.problems)} of the problems and ${percent(last.arms)} of the pairs of skill and level. ${halfway(path)}`
    : 'No draw yet'
  return svg(box, { id, title: 'Coverage over the draws', description }, [
    percentGrid(box, y),
    yLabel(box, 'drawn at least once'),
    line('arms'),
    line('problems'),
    last && [
      html`<circle class="end arms" cx="${px(x(last.draws))}" cy="${px(y(last.arms))}" r="4"/>`,
      html`<circle class="end problems" cx="${px(x(last.draws))}" cy="${px(y(last.problems))}" r="4"/>`,
    ],
    roundTicks(last?.draws ?? 0, 4).map((draw) => xTick(box, x(draw), draw)),
    xLabel(box, 'draw'),
  ])
}

function halfway(path: CoverageOptions['path']): string {
  const middle = path[Math.floor((path.length - 1) / 2)]
  return middle ? `After ${middle.draws}: ${percent(middle.problems)} and ${percent(middle.arms)}` : ''
}
