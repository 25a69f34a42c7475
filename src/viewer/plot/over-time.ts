/** Pass rate by level over the run: one strip per level, a line for the rate and bars for how often the level was drawn. */
import { percent } from '../../base/format.js'
import { html, px, type Safe } from '../html.js'
import { type Draw, meanRate, parts } from './bins.js'
import { type Box, innerX, linear, purity, roundTicks, svg, xLabel, xTick } from './frame.js'

const STRIP = 52
const GAP = 12

export interface OverTimeOptions {
  readonly path: readonly Draw[]
  readonly width: number
  readonly id: string
}

export function overTimePlot({ path, width, id }: OverTimeOptions): Safe {
  const levels = [...new Set(path.map(({ level }) => level))].sort((a, b) => b - a)
  const box: Box = {
    width,
    height: levels.length * (STRIP + GAP) + 44,
    left: 56,
    right: 46,
    top: 6,
    bottom: 42,
  }
  const bins = parts(path, width > 600 ? 24 : 12)
  const most = Math.max(1, ...levels.flatMap((level) => bins.map((bin) => countOf(bin, level))))
  const [start, end] = innerX(box)
  const x = linear([0, path.length], [start, end])
  const strips = levels.map((level, row) => strip({ level, top: box.top + row * (STRIP + GAP), bins, most, box }))
  return svg(
    box,
    {
      id,
      title: 'Pass rate by level over the run',
      description: levels.map((level) => `level ${level}: ${rateTold(path, level)}`).join('; '),
    },
    [
      strips,
      roundTicks(path.length, width > 600 ? 8 : 4).map((draw) => xTick(box, x(draw), draw)),
      xLabel(box, 'draw'),
    ],
  )
}

const countOf = (bin: readonly Draw[], level: number): number => bin.filter((draw) => draw.level === level).length

function rateTold(draws: readonly Draw[], level: number): string {
  const rate = meanRate(draws.filter((draw) => draw.level === level))
  return rate === null ? '–' : percent(rate)
}

interface Strip {
  readonly level: number
  readonly top: number
  readonly bins: readonly Draw[][]
  readonly most: number
  readonly box: Box
}

function strip({ level, top, bins, most, box }: Strip): Safe {
  const [start, end] = innerX(box)
  const pitch = (end - start) / bins.length
  const floor = top + STRIP
  const y = linear([0, 1], [floor - 1, top + 4])
  const cells = bins.map((bin, i) => {
    const own = bin.filter((draw) => draw.level === level)
    return { count: own.length, rate: meanRate(own), x: start + (i + 0.5) * pitch }
  })
  const bars = cells.map(({ count, rate, x }) => {
    if (count === 0) return null
    const height = (count / most) * (STRIP - 6)
    return html`<rect class="count" x="${px(x - pitch * 0.36)}" y="${px(floor - height)}" width="${px(pitch * 0.72)}" height="${px(height)}" rx="1.5"><title>level ${level}: ${count} draws, pass rate ${rate === null ? 'unknown' : percent(rate)}</title></rect>`
  })
  const known = cells.filter((cell): cell is typeof cell & { rate: number } => cell.rate !== null)
  const line = known.map(({ x, rate }, i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y(rate))}`).join('')
  const whole = meanRate(bins.flat().filter((draw) => draw.level === level))
  return html`<g><line class="axis" x1="${px(start)}" x2="${px(end)}" y1="${px(floor)}" y2="${px(floor)}"/>
<line class="grid" x1="${px(start)}" x2="${px(end)}" y1="${px(y(1))}" y2="${px(y(1))}"/>
<text class="label" x="${px(start - 10)}" y="${px(floor - STRIP / 2 + 6)}" text-anchor="end">level ${level}</text>${bars}
<path class="rate" d="${line}"/>${known.map(({ x, rate }) => html`<circle class="rate-dot" cx="${px(x)}" cy="${px(y(rate))}" r="3.8" style="fill:${purity(rate)}"/>`)}
<text class="value" x="${px(end + 8)}" y="${px(floor - STRIP / 2 + 6)}">${whole === null ? '–' : percent(whole)}</text></g>`
}
