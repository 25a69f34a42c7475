/** The live display of a run: a block that is drawn again on a terminal, a plain line every ten seconds elsewhere. */
import pc from 'picocolors'
import { type Clock, systemClock } from '../base/clock.js'
import { compact, duration, money, percent } from '../base/format.js'
import type { Event } from '../schemas/event.js'
import { heatLines } from './heat.js'
import { type Io, isInteractive } from './io.js'
import { createTally, type Tally } from './tally.js'

export interface Progress {
  /** Every event of the ledger, those of earlier starts included; they are told apart by their time. */
  event(event: Event): void
  /** A line for people that must not tear the block. */
  note(line: string): void
  /** Draws the last state and ends the display. Safe to call twice. */
  stop(): void
}

export interface ProgressOptions {
  readonly io: Io
  readonly json?: boolean
  /** Problems in the sets. */
  readonly problems: number
  /** Distinct verified candidates that end the run. */
  readonly target?: number
  /** Candidates in all, when they decide the end. */
  readonly total?: number
  /** Topic and level of each problem, for the map of skills; left out: any level may have problems. */
  readonly stock?: readonly { readonly topic: string; readonly level: number }[]
  /** Pass rates that the curriculum looks for. */
  readonly band?: readonly [number, number]
  readonly clock?: Clock
}

const REDRAW_MS = 250
const LINE_MS = 10_000
/** Rates need this much of a run before they say anything. */
const MEANINGFUL_MS = 3_000

export function createProgress(options: ProgressOptions): Progress {
  const { io, json = false, clock = systemClock } = options
  const tally = createTally()
  const pace = createPace(clock)
  if (json) {
    // stdout is the program's; stderr stays for people, who must learn which isolation is used.
    return { event: () => {}, note: (line) => void io.stderr.write(`${line}\n`), stop: () => {} }
  }
  const view: View = { ...options, tally, pace }
  const display = isInteractive(io, { json }) ? blockDisplay(view) : lineDisplay(view)
  let changed = false
  let open = true
  const timer = setInterval(
    () => {
      if (changed || display.live) display.draw()
      changed = false
    },
    display.live ? REDRAW_MS : LINE_MS,
  )
  timer.unref()
  return {
    event(event) {
      tally.add(event)
      pace.add(event, tally)
      changed = true
    },
    note: (line) => display.note(line),
    stop() {
      if (!open) return
      open = false
      clearInterval(timer)
      display.draw()
      display.end()
    },
  }
}

interface View extends ProgressOptions {
  readonly tally: Tally
  readonly pace: Pace
}

interface Display {
  readonly live: boolean
  draw(): void
  note(line: string): void
  end(): void
}

interface Pace {
  add(event: Event, tally: Tally): void
  elapsedMs(): number
  /** Count per millisecond since this start, or undefined while it is too early to say. */
  rate(what: 'verified' | 'distinct' | 'checked', tally: Tally): number | undefined
}

/** What happened before this start counts in the totals, not in the pace. */
function createPace(clock: Clock): Pace {
  const startedAt = clock.now()
  const base = { verified: 0, distinct: 0, checked: 0 }
  return {
    add(event, tally) {
      if (Date.parse(event.at) >= startedAt) return
      base.verified = tally.verified
      base.distinct = tally.distinct
      base.checked = tally.checked
    },
    elapsedMs: () => clock.now() - startedAt,
    rate(what, tally) {
      const elapsed = clock.now() - startedAt
      return elapsed < MEANINGFUL_MS ? undefined : (tally[what] - base[what]) / elapsed
    },
  }
}

/** Share of the way to the end and the time left; undefined where nothing says how long the run is. */
function ahead({ tally, pace, target, total }: View): { done: number; etaMs?: number } | undefined {
  const ways: { done: number; etaMs?: number }[] = []
  const way = (what: 'distinct' | 'checked', goal: number): void => {
    const rate = pace.rate(what, tally)
    const left = Math.max(0, goal - tally[what])
    ways.push({ done: Math.min(1, tally[what] / goal), etaMs: rate && rate > 0 ? left / rate : undefined })
  }
  if (target) way('distinct', target)
  if (total) way('checked', total - tally.skipped)
  return ways.sort((a, b) => b.done - a.done)[0]
}

function facts(view: View): Record<'yield' | 'pace' | 'tokens' | 'cost' | 'left', string> {
  const { tally, pace } = view
  const perMs = pace.rate('verified', tally)
  const way = ahead(view)
  return {
    yield: tally.checked === 0 ? '–' : percent(tally.verified / tally.checked),
    pace: perMs === undefined ? '–' : `${(perMs * 60_000).toFixed(perMs * 60_000 < 10 ? 1 : 0)}/min`,
    tokens: compact(tally.tokens),
    cost: money(tally.costUsd),
    // What is in flight when the end is reached is still checked and counted.
    left: way?.done === 1 ? 'finishing' : way?.etaMs === undefined ? '' : `about ${duration(way.etaMs)} left`,
  }
}

