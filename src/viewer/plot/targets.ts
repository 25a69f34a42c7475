/** Where each skill stood over the draws: one small panel a skill, all on the same scales, with its draws as dots. */
import { counted } from '../../base/format.js'
import { html, px, type Safe } from '../html.js'
import { byTopic, type Draw } from './bins.js'
import { type Box, innerX, linear, pathOf, purity, roundTicks, type Scale, svg } from './frame.js'

const PANEL = 92
const HEAD = 20
const FOOT = 26
const GAP = 26
/** Dots and steps of one panel at most; beyond, they are thinned out evenly. */
const MOST_DOTS = 40
const MOST_STEPS = 80
/** Width of a character of a panel's name, about. */
const CHARACTER = 6.6

export interface TargetsOptions {
  readonly path: readonly Draw[]
  /** The skills to show, in this order, each with the level that it stands at in the end. */
  readonly topics: readonly { readonly topic: string; readonly target: number }[]
  /** Kind of a topic, where it is known. */
  readonly kindOf: (topic: string) => 'code' | 'math' | undefined
  readonly width: number
  readonly id: string
}

export function targetPaths({ path, topics, kindOf, width, id }: TargetsOptions): Safe {
  const columns = Math.min(topics.length, width > 600 ? 4 : 2)
  const rows = Math.ceil(topics.length / columns)
  const box: Box = { width, height: rows * (HEAD + PANEL + FOOT) + 20, left: 26, right: 8, top: 0, bottom: 0 }
  const [start, end] = innerX(box)
  const panelWidth = (end - start - GAP * (columns - 1)) / columns
  const top = Math.max(1, ...path.map(({ level, target }) => Math.max(level, target)))
  const last = Math.max(1, path.at(-1)?.draw ?? 0)
  const drawsOf = byTopic(path)
  const panels = topics.map(({ topic, target }, i) => {
    const left = start + (i % columns) * (panelWidth + GAP)
    const upper = Math.floor(i / columns) * (HEAD + PANEL + FOOT) + HEAD
    return panel({
      topic,
      kind: kindOf(topic),
      draws: drawsOf.get(topic) ?? [],
      target,
      top,
      last,
      x: linear([0, last], [left, left + panelWidth]),
      y: linear([-0.5, top + 0.5], [upper + PANEL, upper]),
    })
  })
  const description = topics.map(({ topic, target }) => told(topic, drawsOf.get(topic) ?? [], target)).join('; ')
  return svg(box, { id, title: 'Level of each skill over the draws', description }, [
    panels,
    html`<text class="label" x="${px((start + end) / 2)}" y="${px(box.height - 4)}" text-anchor="middle">draw (across), level (up)</text>`,
  ])
}

interface Panel {
  readonly topic: string
  readonly kind: 'code' | 'math' | undefined
  readonly draws: readonly Draw[]
  /** Level in the end. */
  readonly target: number
  /** Highest level of the run, and number of its last draw. */
  readonly top: number
  readonly last: number
  readonly x: Scale
  readonly y: Scale
}

function panel({ topic, kind, draws, target, top, last, x, y }: Panel): Safe {
  const [left, right] = [x(0), x(last)]
  const name = short(topic, Math.floor((right - left) / CHARACTER))
  const levels = [0, top]
  // Moved by the outcome of its last draw.
  const moved = draws.slice(-1).map(({ draw }) => ({ draw, target }))
  const dots = thin(draws, MOST_DOTS).map(
    ({ draw, level, passRate }) =>
      html`<circle cx="${px(x(draw))}" cy="${px(y(level))}" r="2.6" style="fill:${purity(passRate ?? 0)}"/>`,
  )
  return html`<g class="series ${kind ?? 'all'}"><title>${told(topic, draws, target)}</title><text class="label" x="${px(left)}" y="${px(y(top + 0.5) - 6)}">${name}</text>
${levels.map((level) => html`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${px(y(level))}" y2="${px(y(level))}"/><text class="tick" x="${px(left - 6)}" y="${px(y(level) + 4)}" text-anchor="end">${level}</text>`)}
<path class="course" d="${pathOf(steps([...draws, ...moved], last, x, y))}"/><g class="dots">${dots}</g>
${roundTicks(last, 3).map((draw) => html`<text class="tick" x="${px(x(draw))}" y="${px(y(-0.5) + 14)}" text-anchor="${draw === 0 ? 'start' : 'middle'}">${draw}</text>`)}</g>`
}

/** The level that the skill stood at, as a staircase up to the end of the run. */
function steps(draws: readonly Pick<Draw, 'draw' | 'target'>[], last: number, x: Scale, y: Scale): [number, number][] {
  const changes = thin(
    draws.filter(({ target }, i) => i === 0 || target !== draws[i - 1]?.target),
    MOST_STEPS,
  )
  return changes.flatMap(({ draw, target }, i): [number, number][] => [
    [x(draw), y(target)],
    [x(changes[i + 1]?.draw ?? last), y(target)],
  ])
}

function thin<T>(items: readonly T[], most: number): T[] {
  const every = Math.max(1, Math.ceil(items.length / most))
  return items.filter((_, i) => i % every === 0)
}

const short = (name: string, most: number): string => (name.length <= most ? name : `${name.slice(0, most - 1)}…`)

function told(topic: string, draws: readonly Draw[], target: number): string {
  const targets = [...draws.map((draw) => draw.target), target]
  if (draws.length === 0) return `${topic}: not drawn`
  return `${topic}: level ${targets[0]} at first, ${target} at last, highest ${targets.reduce((a, b) => Math.max(a, b))}, in ${counted(draws.length, 'draw')}`
}
