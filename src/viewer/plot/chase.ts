/** One topic: the level that a policy draws, and the level that was best, which only the simulation knows. */
import type { PlaySketch } from '../../curriculum/simulation/simulation.js'
import { html, px, type Safe } from '../html.js'
import { slide } from './bins.js'
import { type Box, innerX, innerY, linear, pathOf, svg } from './frame.js'
import type { PolicyInk } from './policy-ink.js'

export interface ChaseOptions {
  readonly sketch: PlaySketch
  readonly ink: PolicyInk
  readonly levels: number
  /** Attempts of the whole play. */
  readonly attempts: number
  readonly width: number
  readonly id: string
}

export function chasePlot({ sketch, ink, levels, attempts, width, id }: ChaseOptions): Safe {
  const { path, policy, world } = sketch
  const box: Box = { width, height: 132, left: 26, right: 6, top: 6, bottom: 8 }
  const x = linear([0, Math.max(1, attempts)], innerX(box))
  const y = linear([-0.5, Math.max(0.5, levels - 0.5)], innerY(box))
  const [start, end] = innerX(box)
  const stretches = slide(path, 40)
  const mean = stretches.map((one) => [x(one.at), y(one.mean)] as const)
  const clamp = (level: number) => Math.max(-0.5, Math.min(levels - 0.5, level))
  const upper = stretches.map((one) => [x(one.at), y(clamp(one.mean + one.spread))] as const)
  const lower = stretches.map((one) => [x(one.at), y(clamp(one.mean - one.spread))] as const).reverse()
  const ticks = [...new Set([0, Math.floor((levels - 1) / 2), levels - 1])]
  const description =
    path.length === 0
      ? 'The topic was not drawn'
      : `Mean distance to the best level: ${meanDistance(path).toFixed(1)} levels in ${path.length} draws`
  return svg(box, { id, title: `${policy} in ${world}: drawn level and best level`, description }, [
    ticks.map((level) => [
      html`<line class="grid" x1="${px(start)}" x2="${px(end)}" y1="${px(y(level))}" y2="${px(y(level))}"/>`,
      html`<text class="tick" x="${px(start - 6)}" y="${px(y(level) + 4)}" text-anchor="end">${level}</text>`,
    ]),
    stretches.length > 1 &&
      html`<g class="series" style="${ink.style}"><path class="spread" d="${pathOf([...upper, ...lower])}Z"/><path class="course thin" d="${pathOf(mean)}"/></g>`,
    html`<path class="best" d="${steps(path, x, y)}"/>`,
  ])
}

/** Mean of |drawn level - best level|. */
export const meanDistance = (path: PlaySketch['path']): number =>
  path.reduce((sum, { level, best }) => sum + Math.abs(level - best), 0) / Math.max(1, path.length)

/** A line that stays until the best level changes. */
function steps(path: PlaySketch['path'], x: (at: number) => number, y: (level: number) => number): string {
  const points: (readonly [number, number])[] = []
  let before: number | undefined
  for (const [i, { at, best }] of path.entries()) {
    const isLast = i === path.length - 1
    if (best === before && !isLast) continue
    if (before !== undefined) points.push([x(at), y(before)])
    points.push([x(at), y(best)])
    before = best
  }
  return pathOf(points)
}
