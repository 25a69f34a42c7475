/**
 * Times of day: `3:45 pm`, `15:45`, `noon`, `half past two`. A time that does not say which half of the day it means is
 * equal to its like; beside one that does, it is left open. `3:45` may be a ratio too: the ratio then has the last word.
 */
import { type Finding, no, unsure, yes } from '../finding.js'
import { readNumeral } from '../units/numeral.js'
import { plainOf } from '../units/spelling.js'
import { type Answer, defineKind } from './kind.js'

export interface Time {
  /** Since midnight. */
  readonly seconds: number
  /** The half of the day is said: by am or pm, or an hour past 12. */
  readonly sure: boolean
  /** Digits and colons alone: perhaps a ratio or a duration. */
  readonly colonsOnly: boolean
  /** With a zero in front, as clocks of 24 hours show it. */
  readonly padded?: boolean
}

const hour = 3600
const day = 24 * hour
const halfDay = 12 * hour

/** Before the duration and the ratio, which read `1:30` as well. */
export const clockKind = defineKind<Time>({
  id: 'clock',
  exclusive: true,
  read: (answer, _how, other) => {
    const time = timeOf(answer)
    if (!time) return hourAlone(answer, timeOf(other))
    return time.colonsOnly ? timeOf(other) && time : time
  },
  same: sameTime,
})

/** `3` beside `3 pm`: the hour, without the half of the day. */
function hourAlone({ node }: Answer, time: Time | undefined): Time | undefined {
  if (!time || time.colonsOnly || time.seconds % hour !== 0 || node?.kind !== 'number') return undefined
  const same = node.value.d === 1n && node.value.n > 0n && node.value.n === BigInt((time.seconds / hour + 11) % 12) + 1n
  return same ? { seconds: time.seconds, sure: false, colonsOnly: false } : undefined
}

const kept = new WeakMap<Answer, { readonly time: Time | undefined }>()

function timeOf(answer: Answer): Time | undefined {
  const known = kept.get(answer)
  if (known) return known.time
  const time = readTime(plainOf(answer))
  kept.set(answer, { time })
  return time
}