const levelsOf = ({ tally }: View): string[] =>
  [...tally.skills].sort(([a], [b]) => a.localeCompare(b)).map(([topic, { target }]) => `${topic} ${target}`)

/** One line, for logs. */
function plainLine(view: View): string {
  const { tally, target, problems, pace } = view
  const fact = facts(view)
  const goal = target ? `/${target}` : ''
  const parts = [
    `${duration(pace.elapsedMs())}`,
    `${tally.drawnProblems}/${problems} problems`,
    `${tally.checked} checked`,
    `${tally.verified} verified`,
    `${tally.distinct}${goal} distinct`,
    `yield ${fact.yield}`,
    `${fact.pace} verified`,
    `${fact.tokens} tokens`,
    fact.cost,
    ...(tally.failed > 0 ? [`${tally.failed} failed requests`] : []),
    ...(fact.left ? [fact.left] : []),
  ]
  const levels = levelsOf(view)
  return `${parts.join(' · ')}${levels.length > 0 ? ` · levels: ${levels.join(', ')}` : ''}`
}

function lineDisplay(view: View): Display {
  let last = ''
  const write = (line: string): void => void view.io.stderr.write(`${line}\n`)
  return {
    live: false,
    draw() {
      if (view.tally.draws === 0 && view.tally.audit.checked === 0) return
      const line = plainLine(view)
      if (line !== last) write(line)
      last = line
    },
    note: write,
    end: () => {},
  }
}

/** The lines of the block above the map of skills, at most `columns` characters wide. */
function blockLines(view: View, columns: number): string[] {
  const { tally, target, total, problems, pace } = view
  const fact = facts(view)
  const way = ahead(view)
  const width = Math.max(10, Math.min(40, columns - 50))
  const filled = Math.round((way?.done ?? 0) * width)
  const bar = way ? `${'━'.repeat(filled)}${'╌'.repeat(width - filled)} ${percent(way.done).padStart(5)}  ` : ''
  const goal = target
    ? `${tally.distinct} of ${target} distinct`
    : total
      ? `${tally.checked} of ${total - tally.skipped} checked`
      : `${tally.checked} checked`
  const rows = [
    `${bar}${goal}   ${duration(pace.elapsedMs())}${fact.left && `, ${fact.left}`}`,
    `problems ${tally.drawnProblems}/${problems}   candidates ${tally.candidates}   verified ${tally.verified}   yield ${fact.yield}   ${fact.pace}`,
    `tokens ${fact.tokens}   ${fact.cost}${tally.failed > 0 ? `   failed requests ${tally.failed}` : ''}${tally.audit.wrong > 0 ? `   audit: ${tally.audit.wrong} wrong` : ''}`,
  ]
  return rows.map((row) => row.slice(0, columns))
}

function wrap(head: string, items: readonly string[], columns: number, most: number): string[] {
  const rows: string[] = []
  for (const item of items) {
    const row = rows.at(-1)
    if (row !== undefined && row.length + item.length + 3 <= columns) rows[rows.length - 1] = `${row}   ${item}`
    else rows.push(`${rows.length === 0 ? head : ' '.repeat(head.length)} ${item}`)
  }
  return rows.length <= most ? rows : [...rows.slice(0, most - 1), `${' '.repeat(head.length)} …`]
}

function blockDisplay(view: View): Display {
  const { stderr } = view.io
  let height = 0
  // A line about the interrupt stands below the block by then: the block goes on under it.
  view.io.interrupt.addEventListener(
    'abort',
    () => {
      height = 0
    },
    { once: true },
  )
  const { stock = [], band = [0.2, 0.8], io } = view
  const levels = new Map<string, Set<number>>()
  for (const { topic, level } of stock) levels.set(topic, (levels.get(topic) ?? new Set()).add(level))
  const paint = pc.createColors(!io.env.NO_COLOR && io.env.TERM !== 'dumb')
  const map = (columns: number, rows: number): string[] => {
    const { skills } = view.tally
    const lines = heatLines({ skills, stock: stock.length > 0 ? levels : undefined, band, columns, rows, paint })
    if (lines.length > 0) return lines
    const told = wrap('levels ', levelsOf(view), columns, Math.min(3, Math.max(1, rows)))
    return told.map((line) => paint.dim(line.slice(0, columns)))
  }
  const erase = (): string => (height > 0 ? `\x1b[${height}A\x1b[0J` : '')
  const draw = (before = ''): void => {
    // One column is left free: a full last column makes some terminals wrap. One row is the cursor's.
    const columns = Math.max(10, (stderr.columns ?? 80) - 1)
    const [first = '', ...rest] = blockLines(view, columns)
    const head = [paint.cyan(first), ...rest.map((line) => paint.dim(line))]
    const lines = [...head, ...map(columns, (stderr.rows ?? 24) - head.length - 1)]
    stderr.write(`${erase()}${before}${lines.join('\n')}\n`)
    height = lines.length
  }
  return {
    live: true,
    draw: () => draw(),
    note: (line) => draw(`${line}\n`),
    end: () => {
      height = 0
    },
  }
}
