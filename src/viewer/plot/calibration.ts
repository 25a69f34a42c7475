/** Expected against seen pass rates: on the diagonal the curriculum knew what it drew. */
import { counted, percent } from '../../base/format.js'
import type { Figures } from '../../schemas/figures.js'
import { html, px, type Safe } from '../html.js'
import { type Box, innerX, innerY, linear, percentGrid, svg, xLabel, xTick, yLabel } from './frame.js'

type Bin = Figures['calibration'][number]

export interface CalibrationOptions {
  readonly bins: Figures['calibration']
  readonly width: number
  readonly id: string
}

const SMALLEST = 3
const LARGEST = 9

export function calibrationPlot({ bins, width, id }: CalibrationOptions): Safe {
  const box: Box = { width, height: width < 400 ? 260 : 320, left: 62, right: 14, top: 12, bottom: 42 }
  const x = linear([0, 1], innerX(box))
  const y = linear([0, 1], innerY(box))
  const most = Math.max(1, ...bins.map(({ attempts }) => attempts))
  const description = bins.length === 0 ? 'Nothing was tried yet' : bins.map(toldBin).join('; ')
  return svg(box, { id, title: 'Expected and seen pass rates', description }, [
    percentGrid(box, y),
    yLabel(box, 'pass rate seen'),
    html`<line class="ideal" x1="${px(x(0))}" y1="${px(y(0))}" x2="${px(x(1))}" y2="${px(y(1))}"/>`,
    html`<g class="series all">${bins.map((bin) => mark(bin, Math.sqrt(bin.attempts / most), x, y))}</g>`,
    [0, 0.25, 0.5, 0.75, 1].map((rate) => xTick(box, x(rate), rate === 1 ? '100 %' : rate * 100)),
    xLabel(box, 'pass rate expected'),
  ])
}

function toldBin({ expected, seen, low, high, attempts, draws }: Bin): string {
  return `expected ${percent(expected)}, seen ${percent(seen)} of ${counted(attempts, 'candidate')} in ${counted(draws, 'draw')} (95 % interval ${percent(low)} to ${percent(high)})`
}

function mark(bin: Bin, size: number, x: (rate: number) => number, y: (rate: number) => number): Safe {
  const middle = x(bin.expected)
  const radius = SMALLEST + size * (LARGEST - SMALLEST)
  return html`<g><title>${toldBin(bin)}</title><line class="whisker" x1="${px(middle)}" x2="${px(middle)}" y1="${px(y(bin.low))}" y2="${px(y(bin.high))}"/><circle cx="${px(middle)}" cy="${px(y(bin.seen))}" r="${px(radius)}"/></g>`
}
