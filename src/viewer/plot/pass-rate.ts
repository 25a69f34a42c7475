/** Pass rate by level, code and math side by side, with Wilson intervals. */
import { counted, percent } from '../../base/format.js'
import { wilson } from '../../metrics/intervals.js'
import type { Figures } from '../../schemas/figures.js'
import { html, px, type Safe } from '../html.js'
import { type Box, innerX, innerY, linear, pathOf, percentGrid, svg, xLabel, xTick } from './frame.js'

type Level = Figures['levels'][number]

export interface PassRateOptions {
  readonly levels: Figures['levels']
  /** Pass rates that the curriculum looks for. */
  readonly band?: readonly [number, number]
  readonly width: number
  readonly id: string
}

export function passRatePlot({ levels, band, width, id }: PassRateOptions): Safe {
  const box: Box = { width, height: width < 400 ? 300 : 400, left: 48, right: 12, top: 12, bottom: 42 }
  const numbers = [...new Set(levels.map(({ level }) => level))].sort((a, b) => a - b)
  const [start, end] = innerX(box)
  const pitch = (end - start) / Math.max(1, numbers.length)
  const x = (level: number): number => start + (numbers.indexOf(level) + 0.5) * pitch
  const y = linear([0, 1], innerY(box))
  const kinds = (['code', 'math'] as const).filter((kind) => levels.some((each) => each.kind === kind))
  const aside = kinds.length > 1 ? Math.min(8, pitch / 5) : 0
  const series = kinds.map((kind, i) => {
    const shift = (i === 0 ? -1 : 1) * aside
    const rows = levels.filter((each) => each.kind === kind && each.candidates > 0).sort((a, b) => a.level - b.level)
    const points = rows.map((row) => [x(row.level) + shift, y(rateOf(row))] as const)
    return html`<g class="series ${kind}"><path class="line" d="${pathOf(points)}"/>${rows.map((row) => point(row, x(row.level) + shift, y))}</g>`
  })
  const title = 'Pass rate by level'
  return svg(box, { id, title, description: levels.map(told).join('; ') }, [
    band && bandZone(box, y, band),
    percentGrid(box, y),
    numbers.map((level) => xTick(box, x(level), level)),
    xLabel(box, 'level'),
    series,
  ])
}

const rateOf = ({ passes, candidates }: Level): number => (candidates === 0 ? 0 : passes / candidates)

function told(row: Level): string {
  const [low, high] = wilson(row.passes, row.candidates)
  if (row.candidates === 0) return `${row.kind} level ${row.level}: not tried`
  return `${row.kind} level ${row.level}: ${percent(rateOf(row))} of ${counted(row.candidates, 'candidate')} (95 % interval ${percent(low)} to ${percent(high)})`
}

function point(row: Level, x: number, y: (rate: number) => number): Safe {
  const [low, high] = wilson(row.passes, row.candidates)
  const middle = y(rateOf(row))
  const mark =
    row.kind === 'code'
      ? html`<circle cx="${px(x)}" cy="${px(middle)}" r="4.5"/>`
      : html`<rect x="${px(x - 4)}" y="${px(middle - 4)}" width="8" height="8" transform="rotate(45 ${px(x)} ${px(middle)})"/>`
  return html`<g><title>${told(row)}</title><line class="whisker" x1="${px(x)}" x2="${px(x)}" y1="${px(y(low))}" y2="${px(y(high))}"/>${mark}</g>`
}

function bandZone(box: Box, y: (rate: number) => number, [low, high]: readonly [number, number]): Safe {
  const [start, end] = innerX(box)
  return html`<rect class="band" x="${px(start)}" y="${px(y(high))}" width="${px(end - start)}" height="${px(y(low) - y(high))}"/>
<text class="band-label" x="${px(end - 6)}" y="${px(y(high) + 14)}" text-anchor="end">target band</text>`
}
