/** Useful traces over attempts: a line for each policy, a dashed one for the oracle. */
import { compact } from '../../base/format.js'
import type { PlaySketch } from '../../curriculum/simulation/simulation.js'
import { html, px, type Safe } from '../html.js'
import { type Box, innerX, innerY, linear, pathOf, roundTicks, svg, xLabel, xTick } from './frame.js'
import { marker, type PolicyInk } from './policy-ink.js'

export interface HarvestOptions {
  readonly world: string
  readonly sketches: readonly PlaySketch[]
  readonly inks: readonly PolicyInk[]
  readonly width: number
  readonly id: string
}

const lastOf = ({ curve }: PlaySketch) => curve[curve.length - 1] ?? { attempts: 0, useful: 0 }

export function harvestPlot({ world, sketches, inks, width, id }: HarvestOptions): Safe {
  const box: Box = { width, height: 300, left: 52, right: 16, top: 10, bottom: 42 }
  const most = Math.max(1, ...sketches.map((one) => lastOf(one).useful))
  const longest = Math.max(1, ...sketches.map((one) => lastOf(one).attempts))
  const [x, y] = [linear([0, longest], innerX(box)), linear([0, most], innerY(box))]
  const [start, end] = innerX(box)
  const line = ({ curve }: PlaySketch) => pathOf(curve.map(({ attempts, useful }) => [x(attempts), y(useful)] as const))
  const told = sketches.map((one) => `${one.policy} ${lastOf(one).useful}`).join(', ')
  return svg(box, { id, title: `Useful traces over attempts in ${world}`, description: told }, [
    roundTicks(most, 5).map((traces) => [
      html`<line class="${traces === 0 ? 'axis' : 'grid'}" x1="${px(start)}" x2="${px(end)}" y1="${px(y(traces))}" y2="${px(y(traces))}"/>`,
      html`<text class="tick" x="${px(start - 8)}" y="${px(y(traces) + 4)}" text-anchor="end">${compact(traces)}</text>`,
    ]),
    sketches.map((one) => {
      const ink = inks.find(({ policy }) => policy === one.policy)
      const { attempts, useful } = lastOf(one)
      const name = html`<title>${one.policy}: ${useful} useful traces</title>`
      if (!ink) return html`<g class="series oracle">${name}<path class="course dashed" d="${line(one)}"/></g>`
      return html`<g class="series" style="${ink.style}">${name}<path class="course thin" d="${line(one)}"/>${marker(ink, x(attempts), y(useful))}</g>`
    }),
    roundTicks(longest, width > 400 ? 6 : 3).map((attempts) => xTick(box, x(attempts), compact(attempts))),
    xLabel(box, 'attempts'),
  ])
}
