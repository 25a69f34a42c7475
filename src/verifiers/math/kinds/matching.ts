/** Lists that match things with things: `A-2, B-1` or `A → 2; B → 1`. The order of the pairs is free. */
import { no, unsure, yes } from '../finding.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

interface Matching {
  /** Each left part once. */
  readonly pairs: Pairs
  /** Joined by a plain minus only, which may be one. */
  readonly dashed: boolean
}

const maxChars = 600
const arrow =
  '(?:\\\\(?:to|rightarrow|Rightarrow|longrightarrow|mapsto|leftrightarrow|implies)(?![A-Za-z])|[-=–—]+>|[→⇒↦⟶↔]|matches(?: with)?|goes with|with)'
const part = '([A-Za-z]{1,24}|[IVXivx]{1,5}|\\d{1,3}|\\([A-Za-z0-9]{1,3}\\))'
const joint = new RegExp(`^${part}[.)]?\\s*(?:(${arrow})|([-–—:=]+))\\s*${part}$`)
/** `1C, 2A`, which is a pair only beside other pairs. */
const compact = /^(\d{1,2}|[A-Z])()()([A-Z]|\d{1,2})$/
const mayMatch = /[A-Za-z0-9)]\s*(?:[-–—:=→⇒↦⟶↔]|\\(?:to|[lrRm]\w*arrow|mapsto|implies)|with|matches)/

/** Before the kinds that read a pair as a difference, a ratio or an equation. */
export const matchingKind = defineKind<Matching>({
  id: 'matching',
  read: (answer, _how, other) => {
    if (answer.text === '') return undefined
    return pairsOf(answer, joint) ?? (pairsOf(other, joint) && pairsOf(answer, compact))
  },
  same: (a, b) => {
    if (a.pairs.size !== b.pairs.size) return no('structure', 'another number of pairs')
    // `x - 2` and `X - 2` may be differences.
    const fold = (text: string) => (a.dashed && b.dashed ? text : text.toUpperCase())
    const [ours, theirs] = [a, b].map(({ pairs }) => new Map([...pairs].map(([from, to]) => [fold(from), fold(to)])))
    return samePairs(ours as Pairs, theirs as Pairs, a.dashed && b.dashed)
  },
})

type Pairs = ReadonlyMap<string, string>

function samePairs(a: Pairs, b: Pairs, dashed: boolean) {
  const same = (left: Pairs, right: Pairs) => [...left].every(([from, to]) => right.get(from) === to)
  if (same(a, b)) return yes('structure', 'the same pairs')
  const turned = new Map([...b].map(([from, to]) => [to, from]))
  if (turned.size === b.size && same(a, turned)) {
    return dashed ? unsure('structure', 'the same pairs the other way round') : yes('structure', 'the same pairs')
  }
  const related = [b, turned].some((one) => [...one.keys()].every((from) => a.has(from)))
  return related ? no('structure', 'other pairs') : unsure('structure', 'pairs of other things')
}

function pairsOf(answer: Answer, pattern: RegExp): Matching | undefined {
  const text = spoken(answer)
  if (text.length > maxChars || (pattern === joint && !mayMatch.test(text))) return undefined
  const parts = text.split(/\s*(?:[,;\n]|(?<![A-Za-z])and(?![A-Za-z]))\s*/).filter((one) => one !== '')
  const pairs = new Map<string, string>()
  let dashed = false
  for (const one of parts) {
    const match = pattern.exec(one)
    const [from, to] = [named(match?.[1]), named(match?.[4])]
    if (!match || !from || !to || pairs.has(from) || !isPair(from, to, match[3])) return undefined
    dashed ||= Boolean(match[3])
    pairs.set(from, to)
  }
  const numerals = dashed && [...pairs.keys()].every((from) => small.test(from))
  return pairs.size > 1 && !(numerals && !pairs.has('ii')) ? { pairs, dashed } : undefined
}

/** Roman numerals; `i - b` alone is a complex number. */
const roman = /^(?:I{1,3}|IV|VI{0,3}|i{1,3}|iv|vi{0,3})$/
const small = /^[iv]+$/

const named = (part: string | undefined) => part?.replace(/[()]/g, '')

/** Two numbers with a colon are a ratio, with a minus a difference; a name and its number behind `=` is an equation. */
const isPair = (from: string, to: string, sign: string | undefined) => {
  if (!sign) return true
  if (roman.test(from) && !/^\d/.test(to)) return !roman.test(to)
  return sign.startsWith('=') ? /^\d/.test(from) && /^[A-Za-z]/.test(to) : /^\d/.test(from) !== /^\d/.test(to)
}
