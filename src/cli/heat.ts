/** The curriculum at a glance on a terminal: skill by level, what is expected of each pair, and where each skill stands. */
import type pc from 'picocolors'
import { counted } from '../base/format.js'
import { printable } from '../base/printable.js'

export interface SkillState {
  /** Level that the skill stands at. */
  target: number
  /** Number of its last draw. */
  lastDraw: number
  /** Pass rate that was last expected, by level. */
  readonly expected: ReadonlyMap<number, number>
}

export interface HeatOptions {
  readonly skills: ReadonlyMap<string, SkillState>
  /** Levels that have problems, by skill; where it is left out every level may have some. */
  readonly stock?: ReadonlyMap<string, ReadonlySet<number>>
  /** Pass rates that the curriculum looks for. */
  readonly band: readonly [number, number]
  readonly columns: number
  /** Lines that may be used. */
  readonly rows: number
  readonly paint: ReturnType<typeof pc.createColors>
}

const MOST_SKILLS = 12
const NAME = { least: 12, most: 30 }
/** Lines around the skills: what it means, the levels, the count of the rest. */
const AROUND = 3

/** How a pair is written, by the room that there is: `[73]`, or `7*` for tenths. */
const cells = [
  {
    width: 4,
    legend: 'expected pass rate, %; [ ] stands here',
    of: (rate: number | undefined, stands: boolean) => {
      const text = rate === undefined ? '·' : String(Math.min(99, Math.round(rate * 100)))
      return stands ? `[${text}]` : `${text} `
    },
  },
  {
    width: 2,
    legend: 'expected pass rate, tenths; * stands here',
    of: (rate: number | undefined, stands: boolean) =>
      `${rate === undefined ? '·' : Math.min(9, Math.floor(rate * 10))}${stands ? '*' : ' '}`,
  },
] as const

/** Lines with colours, none wider than `columns`; none at all where there is no room for a map. */
export function heatLines(options: HeatOptions): string[] {
  const { skills, columns, rows, paint } = options
  const most = Math.min(MOST_SKILLS, rows - AROUND)
  if (skills.size === 0 || most < 1) return []
  const shown = latest(skills, most)
  const lastLevel = highest(options)
  const form = cells.find(({ width }) => NAME.least + width * (lastLevel + 1) <= columns) ?? cells[1]
  const fit = Math.floor((columns - NAME.least) / form.width)
  if (fit < 3) return []
  const levels = span(
    shown.map(([, { target }]) => target),
    lastLevel,
    fit,
  )
  const room = Math.min(NAME.most, columns - form.width * levels.length)
  const name = Math.min(room, Math.max(NAME.least, ...shown.map(([topic]) => topic.length + 1)))
  const right = (text: string) => text.padStart(form.width)
  const rest = skills.size - shown.length
  return [
    paint.dim(`${form.legend}; · not drawn`.slice(0, columns)),
    paint.dim(`${'level'.padEnd(name)}${levels.map((level) => head(level, form.width)).join('')}`),
    ...shown.map(([topic, state]) => {
      const row = levels.map((level) => {
        const text = cellText(options, { topic, state, level, write: form.of })
        return text.mark(right(text.plain))
      })
      return `${fitted(topic, name)}${row.join('')}`
    }),
    ...(rest > 0 ? [paint.dim(`and ${counted(rest, 'skill')} drawn longer ago`.slice(0, columns))] : []),
  ]
}

/** The skills that were drawn last, in the order of their names, so that rows stay where they are. */
function latest(skills: HeatOptions['skills'], most: number): [string, SkillState][] {
  return [...skills]
    .sort(([, a], [, b]) => b.lastDraw - a.lastDraw)
    .slice(0, most)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function highest({ skills, stock }: HeatOptions): number {
  let level = 0
  for (const { target, expected } of skills.values()) level = Math.max(level, target, ...expected.keys())
  for (const levels of stock?.values() ?? []) level = Math.max(level, ...levels)
  return level
}

/** The levels that are shown: all, or as many as fit around the middle of where the skills stand. */
function span(targets: readonly number[], last: number, fit: number): number[] {
  const middle = [...targets].sort((a, b) => a - b)[Math.floor(targets.length / 2)] ?? 0
  const first = Math.max(0, Math.min(last + 1 - fit, middle - Math.floor(fit / 2)))
  return Array.from({ length: Math.min(fit, last + 1) }, (_, i) => first + i)
}

/** The number of a level over the last digit of its cells. In narrow cells only every fifth one has room. */
function head(level: number, width: number): string {
  if (width < 3) return (level % 5 === 0 ? String(level) : '').padEnd(width).slice(0, width)
  return `${level} `.padStart(width)
}

function cellText(
  { stock, band: [low, high], paint }: HeatOptions,
  cell: {
    topic: string
    state: SkillState
    level: number
    write: (rate: number | undefined, stands: boolean) => string
  },
): { plain: string; mark: (text: string) => string } {
  const { topic, state, level, write } = cell
  const stands = state.target === level
  const rate = state.expected.get(level)
  if (rate === undefined) {
    const empty = stock !== undefined && !stock.get(topic)?.has(level)
    return { plain: empty ? '' : write(rate, stands), mark: paint.dim }
  }
  const hue = rate < low ? paint.red : rate > high ? paint.cyan : paint.green
  return { plain: write(rate, stands), mark: stands ? (text) => paint.bold(hue(text)) : hue }
}

/** A name of exactly `width` columns; it comes from a file, so it must not steer the terminal. */
function fitted(name: string, width: number): string {
  const text = printable(name).replace(/\s/g, ' ')
  return (text.length < width ? text : `${text.slice(0, width - 2)}…`).padEnd(width)
}
