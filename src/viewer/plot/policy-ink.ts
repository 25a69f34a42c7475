/** A colour and a mark for each policy; neighbours differ in both. */
import { html, px, type Safe } from '../html.js'

export interface PolicyInk {
  readonly policy: string
  /** Sets `--hue`. Lightness comes from the theme. */
  readonly style: string
  readonly shape: number
}

const HUES = [75, 235, 350, 155, 295, 30, 195, 120]

/** policies: best first, so that the best one is gold. */
export const inksOf = (policies: readonly string[]): PolicyInk[] =>
  policies.map((policy, i) => ({
    policy,
    style: `--hue:oklch(var(--light) ${i < HUES.length ? '.13' : '.06'} ${HUES[i % HUES.length]})`,
    shape: i % 4,
  }))

export function marker({ shape }: PolicyInk, x: number, y: number, size = 4.4): Safe {
  if (shape === 0) return html`<circle cx="${px(x)}" cy="${px(y)}" r="${px(size)}"/>`
  const side = size * 1.8
  const square = html`<rect x="${px(x - side / 2)}" y="${px(y - side / 2)}" width="${px(side)}" height="${px(side)}"/>`
  if (shape === 1) return html`<g transform="rotate(45 ${px(x)} ${px(y)})">${square}</g>`
  if (shape === 2) return square
  return html`<path class="mark" d="M${px(x)} ${px(y - size * 1.25)}L${px(x + size * 1.2)} ${px(y + size * 0.95)}L${px(x - size * 1.2)} ${px(y + size * 0.95)}Z"/>`
}
