/** Wrong answers next to a right one. Only answers that are surely different: a known number moved, or one from nowhere. */

interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

interface Wrong {
  readonly kind: string
  readonly text: string
}

/** Answer that no problem asks for; it stands in for a wrong one where the gold is not a plain number. */
const unrelated = '918273645'

/** Beyond this a step of one could fall into a relative tolerance. */
const largestStep = 1_000_000n

/**
 * Wrong answers to a gold: off by one, negated, doubled for a plain number; the next letter for a choice;
 * else an unrelated number.
 * gold: an integer, decimal, a/b or \frac{a}{b}, also in `$…$` and `\boxed{}`; anything else is taken as text.
 */
export function wrongNumbers(gold: string): Wrong[] {
  const bare = stripped(gold)
  if (/^[A-E]$/.test(bare)) {
    return [{ kind: 'next-choice', text: String.fromCharCode(65 + ((bare.charCodeAt(0) - 64) % 5)) }]
  }
  const value = toFraction(bare)
  if (!value) return gold.includes(unrelated) ? [] : [{ kind: 'unrelated-number', text: unrelated }]
  const { top, bottom } = value
  const small = top < largestStep * bottom && -top < largestStep * bottom
  const moved: { kind: string; to: Fraction }[] = [
    ...(small ? [{ kind: 'off-by-one', to: { top: top + bottom, bottom } }] : []),
    ...(top === 0n ? [] : [{ kind: 'negated', to: { top: -top, bottom } }]),
    ...(top === 0n ? [] : [{ kind: 'doubled', to: { top: top * 2n, bottom } }]),
  ]
  return moved.map(({ kind, to }) => ({ kind, text: fractionText(to, bare) }))
}

/** A text without the marks that a gold may stand in: `$…$`, `\(…\)`, `\boxed{…}`. */
function stripped(gold: string): string {
  let text = gold.trim()
  for (const mark of [/^\$+([^$]+)\$+$/, /^\\\((.+)\\\)$/, /^\\boxed\{(.+)\}$/]) text = text.replace(mark, '$1').trim()
  return text
}

function toFraction(text: string): Fraction | undefined {
  const whole = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (whole) {
    const [, sign, digits, decimals = ''] = whole
    const top = BigInt(`${digits}${decimals}`)
    return { top: sign === '-' ? -top : top, bottom: 10n ** BigInt(decimals.length) }
  }
  const ratio = /^([+-]?)(?:(\d+)\s*\/\s*(\d+)|\\[dt]?frac\{(\d+)\}\{(\d+)\})$/.exec(text)
  if (!ratio) return undefined
  const [, sign, a, b, c, d] = ratio
  const top = BigInt(a ?? c ?? 0)
  const bottom = BigInt(b ?? d ?? 0)
  return bottom === 0n ? undefined : { top: sign === '-' ? -top : top, bottom }
}

/** Written the way the gold was: a decimal stays one. */
function fractionText({ top, bottom }: Fraction, like: string): string {
  if (bottom === 1n) return String(top)
  if (!like.includes('.')) return `${top}/${bottom}`
  const decimals = String(bottom).length - 1
  const digits = String(top < 0n ? -top : top).padStart(decimals + 1, '0')
  return `${top < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