const digital =
  /^(?:at )?(\d{1,2})(?:\s?[:.h]\s?(\d{2})(?:\s?[:.m]\s?(\d{2}))?)?\s?(?:o'? ?clock)?\s?(am|pm|a\.\s?m\.?|p\.\s?m\.?|(?:in the )?(?:morning|afternoon|evening)|at night|noon|midnight|hours|hrs?|h)?$/i

const timely =
  /:|\d\s?[ap]\.?\s?m|noon|midnight|midday|clock|past|after|before|till|\bto |[ap]\.?m\b|in the|at night|hours|\d h/i

function readTime(plain: string): Time | undefined {
  if (plain.length > 50 || !timely.test(plain)) return undefined
  const text = plain
    .toLowerCase()
    .replace(/^(?:at|the time is) /, '')
    .replace(/\.$/, (dot) => (/[ap]\.\s?m\.$/.test(plain.toLowerCase()) ? dot : ''))
  if (text === '') return undefined
  if (/^(?:12(?::00)? ?)?(?:noon|midday)$/.test(text)) return { seconds: halfDay, sure: true, colonsOnly: false }
  if (/^(?:12(?::00)? ?)?midnight$/.test(text)) return { seconds: 0, sure: true, colonsOnly: false }
  const military = /^(\d{2})(\d{2}) ?(?:hours|hrs?|h)$/.exec(text)
  if (military)
    return time({ hours: Number(military[1]), minutes: Number(military[2]), seconds: 0, suffix: '24', padded: true })
  return digits(text) ?? worded(text)
}

function digits(text: string): Time | undefined {
  const match = /\d/.test(text) ? digital.exec(text) : null
  if (!match) return undefined
  const suffix = (match[4] ?? '').replace(/[.\s]/g, '')
  const colon = match[2] !== undefined && /^\d+\s?:/.test(text.replace(/^at /, ''))
  const clock = /o'? ?clock/.test(text)
  // A point or an `h` alone is a decimal or a duration; so are hours without minutes.
  if (suffix === '' && !colon && !clock) return undefined
  if (/^h/.test(suffix)) return undefined
  return time({
    hours: Number(match[1]),
    minutes: Number(match[2] ?? 0),
    seconds: Number(match[3] ?? 0),
    suffix,
    padded: /^0/.test(match[1] ?? '') && match[1] !== '0',
    colonsOnly: suffix === '' && !clock,
  })
}

interface Written {
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly suffix: string
  readonly padded?: boolean
  readonly colonsOnly?: boolean
}

function time({ hours, minutes, seconds, suffix, padded = false, colonsOnly = false }: Written): Time | undefined {
  if (hours > 24 || minutes > 59 || seconds > 59 || (hours === 24 && minutes > 0)) return undefined
  const within = (minutes * 60 + seconds) % hour
  const half =
    /^a|morning/.test(suffix) && !suffix.includes('afternoon')
      ? 0
      : suffix === '' || suffix === '24'
        ? undefined
        : halfOf(suffix, hours)
  if (half === undefined) {
    const sure = suffix === '24' || hours > 12 || hours === 0
    return { seconds: (hours * hour + within) % day, sure, colonsOnly, padded }
  }
  if (hours > 12 && half === 0) return undefined
  const start = hours > 12 ? hours * hour : (hours % 12) * hour + half
  return { seconds: (start + within) % day, sure: true, colonsOnly: false }
}

const halfOf = (suffix: string, hours: number) => {
  if (suffix === 'midnight' || suffix === 'atnight') return hours < 6 || hours === 12 ? 0 : halfDay
  return halfDay
}

const spoken =
  /^(?:(?:a )?(quarter|half|[a-z]+(?:[- ][a-z]+)?|\d{1,2})(?: minutes?)? (past|after|to|before|till|of) )([a-z]+|\d{1,2})(?: o'? ?clock)?(?: ?(am|pm|a\.m\.?|p\.m\.?|in the morning|in the afternoon|in the evening|at night))?$/
const even =
  /^([a-z]+)(?:[- ]([a-z]+(?:[- ][a-z]+)??))?? ?(o'? ?clock)?(?: ?(am|pm|a\.m\.?|p\.m\.?|in the morning|in the afternoon|in the evening|at night))?$/

function worded(text: string): Time | undefined {
  const match = spoken.exec(text)
  if (match) {
    const minutes = match[1] === 'quarter' ? 15 : match[1] === 'half' ? 30 : small(match[1])
    const named = match[3] === 'noon' ? 12 : match[3] === 'midnight' ? 0 : small(match[3])
    if (minutes === undefined || named === undefined || minutes > 59 || named > 24) return undefined
    const suffix = match[3] === 'noon' ? 'noon' : (match[4] ?? '').replace(/[.\s]|inthe/g, '')
    const hours = time({ hours: named, minutes: 0, seconds: 0, suffix })
    const shift = /past|after/.test(match[2] ?? '') ? minutes : -minutes
    return hours && { ...hours, seconds: (hours.seconds + shift * 60 + day) % day }
  }
  const whole = even.exec(text)
  if (!whole || (!whole[3] && !whole[4])) return undefined
  const [hours, minutes] = [small(whole[1]), whole[2] === undefined ? 0 : small(whole[2])]
  if (hours === undefined || minutes === undefined) return undefined
  return time({ hours, minutes, seconds: 0, suffix: (whole[4] ?? '').replace(/[.\s]|inthe/g, '') })
}

function small(word: string | undefined): number | undefined {
  const numeral = word === undefined ? undefined : readNumeral(word)
  return numeral && !numeral.ordinal && numeral.value.d === 1n && numeral.value.n >= 0n && numeral.value.n < 60n
    ? Number(numeral.value.n)
    : undefined
}

function sameTime(left: Time, right: Time): Finding {
  const [a, b] = [beside(left, right), beside(right, left)]
  if (a.sure === b.sure) {
    if (a.seconds === b.seconds) return yes('clock', 'the same time')
    // 3:45 and 1:15 are one ratio.
    if (a.colonsOnly && b.colonsOnly && ratioLike(a) && ratioLike(b)) return unsure('clock', 'times, or ratios')
    return no('clock', 'the times differ')
  }
  if (a.seconds % halfDay !== b.seconds % halfDay) return no('clock', 'the times differ')
  // Both in digits: 15:45 and 3:45 are read on the same dial.
  if (a.colonsOnly && b.colonsOnly && a.seconds !== b.seconds) return no('clock', 'the times differ')
  const noon = a.seconds === b.seconds && Math.floor(a.seconds / hour) === 12
  return noon ? yes('clock', 'the same time') : unsure('clock', 'one side does not say which half of the day it means')
}

const beside = (time: Time, other: Time): Time => (time.padded && !other.colonsOnly ? { ...time, sure: true } : time)

/** Minutes below ten are written with a zero, which no ratio has. */
const ratioLike = ({ seconds }: Time) => seconds % hour >= 600 && seconds % 60 === 0
