/**
 * Subsets of the real line with finitely many ends. Cuts ascend; cells[2i] is the open interval before cut i, cells[2i+1]
 * the point at it, and the last cell reaches to infinity. One subset has one normal form, so equality is by parts.
 */
import type { How } from '../finding.js'
import { type Cut, orderOf } from './cut.js'

export interface Region {
  readonly cuts: readonly Cut[]
  readonly cells: readonly boolean[]
}

export const everything: Region = { cuts: [], cells: [true] }
export const nothing: Region = { cuts: [], cells: [false] }

export interface End {
  readonly cut: Cut
  readonly closed: boolean
}

/** From low to high, either of which may be missing; low is below high, or both are one closed end. */
export function span(low: End | undefined, high: End | undefined): Region {
  if (low && high && low.cut === high.cut) return pointAt(low.cut)
  const cuts = [low, high].flatMap((end) => (end ? [end.cut] : []))
  return { cuts, cells: [...(low ? [false, low.closed] : []), true, ...(high ? [high.closed, false] : [])] }
}

export const pointAt = (cut: Cut): Region => ({ cuts: [cut], cells: [false, true, false] })

export const complement = ({ cuts, cells }: Region): Region => ({ cuts, cells: cells.map((cell) => !cell) })

/** Every cut of both is kept. Throws Unsettled. */
function combined(a: Region, b: Region, join: (a: boolean, b: boolean) => boolean, how: How): Region {
  const cuts: Cut[] = []
  const cells: boolean[] = []
  let [i, j] = [0, 0]
  const cell = (region: Region, index: number) => region.cells[index] as boolean
  while (i < a.cuts.length || j < b.cuts.length) {
    const [left, right] = [a.cuts[i], b.cuts[j]]
    const order = left && right ? orderOf(left, right, how) : left ? -1 : 1
    cuts.push((order <= 0 ? left : right) as Cut)
    cells.push(join(cell(a, 2 * i), cell(b, 2 * j)))
    cells.push(join(cell(a, 2 * i + (order <= 0 ? 1 : 0)), cell(b, 2 * j + (order >= 0 ? 1 : 0))))
    if (order <= 0) i++
    if (order >= 0) j++
  }
  cells.push(join(cell(a, 2 * i), cell(b, 2 * j)))
  return { cuts, cells }
}

export const union = (a: Region, b: Region, how: How) => normal(combined(a, b, (x, y) => x || y, how))
export const intersection = (a: Region, b: Region, how: How) => normal(combined(a, b, (x, y) => x && y, how))
export const difference = (a: Region, b: Region, how: How) => normal(combined(a, b, (x, y) => x && !y, how))

/** Without the cuts at which nothing changes. */
export function normal({ cuts, cells }: Region): Region {
  const kept: Cut[] = []
  const left: boolean[] = [cells[0] as boolean]
  for (const [index, cut] of cuts.entries()) {
    const [point, after] = [cells[2 * index + 1] as boolean, cells[2 * index + 2] as boolean]
    if (left.at(-1) === point && point === after) continue
    kept.push(cut)
    left.push(point, after)
  }
  return { cuts: kept, cells: left }
}

/** Throws Unsettled. */
export function isSame(first: Region, second: Region, how: How): boolean {
  const [a, b] = [normal(first), normal(second)]
  if (a.cells.length !== b.cells.length || a.cells.some((cell, index) => cell !== b.cells[index])) return false
  return a.cuts.every((cut, index) => orderOf(cut, b.cuts[index] as Cut, how) === 0)
}

export const isEmpty = (region: Region) => !region.cells.includes(true)

/** Is the place in it? Throws Unsettled. */
export function holds({ cuts, cells }: Region, place: Cut, how: How): boolean {
  for (const [index, cut] of cuts.entries()) {
    const order = orderOf(place, cut, how)
    if (order <= 0) return cells[2 * index + (order === 0 ? 1 : 0)] as boolean
  }
  return cells.at(-1) as boolean
}

/** The parts on both sides of a place, and whether it is in; the place itself is no cut of either part. */
export function splitAt(region: Region, place: Cut, how: How): { below: Region; at: boolean; above: Region } {
  const { cuts, cells } = combined(region, { cuts: [place], cells: [true, true, true] }, (x) => x, how)
  const index = cuts.findIndex((cut) => orderOf(cut, place, how) === 0)
  return {
    below: { cuts: cuts.slice(0, index), cells: cells.slice(0, 2 * index + 1) },
    at: cells[2 * index + 1] as boolean,
    above: { cuts: cuts.slice(index + 1), cells: cells.slice(2 * index + 2) },
  }
}

/** Two parts put together around a place. */
export const joined = (below: Region, place: Cut, at: boolean, above: Region): Region => ({
  cuts: [...below.cuts, place, ...above.cuts],
  cells: [...below.cells, at, ...above.cells],
})

/** The image under a map that keeps the order, or turns it. */
export function moved({ cuts, cells }: Region, map: (cut: Cut) => Cut, turn: boolean): Region {
  const mapped = cuts.map(map)
  return turn ? { cuts: mapped.reverse(), cells: cells.toReversed() } : { cuts: mapped, cells }
}
