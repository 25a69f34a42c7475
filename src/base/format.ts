/** Numbers as people read them, in a terminal or on a page. */

/** 1234567 → `1.2M`, 4321 → `4.3k`, 321 → `321`. */
export function compact(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`
  if (value >= 10_000) return `${(value / 1e3).toFixed(0)}k`
  return value >= 1000 ? `${(value / 1e3).toFixed(1)}k` : String(Math.round(value))
}

/** Milliseconds → `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** null is unknown, which is never shown as 0. */
export function money(usd: number | null): string {
  if (usd === null) return 'cost unknown'
  return usd > 0 && usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(2)}`
}

/** 0.4567 → `46 %`. */
export const percent = (rate: number): string => `${Math.round(rate * 100)} %`

/** A count and its noun: `1 problem`, `2 problems`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
