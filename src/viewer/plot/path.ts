/** The difficulty path: every draw as a dot at its level, and the mean level with its spread, per kind. */
import { percent } from '../../base/format.js'
import { html, px, type Safe } from '../html.js'
import { type Draw, type Stretch, slide } from './bins.js'
import {
  type Box,
  innerX,
  innerY,
  linear,
  pathOf,
  purity,
  roundTicks,
  type Scale,
  svg,
  xLabel,
  xTick,
} from './frame.js'

/** Beyond this many, dots are thinned out evenly. */
const MOST_DOTS = 900

export interface PathOptions {
  readonly path: readonly Draw[]
  /** Kind of a topic, where it is known. */
  readonly kindOf: (topic: string) => 'code' | 'math' | undefined
  readonly width: number
  readonly id: string
}

export function difficultyPath({ path, kindOf, width, id }: PathOptions): Safe {
  const top = Math.max(1, ...path.map(({ level }) => level))
  const box: Box = { width, height: 300, left: 56, right: 14, top: 10, bottom: 42 }
  const x = linear([0, Math.max(1, path.length - 1)], innerX(box))
  const y = linear([-0.5, top + 0.5], innerY(box))
  const [start, end] = innerX(box)
  const placed = path.map((draw, at) => ({ ...draw, at }))
  const kinds = ['code', 'math', undefined] as const
  const lines = kinds.flatMap((kind) => {
    const stretches = slide(placed.filter(({ topic }) => kindOf(topic) === kind))
    return stretches.length < 2 ? [] : [course(stretches, kind ?? 'all', x, y)]
  })
  const every = Math.ceil(path.length / MOST_DOTS)
  return svg(box, { id, title: 'Difficulty path', description: toldPath(path) }, [
    Array.from({ length: top + 1 }, (_, level) => [
      html`<line class="grid" x1="${px(start)}" x2="${px(end)}" y1="${px(y(level))}" y2="${px(y(level))}"/>`,
      html`<text class="tick" x="${px(start - 8)}" y="${px(y(level) + 4)}" text-anchor="end">${level === top ? `level ${level}` : level}</text>`,
    ]),
    placed.filter(({ at }) => at % every === 0).map((draw) => dot(draw, x(draw.at), y)),
    lines,
    roundTicks(path.length - 1, width > 600 ? 8 : 4).map((draw) => xTick(box, x(draw), draw)),
    xLabel(box, 'draw'),
  ])
}

/** Dots of one level are spread a little, evenly and without chance, so that they do not cover each other. */
function dot(draw: Draw, x: number, y: Scale): Safe {
  const spread = ((draw.draw * 0.618034) % 1) - 0.5
  const rate = draw.passRate
  return html`<circle class="draw" cx="${px(x)}" cy="${px(y(draw.level + spread * 0.56))}" r="2.4" style="fill:${purity(rate ?? 0)}"><title>draw ${draw.draw}: ${draw.topic}, level ${draw.level}, pass rate ${rate === null ? 'unknown' : percent(rate)}</title></circle>`
}

function course(stretches: readonly Stretch[], kind: string, x: Scale, y: Scale): Safe {
  const upper = stretches.map(({ at, mean, spread }) => [x(at), y(mean + spread)] as const)
  const lower = stretches.map(({ at, mean, spread }) => [x(at), y(Math.max(0, mean - spread))] as const).reverse()
  const mean = stretches.map((stretch) => [x(stretch.at), y(stretch.mean)] as const)
  return html`<g class="series ${kind}"><path class="spread" d="${pathOf([...upper, ...lower])}Z"/><path class="halo" d="${pathOf(mean)}"/><path class="course" d="${pathOf(mean)}"/></g>`
}

function toldPath(path: readonly Draw[]): string {
  const mean = (draws: readonly Draw[]) => draws.reduce((sum, { level }) => sum + level, 0) / Math.max(1, draws.length)
  const fifth = Math.max(1, Math.floor(path.length / 5))
  return `Mean level ${mean(path.slice(0, fifth)).toFixed(1)} in the first fifth of the draws, ${mean(path.slice(-fifth)).toFixed(1)} in the last`
}
