/** Dates, months and days of the week. What only one side says (the year, the day of the week) is left open. */
import { type Finding, no, unsure, yes } from '../finding.js'
import { readNumeral } from '../units/numeral.js'
import { plainOf } from '../units/spelling.js'
import { defineKind } from './kind.js'

interface When {
  readonly year?: number
  /** 1 to 12 */
  readonly month?: number
  readonly day?: number
  /** 0 is Sunday. */
  readonly weekday?: number
}

/** One date, or the two that 03/05/2021 may be. */
type Dates = readonly When[]

/** Before quantities and structures. */
export const dateKind = defineKind<Dates>({
  id: 'date',
  exclusive: true,
  read: (answer) => datesOf(plainOf(answer)),
  same: sameDates,
})

const months = 'january february march april may june july august september october november december'.split(' ')
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const shortWeekdays = /^(?:sun|mon|tues?|wed|thu|thurs?|thur|fri|sat)$/

function datesOf(text: string): Dates | undefined {
  if (text.length < 3 || text.length > 60 || text.startsWith('-')) return undefined
  if (/^[\d/.-]+$/.test(text)) return numeric(text)
  if (!/jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun/i.test(text)) return undefined
  const date = worded(text.toLowerCase())
  return date && [date]
}

function numeric(text: string): Dates | undefined {
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (iso) return dates([[Number(iso[1]), Number(iso[3]), Number(iso[4])]])
  const other = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text)
  if (!other) return undefined
  const [first, second, year] = [Number(other[1]), Number(other[3]), Number(other[4])]
  // Points are written with the day in front.
  if (other[2] === '.') return dates([[year, second, first]])
  return dates(
    first === second
      ? [[year, first, second]]
      : [
          [year, first, second],
          [year, second, first],
        ],
  )
}

function dates(found: readonly (readonly [number, number, number])[]): Dates | undefined {
  const real = found.filter(
    ([year, month, day]) => month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(month, year),
  )
  return real.length === 0 ? undefined : real.map(([year, month, day]) => ({ year, month, day }))
}

const lengthOf = (month: number, year: number | undefined) => {
  const leap = year === undefined || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Every word must be part of the date, each part once. */
function worded(text: string): When | undefined {
  const words = text
    .replace(/[,.()]/g, ' ')
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1$2 ')
    .split(/[\s-]+/)
    .filter((word) => word !== '' && word !== 'the' && word !== 'of' && word !== 'on')
  const parts: { -readonly [K in keyof When]: When[K] } = {}
  for (const word of joinedOrdinals(words)) {
    const month = monthOf(word)
    const weekday = weekdayOf(word)
    const number = /^\d{1,4}$/.test(word) ? Number(word) : undefined
    const ordinal = number === undefined ? readNumeral(word) : undefined
    const day = ordinal?.ordinal
      ? Number(ordinal.value.n)
      : number !== undefined && number >= 1 && number <= 31 && word.length <= 2
        ? number
        : undefined
    if (month !== undefined && parts.month === undefined) parts.month = month
    else if (weekday !== undefined && parts.weekday === undefined) parts.weekday = weekday
    else if (day !== undefined && parts.day === undefined) parts.day = day
    else if (number !== undefined && word.length === 4 && parts.year === undefined) parts.year = number
    else return undefined
  }
  if (parts.month === undefined)
    return parts.weekday !== undefined && parts.day === undefined && parts.year === undefined ? parts : undefined
  if (parts.day !== undefined && (parts.day < 1 || parts.day > lengthOf(parts.month, parts.year))) return undefined
  return parts
}

/** `twenty first` is one word here. */
function joinedOrdinals(words: readonly string[]): string[] {
  const done: string[] = []
  for (const word of words) {
    const last = done.at(-1)
    if (last === 'twenty' || last === 'thirty') done[done.length - 1] = `${last}-${word}`
    else done.push(word)
  }
  return done
}

function monthOf(word: string): number | undefined {
  const at =
    word === 'sept' ? 8 : months.findIndex((month) => month === word || (word.length === 3 && month.startsWith(word)))
  return at < 0 ? undefined : at + 1
}

function weekdayOf(word: string): number | undefined {
  const name = word.endsWith('days') ? word.slice(0, -1) : word
  const at = weekdays.findIndex((weekday) => weekday === name || (shortWeekdays.test(name) && weekday.startsWith(name)))
  return at < 0 ? undefined : at
}

/** Sunday is 0. Source: Zeller's congruence in Sakamoto's form, Gregorian calendar. */
function weekdayFor(year: number, month: number, day: number): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0
  const y = month < 3 ? year - 1 : year
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7
}

/** With the day of the week where the rest determines it. */
const complete = (when: When): When =>
  when.weekday === undefined && when.year !== undefined && when.month !== undefined && when.day !== undefined
    ? { ...when, weekday: weekdayFor(when.year, when.month, when.day) }
    : when

function sameDates(a: Dates, b: Dates): Finding {
  const key = (list: Dates) => list.map(({ year, month, day }) => `${year}-${month}-${day}`).join()
  if (a.length > 1 && key(a) === key(b)) return yes('date', 'the same date')
  const found = a.flatMap((one) => b.map((other) => sameDate(complete(one), complete(other))))
  const first = found[0] as Finding
  if (found.every(({ equal }) => equal === first.equal)) return first
  return unsure('date', 'the day and the month may be either way round')
}

function sameDate(a: When, b: When): Finding {
  const keys = ['year', 'month', 'day', 'weekday'] as const
  if (keys.some((key) => a[key] !== undefined && b[key] !== undefined && a[key] !== b[key]))
    return no('date', 'the dates differ')
  const alone = keys.filter((key) => (a[key] === undefined) !== (b[key] === undefined))
  return alone.length === 0
    ? yes('date', 'the same date')
    : unsure('date', `only one side says the ${alone.join(' and ')}`)
}
