/** Letters side by side: a word, a function, or a product of names. */
import {
  connectives,
  constants,
  functions,
  greek,
  moneyCodes,
  plainUnits,
  shortWords,
  spacedUnits,
} from './vocabulary.js'

export interface Run {
  readonly run: string
  readonly gap: boolean
  readonly afterNumber: boolean
  readonly afterUnit: boolean
  /** The token before, empty at the start. */
  readonly before: string
  /** Some characters behind it. */
  readonly rest: string
  readonly latex: boolean
  readonly integrates: boolean
  /** The text is nothing but these letters. */
  readonly whole: boolean
}

export interface Piece {
  readonly type: 'name' | 'word' | 'differential' | 'sign'
  readonly text: string
  readonly width: number
}

const piece = (type: Piece['type'], text: string, width = text.length): Piece => ({ type, text, width })

/** The pieces of the run, at most one for each letter and some digits behind the last. */
export function splitLetters(context: Run): readonly Piece[] {
  const { run, rest } = context
  if (run.length === 1) return single(context)
  const differential = context.integrates ? differentialEnd(run) : undefined
  if (differential) {
    const head = run.slice(0, -2)
    return [
      ...(head === '' ? [] : splitLetters({ ...context, run: head, rest: '' })),
      piece('differential', run.slice(-1), 2),
    ]
  }
  if (isUnit(context) || isOrdinal(context)) return [piece('word', run)]
  if (isKnown(run)) return logarithm(run, rest, context.latex) ?? [piece('word', run)]
  return called(run) ?? (run.length > 3 ? longer(context) : shorter(context))
}

/** What takes one letter and no more: `\frac x2`. */
const standsAlone = new Set(['^', '_', 'frac'])

/** `n2^{n-1}` is n times a power, while x2^2 is that of x₂. */
const isCoefficient = (run: string, rest: string) =>
  /^[nkmA-Da-d]$/.test(run) && /^\d{1,2}\^(?:[a-z]|\{-?\d?[a-z]|\(-?\d?[a-z])/.test(rest)

/** `x1` is x₁, and `3 x 4` a product. */
function single({ run, rest, afterNumber, gap, before }: Run): readonly Piece[] {
  if (run === 'x' && afterNumber && (gap ? /^ \d/.test(rest) : /^10(?:\^|\*\*)/.test(rest)))
    return [piece('sign', '*', 1)]
  const digits =
    !standsAlone.has(before) && run !== 'e' && run !== 'E' && !afterNumber
      ? /^\d{1,2}(?![\d.])/.exec(rest)?.[0]
      : undefined
  return [
    digits && !isCoefficient(run, rest) ? piece('name', `${run}_${digits}`, 1 + digits.length) : piece('name', run),
  ]
}

const differentialEnd = (run: string) => run.length >= 2 && run.at(-2) === 'd' && /[a-z]/.test(run.at(-1) ?? '')

function isUnit({ run, gap, afterNumber, afterUnit }: Run): boolean {
  if (afterUnit && plainUnits.has(run)) return true
  return afterNumber && (plainUnits.has(run) || (gap && spacedUnits.has(run)))
}

/** `5th` */
const isOrdinal = ({ run, gap, afterNumber }: Run) => afterNumber && !gap && /^(?:st|nd|rd|th)$/.test(run)

const isKnown = (run: string) =>
  functions.has(run) ||
  constants.has(run) ||
  greek.has(run) ||
  shortWords.has(run) ||
  connectives.has(run) ||
  moneyCodes.has(run) ||
  functions.has(run.toLowerCase())

/** `log2(8)`, `log10 x` of plain text. */
function logarithm(run: string, rest: string, latex: boolean): readonly Piece[] | undefined {
  if (run !== 'log' || latex) return undefined
  return /^(?:2|10)(?:\(| )/.test(rest) ? [piece('word', run), piece('sign', '_', 0)] : undefined
}

const head = /^[a-zA-Z]{0,2}?(?=arc|sin|cos|tan|cot|sec|csc|ln|log|sqrt|exp)/
const part =
  /(arcsin|arccos|arctan|sin|cos|tan|cot|sec|csc|ln|log|sqrt|exp)(theta|pi[xt]?|[xyztnab](?![a-z])|[xyztnab](?=sin|cos|tan|cot|sec|csc|ln|log|exp)|)/y
const english = new Set('tank tang sing sins cost logs coty seca tana tans login logic sint'.split(' '))

/** `sinx`, `xlnx`, `sinxcosx`: functions and the letters beside them. */
function called(run: string): readonly Piece[] | undefined {
  const start = run.length > 2 && run.length < 24 && !english.has(run) ? head.exec(run)?.[0] : undefined
  if (start === undefined) return undefined
  const pieces = [...names(start)]
  for (let at = start.length; at < run.length; at = part.lastIndex) {
    part.lastIndex = at
    const match = part.exec(run)
    if (!match || (match[2] === '' && part.lastIndex < run.length)) return undefined
    const [, name = '', behind = ''] = match
    pieces.push(piece('word', name), ...(behind === 'theta' ? [piece('word', behind)] : names(behind)))
  }
  return pieces
}

/** Letter by letter; `pi` stays together. */
function names(letters: string): readonly Piece[] {
  const at = letters.indexOf('pi')
  if (at === -1) return [...letters].map((letter) => piece('name', letter))
  return [...names(letters.slice(0, at)), piece('word', 'pi'), ...names(letters.slice(at + 2))]
}

/** Four letters in the order of the alphabet, or without a vowel, are still names: abcd, wxyz. */
function longer({ run }: Run): readonly Piece[] {
  return run.length <= 5 && /^a?[^aeiou]+$/.test(run) && run === run.toLowerCase() ? names(run) : [piece('word', run)]
}

function shorter({ run, afterNumber, gap, whole, before }: Run): readonly Piece[] {
  if (run.length === 3 && !run.includes('pi')) {
    const word = /^[A-Z][a-z]+$/.test(run) || (whole && /^[^aeiou][aeiou][^aeiou]$/.test(run))
    if (word || (afterNumber && gap && before !== '' && /[eiou]/.test(run) && !/[xyz]/.test(run)))
      return [piece('word', run)]
  }
  return names(run)
}
