/** What every plot shares: its box, its scales, its axes, and its name for people who do not see it. */
import { type Child, html, px, type Safe } from '../html.js'

export interface Box {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export type Scale = (value: number) => number

/** Maps [from, to] to [low, high]; a range of one value maps to the middle. */
export function linear([from, to]: readonly [number, number], [low, high]: readonly [number, number]): Scale {
  if (from === to) return () => (low + high) / 2
  return (value) => low + ((value - from) / (to - from)) * (high - low)
}

export const innerX = ({ left, width, right }: Box): [number, number] => [left, width - right]
/** Bottom first, so that larger values are higher. */
export const innerY = ({ top, height, bottom }: Box): [number, number] => [height - bottom, top]

/** An SVG image with a title and a description that screen readers tell. id: unique on the page. */
export function svg(box: Box, { id, title, description }: Named, content: Child): Safe {
  return html`<svg viewBox="0 0 ${px(box.width)} ${px(box.height)}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${content}</svg>`
}

export interface Named {
  readonly id: string
  readonly title: string
  readonly description: string
}

/** Horizontal grid lines at 0, 25 … 100 %, with labels at the left. */
export function percentGrid(box: Box, y: Scale): Safe[] {
  const [start, end] = innerX(box)
  return [0, 0.25, 0.5, 0.75, 1].map(
    (
      rate,
    ) => html`<line class="${rate === 0 ? 'axis' : 'grid'}" x1="${px(start)}" x2="${px(end)}" y1="${px(y(rate))}" y2="${px(y(rate))}"/>
<text class="tick" x="${px(start - 8)}" y="${px(y(rate) + 4)}" text-anchor="end">${rate === 1 ? '100 %' : rate * 100}</text>`,
  )
}

export const xTick = (box: Box, x: number, label: string | number): Safe =>
  html`<text class="tick" x="${px(x)}" y="${px(box.height - box.bottom + 17)}" text-anchor="middle">${label}</text>`

export function xLabel(box: Box, label: string): Safe {
  const [start, end] = innerX(box)
  return html`<text class="label" x="${px((start + end) / 2)}" y="${px(box.height - 4)}" text-anchor="middle">${label}</text>`
}

/** The name of the upright axis, along it. */
export function yLabel(box: Box, label: string): Safe {
  const [low, high] = innerY(box)
  const middle = (low + high) / 2
  return html`<text class="label" x="12" y="${px(middle)}" text-anchor="middle" transform="rotate(-90 12 ${px(middle)})">${label}</text>`
}

/** Up to about `most` round numbers from 0 to `max`. */
export function roundTicks(max: number, most: number): number[] {
  if (max <= 0) return [0]
  const rough = max / most
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude)
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step)
}

export const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('')

/** A value of 0..1 on the scale from lead to gold; the two ends are colours of the theme. */
export const purity = (rate: number): string =>
  `color-mix(in oklab, var(--lead), var(--gold) ${Math.round(Math.min(1, Math.max(0, rate)) * 100)}%)`
